/**
 * What was begun and not sent, by conversation: at once in this browser, some seconds later on the server, from where
 * one's other devices have it. What is changed here and not yet there is kept against what comes from there.
 *
 * @typedef {{id: string, alt: string, caption?: string, name: string, content_type: string, size: number}} Attached
 * @typedef {{conversation_id: string, content: string, reply_to: number | null, reply_attachment?: string | null,
 *   uploads: Attached[], changed_at: string}} Told as the server has it
 * @typedef {{text: string, reply_to: number | null, reply_attachment: string | null, uploads: Attached[]}} Begun
 * @typedef {Begun & {ours: boolean, at: string | null}} Draft
 *   `ours`: not on the server yet; `at`: when the server had it from somebody
 */
import { Emitter } from "../helpers/emitter.js";

const TOLD_AFTER = 5_000;

/** @type {Draft} */
const NONE = { text: "", reply_to: null, reply_attachment: null, uploads: [], ours: false, at: null };

/** Topic: `draft` (conversation id), when another device has changed one. */
export class Drafts extends Emitter {
  /**
   * @param {string} user_id
   * @param {{tell?: (id: string, draft: Draft, last: boolean) => Promise<unknown>, storage?: Storage}} [around]
   */
  constructor(user_id, { tell = async () => undefined, storage = localStorage } = {}) {
    super();
    this.prefix = `chatsphere/draft/${user_id}/`;
    this.storage = storage;
    this.send = tell;
    /** @type {Map<string, ReturnType<typeof setTimeout>>} those that the server is to be told of */
    this.telling = new Map();
  }

  /** @param {string} conversation_id @returns {Draft} */
  get(conversation_id) {
    try {
      return { ...NONE, ...JSON.parse(this.storage.getItem(this.prefix + conversation_id) ?? "{}") };
    } catch {
      return NONE;
    }
  }

  /** @param {string} conversation_id @param {Pick<Begun, "text" | "reply_to"> & Partial<Begun>} draft */
  set(conversation_id, { text, reply_to, reply_attachment = null, uploads = [] }) {
    const before = this.get(conversation_id);
    const now = { text, reply_to, reply_attachment, uploads };
    if (alike(before, now)) return;
    this.#keep(conversation_id, { ...before, ...now, ours: true });
    clearTimeout(this.telling.get(conversation_id));
    const empty = isEmpty(now);
    // That it was sent is told at once: nobody should send it again elsewhere.
    this.telling.set(
      conversation_id,
      setTimeout(() => this.#tell(conversation_id), empty ? 0 : TOLD_AFTER),
    );
  }

  /** What the server has, all of it. @param {Told[]} told */
  hear(told) {
    const there = new Map(told.map((one) => [one.conversation_id, one]));
    for (const id of new Set([...there.keys(), ...this.#known()])) this.#hearOne(id, there.get(id));
  }

  /** Another tab has changed what lies under this key. @param {string | null} key */
  elsewhere(key) {
    if (key?.startsWith(this.prefix)) this.tell("draft", key.slice(this.prefix.length));
  }

  /** Before the page goes: what the server has not been told yet. */
  hurry() {
    for (const id of this.telling.keys()) this.#tell(id, true);
  }

  /** @param {string} id @param {Told | undefined} told */
  #hearOne(id, told) {
    const before = this.get(id);
    if (before.ours) {
      // An earlier page did not come to tell it.
      if (!this.telling.has(id))
        this.telling.set(
          id,
          setTimeout(() => this.#tell(id), 0),
        );
      return;
    }
    if ((told?.changed_at ?? null) === before.at) return;
    const { content: text = "", reply_to = null, reply_attachment = null, uploads = [] } = told ?? {};
    const now = { text, reply_to, reply_attachment, uploads };
    this.#keep(id, { ...now, ours: false, at: told?.changed_at ?? null });
    if (!alike(before, now)) this.tell("draft", id);
  }

  /** @param {string} id @param {boolean} [last] the page is about to go */
  async #tell(id, last = false) {
    clearTimeout(this.telling.get(id));
    this.telling.delete(id);
    const draft = this.get(id);
    if (!draft.ours) return;
    try {
      await this.send(id, draft, last);
    } catch {
      // It stays ours, and is told again when there is a network or another change.
      return;
    }
    const now = this.get(id);
    if (alike(now, draft)) this.#keep(id, { ...now, ours: false, at: "told" });
  }

  #known() {
    try {
      const names = Array.from({ length: this.storage.length }, (_, n) => this.storage.key(n) ?? "");
      return names.filter((name) => name.startsWith(this.prefix)).map((name) => name.slice(this.prefix.length));
    } catch {
      return [];
    }
  }

  /** @param {string} id @param {Draft} draft */
  #keep(id, draft) {
    try {
      if (isEmpty(draft) && !draft.ours && draft.at !== "told") this.storage.removeItem(this.prefix + id);
      else this.storage.setItem(this.prefix + id, JSON.stringify(draft));
    } catch {
      // A full or forbidden storage costs the draft, never the typing.
    }
  }
}

/** @param {Begun} draft */
function isEmpty({ text, reply_to, uploads }) {
  return !text.trim() && reply_to === null && !uploads.length;
}

/** @param {Begun} a @param {Begun} b */
function alike(a, b) {
  const files = (/** @type {Begun} */ { uploads }) => uploads.map(({ id, alt, caption = "" }) => [id, alt, caption]);
  const said = (/** @type {Begun} */ one) => [one.text, one.reply_to, one.reply_attachment, files(one)];
  return JSON.stringify(said(a)) === JSON.stringify(said(b));
}
