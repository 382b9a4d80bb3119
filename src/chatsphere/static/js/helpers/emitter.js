/** Who wants to know of what. */
export class Emitter {
  constructor() {
    /** @type {Map<string, Set<(...news: any[]) => void>>} */
    this.ears = new Map();
  }

  /** @param {string} topic @param {(...news: any[]) => void} ear */
  on(topic, ear) {
    const ears = this.ears.get(topic) ?? new Set();
    ears.add(ear);
    this.ears.set(topic, ears);
  }

  /** @param {string} topic @param {any[]} news */
  tell(topic, ...news) {
    for (const ear of this.ears.get(topic) ?? []) ear(...news);
  }
}
