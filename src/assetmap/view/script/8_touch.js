// Fingers on the map: the page scrolls past it, and two move it.

/** One finger scrolls the page; two move the map, and so does one after a tap on it. */
function leaveSwipesToThePage() {
  const canvas = element("canvas");
  /** @type {{ x: number, y: number, apart: number } | null} */
  let before = null;
  /** @param {TouchEvent} event */
  const take = (event) => {
    if (!(event.target instanceof Node && canvas.contains(event.target))) return;
    const two = event.touches.length === 2;
    if (two || !canvas.classList.contains("awake")) {
      event.stopPropagation(); // cytoscape never hears of it; a tap still comes as a click
    }
    const now = two ? between(event.touches[0], event.touches[1], canvas) : null;
    if (now && before && event.type === "touchmove") {
      event.preventDefault();
      moveWithFingers(before, now);
    }
    before = now;
  };
  for (const name of /** @type {const} */ (["touchstart", "touchmove"])) {
    document.addEventListener(name, take, { capture: true, passive: false });
  }
  document.addEventListener("click", (event) => {
    canvas.classList.toggle("awake", event.target instanceof Node && canvas.contains(event.target));
  });
}

/** The middle of two fingers on the map, and how far they are apart. @param {Touch} a @param {Touch} b @param {HTMLElement} canvas */
function between(a, b, canvas) {
  const { left, top } = canvas.getBoundingClientRect();
  return {
    x: (a.clientX + b.clientX) / 2 - left,
    y: (a.clientY + b.clientY) / 2 - top,
    apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
  };
}

/** @param {ReturnType<typeof between>} before @param {ReturnType<typeof between>} now */
function moveWithFingers(before, now) {
  if (!map) return;
  map.panBy({ x: now.x - before.x, y: now.y - before.y });
  if (before.apart > 0) {
    const level = (map.zoom() * now.apart) / before.apart;
    map.zoom({ level, renderedPosition: { x: now.x, y: now.y } });
  }
}
