/**
 * Files on their way to the server, in pieces: a cut or a reload costs a piece, and then it goes on from where it was.
 *
 * @import {Upload} from "./shapes.js"
 * @typedef {{id: string, arrived: number, ready: boolean}} Told what the server says of an upload
 * @typedef {object} Line how the server is spoken to
 * @property {(about: Upload) => Promise<Told>} begin
 * @property {(id: string) => Promise<Told>} ask
 * @property {(id: string, start: number, piece: Blob, moved: (bytes: number) => void, signal: AbortSignal) =>
 *   Promise<Told>} send
 * @property {(id: string) => Promise<unknown>} drop
 * @typedef {object} Surroundings
 * @property {Line} line
 * @property {(upload: Upload) => void} changed
 * @property {(upload: Upload) => void} moved
 * @property {(key: string) => Promise<Upload | undefined>} kept what any tab knows of it; none: it is over
 * @property {(name: string, task: () => Promise<void>) => Promise<void>} lock one tab at a time
 * @property {() => number} [random]
 * @property {number} [piece] bytes
 */
import { backoff } from "./backoff.js";
import { refusal } from "./outbox.js";

const PIECE = 1024 * 1024;
const AT_ONCE = 3;

/** Nobody wants it any more. */
export class Stopped extends Error {}

export class Uploader {
  /** @param {Surroundings} around */
  constructor(around) {
    this.around = around;
    this.piece = around.piece ?? PIECE;
    /** @type {Map<string, AbortController>} those that are on their way, or wait for their turn */
    this.going = new Map();
    /** @type {Map<string, {resolve: (id: string) => void, reject: (error: Error) => void}[]>} who waits for which */
    this.waiting = new Map();
    /** @type {(() => void)[]} those whose turn has not come */
    this.line = [];
    this.busy = 0;
    /** @type {Set<() => void>} those that pause after a failure */
    this.pausing = new Set();
  }

  /** Have it go, or go on. @param {Upload} upload */
  start(upload) {
    if (this.going.has(upload.key) || upload.state === "ready") return;
    const control = new AbortController();
    this.going.set(upload.key, control);
    this.#note(upload, { state: "waiting", problem: null });
    const task = () => this.#carry(upload, control.signal);
    this.#turn(() => this.around.lock(`chatsphere/upload/${upload.key}`, task))
      .then(() => this.#ended(upload, control))
      .catch((error) => this.#ended(upload, control, error));
  }

  /** Its id on the server, once a message may take it; rejects where it was refused. @param {Upload} upload @returns {Promise<string>} */
  whole(upload) {
    if (upload.state === "ready" && upload.id) return Promise.resolve(upload.id);
    return new Promise((resolve, reject) => {
      const others = this.waiting.get(upload.key) ?? [];
      this.waiting.set(upload.key, [...others, { resolve, reject }]);
      this.start(upload);
    });
  }

  /** Nobody wants it: what has arrived of it goes too. @param {Upload} upload */
  stop(upload) {
    this.going.get(upload.key)?.abort();
    if (upload.id) this.around.line.drop(upload.id).catch(() => undefined);
  }

  /** What the server knew of it is not there any more. @param {Upload} upload */
  renew(upload) {
    this.#note(upload, { id: null, arrived: 0, state: "waiting" });
  }

  /** Those that pause go on at once: there may be a network again. */
  hurry() {
    for (const wake of this.pausing) wake();
  }

  /** @param {() => Promise<void>} task */
  async #turn(task) {
    if (this.busy >= AT_ONCE) await new Promise((resolve) => this.line.push(() => resolve(undefined)));
    this.busy += 1;
    try {
      await task();
    } finally {
      this.busy -= 1;
      this.line.shift()?.();
    }
  }

  /** @param {Upload} upload @param {AbortController} control @param {any} [error] */
  #ended(upload, control, error) {
    if (this.going.get(upload.key) === control) this.going.delete(upload.key);
    const waiting = this.waiting.get(upload.key) ?? [];
    this.waiting.delete(upload.key);
    if (error && !control.signal.aborted) {
      const failed = /** @type {const} */ ({ state: "failed", problem: refusal(error) ?? error.message });
      // What was taken out in another tab is not put down again.
      if (error instanceof Stopped) this.around.moved(Object.assign(upload, failed));
      else this.#note(upload, failed);
    }
    for (const { resolve, reject } of waiting) {
      if (error) reject(error);
      else resolve(/** @type {string} */ (upload.id));
    }
  }

  /** @param {Upload} upload @param {AbortSignal} signal */
  async #carry(upload, signal) {
    let tries = 0;
    for (;;) {
      if (signal.aborted) throw new Stopped();
      const before = upload.arrived;
      try {
        await this.#go(upload, signal);
        return;
      } catch (/** @type {any} */ error) {
        if (signal.aborted) throw new Stopped();
        if (error instanceof Stopped || refusal(error)) throw error;
        // As long as something arrives it is worth trying again at once.
        tries = upload.arrived > before ? 0 : tries + 1;
        await this.#pause(Math.max(backoff(tries, this.around.random), (error?.retryAfter ?? 0) * 1000), signal);
      }
    }
  }

  /** @param {Upload} upload @param {AbortSignal} signal */
  async #go(upload, signal) {
    let told = await this.#where(upload);
    if (signal.aborted) {
      // Taken out of the tray while it was begun: nobody else knows of it.
      this.around.line.drop(told.id).catch(() => undefined);
      throw new Stopped();
    }
    this.#note(upload, { state: "moving", id: told.id, arrived: told.arrived });
    while (!told.ready) {
      if (signal.aborted) throw new Stopped();
      const start = told.arrived;
      const piece = /** @type {Blob} */ (upload.file).slice(start, start + this.piece);
      const moved = (/** @type {number} */ bytes) => {
        upload.arrived = start + bytes;
        this.around.moved(upload);
      };
      told = await this.around.line.send(told.id, start, piece, moved, signal);
      upload.arrived = told.arrived;
      this.around.moved(upload);
    }
    this.#note(upload, { state: "ready", arrived: upload.size });
  }

  /** How far it is; what the server does not know (any more) begins anew. @param {Upload} upload @returns {Promise<Told>} */
  async #where(upload) {
    const kept = await this.around.kept(upload.key).catch(() => upload);
    if (!kept) throw new Stopped();
    const id = upload.id ?? kept.id;
    if (id) {
      try {
        return await this.around.line.ask(id);
      } catch (/** @type {any} */ error) {
        if (error?.problem?.status !== 404 || !upload.file) throw error;
      }
    }
    return this.around.line.begin(upload);
  }

  /** @param {number} wait @param {AbortSignal} signal */
  #pause(wait, signal) {
    return new Promise((resolve) => {
      const over = () => {
        clearTimeout(timer);
        this.pausing.delete(over);
        resolve(undefined);
      };
      const timer = setTimeout(over, wait);
      this.pausing.add(over);
      signal.addEventListener("abort", over, { once: true });
    });
  }

  /** @param {Upload} upload @param {Partial<Upload>} changes */
  #note(upload, changes) {
    Object.assign(upload, changes);
    this.around.changed(upload);
  }
}
