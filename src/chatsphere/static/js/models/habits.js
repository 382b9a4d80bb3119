/** The emoji that somebody uses. */

/** How many are remembered. */
export const RECENT = 24;
const FIRST = ["👍", "❤️", "😂", "😮", "😢", "🙏", "🎉", "🔥"];

/** What this person has picked lately, and in which tone, kept in this browser. */
export class Habits {
  /** @param {Storage} [storage] */
  constructor(storage = localStorage) {
    this.storage = storage;
  }

  /** The latest first; to begin with, what everybody uses. @returns {string[]} */
  get recent() {
    const found = this.#read("recent", []);
    const own = Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
    return [...own, ...FIRST.filter((one) => !own.includes(one))].slice(0, RECENT);
  }

  /** @param {string} emoji */
  use(emoji) {
    const others = this.#read("recent", []).filter?.((/** @type {string} */ one) => one !== emoji) ?? [];
    this.#write("recent", [emoji, ...others].slice(0, RECENT));
  }

  get tone() {
    const found = Number(this.#read("tone", 0));
    return found >= 1 && found <= 5 ? Math.floor(found) : 0;
  }

  set tone(tone) {
    this.#write("tone", tone);
  }

  /** @param {string} name @param {any} otherwise */
  #read(name, otherwise) {
    try {
      return JSON.parse(this.storage.getItem(`chatsphere/emoji/${name}`) ?? "null") ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  /** @param {string} name @param {any} value */
  #write(name, value) {
    try {
      this.storage.setItem(`chatsphere/emoji/${name}`, JSON.stringify(value));
    } catch {
      // A full or forbidden storage costs the memory of it, never the emoji.
    }
  }
}
