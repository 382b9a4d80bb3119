/** Where arrows lead in rows of unequal things. Pure. */

/** @typedef {{left: number, top: number, width: number, height: number}} Place */

/**
 * Which one a key leads to from another; nothing where it leads nowhere.
 * @param {string} key @param {number} at @param {Place[]} places in order @param {boolean} rtl @returns {number | undefined}
 */
export function beside(key, at, places, rtl) {
  const toward = rtl ? -1 : 1;
  const to = {
    ArrowLeft: at - toward,
    ArrowRight: at + toward,
    Home: 0,
    End: places.length - 1,
    ArrowUp: across(at, places, -1),
    ArrowDown: across(at, places, 1),
  }[key];
  return to !== undefined && to >= 0 && to < places.length ? to : undefined;
}

/** In the next row of that way, the one whose middle is nearest. @param {number} at @param {Place[]} places @param {1 | -1} way */
function across(at, places, way) {
  const from = places[at];
  const off = (/** @type {Place} */ one) => (one.top - from.top) * way;
  const rows = places.map(off).filter((by) => by > from.height / 2);
  if (!rows.length) return undefined;
  const next = Math.min(...rows);
  const middle = (/** @type {Place} */ one) => one.left + one.width / 2;
  let best;
  for (const [n, one] of places.entries()) {
    if (Math.abs(off(one) - next) > 1) continue;
    if (best === undefined || Math.abs(middle(one) - middle(from)) < Math.abs(middle(places[best]) - middle(from)))
      best = n;
  }
  return best;
}
