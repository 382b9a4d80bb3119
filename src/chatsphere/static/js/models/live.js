/**
 * What the socket brings, put where it belongs: events to the conversations, felt things here.
 *
 * @import {Conversations} from "./conversations.js"
 * @import {Pager} from "./pager.js"
 * @import {Frame, Status} from "./socket.js"
 */
import { Emitter } from "../helpers/emitter.js";
import { Socket } from "./socket.js";

const TYPES_FOR = 5_000;
const SAY_TYPING_EVERY = 3_000;

/** Topics: `status`, `typing` (conversation id), `presence` (user id), `signed-out`, `resumed`. */
export class Live extends Emitter {
  /** @param {Conversations} conversations @param {Pager} pager */
  constructor(conversations, pager) {
    super();
    this.conversations = conversations;
    this.pager = pager;
    /** @type {Set<string>} */
    this.online = new Set();
    /** @type {Map<string, Map<string, ReturnType<typeof setTimeout>>>} conversation → user → when it is forgotten */
    this.typing = new Map();
    this.lastTyped = 0;
    this.socket = new Socket({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/socket`,
      hear: (frame) => this.#hear(frame),
      changed: (status) => this.tell("status", status),
      signedOut: () => this.tell("signed-out"),
    });
  }

  /** Connect, and stay connected as long as the page is there. */
  start() {
    this.socket.open();
    addEventListener("online", () => this.socket.hurry());
    addEventListener("pageshow", (event) => event.persisted && this.socket.open());
    addEventListener("pagehide", () => this.socket.close());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.socket.hurry());
  }

  /** @returns {Status} */
  get status() {
    return this.socket.status;
  }

  /** Whether nothing comes from the server, as far as is known: a line that was lost is away until it is open again. */
  get away() {
    return !navigator.onLine || this.socket.tries > 0;
  }

  /** Those who are typing in a conversation. @param {string} id */
  typists(id) {
    return [...(this.typing.get(id)?.keys() ?? [])];
  }

  /** This person is typing; said at most every three seconds. @param {string} conversation_id */
  type(conversation_id) {
    if (Date.now() - this.lastTyped < SAY_TYPING_EVERY) return;
    if (this.socket.say({ type: "typing", conversation_id })) this.lastTyped = Date.now();
  }

  /** This person has read up to a number. @param {string} conversation_id @param {number} seq */
  read(conversation_id, seq) {
    this.conversations.heardRead(conversation_id, this.conversations.me.id, seq);
    return this.socket.ask({ type: "read", conversation_id, seq });
  }

  /** @param {Frame} frame */
  #hear(frame) {
    if (frame.type === "event") this.#event(frame);
    else if (frame.type === "read") this.conversations.heardRead(frame.conversation_id, frame.user_id, frame.seq);
    else if (frame.type === "marked") this.conversations.heardMarked(frame.conversation_id, frame.unread);
    else if (frame.type === "switched") this.#switched(frame.presence, frame.receipts);
    else if (frame.type === "typing") this.#typing(frame.conversation_id, frame.user_id);
    else if (frame.type === "presence") this.#presence(frame.user_id, frame.online);
    else if (frame.type === "reset") this.#reset(frame.conversation_id, frame.seq);
    else if (frame.type === "hello") this.#hello(frame.epoch);
  }

  /** @param {any} event */
  #event(event) {
    if (event.message) this.#stopped(event.conversation_id, event.actor_id);
    this.conversations.hear(event);
  }

  /** @param {string} epoch */
  async #hello(epoch) {
    // Who is online is said anew after each hello.
    for (const user_id of this.online) this.#presence(user_id, false);
    const conversations = this.conversations;
    conversations.resuming = true;
    const frame = { type: "resume", epoch: conversations.epoch, seqs: conversations.seqs() };
    await this.socket.ask(frame).catch(() => undefined);
    conversations.epoch = epoch;
    conversations.resuming = false;
    await conversations.refresh().catch(() => undefined);
    this.tell("resumed");
  }

  /** @param {string} id @param {number | null} seq */
  async #reset(id, seq) {
    if (seq === null) {
      this.conversations.remove(id);
      return;
    }
    const open = this.pager.has(id);
    this.conversations.states.delete(id);
    const state = await this.conversations.fetch(id).catch(() => undefined);
    if (state && open) await this.pager.latest(id).catch(() => undefined);
  }

  /** @param {boolean} presence @param {boolean} receipts */
  #switched(presence, receipts) {
    this.conversations.switched({ presence, receipts });
    this.tell("presence", this.conversations.me.id);
  }

  /** @param {string} id @param {string} user_id */
  #typing(id, user_id) {
    const here = this.typing.get(id) ?? new Map();
    this.typing.set(id, here);
    clearTimeout(here.get(user_id));
    here.set(
      user_id,
      setTimeout(() => this.#stopped(id, user_id), TYPES_FOR),
    );
    this.tell("typing", id);
  }

  /** @param {string} id @param {string} user_id */
  #stopped(id, user_id) {
    const here = this.typing.get(id);
    clearTimeout(here?.get(user_id));
    if (here?.delete(user_id)) this.tell("typing", id);
  }

  /** @param {string} user_id @param {boolean} online */
  #presence(user_id, online) {
    if (online) this.online.add(user_id);
    else this.online.delete(user_id);
    this.tell("presence", user_id);
  }
}
