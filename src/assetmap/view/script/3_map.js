// The map: dots and lines on a canvas, drawn by cytoscape.js.

/** Shape and colour of each kind; every colour has a contrast of at least 4.5 on white. */
/** @type {Record<string, Look>} */
const LOOKS = {
  person: { shape: "ellipse", colour: "#0f4a58", size: 26, font: 11, from: 0.45, path: "M10 2a8 8 0 1 0 .01 0z" },
  talent: { shape: "star", above: true, colour: "#a63c00", size: 20, font: 9, from: 0.8, path: "M10 1l2.6 6.3 6.4.5-5 4.2 1.6 6.6L10 15l-5.6 3.6L6 12 1 7.800l6.400-.500z" },
  initiative: { shape: "hexagon", colour: "#2b6a1d", size: 34, font: 12, from: 0, path: "M5.500 2.500h9L19 10l-4.500 7.500h-9L1 10z" },
  activity: { shape: "diamond", colour: "#5b3f99", size: 30, font: 10, from: 0.45, path: "M10 1l9 9-9 9-9-9z" },
  place: { shape: "rectangle", colour: "#555555", size: 26, font: 11, from: 0.3, path: "M3 3h14v14H3z" },
  organisation: { shape: "pentagon", colour: "#0b4f9e", size: 30, font: 11, from: 0.3, path: "M10 1.500l8.500 6.300-3.200 10.200H4.700L1.500 7.800z" },
  area: { shape: "round-octagon", colour: "#6a5200", size: 40, font: 13, from: 0, path: "M6 1.500h8L18.500 6v8L14 18.500H6L1.500 14V6z" },
  need: { shape: "triangle", above: true, colour: "#a3265b", size: 18, font: 9, from: 0.8, path: "M10 2l8.500 15.500h-17z" },
};
const PLAN = "#a63c00";
const MANY = 1000;

const STYLE = [
  {
    selector: "node",
    style: {
      shape: "data(shape)", "background-color": "data(colour)", label: "data(name)",
      color: "#1d2b31", "text-valign": "bottom", "text-outline-color": "#ffffff",
      "text-wrap": "ellipsis",
    },
  },
  { selector: "node.talent, node.need", style: { "text-valign": "top" } },
  { selector: "edge", style: { "curve-style": "haystack", "line-color": "#5c686e", opacity: 0.8 } },
  { selector: "edge.around", style: { "line-style": "dotted" } },
  {
    selector: "edge.plan",
    style: {
      "curve-style": "bezier", "line-color": PLAN, "line-style": "dashed", opacity: 1,
      "target-arrow-shape": "triangle", "target-arrow-color": PLAN, "z-index": 5,
    },
  },
  { selector: "edge.via", style: { "line-style": "dotted", "target-arrow-shape": "none" } },
  { selector: ".new", style: { "border-style": "double", "border-color": "#2b6a1d" } },
  { selector: "edge.new", style: { "line-color": "#2b6a1d" } },
  { selector: ".away", style: { opacity: 0.13 } },
  { selector: "node.chosen", style: { "border-color": "#000000", "font-weight": "bold" } },
];

/** @type {Cy | null} */
let map = null;
let zoomed = 0;

/** Keep dots and names readable however far somebody zooms out. */
function scaleMap() {
  const drawn = map;
  if (!drawn) return;
  const far = Math.max(1, (0.6 / drawn.zoom()) ** 0.65);
  const width = 1.2 * Math.sqrt(far);
  let style = /** @type {any} */ (drawn).style();
  for (const [kind, look] of Object.entries(LOOKS)) {
    const size = look.size * far;
    const font = Math.max(look.font, 9.5 / drawn.zoom());
    const sizes = { width: size, height: size, "font-size": font, "text-margin-y": (look.above ? -2 : 3) * far };
    const told = drawn.zoom() >= look.from ? 1 : 0;
    const texts = { "text-opacity": told, "text-outline-width": 2 * far, "text-max-width": 13 * font };
    style = style.selector("node." + kind).style({ ...sizes, ...texts });
  }
  style.selector("edge").style({ width })
    .selector("edge.plan").style({ width: 2.2 * width, "arrow-scale": far })
    .selector("edge.via, edge.new").style({ width: 1.8 * width })
    .selector("node.new, node.chosen").style({ "border-width": 5 * far })
    .selector("node.front").style({ "text-opacity": 1 })
    .selector("node.away").style({ "text-opacity": 0 })
    .selector("node.chosen").style({ "font-size": Math.max(15, 13 / drawn.zoom()) })
    .update();
}

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Draw everything that is shown, in places that never move. */
function drawMap() {
  const shown = shownDots();
  const drawn = new Set(shown.map((dot) => dot.at));
  if (!map) map = newMap(shown.length);
  const elements = [...shown.map(nodeOf), ...linesAmong(drawn), ...plansAmong(drawn)];
  const before = map;
  before.batch(() => {
    before.elements().remove();
    before.add(elements);
  });
}

/** @param {number} many */
function newMap(many) {
  const made = cytoscape({
    container: element("canvas"),
    style: STYLE,
    layout: { name: "preset" },
    minZoom: 0.03,
    maxZoom: 4,
    autoungrabify: true,
    boxSelectionEnabled: false,
    selectionType: "single",
    hideEdgesOnViewport: many > MANY,
    hideLabelsOnViewport: many > MANY,
    textureOnViewport: many > MANY,
    pixelRatio: many > MANY ? 1 : "auto",
  });
  made.on("zoom", () => {
    clearTimeout(zoomed);
    zoomed = setTimeout(scaleMap, 80);
  });
  made.on("tap", "node", (event) => choose(event.target.data("at")));
  made.on("tap", "edge.plan", (event) => chooseProposal(event.target.data("proposal")));
  return made;
}

/** @param {Dot} dot */
function nodeOf(dot) {
  const look = LOOKS[dot.kind];
  const name = isNew(dot.there) ? text(dot.name) + " · " + say("new") : text(dot.name);
  return {
    group: "nodes",
    data: { id: "d" + dot.at, at: dot.at, name, shape: look.shape, colour: look.colour },
    position: { x: dot.x, y: dot.y },
    classes: isNew(dot.there) ? dot.kind + " new" : dot.kind,
  };
}

/** @param {Set<number>} drawn */
function linesAmong(drawn) {
  return world().lines
    .filter(([a, b, , , there]) => drawn.has(a) && drawn.has(b) && isThere(there))
    .map(([a, b, kind, , there]) => {
      const around = ["offers", "asks", "known_to"].includes(world().kinds[kind]) ? "around" : "";
      const classes = isNew(there) ? around + " new" : around;
      return { group: "edges", data: { source: "d" + a, target: "d" + b }, classes };
    });
}

/** The proposals of the week: who does it for whom, and via whom. @param {Set<number>} drawn */
function plansAmong(drawn) {
  if (!state.plans || state.stop !== world().stops.length - 1) return [];
  /** @type {object[]} */
  const found = [];
  world().proposals.forEach((each, proposal) => {
    const pairs = new Map((each.parts || []).map(([who]) => [who, "plan"]));
    for (const [who] of pairs) {
      if (who !== each.asker && drawn.has(who) && drawn.has(each.asker)) {
        found.push(planLine(who, each.asker, proposal, "plan"));
      }
    }
    for (const chain of each.via || []) {
      chain.slice(1).forEach((to, at) => {
        if (drawn.has(chain[at]) && drawn.has(to)) found.push(planLine(chain[at], to, proposal, "plan via"));
      });
    }
  });
  return found;
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} proposal
 * @param {string} classes
 */
function planLine(from, to, proposal, classes) {
  return { group: "edges", data: { source: "d" + from, target: "d" + to, proposal }, classes };
}

/** Put in front what somebody chose or searches, and the rest in the background. */
function markMap() {
  const drawn = map;
  if (!drawn) return;
  const front = frontDots();
  drawn.batch(() => {
    drawn.elements().removeClass("away chosen front");
    if (!front) return;
    drawn.elements().addClass("away");
    const few = front.size <= 60 ? "front" : "";
    for (const at of front) drawn.getElementById("d" + at).removeClass("away").addClass(few);
    frontLines(drawn, front);
    if (state.chosen >= 0) drawn.getElementById("d" + state.chosen).addClass("chosen");
  });
}

/**
 * @param {Cy} drawn
 * @param {Set<number>} front
 */
function frontLines(drawn, front) {
  const lines = /** @type {any} */ (drawn).edges();
  lines.forEach((/** @type {any} */ line) => {
    const [a, b] = [line.source().data("at"), line.target().data("at")];
    const plan = line.data("proposal");
    const mine = state.proposal >= 0
      ? plan === state.proposal
      : state.chosen < 0 || a === state.chosen || b === state.chosen;
    if (mine && front.has(a) && front.has(b)) line.removeClass("away");
  });
}

/** The dots in front; null where nothing was chosen. @returns {Set<number> | null} */
function frontDots() {
  if (state.proposal >= 0) {
    const each = world().proposals[state.proposal];
    return new Set(dots().filter((dot) => takesPart(each, dot.at)).map((dot) => dot.at));
  }
  if (state.chosen >= 0) {
    const dot = dots()[state.chosen];
    return new Set([dot.at, ...linksOf(dot).map((link) => link.to)]);
  }
  return state.text.trim() ? new Set(foundDots().map((dot) => dot.at)) : null;
}

/** Bring some dots into view. @param {Set<number> | null} front */
function lookAt(front) {
  if (!map) return;
  const drawn = map;
  const seen = /** @type {any} */ (drawn).nodes()
    .filter((/** @type {any} */ node) => !front || front.has(node.data("at")));
  if (!seen.length) return;
  if (still.matches) {
    drawn.fit(seen, 60);
    if (drawn.zoom() > 1.4) zoomTo(1.4, seen);
    return;
  }
  const box = seen.boundingBox();
  const fit = Math.min(drawn.width() / (box.w + 120), drawn.height() / (box.h + 120), 1.4);
  drawn.animate({ zoom: fit, center: { eles: seen } }, { duration: 250 });
}

/**
 * @param {number} level
 * @param {CyGroup} [around]
 */
function zoomTo(level, around) {
  if (!map) return;
  map.zoom({ level, renderedPosition: { x: map.width() / 2, y: map.height() / 2 } });
  if (around) map.center(around);
}

/** Move and zoom with the keys: arrows, plus, minus and zero. @param {KeyboardEvent} event */
function steerMap(event) {
  if (!map) return;
  const step = 60;
  /** @type {Record<string, () => void>} */
  const acts = {
    ArrowLeft: () => map?.panBy({ x: step, y: 0 }),
    ArrowRight: () => map?.panBy({ x: -step, y: 0 }),
    ArrowUp: () => map?.panBy({ x: 0, y: step }),
    ArrowDown: () => map?.panBy({ x: 0, y: -step }),
    "+": () => map && zoomTo(map.zoom() * 1.25),
    "=": () => map && zoomTo(map.zoom() * 1.25),
    "-": () => map && zoomTo(map.zoom() / 1.25),
    0: () => lookAt(null),
  };
  const act = acts[event.key];
  if (act) {
    act();
    event.preventDefault();
  }
}
