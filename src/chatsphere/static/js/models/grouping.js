/**
 * Messages as lines of a log: runs of one speaker, days, and where the unread begins. Pure.
 *
 * @import {Message} from "./shapes.js"
 * @import {Aside} from "./conversation.js"
 * @typedef {Message & {state?: "pending" | "sent" | "failed"}} Said
 * @typedef {{kind: "day", key: string, day: string}} Day
 * @typedef {{kind: "fresh", key: string, count: number}} Fresh
 * @typedef {{kind: "aside", key: string, aside: Aside}} Beside
 * @typedef {{kind: "message", key: string, message: Said, first: boolean, last: boolean}} Spoken
 * @typedef {Day | Fresh | Beside | Spoken} Line
 */
import { dayOf } from "./time.js";

const TOGETHER = 5 * 60_000;

/**
 * The key of a message's line: one's own keeps it when the pending line becomes the stored one.
 * @param {Said} message
 */
export function keyOf(message) {
  return message.client_id ? `${message.sender_id}/${message.client_id}` : `#${message.id}`;
}

/**
 * Whether `next` goes on where `before` left off: same speaker, soon after, on the same day, and no answer.
 * @param {Said | undefined} before @param {Said} next @param {string} [zone]
 */
export function together(before, next, zone) {
  if (!before || next.reply_to !== null || before.sender_id !== next.sender_id) return false;
  const gap = Date.parse(next.created_at) - Date.parse(before.created_at);
  return gap <= TOGETHER && dayOf(before.created_at, zone) === dayOf(next.created_at, zone);
}

/**
 * The lines for these messages, and for what happened between them.
 * @param {Said[]} messages
 * @param {{zone?: string, fresh?: {id: number, count: number} | null, asides?: Aside[]}} [how] `fresh`: the first unread
 * message; `asides` ascending
 * @returns {Line[]}
 */
export function lines(messages, { zone, fresh = null, asides = [] } = {}) {
  /** @type {Line[]} */
  const found = [];
  /** @type {Said | Aside | undefined} */
  let before;
  for (const next of woven(messages, asides)) {
    const day = dayOf(next.created_at, zone);
    if (!before || dayOf(before.created_at, zone) !== day)
      found.push({ kind: "day", key: `day/${day}`, day: next.created_at });
    if ("act" in next) found.push({ kind: "aside", key: `aside/${next.seq}`, aside: next });
    else found.push(...spoken(next, before, fresh, zone));
    before = next;
  }
  return ended(found);
}

/** @param {Said[]} messages @param {Aside[]} asides @returns {(Said | Aside)[]} in the order of the log */
function woven(messages, asides) {
  const place = (/** @type {Said | Aside} */ one) => ("act" in one ? one.seq : one.id);
  return asides.length ? [...messages, ...asides].sort((a, b) => place(a) - place(b)) : messages;
}

/**
 * @param {Said} message @param {Said | Aside | undefined} before @param {{id: number, count: number} | null} fresh
 * @param {string} [zone] @returns {Line[]}
 */
function spoken(message, before, fresh, zone) {
  const said = before && !("act" in before) ? before : undefined;
  const divides = fresh?.id === message.id;
  const first = divides || !together(said, message, zone);
  /** @type {Line} */
  const line = { kind: "message", key: keyOf(message), message, first, last: true };
  return fresh && divides ? [{ kind: "fresh", key: "fresh", count: fresh.count }, line] : [line];
}

/** @param {Line[]} found */
function ended(found) {
  found.forEach((line, at) => {
    const next = found[at + 1];
    if (line.kind === "message") line.last = next?.kind !== "message" || next.first;
  });
  return found;
}
