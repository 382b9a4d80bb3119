/** Light or dark, and the hue of the page. */
import { vary } from "./dom.js";

/** Whether the page is dark now. */
export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** @type {number | string | undefined} */
let wanted;
let waiting = false;

/** The hue of the room, on the whole page, unless its reader has one everywhere. @param {number | string | undefined} rooms */
export function tint(rooms) {
  const root = document.documentElement;
  wanted = root.dataset.ownHue ?? rooms;
  if (!root.style.getPropertyValue("--h")) light();
  else if (!waiting) {
    waiting = true;
    // It has the style of the whole page worked out anew: what has come is painted before its light is.
    requestAnimationFrame(() => setTimeout(light));
  }
}

function light() {
  waiting = false;
  const root = document.documentElement;
  const hue = wanted;
  const set = root.style.getPropertyValue("--h");
  if (set && hue !== undefined && (Number(set) - Number(hue)) % 360 === 0) return;
  const now = Number(getComputedStyle(root).getPropertyValue("--h"));
  // The short way round the circle, however far round it already is.
  const near = hue === undefined ? hue : Number(hue) + 360 * Math.round((now - Number(hue)) / 360);
  vary(root, { "--h": near });
}
