/**
 * How far the others have read: what everybody has, and under which message each of a group has come to. Pure.
 *
 * @import {State} from "./conversation.js"
 * @typedef {{floor: number, under: Map<number, string[]>}} Receipts `floor`: all others have read up to here
 */

/** @type {Receipts} */
export const NONE = { floor: 0, under: new Map() };

/**
 * Of a group, whoever has read on beyond what is here stands nowhere, and nobody stands under their own words. A mark of
 * 0 is not shown.
 * @param {Pick<State, "conversation" | "messages" | "latest">} state @param {string} me @returns {Receipts}
 */
export function receipts({ conversation, messages, latest }, me) {
  const others = conversation.participants.filter(({ user }) => user.id !== me);
  const floor = others.length ? Math.min(...others.map(({ read_seq }) => read_seq)) : 0;
  /** @type {Map<number, string[]>} */
  const under = new Map();
  if (conversation.kind !== "group") return { floor, under };
  for (const { user, read_seq } of others) {
    const at = upTo(messages, read_seq) - 1;
    const beyond = at === messages.length - 1 && !latest && messages[at]?.id !== read_seq;
    if (at < 0 || beyond || user.is_deleted || messages[at].sender_id === user.id) continue;
    const { id } = messages[at];
    under.set(id, [...(under.get(id) ?? []), user.id]);
  }
  return { floor, under };
}

/** Whether a message looks otherwise by now. @param {Receipts} before @param {Receipts} now @param {number} id */
export function moved(before, now, id) {
  if (before.floor >= id !== now.floor >= id) return true;
  return String(before.under.get(id)) !== String(now.under.get(id));
}

/** How many of these messages have a number up to this one. @param {{id: number}[]} messages @param {number} seq */
function upTo(messages, seq) {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].id <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
