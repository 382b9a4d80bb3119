/** Has the score fetched once the messages are there, where there is room and a pointer for it. */
import { fetched } from "../helpers/fetched.js";

/** Below so many messages it has nothing to show that is not on the page. */
export const FEWEST = 100;
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
    else if (this.#worth() && matchMedia(FITS).matches) setTimeout(() => this.#fetch());
  }

  #worth() {
    const state = this.id === null ? undefined : this.world.conversations.state(this.id);
    return state !== undefined && state.conversation.message_count >= FEWEST;
  }

  /** Nobody has asked for it: where it cannot be had, the next conversation asks again. */
  #fetch() {
    fetched(() => import("./score.js")).then(
      ({ Score }) => {
        this.score ??= new Score(this.world, this.log);
        this.score.show(this.id);
      },
      () => undefined,
    );
  }
}
