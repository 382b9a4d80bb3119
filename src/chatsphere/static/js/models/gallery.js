/**
 * The pictures of a conversation, or of all of them: those that are known here, and more from the server at both ends.
 *
 * @import {Message, Picture} from "./shapes.js"
 */
import { picturesOf } from "./pictures.js";

/** How many are left beyond the one that is looked at when more are asked for. */
const NEAR = 5;
const PAGE = 60;

/** @typedef {(path: string) => Promise<{data: Picture[], next: string | null}>} Ask */

export class Gallery {
  /**
   * @param {string} path where the server lists them, filters included @param {Ask} ask
   * @param {Picture[]} [known] in the order in which they were sent
   */
  constructor(path, ask, known = []) {
    this.path = path;
    this.ask = ask;
    this.pictures = known;
    /** Whether the first and the last of all there are are known. */
    this.oldest = false;
    this.newest = false;
    this.asking = false;
    this.changed = () => {};
  }

  /** @param {string} id of an attachment */
  at(id) {
    return this.pictures.findIndex(({ attachment }) => attachment.id === id);
  }

  /** Know a picture's surroundings. What was known stays where the server has nothing to say. @param {string} id */
  async around(id) {
    const { data } = await this.#ask({ around: id, limit: PAGE });
    const at = data.findIndex(({ attachment }) => attachment.id === id);
    this.pictures = data;
    this.oldest = at < PAGE / 2;
    this.newest = data.length - at < PAGE / 2;
    this.changed();
  }

  /** Somebody looks at this one: have more ready where few are left. @param {number} at */
  async near(at) {
    if (this.asking) return;
    this.asking = true;
    try {
      if (at < NEAR && !this.oldest) await this.#older();
      if (at > this.pictures.length - 1 - NEAR && !this.newest) await this.#newer();
    } finally {
      this.asking = false;
    }
  }

  async #older() {
    const first = this.pictures[0]?.place;
    if (first === undefined) return;
    const { data, next } = await this.#ask({ before: first, limit: PAGE });
    // Others may be known by now.
    if (this.pictures[0]?.place !== first) return;
    this.pictures = [...data, ...this.pictures];
    this.oldest = next === null;
    this.changed();
  }

  async #newer() {
    const last = this.pictures.at(-1)?.place;
    if (last === undefined) return;
    const { data, next } = await this.#ask({ after: last, limit: PAGE });
    if (this.pictures.at(-1)?.place !== last) return;
    this.pictures = [...this.pictures, ...data];
    this.newest = next === null;
    this.changed();
  }

  /** The same picture may have come otherwise, or be gone. @param {Message} message */
  take(message) {
    const now = new Map(picturesOf(message).map((one) => [one.attachment.id, one]));
    this.pictures = this.pictures.flatMap((one) => {
      if (one.message_id !== message.id || one.conversation_id !== message.conversation_id) return [one];
      const fresh = now.get(one.attachment.id);
      return fresh ? [{ ...fresh, place: one.place }] : [];
    });
    this.changed();
  }

  /** Something newer was sent. */
  grew() {
    this.newest = false;
  }

  /** @param {Record<string, string | number>} more */
  #ask(more) {
    const query = new URLSearchParams(Object.entries(more).map(([name, value]) => [name, String(value)]));
    return this.ask(`${this.path}${this.path.includes("?") ? "&" : "?"}${query}`);
  }
}
