/**
 * Stretches of a conversation's history: the end of it, the surroundings of one message, what is older, what is newer.
 *
 * @import {Event, Message} from "./shapes.js"
 * @import {State} from "./conversation.js"
 * @import {Conversations} from "./conversations.js"
 */
import { call } from "./api.js";
import { apply } from "./conversation.js";

const PAGE = 50;
/** So many unread messages are surely on the last page, if nothing was taken back between them. */
const NEAR = 40;

export class Pager {
  /** @param {Conversations} conversations */
  constructor(conversations) {
    this.conversations = conversations;
    /** @type {Map<string, Promise<boolean>>} */
    this.busy = new Map();
    /** @type {Set<{id: string, heard: Event[]}>} pages under way, each with what was heard of its conversation meanwhile */
    this.readings = new Set();
    conversations.on("room", (id, event) => {
      for (const reading of this.readings) if (event && reading.id === id) reading.heard.push(event);
    });
  }

  /** Whether a stretch of this conversation is here. @param {string} id */
  has(id) {
    const state = this.conversations.state(id);
    return Boolean(state && (state.latest || state.messages.length));
  }

  /** Whether what one begins with is here: the first unread message, or else the end. @param {string} id */
  isOpen(id) {
    const state = this.conversations.state(id);
    if (!state?.messages.length) return Boolean(state?.latest);
    const { read_seq, unread_count } = state.conversation;
    if (!unread_count) return state.latest;
    const [first, last] = [state.messages[0], state.messages[state.messages.length - 1]];
    return (state.oldest || first.id <= read_seq + 1) && (state.latest || last.id > read_seq);
  }

  /** Have here what one begins with. @param {string} id */
  async open(id) {
    if (this.isOpen(id)) return;
    const conversation = this.conversations.state(id)?.conversation;
    if (!conversation) return;
    if (conversation.unread_count <= NEAR) await this.latest(id);
    if (!this.isOpen(id)) await this.around(id, Math.max(1, conversation.read_seq));
  }

  /** The end of the history. @param {string} id */
  latest(id) {
    return this.#once(`${id}/latest`, async () => {
      const { messages, latest, more } = await this.#page(id, "");
      this.#set(id, messages, { latest, oldest: !more });
    });
  }

  /** The surroundings of one message. @param {string} id @param {number} at */
  around(id, at) {
    return this.#once(`${id}/around/${at}`, async () => {
      const { messages, latest, more } = await this.#page(id, `&around=${at}`);
      this.#set(id, messages, { latest, oldest: !more });
    });
  }

  /** What came before the stretch. @param {string} id @returns {Promise<boolean>} whether something was added */
  older(id) {
    const state = this.conversations.state(id);
    if (!state || state.oldest || !state.messages.length) return Promise.resolve(false);
    const first = state.messages[0].id;
    return this.#once(`${id}/older`, async () => {
      const { messages, more } = await this.#page(id, `&before=${first}`);
      const now = this.conversations.state(id);
      // Somebody may have gone elsewhere in it meanwhile: it would not lead up to that.
      if (now?.messages[0]?.id === first)
        this.#set(id, merged(messages, now.messages), { latest: now.latest, oldest: !more });
    });
  }

  /** What came after the stretch. @param {string} id @returns {Promise<boolean>} whether something was added */
  newer(id) {
    const state = this.conversations.state(id);
    const last = state?.messages.at(-1);
    if (!state || state.latest || !last) return Promise.resolve(false);
    return this.#once(`${id}/newer`, async () => {
      const { messages, latest } = await this.#page(id, `&after=${last.id}`, last.id);
      const now = this.conversations.state(id);
      if (now?.messages.at(-1)?.id === last.id)
        this.#set(id, merged(now.messages, messages), { latest, oldest: now.oldest });
    });
  }

  /** Let go of messages at the ends of the stretch; they can be fetched again. @param {string} id @param {(message: Message) => boolean} stays */
  spare(id, stays) {
    const state = this.conversations.state(id);
    if (!state) return;
    const messages = state.messages.filter(stays);
    const latest = state.latest && messages.at(-1) === state.messages.at(-1);
    const oldest = state.oldest && messages[0] === state.messages[0];
    // Nobody is told: whoever asks for it is about to draw.
    this.conversations.states.set(id, { ...state, messages, latest, oldest });
  }

  /**
   * A page with what was heard while it was read, of which it may know or not: however much is said, it ends there.
   * @param {string} id @param {string} query @param {number} [from] where one is who finds nothing more
   * @returns {Promise<{messages: Message[], latest: boolean, more: boolean}>}
   */
  async #page(id, query, from = 0) {
    const before = this.conversations.state(id);
    const reading = { id, heard: /** @type {Event[]} */ ([]) };
    this.readings.add(reading);
    const path = `/conversations/${id}/messages?limit=${PAGE}${query}`;
    const { data, next } = await call("GET", path).finally(() => this.readings.delete(reading));
    const now = this.conversations.state(id)?.conversation;
    const { last_seq = Number.NaN, last_message } = before?.conversation ?? {};
    const news = reading.heard.filter(({ seq }) => seq > last_seq);
    // Begun anew meanwhile, it has gone further than what was heard.
    if (now && now.last_seq !== last_seq + news.length) return this.#page(id, query, from);
    const latest = (data.at(-1)?.id ?? from) >= (last_message?.id ?? 0);
    const begun = /** @type {State} */ ({ ...before, messages: data, latest });
    const then = news.reduce((state, event) => apply(state, event, this.conversations.me.id), begun);
    return { messages: then.messages, latest: then.latest, more: Boolean(next) };
  }

  /** @param {string} id @param {Message[]} messages @param {{latest: boolean, oldest: boolean}} reach */
  #set(id, messages, reach) {
    const state = this.conversations.state(id);
    if (state) this.conversations.put({ ...state, messages, ...reach }, null, "stretch");
  }

  /** @param {string} key @param {() => Promise<void>} work */
  #once(key, work) {
    const under_way = this.busy.get(key);
    if (under_way) return under_way;
    const promise = work()
      .then(() => true)
      .finally(() => this.busy.delete(key));
    this.busy.set(key, promise);
    return promise;
  }
}

/** @param {Message[]} older @param {Message[]} newer */
function merged(older, newer) {
  const known = new Set(newer.map((one) => one.id));
  return [...older.filter((one) => !known.has(one.id)), ...newer];
}
