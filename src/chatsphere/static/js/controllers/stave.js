/** Has the score fetched once the messages are there, where there is room and a pointer for it. */

const FITS = "(hover: hover) and (min-width: 821px)";

export class Stave {
  /** @param {import("../app.js").World} world @param {import("./log.js").Log} log */
  constructor(world, log) {
    this.world = world;
    this.log = log;
    /** @type {string | null} */
    this.id = null;
    /** @type {import("./score.js").Score | undefined} */
    this.score = undefined;
  }

  /** @param {string | null} id */
  async show(id) {
    this.id = id;
    if (this.score) this.score.show(id);
    else if (id !== null && matchMedia(FITS).matches) setTimeout(() => this.#fetch());
  }

  async #fetch() {
    const { Score } = await import("./score.js");
    this.score ??= new Score(this.world, this.log);
    this.score.show(this.id);
  }
}
