/**
 * A long log in chunks, as much in each as a page brings: the browser lays out a chunk at a time, and few are kept. Pure.
 *
 * @import {Line} from "./grouping.js"
 * @typedef {{id: number, lines: Line[]}} Chunk called by the number that its messages begin with or after
 */

const SIZE = 50;
/** What is shorter begins where the conversation does. */
const FEW = 25;

/** How many chunks stay in the document. */
export const MOST = 8;

/**
 * The numbers that chunks begin with. Known ones stay, so that what is on the screen stays in the element it is in:
 * older messages make chunks of their own, and newer ones fill the last one first.
 * @param {number[]} ids of messages, ascending @param {number[]} [known] what was answered before @returns {number[]}
 */
export function cuts(ids, known = []) {
  if (!ids.length) return [];
  const last = ids[ids.length - 1];
  const kept = known.filter((cut, at) => cut <= last && !(known[at + 1] <= ids[0]));
  // The first message changes its looks when what was said before it comes. What is in an element with it would move.
  if (!kept.length) return ids.length > FEW ? [ids[0], ...forward(ids.slice(1))] : forward(ids);
  const before = ids.filter((id) => id < kept[0]);
  return [...backward(before), ...kept.flatMap((cut, at) => forward(between(ids, cut, kept[at + 1]), cut))];
}

/** @param {number[]} ids @param {number} from @param {number} [to] */
function between(ids, from, to = Number.POSITIVE_INFINITY) {
  return ids.filter((id) => id >= from && id < to);
}

/** @param {number[]} ids @param {number} [first] what the first one is called */
function forward(ids, first = ids[0]) {
  return ids.length ? [first, ...ids.filter((_id, at) => at > 0 && at % SIZE === 0)] : [];
}

/** @param {number[]} ids */
function backward(ids) {
  return ids.filter((_id, at) => at === 0 || (ids.length - at) % SIZE === 0);
}

/**
 * Which messages stay when there are too many chunks: those on the reader's side.
 * @param {number[]} ids @param {number[]} begins @param {boolean} early whether the reader is in the earlier half
 */
export function spared(ids, begins, early) {
  const [from, to] = early ? [Number.NEGATIVE_INFINITY, begins[MOST]] : [begins[begins.length - MOST], undefined];
  return between(ids, from, to);
}

/**
 * Lines put into their chunks; what stands between messages goes with the message that follows it.
 * @param {Line[]} lines @param {number[]} begins @returns {Chunk[]}
 */
export function chunked(lines, begins) {
  const chunks = begins.map((id) => ({ id, lines: /** @type {Line[]} */ ([]) }));
  /** @type {Line[]} */
  let waiting = [];
  let at = 0;
  for (const line of lines) {
    waiting.push(line);
    if (line.kind !== "message") continue;
    while (begins[at + 1] <= line.message.id) at += 1;
    chunks[at].lines.push(...waiting);
    waiting = [];
  }
  const end = chunks.at(-1);
  if (end) end.lines.push(...waiting);
  else if (waiting.length) chunks.push({ id: 0, lines: waiting });
  return chunks.filter((chunk) => chunk.lines.length);
}

/**
 * What is drawn in one go, where some of it may be on the page: that and so many lines more at either end; else the end.
 * @param {Line[]} lines @param {(line: Line) => boolean} drawn @param {number} most
 * @returns {[number, number]} the first one, and the one after the last
 */
export function portion(lines, drawn, most) {
  const first = lines.findIndex(drawn);
  if (first < 0) return [Math.max(0, lines.length - most), lines.length];
  return [Math.max(0, first - most), Math.min(lines.length, lines.findLastIndex(drawn) + 1 + most)];
}
