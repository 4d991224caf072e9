// The week: each proposal with who, what and via whom, and its reasons; and what has no plan yet.

/** One proposal, its reasons behind a click. */
/** @param {Proposal} each @param {boolean} open @param {string} [level] of its headings */
function planOf(each, open, level = "h3") {
  const head = make("summary", {}, make("b", {}, text(each.title)));
  head.append(" – " + text(each.who ?? -1) + ", " + text(each.when ?? -1) + " ");
  head.append(make("span", { class: "status" }, say("status." + each.status)));
  const made = make("details", { class: "plan" }, head);
  made.append(make(level, {}, say("why")), ...listOf(each.why));
  if (each.via && each.via.length) made.append(make(level, {}, say("via")), ...each.via.map(chainOf));
  if (each.ask && each.ask.length) made.append(make(level, {}, say("ask")), ...listOf(each.ask, "ask"));
  const show = make("button", { type: "button" }, say("show"));
  show.addEventListener("click", () => chooseProposal(world().proposals.indexOf(each)));
  made.append(show);
  if (open) made.setAttribute("open", "");
  return made;
}

/** @param {number[]} lines @param {string} [name] */
function listOf(lines, name = "") {
  return [make("ul", { class: name }, ...lines.map((line) => make("li", {}, text(line))))];
}

/** @param {number[]} chain */
function chainOf(chain) {
  return make("p", {}, chain.map((at) => text(dots()[at].name)).join(" → "));
}

/** One question without a plan, and why not. @param {Proposal} gap */
function gapOf(gap) {
  const made = make("details", { class: "plan" }, make("summary", {}, make("b", {}, text(gap.title))));
  made.append(make("h4", {}, say("why_not")), ...listOf(gap.why));
  const asker = dots()[gap.asker];
  if (asker) made.append(linkTo(asker, say("to", { name: text(asker.name) })));
  return made;
}

function showWeek() {
  const { proposals, gaps } = world();
  element("week").hidden = !proposals.length && !gaps.length;
  element("plans").replaceChildren(...proposals.map((each) => planOf(each, false)));
  element("gaps").replaceChildren(...gaps.map(gapOf));
  element("gaps-heading").hidden = !gaps.length;
}
