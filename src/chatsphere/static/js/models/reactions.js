/**
 * Reactions on a message and on each of its pictures. Pure.
 *
 * @import {Attachment, Message, Reaction} from "./shapes.js"
 */
import { MOST } from "./mosaic.js";

/** Two keyboards write one emoji with and without the sign that asks for colour. @param {string} emoji */
export function plain(emoji) {
  return emoji.replace(/[\uFE0E\uFE0F]/g, "");
}

/** What somebody has put there. @param {Reaction[]} reactions @param {string} emoji @param {string} user_id */
export function holds(reactions, emoji, user_id) {
  return reactions.some((one) => plain(one.emoji) === plain(emoji) && one.user_ids.includes(user_id));
}

/**
 * A message with somebody's reaction put on it or taken off; where it is so already, the same.
 * @param {Message} message
 * @param {{emoji: string, user_id: string, on: boolean, attachment?: string | null}} what `attachment`: on this one of
 * its pictures
 * @returns {Message}
 */
export function withReaction(message, { emoji, user_id, on, attachment = null }) {
  const change = (/** @type {Reaction[]} */ reactions) => changed(reactions, emoji, user_id, on);
  if (attachment === null) return { ...message, reactions: change(message.reactions) };
  const attachments = message.attachments.map((one) =>
    one.id === attachment ? { ...one, reactions: change(one.reactions) } : one,
  );
  return { ...message, attachments };
}

/** @param {Reaction[]} reactions @param {string} emoji @param {string} user_id @param {boolean} on @returns {Reaction[]} */
function changed(reactions, emoji, user_id, on) {
  if (holds(reactions, emoji, user_id) === on) return reactions;
  const there = reactions.find((one) => plain(one.emoji) === plain(emoji));
  if (!there) return [...reactions, { emoji, user_ids: [user_id] }];
  const user_ids = on ? [...there.user_ids, user_id] : there.user_ids.filter((one) => one !== user_id);
  return reactions.flatMap((one) => (one === there ? (user_ids.length ? [{ ...one, user_ids }] : []) : [one]));
}

/** So many kinds of reactions lie on one picture of an album. */
export const ON_A_TILE = 3;

/** Those that lie on no picture of an album, and so are shown under the message. @param {Message} message */
export function besides(message) {
  const tiles = message.attachments.filter(({ kind }) => kind === "image").slice(0, MOST);
  if (tiles.length < 2) return all(message);
  const lies = (/** @type {ReturnType<typeof all>[number]} */ { reaction, attachment }) =>
    attachment !== null && tiles.includes(attachment) && attachment.reactions.indexOf(reaction) < ON_A_TILE;
  return all(message).filter((one) => !lies(one));
}

/**
 * All reactions of a message in the order of its pictures, each with the picture that it is on.
 * @param {Message} message @returns {{reaction: Reaction, attachment: Attachment | null, at: number}[]}
 */
export function all(message) {
  const own = message.reactions.map((reaction) => ({ reaction, attachment: null, at: -1 }));
  const single = message.attachments.flatMap((attachment, at) =>
    attachment.reactions.map((reaction) => ({ reaction, attachment, at })),
  );
  return [...own, ...single];
}
