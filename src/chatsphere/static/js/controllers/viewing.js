/**
 * A picture's way to the lightbox, which is fetched when somebody comes near a picture; and the address `#p=<id>`, so
 * that Back closes it and a link opens it again.
 *
 * @import {Message, Picture, User} from "../models/shapes.js"
 */
import $ from "jquery";
import { fetched } from "../helpers/fetched.js";
import { failed } from "../helpers/notice.js";
import { picturesOf } from "../models/pictures.js";

/**
 * @typedef {object} Host the page around it
 * @property {string} me
 * @property {(id: string) => User} person
 * @property {() => string} path where the server lists the pictures that are paged through
 * @property {(picture: Picture) => Picture[]} known what is here already, in order
 * @property {boolean} [newestFirst] whether the way on leads to older ones, as they hang on the page
 * @property {(picture: Picture) => void} [find] show it in its conversation, without a page load
 * @property {(picture: Picture) => void} [reply]
 * @property {(hear: (message: Message) => void) => void} [hear] of what happens to messages
 */

export class Viewing {
  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    /** @type {Promise<import("./lightbox.js").Lightbox> | null} */
    this.loading = null;
    this.shown = false;
    /** Whether there is a step in the history that is the lightbox's alone. */
    this.stepped = false;
    /** The page that it was opened over. */
    this.where = "";
    /** @type {(() => void) | null} */
    this.leaving = null;
    $(document).on("pointerenter focusin", ".tile, .shot", () => {
      this.#load().catch(() => undefined);
    });
    // Before whoever else listens: going from a picture to the page that it is on leads nowhere else.
    addEventListener("popstate", (event) => this.#went() && event.stopImmediatePropagation());
  }

  /** Open what the address says, if it says anything. */
  begin() {
    const id = wanted();
    if (id) this.#recall(id);
  }

  /** @param {Message} message @param {number} at which of its pictures @param {HTMLElement} from where it stands, small */
  open(message, at, from) {
    const picture = picturesOf(message)[at];
    if (picture) this.show(picture, from);
  }

  /** @param {Picture} picture @param {HTMLElement} from */
  async show(picture, from) {
    const lightbox = await this.#load().catch(failed);
    if (!lightbox || this.shown) return;
    this.#opened(true);
    history.pushState(null, "", `${page()}#p=${picture.attachment.id}`);
    lightbox.open(picture, from);
  }

  /** The lightbox shows another one. @param {string} id */
  at(id) {
    history.replaceState(history.state, "", `${page()}#p=${id}`);
  }

  /** The lightbox is closed; resolves when the address says so too. @returns {Promise<void>} */
  left() {
    this.shown = false;
    if (!wanted()) return Promise.resolve();
    if (this.stepped) {
      return new Promise((resolve) => {
        this.leaving = resolve;
        history.back();
      });
    }
    history.replaceState(history.state, "", page());
    return Promise.resolve();
  }

  /** @param {boolean} stepped */
  #opened(stepped) {
    this.shown = true;
    this.stepped = stepped;
    this.where = page();
  }

  /** @returns {Promise<import("./lightbox.js").Lightbox>} */
  #load() {
    this.loading ??= fetched(() => import("./lightbox.js")).then(({ Lightbox }) => new Lightbox(this.host, this));
    // What could not be fetched is tried again.
    this.loading.catch(() => {
      this.loading = null;
    });
    return this.loading;
  }

  /** @param {string} id */
  async #recall(id) {
    const lightbox = await this.#load().catch(failed);
    if (!lightbox || this.shown || wanted() !== id) return;
    this.#opened(false);
    if (!(await lightbox.recall(id))) this.left();
  }

  /** Back or forward: whether that was about a picture and nothing else. */
  #went() {
    const id = wanted();
    const here = page() === this.where;
    const { leaving } = this;
    this.leaving = null;
    if (leaving) leaving();
    else if (this.shown && !id) {
      this.shown = false;
      this.loading?.then((lightbox) => lightbox.close());
    } else if (!this.shown && id) this.#recall(id);
    else if (!id) return false;
    return here;
  }
}

/** The picture that the address names. */
function wanted() {
  return location.hash.match(/^#p=([0-9a-f]{32})$/)?.[1] ?? null;
}

function page() {
  return location.pathname + location.search;
}
