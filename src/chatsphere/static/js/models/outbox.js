/**
 * What this person has said and the server has not yet stored: kept on a shelf that survives a reload, sent in order,
 * tried again until it is taken or refused. Trying twice is harmless: the server knows a message by its client_id.
 *
 * @import {Message, Outgoing} from "./shapes.js"
 * @typedef {{all: () => Promise<Outgoing[]>, put: (one: Outgoing) => Promise<void>,
 *   drop: (client_id: string) => Promise<void>}} Shelf
 * @typedef {object} Surroundings
 * @property {(one: Outgoing, progress: (part: number) => void) => Promise<Message>} send
 * @property {(one: Outgoing | null) => void} changed
 * @property {(one: Outgoing, message: Message) => void} stored
 * @property {Shelf} shelf
 * @property {string} user_id
 * @property {() => number} [random]
 */
import { backoff } from "./backoff.js";

/** A refusal that will not change by trying again, or null. @param {any} error @returns {string | null} */
function refusal(error) {
  const status = error?.problem?.status ?? 0;
  const final = status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
  return final ? (error.problem.errors?.[0]?.message ?? error.problem.detail ?? "It was refused.") : null;
}

export class Outbox {
  /** @param {Surroundings} around */
  constructor(around) {
    this.around = around;
    /** @type {Map<string, Outgoing>} */
    this.waiting = new Map();
    /** @type {Map<string, ReturnType<typeof setTimeout> | null>} conversations in flight (null) or waiting to retry */
    this.busy = new Map();
  }

  /** Take up what an earlier page left behind. */
  async recall() {
    for (const one of await this.around.shelf.all()) {
      if (one.user_id !== this.around.user_id || this.waiting.has(one.client_id)) continue;
      // An address made by an earlier page leads nowhere in this one.
      const files = one.files.map((upload) => ({ ...upload, url: upload.url && URL.createObjectURL(upload.file) }));
      this.waiting.set(one.client_id, { ...one, files, progress: 0, tries: 0 });
    }
    this.around.changed(null);
    this.flush();
  }

  /** What is on its way to a conversation, oldest first. @param {string} conversation_id */
  of(conversation_id) {
    return [...this.waiting.values()].filter((one) => one.conversation_id === conversation_id);
  }

  /** How many are still to be stored. */
  get size() {
    return [...this.waiting.values()].filter((one) => one.state === "pending").length;
  }

  /** @param {Outgoing} one */
  add(one) {
    this.waiting.set(one.client_id, one);
    this.around.changed(one);
    this.around.shelf.put(one).catch(() => undefined);
    this.#next(one.conversation_id);
  }

  /** @param {string} client_id */
  retry(client_id) {
    const one = this.waiting.get(client_id);
    if (!one) return;
    this.#note(one, { state: "pending", problem: null, tries: 0 });
    this.#next(one.conversation_id);
  }

  /** Forget one: it was given up, or has come back from the server. @param {string} client_id */
  drop(client_id) {
    const one = this.waiting.get(client_id);
    if (!one) return;
    this.waiting.delete(client_id);
    this.around.shelf.drop(client_id).catch(() => undefined);
    for (const { url } of one.files) if (url) URL.revokeObjectURL(url);
    this.around.changed(one);
  }

  /** Try everything now that waits for another try. */
  flush() {
    for (const [conversation_id, timer] of this.busy) {
      if (timer === null) continue;
      clearTimeout(timer);
      this.busy.delete(conversation_id);
    }
    for (const one of this.waiting.values()) this.#next(one.conversation_id);
  }

  /** One at a time in each conversation, so that they arrive as they were said. @param {string} conversation_id */
  #next(conversation_id) {
    if (this.busy.has(conversation_id)) return;
    const one = this.of(conversation_id).find((candidate) => candidate.state === "pending");
    if (!one) return;
    this.busy.set(conversation_id, null);
    this.#attempt(one);
  }

  /** @param {Outgoing} one */
  async #attempt(one) {
    const here = one.conversation_id;
    try {
      const message = await this.around.send(one, (part) => this.#note(one, { progress: part }));
      this.busy.delete(here);
      this.#note(one, { state: "sent", message });
      this.around.shelf.drop(one.client_id).catch(() => undefined);
      this.around.stored(one, message);
    } catch (error) {
      this.busy.delete(here);
      this.#failed(one, error);
    }
    this.#next(here);
  }

  /** @param {Outgoing} one @param {any} error */
  #failed(one, error) {
    const problem = refusal(error);
    if (problem) {
      this.#note(one, { state: "failed", problem });
      this.around.shelf.put(one).catch(() => undefined);
      return;
    }
    if (!this.waiting.has(one.client_id)) return;
    this.#note(one, { tries: one.tries + 1, progress: 0 });
    const wait = Math.max(backoff(one.tries, this.around.random), (error?.retryAfter ?? 0) * 1000);
    const again = () => {
      this.busy.delete(one.conversation_id);
      this.#next(one.conversation_id);
    };
    this.busy.set(one.conversation_id, setTimeout(again, wait));
  }

  /** @param {Outgoing} one @param {Partial<Outgoing>} changes */
  #note(one, changes) {
    Object.assign(one, changes);
    // The echo may have come before the answer: then there is nothing left to show.
    if (this.waiting.has(one.client_id)) this.around.changed(one);
  }
}
