/** Which lights a room can have: the hues of its own pictures, and those that always can be chosen. */
import { t } from "./words.js";

/** @typedef {{hue: number, name: string, own: boolean}} Light */

/** Around the circle; each stands for what lies nearest to it. @type {[number, () => string][]} */
const NAMED = [
  [22, () => t("Ember")],
  [62, () => t("Amber")],
  [130, () => t("Moss")],
  [172, () => t("Sea")],
  [215, () => t("Lake")],
  [255, () => t("Dusk")],
  [300, () => t("Heather")],
  [350, () => t("Rose")],
];

/** How far apart two hues are, in degrees. @param {number} a @param {number} b */
function apart(a, b) {
  const way = Math.abs(a - b) % 360;
  return Math.min(way, 360 - way);
}

/** The place in the list of what lies nearest. @param {number} hue */
function nearest(hue) {
  const ways = NAMED.map(([named]) => apart(named, hue));
  return ways.indexOf(Math.min(...ways));
}

/**
 * One light of each name: where the room has had such a hue, the first of them as it is.
 * @param {number[]} hues that the room has had, those that count most first @returns {Light[]} its own first
 */
export function palette(hues) {
  /** @type {Map<number, number>} */
  const own = new Map();
  for (const hue of hues) if (!own.has(nearest(hue))) own.set(nearest(hue), hue);
  const lights = NAMED.map(([hue, name], at) => ({ hue: own.get(at) ?? hue, name: name(), own: own.has(at) }));
  return [...lights.filter((one) => one.own), ...lights.filter((one) => !one.own)];
}
