// Which dots are shown: by kind, category, area, day, date and the words that somebody searches.

/** Whether a talent, question or activity is about what was chosen. @param {Dot} dot */
function fits(dot) {
  if (state.theme >= 0 && dot.theme !== state.theme) return false;
  return fitsDay(dot);
}

/** @param {Dot} dot */
function fitsDay(dot) {
  if (state.day < 0) return true;
  if (state.day === NOBODY_SAID) return dot.days < 0;
  return dot.days >= 0 && (dot.days >> state.day & 1) === 1;
}

/** Whether a dot is shown. @param {Dot} dot */
function isShown(dot) {
  if (!isThere(dot.there) || !state.kinds.has(dot.kind)) return false;
  if (state.area >= 0 && dot.area !== state.area) return false;
  if (state.theme < 0 && state.day < 0) return true;
  if (ITEMS.has(dot.kind)) return fits(dot);
  if (state.theme < 0 && fitsDay(dot)) return true;
  if (dot.theme >= 0 && dot.theme === state.theme && state.day < 0) return true;
  return dot.links.some((link) => {
    const other = dots()[link.to];
    return ITEMS.has(other.kind) && state.kinds.has(other.kind) && isThere(other.there) && fits(other);
  });
}

function shownDots() {
  return dots().filter(isShown);
}

/** Everything that is written about a dot, to search in. @param {Dot} dot */
function wordsOf(dot) {
  const about = dot.details.filter((_, place) => place % 2).map(text);
  return plain([fullName(dot), dot.id, text(dot.area), text(dot.theme), ...about].join(" "));
}

/** The dots that are shown and hold every word that somebody searches. */
function foundDots() {
  const words = plain(state.text).split(/\s+/).filter(Boolean);
  const shown = shownDots();
  if (!words.length) return shown;
  return shown.filter((dot) => {
    const inside = wordsOf(dot);
    return words.every((word) => inside.includes(word));
  });
}

/** The first few that were found: those whose name begins with the words, then the others. */
function firstFound() {
  const words = plain(state.text.trim());
  /** @param {Dot} dot */
  const rank = (dot) => {
    const name = plain(fullName(dot));
    return name.startsWith(words) ? 0 : name.includes(words) ? 1 : 2;
  };
  const found = foundDots().map((dot) => ({ dot, rank: rank(dot), name: fullName(dot) }));
  found.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, state.language));
  return found.slice(0, 8).map((each) => each.dot);
}

/** What a dot is connected to now, each other dot once. @param {Dot} dot */
function linksOf(dot) {
  return dot.links.filter((link) => isThere(link.there) && isThere(dots()[link.to].there));
}

/** The proposals in which somebody or something has a part. @param {Dot} dot */
function proposalsOf(dot) {
  return world().proposals.filter((each) => takesPart(each, dot.at));
}

/**
 * @param {Proposal} proposal
 * @param {number} at
 */
function takesPart(proposal, at) {
  const parts = (proposal.parts || []).map((part) => part[0]);
  return [proposal.need, proposal.asker, ...parts, ...(proposal.via || []).flat()].includes(at);
}
