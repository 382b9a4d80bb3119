/**
 * A frame over a picture, in parts of its width and height: moved, pulled at its corners, held in a ratio.
 *
 * @typedef {{x: number, y: number, width: number, height: number}} Frame
 */

/** The least that is cut out, in parts. */
export const LEAST = 0.05;

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** All of it. @type {Frame} */
export const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** @param {Frame} frame @param {number} dx @param {number} dy @returns {Frame} */
export function moved(frame, dx, dy) {
  const { width, height } = frame;
  return { x: within(frame.x + dx, 0, 1 - width), y: within(frame.y + dy, 0, 1 - height), width, height };
}

/**
 * Pulled at a corner; the one across from it stays. `ratio` is of the frame's parts, 0 for any.
 * @param {Frame} frame @param {{end: boolean, bottom: boolean}} corner @param {number} dx @param {number} dy
 * @param {number} ratio @returns {Frame}
 */
export function pulled(frame, { end, bottom }, dx, dy, ratio = 0) {
  const fixed = { x: end ? frame.x : frame.x + frame.width, y: bottom ? frame.y : frame.y + frame.height };
  const most = { width: end ? 1 - fixed.x : fixed.x, height: bottom ? 1 - fixed.y : fixed.y };
  let width = within(frame.width + (end ? dx : -dx), LEAST, most.width);
  let height = within(frame.height + (bottom ? dy : -dy), LEAST, most.height);
  if (ratio) {
    width = Math.min(width, most.height * ratio);
    height = width / ratio;
  }
  return { x: end ? fixed.x : fixed.x - width, y: bottom ? fixed.y : fixed.y - height, width, height };
}

/** The largest one of this ratio, in the middle of the frame's. @param {number} ratio of parts; 0: all of it @returns {Frame} */
export function held(ratio) {
  if (!ratio) return WHOLE;
  const width = Math.min(1, ratio);
  const height = width / ratio;
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}
