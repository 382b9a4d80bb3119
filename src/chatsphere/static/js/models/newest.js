/**
 * The newest pictures of each conversation, for what stands beside it: asked for once, then kept up with by events. What
 * of its history happens to be loaded has no say in it.
 *
 * @import {Event, Message, Picture} from "./shapes.js"
 */
import { Emitter } from "../helpers/emitter.js";
import { picturesOf } from "./pictures.js";

const MOST = 9;

/** Topic: `changed` (conversation id). */
export class Newest extends Emitter {
  /**
   * @param {import("./conversations.js").Conversations} conversations @param {import("./contacts.js").Contacts} contacts
   * @param {(path: string) => Promise<Picture[]>} get
   */
  constructor(conversations, contacts, get) {
    super();
    this.get = get;
    this.conversations = conversations;
    this.contacts = contacts;
    /** @type {Map<string, Picture[]>} by conversation, in the order in which they were sent */
    this.known = new Map();
    /** @type {Map<string, Promise<void>>} what need not be asked again */
    this.asked = new Map();
    /** How often they have been in doubt. */
    this.turn = 0;
    conversations.on("room", (id, event) => event?.message && this.#hear(id, event));
    conversations.on("gone", (id) => {
      this.known.delete(id);
      this.asked.delete(id);
    });
    contacts.on("changed", () => this.doubt());
  }

  /** The server has said which they are. @param {string} id @param {Picture[]} pictures */
  told(id, pictures) {
    this.known.set(id, pictures);
    this.asked.set(id, Promise.resolve());
  }

  /** Newest first; until the server has said so, those that are loaded. @param {string} id @returns {Picture[]} */
  of(id) {
    this.ready(id);
    return (this.kept(id) ?? this.#loaded(id)).toReversed();
  }

  /** Those that the server has named, oldest first, without those of somebody blocked. @param {string} id @returns {Picture[] | null} */
  kept(id) {
    return this.#unveiled(id, this.known.get(id) ?? null);
  }

  /** Have them here; whoever cannot reach the server goes on with what is loaded. @param {string} id */
  ready(id) {
    const asked = this.asked.get(id) ?? this.#ask(id);
    this.asked.set(id, asked);
    return asked;
  }

  /** They may be others by now. */
  doubt() {
    const asked = [...this.asked.keys()];
    this.asked.clear();
    this.turn += 1;
    for (const id of asked) this.tell("changed", id);
  }

  /** @param {string} id */
  async #ask(id) {
    const seq = () => this.conversations.state(id)?.conversation.last_seq;
    const before = seq();
    const { turn } = this;
    const pictures = await this.get(`/conversations/${id}/pictures?limit=${MOST}`).catch(() => null);
    // What was asked for before they were in doubt does not tell.
    if (!pictures || seq() === undefined || turn !== this.turn) return;
    this.known.set(id, pictures);
    // What happened meanwhile might be missing.
    if (seq() !== before) this.asked.delete(id);
    this.tell("changed", id);
  }

  /** @param {string} id @param {Event} event */
  #hear(id, { kind, message }) {
    const known = this.known.get(id);
    if (!known || !message) return;
    const now = picturesOf(message);
    const rest = known.filter((one) => one.message_id !== message.id);
    if (kind === "message.posted") this.known.set(id, [...rest, ...now].slice(-MOST));
    else if (rest.length < known.length && message.deleted_at) {
      this.known.set(id, rest);
      this.asked.delete(id);
    } else {
      const as = (/** @type {Picture} */ one) =>
        now.find(({ attachment }) => attachment.id === one.attachment.id) ?? one;
      this.known.set(id, known.map(as));
    }
  }

  /** @template {Message | Picture} T @param {string} id @param {T[] | null} all @returns {T[] | null} */
  #unveiled(id, all) {
    const conversation = this.conversations.state(id)?.conversation;
    return all && conversation ? all.filter((one) => !this.contacts.veils(conversation, one)) : null;
  }

  /** @param {string} id @returns {Picture[]} */
  #loaded(id) {
    const messages = this.#unveiled(id, this.conversations.state(id)?.messages ?? null) ?? [];
    return messages.flatMap(picturesOf).slice(-MOST);
  }
}
