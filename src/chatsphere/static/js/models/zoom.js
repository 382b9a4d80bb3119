/**
 * How a picture is looked at: how large, and how far from the middle. Pure; lengths in pixels of the screen.
 *
 * @typedef {{width: number, height: number}} Size
 * @typedef {{scale: number, x: number, y: number}} Look `x` and `y`: how far its middle lies from that of the box
 * @typedef {{box: Size, picture: Size, most: number}} Bounds `picture`: as large as it is at scale 1
 */

/** @type {Readonly<Look>} */
export const WHOLE = Object.freeze({ scale: 1, x: 0, y: 0 });
const CLOSE = 2.5;

/** As large as fits, and no larger than `most`, its own size say. @param {Size} own @param {Size} box @param {number} [most] @returns {Size} */
export function fit(own, box, most = Number.POSITIVE_INFINITY) {
  const scale = Math.min(box.width / own.width, box.height / own.height, Math.max(most, 1) / own.width);
  return { width: own.width * scale, height: own.height * scale };
}

/** How far one may go: to twice its own pixels, and always somewhat closer. @param {Size} own @param {Size} shown @param {number} [density] */
export function mostOf(own, shown, density = 1) {
  return Math.max(CLOSE, Math.min(12, (2 * own.width) / (shown.width * density)));
}

/**
 * Larger or smaller by a factor, with what lies under a point staying there.
 * @param {Look} look @param {number} factor @param {{x: number, y: number}} point from the middle of the box
 * @param {Bounds} bounds @returns {Look}
 */
export function zoomed(look, factor, point, bounds) {
  const scale = Math.min(bounds.most, Math.max(1, look.scale * factor));
  const by = scale / look.scale;
  return held({ scale, x: point.x - (point.x - look.x) * by, y: point.y - (point.y - look.y) * by }, bounds);
}

/** Closer where it was whole, whole where it was closer. @param {Look} look @param {{x: number, y: number}} point @param {Bounds} bounds */
export function toggled(look, point, bounds) {
  return look.scale > 1.01 ? WHOLE : zoomed(look, Math.min(CLOSE, bounds.most), point, bounds);
}

/** @param {Look} look @param {number} dx @param {number} dy @param {Bounds} bounds @returns {Look} */
export function moved(look, dx, dy, bounds) {
  return held({ ...look, x: look.x + dx, y: look.y + dy }, bounds);
}

/** No further than its edge comes to the box's; what is smaller than the box stays in the middle. @param {Look} look @param {Bounds} bounds @returns {Look} */
function held(look, { box, picture }) {
  const x = Math.max(0, (picture.width * look.scale - box.width) / 2);
  const y = Math.max(0, (picture.height * look.scale - box.height) / 2);
  return { scale: look.scale, x: within(look.x, x), y: within(look.y, y) };
}

/** @param {number} value @param {number} most */
function within(value, most) {
  return Math.min(most, Math.max(-most, value)) || 0;
}

/**
 * What a drag of one finger means once it has gone far enough to tell: the next one, away with it, or nothing.
 * @param {{dx: number, dy: number, ms: number}} drag @param {Size} box @returns {"back" | "on" | "close" | null}
 */
export function meant({ dx, dy, ms }, box) {
  const quick = (/** @type {number} */ length) => Math.abs(length) / Math.max(ms, 1) > 0.45 && Math.abs(length) > 24;
  if (Math.abs(dx) > Math.abs(dy)) {
    if (Math.abs(dx) < box.width * 0.28 && !quick(dx)) return null;
    return dx < 0 ? "on" : "back";
  }
  return Math.abs(dy) > Math.min(140, box.height * 0.2) || quick(dy) ? "close" : null;
}
