/** Who is spoken to by name: `@` and a user name, wherever no letter stands before it. */

const MENTION = /(?<![\p{L}\p{N}_@/.])@([A-Za-z0-9_.-]{2,32})/gu;

/**
 * A text in parts: as it is, or a mention of somebody who is known here. What ends a sentence is no part of a name.
 * @param {string} text @param {(name: string) => string | undefined} known an id by a user name in small letters
 * @returns {{text: string, id?: string}[]}
 */
export function parts(text, known) {
  /** @type {{text: string, id?: string}[]} */
  const found = [];
  let end = 0;
  for (const match of text.matchAll(MENTION)) {
    const name = longest(match[1], known);
    if (!name) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: `@${name}`, id: known(name.toLowerCase()) });
    end = match.index + 1 + name.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

/** @param {string} name @param {(name: string) => string | undefined} known */
function longest(name, known) {
  for (let tried = name; tried.length >= 2; tried = tried.slice(0, -1)) {
    if (known(tried.toLowerCase())) return tried;
    if (!/[.-]$/.test(tried)) return undefined;
  }
  return undefined;
}

/** Whether somebody of this name is spoken to. @param {string} text @param {string} name */
export function mentions(text, name) {
  const meant = name.toLowerCase();
  return Boolean(meant) && parts(text, (one) => (one === meant ? one : undefined)).some(({ id }) => id);
}
