// The facts of the page, and the words for them in the chosen language.

/** @type {Page} */
const PAGE = JSON.parse(element("facts").textContent || "");

const state = {
  language: PAGE.language,
  world: 0,
  stop: 0,
  /** @type {Set<string>} */
  kinds: new Set(),
  theme: -1,
  area: -1,
  day: -1,
  text: "",
  chosen: -1,
  proposal: -1,
  plans: true,
  /** @type {Sorting} */
  sorting: { column: "kind", up: true },
  rows: 100,
};

/** Kinds in the order in which they are told: talents before questions. */
const KINDS = ["person", "talent", "initiative", "activity", "place", "organisation", "area", "need"];
const ITEMS = new Set(["talent", "activity", "need"]);
const NOBODY_SAID = 7;

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error("no element " + id);
  return found;
}

/** @type {Map<World, Dot[]>} */
const expanded = new Map();

function world() {
  return PAGE.worlds[state.world];
}

/** What there is for the chosen audience, each with what it is connected to. */
function dots() {
  const here = world();
  let found = expanded.get(here);
  if (!found) {
    found = here.dots.map((row, at) => ({
      at,
      id: row[0],
      kind: here.kinds[row[1]],
      name: row[2],
      owner: row[3],
      area: row[4],
      theme: row[5],
      days: row[6],
      x: row[7],
      y: row[8],
      there: row[9],
      details: row[10],
      links: [],
    }));
    for (const [a, b, kind, said, there] of here.lines) {
      const name = here.kinds[kind];
      found[a].links.push({ to: b, kind: name, said, there, out: true });
      found[b].links.push({ to: a, kind: name, said, there, out: false });
    }
    expanded.set(here, found);
  }
  return found;
}

/** @param {number} at a number of a text of this world */
function text(at) {
  const said = world().texts[at];
  if (said === undefined) return "";
  return typeof said === "string" ? said : said[state.language === "en" ? 1 : 0];
}

/**
 * A word of the page itself.
 * @param {string} key
 * @param {Record<string, string | number>} [facts]
 */
function say(key, facts = {}) {
  const said = PAGE.words[state.language][key];
  if (said === undefined) throw new Error("no word " + key);
  return said.replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));
}

/** @param {number} there */
function isThere(there) {
  return (there >> state.stop & 1) === 1;
}

/** Whether something is there now and was not at the date before. @param {number} there */
function isNew(there) {
  return state.stop > 0 && isThere(there) && (there >> (state.stop - 1) & 1) === 0;
}

/** What a dot is called; a talent or a question with whose it is. @param {Dot} dot */
function fullName(dot) {
  const owner = dots()[dot.owner];
  return owner ? text(dot.name) + " (" + text(owner.name) + ")" : text(dot.name);
}

/** @param {Dot} dot */
function daysOf(dot) {
  if (dot.days < 0) return "";
  const named = [0, 1, 2, 3, 4, 5, 6].filter((day) => dot.days >> day & 1);
  return named.length === 7 ? say("every_day") : named.map((day) => say("day." + day)).join(", ");
}

/** @param {string} words */
function plain(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
