/**
 * Messages as lines of a log: runs of one speaker, days, and where the unread begins. Pure.
 *
 * @import {Message} from "./shapes.js"
 * @typedef {Message & {state?: "pending" | "sent" | "failed"}} Said
 * @typedef {{kind: "day", key: string, day: string}} Day
 * @typedef {{kind: "fresh", key: string, count: number}} Fresh
 * @typedef {{kind: "message", key: string, message: Said, first: boolean, last: boolean}} Spoken
 * @typedef {Day | Fresh | Spoken} Line
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
 * The lines for these messages.
 * @param {Said[]} messages
 * @param {{zone?: string, fresh?: {id: number, count: number} | null}} [how] `fresh`: the first unread message
 * @returns {Line[]}
 */
export function lines(messages, { zone, fresh = null } = {}) {
  /** @type {Line[]} */
  const found = [];
  /** @type {Said | undefined} */
  let before;
  for (const message of messages) {
    const day = dayOf(message.created_at, zone);
    const turned = !before || dayOf(before.created_at, zone) !== day;
    if (turned) found.push({ kind: "day", key: `day/${day}`, day: message.created_at });
    const divides = fresh?.id === message.id;
    if (fresh && divides) found.push({ kind: "fresh", key: "fresh", count: fresh.count });
    const first = turned || divides || !together(before, message, zone);
    found.push({ kind: "message", key: keyOf(message), message, first, last: true });
    before = message;
  }
  return ended(found);
}

/** @param {Line[]} found */
function ended(found) {
  found.forEach((line, at) => {
    const next = found[at + 1];
    if (line.kind === "message") line.last = next?.kind !== "message" || next.first;
  });
  return found;
}
