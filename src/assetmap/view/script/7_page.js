// The page as a whole: choices, languages, audiences, dates; and what happens on a click or a key.

/** Choose a dot, or nothing with -1. @param {number} at @param {boolean} [follow] */
function choose(at, follow = false) {
  state.chosen = at;
  state.proposal = -1;
  const dot = dots()[at];
  if (dot && !isShown(dot)) showKindOf(dot);
  showAbout();
  showRows();
  markMap();
  if (dot) lookAt(frontDots());
  if (follow) element("about-heading").focus();
}

/** Show the kind of what was chosen, and all areas, themes and days. @param {Dot} dot */
function showKindOf(dot) {
  state.kinds.add(dot.kind);
  Object.assign(state, { theme: -1, area: -1, day: -1 });
  showChoices();
  drawMap();
  showFound();
}

/** Put a proposal in front, whatever was left out before. @param {number} at */
function chooseProposal(at) {
  const each = world().proposals[at];
  state.stop = world().stops.length - 1;
  const parts = dots().filter((dot) => dot.kind !== "need" && takesPart(each, dot.at));
  if (!parts.every(isShown)) {
    for (const dot of parts) state.kinds.add(dot.kind);
    Object.assign(state, { theme: -1, area: -1, day: -1 });
  }
  Object.assign(state, { plans: true, chosen: each.asker, proposal: at });
  showDate();
  showChoices();
  drawMap();
  showFound();
  showAbout();
  showRows();
  markMap();
  lookAt(frontDots());
  element("about-heading").focus();
}

/** Choose nothing, and draw anew what is shown. */
function refresh() {
  if (state.chosen >= 0 && !isShown(dots()[state.chosen])) state.chosen = state.proposal = -1;
  state.rows = 100;
  drawMap();
  showFound();
  showAbout();
  showRows();
  markMap();
}

/** Say how much is found, and offer the first few. */
function showFound() {
  const found = foundDots();
  const searched = state.text.trim() !== "";
  element("found").textContent = say("found", { n: found.length });
  const hits = searched ? firstFound() : [];
  element("hits").replaceChildren(...hits.map((dot) => make("li", {}, linkTo(dot, fullName(dot)))));
}

// --- choices --------------------------------------------------------------------------------------

/** @param {string} id */
function select(id) {
  return /** @type {HTMLSelectElement} */ (element(id));
}

function showChoices() {
  const here = world();
  const there = KINDS.filter((kind) => here.kinds.includes(kind) && dots().some((d) => d.kind === kind));
  const boxes = there.map((kind) => {
    const many = dots().filter((dot) => dot.kind === kind && isThere(dot.there)).length;
    return box(say("kind." + kind), state.kinds.has(kind), shapeOf(kind), many, (on) => {
      if (on) state.kinds.add(kind);
      else state.kinds.delete(kind);
    });
  });
  if (here.proposals.length) {
    const line = make("span", { class: "shape", "aria-hidden": "true" }, "⇢");
    boxes.push(box(say("proposals"), state.plans, line, here.proposals.length, (on) => { state.plans = on; }));
  }
  const legend = element("kinds").querySelector("legend");
  element("kinds").replaceChildren(...(legend ? [legend] : []), ...boxes);
  fill("theme", textsOf((dot) => dot.theme), state.theme);
  fill("area", textsOf((dot) => dot.area), state.area);
  const days = [0, 1, 2, 3, 4, 5, 6].map((day) => [day, say("day." + day)]);
  const known = dots().some((dot) => dot.days >= 0);
  fill("day", /** @type {[number, string][]} */ (known ? [...days, [NOBODY_SAID, say("day_unknown")]] : []), state.day);
}

/**
 * @param {string} name
 * @param {boolean} on
 * @param {Element} shape
 * @param {number} many
 * @param {(on: boolean) => void} act
 */
function box(name, on, shape, many, act) {
  const input = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  input.checked = on;
  input.addEventListener("change", () => {
    act(input.checked);
    refresh();
  });
  return make("label", {}, input, shape, make("span", {}, name), make("span", { class: "many" }, String(many)));
}

/** @param {(dot: Dot) => number} pick @returns {[number, string][]} */
function textsOf(pick) {
  const found = new Set(dots().map(pick).filter((at) => at >= 0));
  /** @type {[number, string][]} */
  const named = [...found].map((at) => [at, text(at)]);
  return named.sort((a, b) => a[1].localeCompare(b[1], state.language, { numeric: true }));
}

/** @param {string} id @param {[number, string][]} choices @param {number} chosen */
function fill(id, choices, chosen) {
  const into = select(id);
  const all = make("option", { value: "-1" }, say("all_" + id));
  into.replaceChildren(all, ...choices.map(([at, name]) => make("option", { value: String(at) }, name)));
  into.value = String(chosen);
  into.disabled = !choices.length;
}

// --- languages, audiences, dates ------------------------------------------------------------------

/** Say everything in the chosen language. */
function showWords() {
  document.documentElement.lang = state.language;
  document.title = say("title") + " – " + say("audience." + world().audience);
  for (const each of document.querySelectorAll("[data-say]")) {
    each.textContent = say(each.getAttribute("data-say") || "");
  }
  for (const each of document.querySelectorAll("[data-label]")) {
    each.setAttribute("aria-label", say(each.getAttribute("data-label") || ""));
  }
  for (const button of element("languages").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === state.language));
  }
  const preview = state.world > 0 ? [say("preview")] : [];
  element("notice").textContent = [...preview, ...world().notices.slice(0, 1).map(text)].join(" ");
  element("rest").textContent = world().notices.slice(1).map(text).join(" ");
  showAudiences();
  showDate();
  showChoices();
  showHeadings();
  showWeek();
  refresh();
}

function showAudiences() {
  const label = element("audiences");
  const into = /** @type {HTMLSelectElement} */ (label.querySelector("select"));
  label.hidden = PAGE.worlds.length < 2;
  into.replaceChildren(
    ...PAGE.worlds.map((each, at) => make("option", { value: String(at) }, say("audience." + each.audience))),
  );
  into.value = String(state.world);
}

/** @param {number} at */
function chooseWorld(at) {
  Object.assign(state, { world: at, theme: -1, area: -1, day: -1, chosen: -1, proposal: -1 });
  state.stop = world().stops.length - 1;
  state.kinds = new Set(KINDS.filter((kind) => kind !== "need"));
  map?.destroy();
  map = null;
  showWords();
  lookAt(null);
}

function showDate() {
  const { stops } = world();
  const slider = /** @type {HTMLInputElement} */ (element("stop"));
  element("dates").hidden = stops.length < 2;
  slider.max = String(stops.length - 1);
  slider.value = String(state.stop);
  const name = text(stops[state.stop]);
  slider.setAttribute("aria-valuetext", name);
  element("stop-name").textContent = name;
  const gone = dots().filter((dot) => state.stop > 0 && dot.there >> (state.stop - 1) & 1 && !isThere(dot.there));
  const fresh = dots().filter((dot) => isNew(dot.there));
  const lines = world().lines.filter((line) => isNew(line[4]));
  element("stop-news").textContent = state.stop
    ? say("news", { n: fresh.length, lines: lines.length, gone: gone.length })
    : say("first_date");
}

// --- clicks and keys ------------------------------------------------------------------------------

/** @param {string} id @param {string} event @param {(value: string) => void} act */
function on(id, event, act) {
  const input = /** @type {HTMLInputElement} */ (element(id));
  input.addEventListener(event, () => act(input.value));
}

function listen() {
  element("languages").addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (!button) return;
    state.language = button.value;
    showWords();
  });
  element("audiences").querySelector("select")?.addEventListener("change", (event) => {
    chooseWorld(Number(/** @type {HTMLSelectElement} */ (event.target).value));
  });
  on("stop", "input", (value) => {
    state.stop = Number(value);
    state.proposal = -1;
    showDate();
    showChoices();
    refresh();
  });
  on("search", "input", (value) => {
    state.text = value;
    state.chosen = state.proposal = -1;
    showFound();
    showAbout();
    showRows();
    markMap();
  });
  // no form: the frame of a notebook does not let one be sent
  element("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const [first] = firstFound();
    if (first && state.text.trim()) choose(first.at, true);
  });
  for (const name of /** @type {const} */ (["theme", "area", "day"])) {
    on(name, "change", (value) => {
      state[name] = Number(value);
      refresh();
      if (!frontDots()) lookAt(null);
    });
  }
  element("reset").addEventListener("click", () => {
    select("search").value = state.text = "";
    chooseWorld(state.world);
  });
  listenToMap();
}

function listenToMap() {
  element("closer").addEventListener("click", () => map && zoomTo(map.zoom() * 1.25));
  element("farther").addEventListener("click", () => map && zoomTo(map.zoom() / 1.25));
  element("whole").addEventListener("click", () => lookAt(null));
  element("canvas").addEventListener("keydown", steerMap);
  leaveSwipesToThePage();
  element("more").addEventListener("click", () => {
    const first = state.rows;
    state.rows += 200;
    showRows();
    /** @type {NodeListOf<HTMLElement>} */
    const names = element("table").querySelectorAll("tbody th button");
    names[first]?.focus();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || Math.max(state.chosen, state.proposal) < 0) return;
    choose(-1, element("about").contains(document.activeElement));
  });
  addEventListener("beforeprint", () => {
    showRows(true);
  });
}

if (matchMedia("(max-width: 76rem)").matches) element("filters").removeAttribute("open");
listen();
chooseWorld(0);
