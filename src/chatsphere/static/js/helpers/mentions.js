/** Mentions in what a message says: marked where the text stands, not in code and not in links. */
import { parts } from "../models/mentions.js";
import { make } from "./dom.js";

/** @param {Node} inside @param {(name: string) => string | undefined} known @param {string} me */
export function markMentions(inside, known, me) {
  const walker = document.createTreeWalker(inside, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts) {
    if (!text.data.includes("@") || text.parentElement?.closest("code, pre, a")) continue;
    const found = parts(text.data, known);
    if (found.some(({ id }) => id)) text.replaceWith(...found.map((part) => shown(part, me)));
  }
}

/** @param {{text: string, id?: string}} part @param {string} me */
function shown({ text, id }, me) {
  return id ? make("span", { class: id === me ? "mention own" : "mention" }, text) : text;
}
