/**
 * All conversations of this person as far as they are known here, kept up with by events; and the people in them.
 *
 * @import {Boot, Conversation, Event, Message, User} from "./shapes.js"
 * @import {State} from "./conversation.js"
 */
import { Emitter } from "../helpers/emitter.js";
import { call, get } from "./api.js";
import { apply, begin, light, mark, read, settled, unmarked } from "./conversation.js";

const PAGE = 100;
/** How often the top of the list is asked for more, so that everything unread is known of. */
const MOST_PAGES = 10;
/** When the server is asked how much is unread, in milliseconds after it could no longer be told here. */
const ASK_AFTER = [0, 300, 1_000, 3_000, 10_000];

/**
 * Topics: `list` (something in it changed), `room` (id, event or null), `stretch` (id: more of its history came, and
 * nothing happened), `gone` (id), `person` (user id), and `outbox` (id, or null for all: what is on its way there changed).
 */
export class Conversations extends Emitter {
  /** @param {Boot} boot */
  constructor(boot) {
    super();
    this.me = boot.me;
    this.epoch = boot.epoch;
    this.more = boot.more;
    /** What this person shows of themself, and so sees of others. */
    this.shows = boot.shows;
    /** @type {Map<string, State>} */
    this.states = new Map();
    /** @type {Map<string, User>} */
    this.people = new Map([[boot.me.id, boot.me]]);
    /** @type {Map<string, Event[]>} what was heard of a conversation while it was being fetched */
    this.fetching = new Map();
    /** @type {Map<string, Message | null | undefined>} messages beyond what is loaded, by conversation and number */
    this.far = new Map();
    /** Events that leave a gap are not looked after while a resume is about to bring them. */
    this.resuming = false;
    /** @type {Set<string>} those whose unread messages the server is counting */
    this.settling = new Set();
    for (const one of boot.conversations) this.put(begin(one, [], { latest: false }));
    if (boot.conversation) {
      const reach = { latest: !boot.newer, oldest: !boot.older };
      this.put(begin(boot.conversation, boot.messages, reach));
    }
  }

  /** @param {string} id */
  state(id) {
    return this.states.get(id);
  }

  /** Latest activity first. @returns {Conversation[]} */
  list() {
    const all = [...this.states.values()].map((state) => state.conversation);
    return all.sort((a, b) => b.last_activity_at.localeCompare(a.last_activity_at));
  }

  /** How far each conversation is known, for resuming. @returns {Record<string, number>} */
  seqs() {
    return Object.fromEntries([...this.states].map(([id, state]) => [id, state.conversation.last_seq]));
  }

  /** @param {State} state @param {Event | null} [event] what led to it @param {"room" | "stretch"} [topic] */
  put(state, event = null, topic = "room") {
    const { conversation } = state;
    for (const { user } of conversation.participants) this.people.set(user.id, user);
    if (state.gone) {
      this.remove(conversation.id);
      return;
    }
    this.states.set(conversation.id, state);
    this.tell(topic, conversation.id, event);
    if (topic === "room") this.tell("list");
    if (state.unsure) this.#settle(conversation.id);
  }

  /** Have the server count what is unread, until its answer is about what is known here. @param {string} id */
  async #settle(id) {
    if (this.settling.has(id)) return;
    this.settling.add(id);
    for (const wait of ASK_AFTER) {
      await new Promise((done) => setTimeout(done, wait));
      if (!this.states.get(id)?.unsure) break;
      const fresh = await get(`/conversations/${id}`).catch(() => null);
      const state = this.states.get(id);
      const next = state && fresh ? settled(state, fresh) : state;
      if (next && next !== state) this.put(next);
    }
    this.settling.delete(id);
  }

  /** Take over what the server says about a conversation that is known: marks may have been missed. @param {Conversation} fresh */
  adopt(fresh) {
    const state = this.states.get(fresh.id);
    if (!state) return;
    const next = settled(state, fresh);
    const { read_seq } = state.conversation;
    // It was read where no line was, and nobody knows of it.
    if (fresh.read_seq < read_seq)
      call("PUT", `/conversations/${fresh.id}/read`, { seq: read_seq }).catch(() => undefined);
    this.put(next === state ? { ...state, unsure: true } : next);
  }

  /** @param {string} id */
  remove(id) {
    if (!this.states.delete(id)) return;
    this.tell("gone", id);
    this.tell("list");
  }

  /** One event from the socket or the log. @param {Event} event */
  hear(event) {
    const id = event.conversation_id;
    const state = this.states.get(id);
    if (!state) {
      this.#meet(id, event);
      return;
    }
    const missing = event.seq - state.conversation.last_seq - 1;
    if (missing < 0) return;
    if (missing === 0) {
      this.#outdated(event);
      this.put(apply(state, event, this.me.id), event);
      if (event.kind === "message.deleted") this.#relight(state, event.message?.id ?? 0);
    } else if (!this.resuming) this.catchUp(id);
  }

  /** Which picture a room is lit by once one is gone, only the server knows. @param {State} before @param {number} lost */
  async #relight({ conversation: { id, hue }, messages }, lost) {
    const message = messages.find((one) => one.id === lost);
    if (message && light(message) === null) return;
    const fresh = await get(`/conversations/${id}`).catch(() => null);
    const state = this.states.get(id);
    // Another picture may have come meanwhile.
    if (fresh && state?.conversation.hue === hue)
      this.put({ ...state, conversation: { ...state.conversation, hue: fresh.hue } });
  }

  /** A message as this page knows better than the log so far. @param {string} id @param {number} message_id @param {(now: Message) => Message} change */
  revise(id, message_id, change) {
    const state = this.states.get(id);
    if (!state) return;
    const revised = (/** @type {Message} */ one) => (one.id === message_id ? change(one) : one);
    const last = state.conversation.last_message;
    const conversation = { ...state.conversation, last_message: last && revised(last) };
    this.put({ ...state, messages: state.messages.map(revised), conversation });
  }

  /**
   * A message that others speak of: at once where it is here, else once it has been fetched.
   * @param {string} id @param {number} message_id @returns {Message | null | undefined} null where there is none to be had
   */
  spokenOf(id, message_id) {
    const here = this.states.get(id)?.messages.find((one) => one.id === message_id);
    if (here) return here;
    const key = `${id}/${message_id}`;
    if (this.far.has(key)) return this.far.get(key);
    this.far.set(key, undefined);
    const came = (/** @type {Message | null} */ message) => {
      this.far.set(key, message);
      this.tell("room", id, null);
    };
    get(`/conversations/${id}/messages/${message_id}`).then(
      came,
      ({ problem }) => problem?.status === 404 && came(null),
    );
    return undefined;
  }

  /** What is known of it from afar is of a moment ago. @param {Event} event */
  #outdated({ conversation_id, message }) {
    const key = `${conversation_id}/${message?.id}`;
    if (message && this.far.has(key)) this.far.set(key, message);
  }

  /** Somebody has read up to a number. @param {string} id @param {string} user_id @param {number} seq */
  heardRead(id, user_id, seq) {
    const state = this.states.get(id);
    if (state) this.put(read(state, user_id, seq, this.me.id));
  }

  /** This person shows other things than before, at whichever device. @param {Boot["shows"]} shows */
  switched(shows) {
    this.shows = shows;
    if (shows.receipts) this.refresh().catch(() => undefined);
    else for (const state of this.states.values()) this.put(unmarked(state, this.me.id));
  }

  /** It was marked as unread at another device, or come back to. @param {string} id @param {boolean} unread */
  heardMarked(id, unread) {
    const state = this.states.get(id);
    if (state && state.conversation.marked_unread !== unread) this.put(mark(state, unread));
  }

  /**
   * The server has stored a message of one's own. Its event may be on its way, or the line may be down: then the log
   * is asked.
   * @param {string} id @param {Message} message
   */
  stored(id, message) {
    const known = this.states.get(id)?.conversation.last_seq ?? 0;
    if (message.id <= known) return;
    const { sender_id: actor_id, created_at } = message;
    const event = { conversation_id: id, seq: message.id, kind: "message.posted", actor_id, created_at, message };
    if (message.id === known + 1) this.hear(event);
    else if (!this.resuming) this.catchUp(id);
  }

  /** Ask the log for what came after what is known. @param {string} id */
  async catchUp(id) {
    for (;;) {
      const state = this.states.get(id);
      if (!state) return;
      const after = state.conversation.last_seq;
      const events = await get(`/conversations/${id}/events?after=${after}&limit=${PAGE}`).catch(() => []);
      for (const event of events) this.hear(event);
      if (events.length < PAGE) return;
    }
  }

  /** Fetch one conversation and take it in, new or known. @param {string} id @returns {Promise<State | undefined>} */
  async fetch(id) {
    const conversation = await get(`/conversations/${id}`);
    const known = this.states.get(id);
    if (!known || known.conversation.last_seq < conversation.last_seq)
      this.put(begin(conversation, [], { latest: false }));
    return this.states.get(id);
  }

  /** Fetch the list: what began while nobody listened, and what was read elsewhere, is not resumed by anything else. */
  async refresh() {
    /** @type {string | null} */
    let path = `/users/conversations/me?limit=${PAGE}`;
    for (let page = 0; path && page < MOST_PAGES; page += 1) {
      const { data, next } = await call("GET", path);
      for (const one of data) await this.#renew(one);
      path = this.#knowsAll(data) ? null : next;
    }
  }

  /** @param {Conversation} one */
  async #renew(one) {
    const known = this.states.get(one.id);
    if (!known) this.put(begin(one, [], { latest: false }));
    else if (known.conversation.last_seq < one.last_seq) await this.catchUp(one.id);
    this.adopt(one);
  }

  /** Whether nothing that is known lies further down the list. @param {Conversation[]} page */
  #knowsAll(page) {
    const last = page.at(-1)?.last_activity_at ?? "";
    return !this.list().some((one) => one.last_activity_at < last);
  }

  /** Know of all that is unread, however far down the list: the badge counts it. */
  async listRest() {
    for (let page = 0; this.more && page < MOST_PAGES; page += 1) await this.listMore();
  }

  /** The next page of the list. */
  async listMore() {
    if (!this.more) return;
    const { data, next } = await call("GET", this.more);
    this.more = next;
    for (const one of data) if (!this.states.has(one.id)) this.put(begin(one, [], { latest: false }));
    this.tell("list");
  }

  /** A person by id: at once what is known, the rest when it comes. @param {string} id @returns {User} */
  person(id) {
    const known = this.people.get(id);
    if (known) return known;
    const unknown = { id, user_name: "", display_name: "…", image_url: "", hue: 0, is_deleted: false, created_at: "" };
    this.people.set(id, unknown);
    const came = (/** @type {User} */ user) => {
      this.people.set(id, user);
      this.tell("person", id);
    };
    get(`/users/${id}`).then(came, () => undefined);
    return unknown;
  }

  /** A conversation never heard of before. @param {string} id @param {Event} event */
  async #meet(id, event) {
    const ends = event.kind === "conversation.deleted" || event.kind === "participant.left";
    if (ends) return;
    const waiting = this.fetching.get(id);
    if (waiting) {
      waiting.push(event);
      return;
    }
    const heard = [event];
    this.fetching.set(id, heard);
    const state = await this.fetch(id).catch(() => undefined);
    this.fetching.delete(id);
    if (!state) return;
    const known = state.conversation.last_seq;
    // What came with the conversation has been heard all the same.
    for (const one of heard) if (one.seq <= known) this.tell("room", id, one);
    if (heard.some((one) => one.seq > known)) await this.catchUp(id);
  }
}
