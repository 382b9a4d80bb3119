/**
 * What this person has said and the server has not yet stored: kept on a shelf that survives a reload, sent in order,
 * tried again until it is taken or refused. Trying twice is harmless: the server knows a message by its client_id.
 *
 * @import {Message, Outgoing, Upload} from "./shapes.js"
 * @typedef {{all: () => Promise<Outgoing[]>, has: (client_id: string) => Promise<boolean>,
 *   put: (one: Outgoing) => Promise<void>, drop: (client_id: string) => Promise<void>}} Shelf
 * @typedef {object} Surroundings
 * @property {(one: Outgoing) => Promise<Message>} send
 * @property {(one: Outgoing | null) => void} changed
 * @property {(one: Outgoing, message: Message) => void} stored
 * @property {(one: Outgoing) => void} [dropped] it is not needed here any more: stored, or given up
 * @property {(name: string, task: () => Promise<void>) => Promise<void>} [lock] one tab at a time
 * @property {Shelf} shelf
 * @property {string} user_id
 * @property {() => number} [random]
 */
import { backoff } from "./backoff.js";
import { t } from "./words.js";

/** @type {NonNullable<Surroundings["lock"]>} */
const alone = (_name, task) => task();

/** A refusal that will not change by trying again, or null. @param {any} error @returns {string | null} */
export function refusal(error) {
  const status = error?.problem?.status ?? 0;
  const final = status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status) && !error.again;
  return final ? (error.problem.errors?.[0]?.message ?? error.problem.detail ?? t("It was refused.")) : null;
}

export class Outbox {
  /** @param {Surroundings} around */
  constructor(around) {
    this.around = around;
    /** @type {Map<string, Outgoing>} */
    this.waiting = new Map();
    /** @type {Map<string, ReturnType<typeof setTimeout> | null>} conversations in flight (null) or waiting to retry */
    this.busy = new Map();
    /** @type {Map<string, Promise<boolean>>} whether each came to lie on the shelf */
    this.kept = new Map();
  }

  /** Take up what an earlier page left behind. */
  async recall() {
    for (const one of await this.around.shelf.all()) {
      if (one.user_id !== this.around.user_id || this.waiting.has(one.client_id)) continue;
      const files = one.files.map(awake);
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
    this.kept.set(one.client_id, kept(this.around.shelf.put(one)));
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
    this.#unshelve(client_id);
    for (const { url } of one.files) if (url) URL.revokeObjectURL(url);
    this.around.dropped?.(one);
    this.around.changed(one);
  }

  /** One of the files that belong to these is further. @param {Upload} upload */
  moved({ taken }) {
    const one = this.waiting.get(taken ?? "");
    if (one?.state !== "pending") return;
    const [arrived, size] = one.files.reduce(([some, all], file) => [some + file.arrived, all + file.size], [0, 0]);
    this.#note(one, { progress: size ? arrived / size : 1 });
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
    const name = `chatsphere/outbox/${this.around.user_id}/${conversation_id}`;
    (this.around.lock ?? alone)(name, () => this.#attempt(one)).then(() => this.#next(conversation_id));
  }

  /** Another tab may have sent it while this one waited for its turn. @param {Outgoing} one */
  async #isOver(one) {
    const kept = (await this.kept.get(one.client_id)) ?? true;
    return kept && !(await this.around.shelf.has(one.client_id).catch(() => true));
  }

  /** @param {string} client_id */
  #unshelve(client_id) {
    const before = this.kept.get(client_id) ?? Promise.resolve(true);
    this.kept.delete(client_id);
    // Never before it has come to lie there: it would stay.
    before.then(() => this.around.shelf.drop(client_id)).catch(() => undefined);
  }

  /** @param {Outgoing} one */
  async #attempt(one) {
    const here = one.conversation_id;
    // What was said just now is not kept from leaving by a look at the shelf.
    if ((one.tries || !this.kept.has(one.client_id)) && (await this.#isOver(one))) {
      this.busy.delete(here);
      this.drop(one.client_id);
      return;
    }
    try {
      const message = await this.around.send(one);
      this.busy.delete(here);
      this.#note(one, { state: "sent", message });
      this.#unshelve(one.client_id);
      this.around.stored(one, message);
    } catch (error) {
      this.busy.delete(here);
      this.#failed(one, error);
    }
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

/** @param {Promise<void>} put */
function kept(put) {
  return put.then(
    () => true,
    () => false,
  );
}

/** An address made by an earlier page leads nowhere in this one. @param {Upload} upload @returns {Upload} */
export function awake(upload) {
  return { ...upload, url: upload.url && upload.file ? URL.createObjectURL(upload.file) : "" };
}
