/** Light, dark, or as the system has it: one attribute here, one cookie for the server. */
import { vary } from "./dom.js";

const YEAR = 365 * 24 * 3600;

/** Whether the page is dark now. */
export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** @param {string} theme light, dark, or nothing for the system's */
export function chooseTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // The Cookie Store API would do, where it is known: this is read by the server before anything is painted.
  // biome-ignore lint/suspicious/noDocumentCookie: see above
  document.cookie = `theme=${theme}; Path=/; SameSite=Lax; Max-Age=${theme ? YEAR : 0}${secure}`;
}

/** The hue of the room, on the whole page. @param {number | string | undefined} hue */
export function tint(hue) {
  const root = document.documentElement;
  const set = root.style.getPropertyValue("--h");
  // Setting it has the style of the whole page worked out anew.
  if (set && hue !== undefined && (Number(set) - Number(hue)) % 360 === 0) return;
  const now = Number(getComputedStyle(root).getPropertyValue("--h"));
  // The short way round the circle, however far round it already is.
  const near = hue === undefined ? hue : Number(hue) + 360 * Math.round((now - Number(hue)) / 360);
  vary(root, { "--h": near });
}
