/**
 * What this person does with messages: reacts, pins, says them otherwise, forwards them. What can be seen at once is
 * shown at once and taken back where the server refuses.
 *
 * @import {Former, Message, Pin} from "./shapes.js"
 * @import {Conversations} from "./conversations.js"
 */
import { Emitter } from "../helpers/emitter.js";
import { call, get } from "./api.js";
import { holds, withReaction } from "./reactions.js";

/** After these what is pinned may be another, or look otherwise. */
const PINS_CHANGE = new Set(["message.pinned", "message.unpinned", "message.edited", "message.deleted"]);

/** Topics: `pins` (conversation id), `refused` (a sentence). */
export class Answers extends Emitter {
  /** @param {Conversations} conversations */
  constructor(conversations) {
    super();
    this.conversations = conversations;
    /** @type {Map<string, Pin[]>} */
    this.pinned = new Map();
    conversations.on("room", (id, event) => {
      const pins = this.pinned.get(id);
      if (!event || !pins || !PINS_CHANGE.has(event.kind)) return;
      const touched = pins.some(({ message }) => message.id === event.message?.id);
      if (touched || event.kind === "message.pinned") this.lookAtPins(id);
    });
  }

  get me() {
    return this.conversations.me.id;
  }

  /**
   * Put an emoji on a message or on one of its pictures, or take it off where it is.
   * @param {Message} message @param {string} emoji @param {string | null} [attachment]
   */
  async react(message, emoji, attachment = null) {
    const there = attachment === null ? message : message.attachments.find(({ id }) => id === attachment);
    const on = !holds(there?.reactions ?? [], emoji, this.me);
    const query = attachment === null ? "" : `?attachment=${attachment}`;
    const path = `${place(message)}/reactions/${encodeURIComponent(emoji)}${query}`;
    const show = (/** @type {boolean} */ put) =>
      this.#revise(message, (now) => withReaction(now, { emoji, user_id: this.me, on: put, attachment }));
    show(on);
    await this.#try(
      () => call(on ? "PUT" : "DELETE", path),
      () => show(!on),
    );
  }

  /** Pin it for all, or unpin it. @param {Message} message */
  async pin(message) {
    const show = (/** @type {boolean} */ pinned) => this.#revise(message, (now) => ({ ...now, pinned }));
    show(!message.pinned);
    await this.#try(
      () => call(message.pinned ? "DELETE" : "PUT", `${place(message)}/pin`),
      () => show(message.pinned),
    );
  }

  /**
   * Say it otherwise; throws where the server refuses, for whoever still has the words.
   * @param {Message} message @param {{content?: string, attachments?: {id: string, alt?: string, caption?: string}[]}} words
   */
  async edit(message, words) {
    const { data } = await call("PUT", place(message), words);
    const { content, html, edited_at, attachments } = /** @type {Message} */ (data);
    this.#revise(message, (now) => ({ ...now, content, html, edited_at, attachments }));
  }

  /** What it said before, the first words first. @param {Message} message @returns {Promise<Former[]>} */
  history(message) {
    return get(`${place(message)}/history`);
  }

  /** Say it again elsewhere. @param {Message} message @param {string[]} conversation_ids @param {string} client_id */
  forward(message, conversation_ids, client_id) {
    return call("POST", `${place(message)}/forward`, { conversation_ids, client_id });
  }

  /** What is pinned here, as far as it is known. @param {string} id @returns {Pin[]} */
  pins(id) {
    return this.pinned.get(id) ?? [];
  }

  /** Ask the server what is pinned. @param {string} id */
  async lookAtPins(id) {
    const pins = await get(`/conversations/${id}/pins`).catch(() => null);
    if (!pins) return;
    this.pinned.set(id, pins);
    this.tell("pins", id);
  }

  /** @param {Message} message @param {(now: Message) => Message} change */
  #revise(message, change) {
    this.conversations.revise(message.conversation_id, message.id, change);
  }

  /** @param {() => Promise<unknown>} deed @param {() => void} undo */
  async #try(deed, undo) {
    try {
      await deed();
    } catch (error) {
      undo();
      this.tell("refused", /** @type {Error} */ (error).message);
    }
  }
}

/** @param {Message} message */
function place({ conversation_id, id }) {
  return `/conversations/${conversation_id}/messages/${id}`;
}
