/**
 * How this browser's pages look: attributes on the root element now, a cookie for the server's next page, and the
 * account for other browsers.
 */

const YEAR = 365 * 24 * 3600;

/** @typedef {{theme?: string, density?: string, size?: string, hue?: string, letters?: string, enter?: string, remind?: string}} Look */

const USUAL = { theme: "", density: "cosy", size: "100", hue: "", letters: "on", enter: "on", remind: "off" };
/** In which attribute each of them is, in the order in which the cookie has them. */
const ATTRIBUTES = /** @type {const} */ ([
  ["theme", "theme"],
  ["density", "density"],
  ["size", "size"],
  ["hue", "ownHue"],
  ["letters", "letters"],
  ["enter", "enter"],
  ["remind", "remind"],
]);

/** Show it so, and write nothing down yet. @param {Look} look */
export function show(look) {
  const root = document.documentElement.dataset;
  for (const [name, attribute] of ATTRIBUTES) {
    const wanted = look[name];
    if (wanted === undefined) continue;
    if (wanted === USUAL[name]) delete root[attribute];
    else root[attribute] = wanted;
  }
}

/** Have it so from now on, here and in browsers that have not been told otherwise. @param {Look} look */
export function keep(look) {
  show(look);
  const root = document.documentElement.dataset;
  const text = ATTRIBUTES.map(([name, attribute]) => root[attribute] ?? USUAL[name]).join("~");
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // The Cookie Store API would do, where it is known: this is read by the server before anything is painted.
  // biome-ignore lint/suspicious/noDocumentCookie: see above
  document.cookie = `look=${text}; Path=/; SameSite=Lax; Max-Age=${YEAR}${secure}`;
  // The page may be on its way out.
  const how = { method: "POST", body: new URLSearchParams(look), keepalive: true, redirect: "manual" };
  return fetch("/settings/appearance", /** @type {RequestInit} */ (how)).catch(() => undefined);
}
