/** The link of a message that the server will look at: the mirror of core/hyperlinks.py, before it has answered. */

const CODE = /```[\s\S]*?(?:```|$)|`[^`]*`|\|\|[\s\S]*?\|\|/g;
const LINK = /(?:^|[\s("'<[*_~])((?:https?:\/\/|www\.)[^\s<>"'`\])]+)/i;

/** @param {string} content @returns {string | null} */
export function firstLink(content) {
  const found = LINK.exec(content.replace(CODE, " ").replace(/\]\(/g, " ("))?.[1];
  if (!found) return null;
  const url = found.replace(/[.,;:!?]+$/, "");
  return URL.canParse(/^www\./i.test(url) ? `http://${url}` : url) ? url : null;
}

/** Where an address leads, as a person reads it. @param {string} url */
export function hostOf(url) {
  const full = /^https?:/i.test(url) ? url : `http://${url}`;
  return URL.canParse(full) ? new URL(full).hostname.replace(/^www\./, "") : url;
}
