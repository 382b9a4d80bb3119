/**
 * The live connection: it comes back by itself, resumes where it was, and knows when it is dead.
 * What it hears is only a hint; the log is the truth.
 */
import { backoff } from "./backoff.js";
import { t } from "./words.js";

const PING_EVERY = 25_000;
const PATIENCE = 10_000;
const SIGNED_OUT = 4001;

/**
 * @typedef {{type: string, [name: string]: any}} Frame
 * @typedef {"connecting" | "open" | "waiting" | "closed"} Status
 * @typedef {object} Surroundings
 * @property {string} url
 * @property {(frame: Frame) => void} hear every frame but ok, error and pong
 * @property {(status: Status) => void} [changed]
 * @property {() => void} [signedOut]
 * @property {(url: string) => WebSocket} [make]
 * @property {() => number} [random]
 */

export class Socket {
  /** @param {Surroundings} around */
  constructor(around) {
    this.around = around;
    /** @type {WebSocket | null} */
    this.line = null;
    /** @type {Status} */
    this.status = "closed";
    this.tries = 0;
    this.ref = 0;
    /** @type {Map<number, {resolve: (frame: Frame) => void, reject: (error: Error) => void}>} */
    this.asked = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** Connect, unless that is done or under way. */
  open() {
    if (this.line) return;
    clearTimeout(this.timer);
    this.#become("connecting");
    const make = this.around.make ?? ((url) => new WebSocket(url));
    const line = make(this.around.url);
    this.line = line;
    line.onmessage = ({ data }) => this.line === line && this.#heard(JSON.parse(data));
    line.onclose = ({ code }) => this.line === line && this.#lost(code);
    this.#expect(PATIENCE);
  }

  /** Try at once where a try was waiting: the network or the reader is back. */
  hurry() {
    if (this.status === "waiting") this.open();
    else if (this.status === "open") this.#ping();
  }

  /** Hang up and stay away. */
  close() {
    clearTimeout(this.timer);
    const line = this.line;
    this.line = null;
    line?.close();
    this.#become("closed");
  }

  /**
   * Say something that needs no answer; dropped while not connected.
   * @param {Frame} frame @returns {boolean} whether it was sent
   */
  say(frame) {
    if (this.status !== "open" || !this.line) return false;
    this.line.send(JSON.stringify(frame));
    return true;
  }

  /**
   * Say something and wait for its ok.
   * @param {Frame} frame @returns {Promise<Frame>}
   */
  ask(frame) {
    const ref = ++this.ref;
    return new Promise((resolve, reject) => {
      if (!this.say({ ...frame, ref })) reject(new Error(t("Not connected.")));
      else this.asked.set(ref, { resolve, reject });
    });
  }

  /** @param {Frame} frame */
  #heard(frame) {
    this.#expect(PING_EVERY);
    if (frame.type === "hello") {
      this.tries = 0;
      this.#become("open");
    }
    const waiting = this.asked.get(frame.ref);
    this.asked.delete(frame.ref);
    if (frame.type === "error") waiting?.reject(new Error(frame.problem?.detail ?? t("Refused.")));
    else if (frame.type === "ok" || frame.type === "pong") waiting?.resolve(frame);
    else this.around.hear(frame);
  }

  /** @param {number} code */
  #lost(code) {
    this.line = null;
    clearTimeout(this.timer);
    for (const { reject } of this.asked.values()) reject(new Error(t("The connection was lost.")));
    this.asked.clear();
    if (code === SIGNED_OUT) {
      this.#become("closed");
      this.around.signedOut?.();
      return;
    }
    this.tries += 1;
    this.#become("waiting");
    this.timer = setTimeout(() => this.open(), backoff(this.tries, this.around.random));
  }

  /** Ask for a sign of life after this long; without one the line is dead. @param {number} milliseconds */
  #expect(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.status === "open" ? this.#ping() : this.#giveUp()), milliseconds);
  }

  #ping() {
    this.ask({ type: "ping" }).catch(() => undefined);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#giveUp(), PATIENCE);
  }

  #giveUp() {
    const line = this.line;
    // A line that no longer answers may take minutes to close: it is not waited for.
    this.#lost(1006);
    line?.close();
  }

  /** @param {Status} status */
  #become(status) {
    if (this.status === status) return;
    this.status = status;
    this.around.changed?.(status);
  }
}
