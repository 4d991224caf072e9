// The table: the same facts as text, to sort and to read aloud.

/** @type {Record<string, (dot: Dot) => string | number>} */
const COLUMNS = {
  name: (dot) => fullName(dot),
  kind: (dot) => KINDS.indexOf(dot.kind),
  about: (dot) => aboutText(dot),
  area: (dot) => text(dot.area),
  days: (dot) => (dot.days < 0 ? "" : daysOf(dot)),
  links: (dot) => -linksOf(dot).length,
  facts: (dot) => factsText(dot),
};
const NAMED = 4;

function showHeadings() {
  const cells = Object.keys(COLUMNS).map((column) => {
    const sorted = state.sorting.column === column;
    const button = make("button", { type: "button" }, say("column." + column));
    button.addEventListener("click", () => sortBy(column));
    const heading = make("th", { scope: "col" }, button);
    if (sorted) heading.setAttribute("aria-sort", state.sorting.up ? "ascending" : "descending");
    return heading;
  });
  element("table").querySelector("thead tr")?.replaceChildren(...cells);
}

/** @param {string} column */
function sortBy(column) {
  const { sorting } = state;
  sorting.up = sorting.column === column ? !sorting.up : true;
  sorting.column = column;
  showHeadings();
  showRows();
  /** @type {HTMLElement | null} */
  const button = element("table").querySelector("th[aria-sort] button");
  button?.focus();
}

/** @param {Dot[]} found */
function sorted(found) {
  const key = COLUMNS[state.sorting.column];
  const rank = new Intl.Collator(state.language, { numeric: true });
  const keyed = found.map((dot) => ({ dot, key: key(dot), name: fullName(dot) }));
  const sign = state.sorting.up ? 1 : -1;
  keyed.sort((a, b) => {
    // what is blank comes last, whichever way the others go
    if ((a.key === "") !== (b.key === "")) return a.key === "" ? 1 : -1;
    const first = typeof a.key === "number" ? a.key - Number(b.key) : rank.compare(a.key, String(b.key));
    return sign * first || rank.compare(a.name, b.name);
  });
  return keyed.map((each) => each.dot);
}

/** @param {boolean} [all] */
function showRows(all = false) {
  const found = sorted(foundDots());
  const shown = all ? found : found.slice(0, state.rows);
  element("table").querySelector("tbody")?.replaceChildren(...shown.map(rowOf));
  element("nothing").textContent = found.length ? "" : say(dots().length ? "nothing" : "nothing_yet");
  element("more").hidden = shown.length === found.length;
  element("more").textContent = say("more", { n: found.length - shown.length });
}

/** What a dot is about: its theme, or the talents that somebody has. @param {Dot} dot */
function aboutText(dot) {
  if (dot.theme >= 0) return text(dot.theme);
  const talents = linksOf(dot).filter((link) => link.out && link.kind === "offers");
  return talents.map((link) => text(dots()[link.to].name)).sort().join(", ");
}

/** What else is known of a dot, on one line. @param {Dot} dot */
function factsText(dot) {
  const said = [];
  for (let at = 0; at < dot.details.length; at += 2) {
    const word = world().words[dot.details[at]];
    if (word !== "about") said.push(say("fact." + word) + ": " + text(dot.details[at + 1]));
  }
  return said.join("; ");
}

/** @param {Dot} dot */
function rowOf(dot) {
  const name = make("th", { scope: "row" }, linkTo(dot, fullName(dot)));
  if (isNew(dot.there)) name.append(" ", make("span", { class: "fresh" }, say("new")));
  const links = [...new Set(linksOf(dot).map((link) => text(dots()[link.to].name)))];
  const named = links.slice(0, NAMED).join(", ");
  const rest = links.length > NAMED ? " " + say("and_more", { n: links.length - NAMED }) : "";
  const cells = [say("kind_one." + dot.kind), aboutText(dot), text(dot.area), daysOf(dot), named + rest, factsText(dot)];
  const row = make("tr", {}, name, ...cells.map((cell) => make("td", {}, cell)));
  if (dot.at === state.chosen) row.setAttribute("aria-current", "true");
  return row;
}
