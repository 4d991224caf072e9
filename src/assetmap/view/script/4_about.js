// What is told of whom somebody chose: talents first, then what they take part in, then questions.

/**
 * Make an element with text and further elements in it; nothing is ever read as HTML.
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} inside
 */
function make(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** A button that chooses a dot. @param {Dot} dot @param {string} [name] */
function linkTo(dot, name = text(dot.name)) {
  const button = make("button", { type: "button", class: "link" }, name);
  button.addEventListener("click", () => choose(dot.at, true));
  return button;
}

/** @param {string} kind */
function shapeOf(kind) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 20 20");
  drawing.setAttribute("class", "shape");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", LOOKS[kind].path);
  path.setAttribute("fill", LOOKS[kind].colour);
  drawing.append(path);
  return drawing;
}

/** Tell of whom or what was chosen, or how to choose. */
function showAbout() {
  const dot = dots()[state.chosen];
  const plan = world().proposals[state.proposal];
  element("about").classList.toggle("nobody", !dot && !plan);
  element("about-heading").textContent = dot ? fullName(dot) : say(plan ? "week" : "about");
  const back = make("button", { type: "button", id: "close" }, say("close"));
  // the focus stays with what is told: the button itself is gone after it
  back.addEventListener("click", () => choose(-1, true));
  const into = element("about-text");
  if (plan) into.replaceChildren(planOf(plan, true), make("p", {}, back));
  else if (!dot) into.replaceChildren(make("p", { class: "hint" }, say("about_hint")));
  else into.replaceChildren(...toldOf(dot), make("p", {}, back));
}

/** All that is told of a dot: talents first, questions last. @param {Dot} dot */
function toldOf(dot) {
  const kind = make("p", { class: "kind" }, shapeOf(dot.kind), " " + say("kind_one." + dot.kind));
  if (isNew(dot.there)) kind.append(" ", make("span", { class: "fresh" }, say("new")));
  if (dot.kind === "need") return [kind, ...factsOf(dot), ...partsOf(dot), ...linkedTo(dot)];
  const rest = [...factsOf(dot), ...linkedTo(dot, false), ...partsOf(dot), ...asked(dot)];
  return [kind, ...talentsOf(dot), ...rest];
}

/** @param {Dot} dot */
function factsOf(dot) {
  /** @type {[string, string][]} */
  const rows = [];
  if (dot.kind !== "area" && dot.area >= 0) rows.push([say("area"), text(dot.area)]);
  if (dot.days >= 0) rows.push([say("days"), daysOf(dot)]);
  for (let at = 0; at < dot.details.length; at += 2) {
    rows.push([say("fact." + world().words[dot.details[at]]), text(dot.details[at + 1])]);
  }
  if (world().audience !== "residents") rows.push([say("number"), dot.id]);
  return [make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]))];
}

/** What a dot is connected to, by how; with `talents` only the talents, or all but those. */
/** @param {Dot} dot @param {boolean} [talents] */
function linkedTo(dot, talents) {
  /** @type {Map<string, HTMLElement[]>} */
  const groups = new Map();
  for (const link of linksOf(dot)) {
    const other = dots()[link.to];
    if (dot.kind !== "need" && link.kind === "asks") continue;
    if (talents !== undefined && talents !== (link.kind === "offers")) continue;
    const key = say("line." + link.kind + (link.out ? "" : "_by"));
    const line = make("li", {}, linkTo(other));
    if (link.said >= 0) line.append(" – " + text(link.said));
    if (isNew(link.there)) line.append(" ", make("span", { class: "fresh" }, say("new")));
    groups.set(key, [...(groups.get(key) || []), line]);
  }
  return [...groups].sort().flatMap(([key, lines]) => [
    make("h3", {}, key),
    make("ul", {}, ...inOrder(lines)),
  ]);
}

/** The talents; of a person without any, that it is worth asking. @param {Dot} dot */
function talentsOf(dot) {
  const found = linkedTo(dot, true);
  const works = dot.details.some((word, place) => place % 2 === 0 && world().words[word] === "part");
  if (found.length || dot.kind !== "person" || works || world().audience !== "team") return found;
  return [make("h3", {}, say("line.offers")), make("p", { class: "hint" }, say("no_talents"))];
}

/** @param {HTMLElement[]} lines */
function inOrder(lines) {
  return lines.sort((a, b) => (a.textContent || "").localeCompare(b.textContent || "", state.language));
}

/** The proposals of the week in which somebody has a part. @param {Dot} dot */
function partsOf(dot) {
  const found = proposalsOf(dot);
  if (!found.length) return [];
  return [make("h3", {}, say("week")), ...found.map((each) => planOf(each, false, "h4"))];
}

/** What somebody asks, last; with why there is no plan yet. @param {Dot} dot */
function asked(dot) {
  const needs = linksOf(dot).filter((link) => link.kind === "asks").map((link) => dots()[link.to]);
  const gaps = world().gaps.filter((gap) => gap.asker === dot.at);
  if (!needs.length && !gaps.length) return [];
  const lines = needs.map((need) => make("li", {}, linkTo(need)));
  return [make("h3", {}, say("line.asks")), make("ul", {}, ...inOrder(lines)), ...gaps.map(gapOf)];
}
