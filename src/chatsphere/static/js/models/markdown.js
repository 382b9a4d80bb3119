/**
 * What keys do to the text one writes: marks around a selection, an address over it, and what is being asked for at the
 * caret. Texts in, texts out.
 *
 * @typedef {{text: string, start: number, end: number}} Writing a text and what of it is selected
 * @typedef {{kind: ":" | "@" | "/", words: string, start: number, end: number}} Asking
 */

/** The mark that each key puts around what is selected. @type {Record<string, string>} */
export const MARKS = { b: "**", i: "*", e: "`" };

const ADDRESS = /^https?:\/\/\S+$/i;

/** Put a mark around what is selected, or take it away where it is. @param {Writing} writing @param {string} mark @returns {Writing} */
export function marked({ text, start, end }, mark) {
  const size = mark.length;
  const chosen = text.slice(start, end);
  const [before, after] = [text.slice(0, start), text.slice(end)];
  if (holds(before, after, mark)) {
    const bare = before.slice(0, -size) + chosen + after.slice(size);
    return { text: bare, start: start - size, end: end - size };
  }
  // What is marked has no space at its edges, or it would be no mark.
  const lead = chosen.length - chosen.trimStart().length;
  const inner = chosen.trim();
  const tail = chosen.slice(lead + inner.length);
  const whole = before + chosen.slice(0, lead) + mark + inner + mark + tail + after;
  const begin = start + lead + size;
  return { text: whole, start: begin, end: begin + inner.length };
}

/** Whether exactly this mark stands on both sides: of `**` one star is no mark of its own. @param {string} before @param {string} after @param {string} mark */
function holds(before, after, mark) {
  if (!before.endsWith(mark) || !after.startsWith(mark)) return false;
  const letter = mark[0];
  const runs = [before.match(/(.)\1*$/s)?.[0] ?? "", after.match(/^(.)\1*/s)?.[0] ?? ""];
  return mark.length > 1 || runs.every((run) => run[0] !== letter || run.length !== 2);
}

/** An address that is put over words becomes their link; null where it is not so. @param {Writing} writing @param {string} pasted @returns {Writing | null} */
export function linked({ text, start, end }, pasted) {
  const words = text.slice(start, end);
  const address = pasted.trim();
  if (!words.trim() || words.includes("\n") || ADDRESS.test(words.trim()) || !ADDRESS.test(address)) return null;
  const link = `[${words.replace(/[[\]]/g, "\\$&")}](${address.replaceAll("(", "%28").replaceAll(")", "%29")})`;
  const caret = start + link.length;
  return { text: text.slice(0, start) + link + text.slice(end), start: caret, end: caret };
}

const ASKING = /(?:^|[\s(])(?<kind>[:@])(?<words>[\p{L}\p{N}_.+-]*)$/u;

/** What is being asked for where the caret stands. @param {Writing} writing @returns {Asking | null} */
export function asking({ text, start, end }) {
  if (start !== end) return null;
  const before = text.slice(0, start);
  if (/^\/[a-z]*$/.test(before)) return { kind: "/", words: before.slice(1), start: 0, end: start };
  const found = before.match(ASKING)?.groups;
  if (!found) return null;
  const { kind, words } = /** @type {{kind: ":" | "@", words: string}} */ (found);
  // Two letters, or every smiley of two signs would open a list.
  if (kind === ":" && words.length < 2) return null;
  return { kind, words, start: start - words.length - 1, end: start };
}

/** What was chosen stands where it was asked for. @param {Writing} writing @param {Asking} asked @param {string} chosen @returns {Writing} */
export function answered({ text }, { start, end }, chosen) {
  const rest = text.slice(end);
  const gap = chosen && !/^\s/.test(rest) ? " " : "";
  const caret = start + chosen.length + (chosen ? 1 : 0);
  return { text: text.slice(0, start) + chosen + gap + rest, start: caret, end: caret };
}
