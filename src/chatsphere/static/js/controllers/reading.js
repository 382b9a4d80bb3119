/** How far one has read: what was in sight for half a second, in a tab that is visible and has the focus. */
import { all, one } from "../helpers/dom.js";
import { call } from "../models/api.js";

const GLANCE = 500;

export class Reading {
  /** @param {import("../app.js").World} world @param {import("./log.js").Log} log */
  constructor(world, log) {
    this.world = world;
    this.log = log;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    one("#scroll").addEventListener("scroll", () => this.#soon());
    addEventListener("focus", () => this.#soon());
    document.addEventListener("visibilitychange", () => this.#soon());
    world.conversations.on("room", (id) => id === log.id && this.#soon());
  }

  /** A conversation came into view. */
  show() {
    this.#soon();
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#look(), GLANCE);
  }

  #look() {
    const conversation = this.log.state?.conversation;
    if (!conversation || document.visibilityState !== "visible" || !document.hasFocus()) return;
    const seq = this.#seen();
    if (seq <= conversation.read_seq || !conversation.unread_count) return;
    const { id } = conversation;
    this.world.live.read(id, seq).catch(() => call("PUT", `/conversations/${id}/read`, { seq }).catch(() => undefined));
  }

  /** The last message that is mostly in sight. */
  #seen() {
    const bottom = one("#scroll").getBoundingClientRect().bottom;
    const seen = all(".message[data-id]:not([data-id=''])", this.log.list).findLast((element) => {
      const box = element.getBoundingClientRect();
      return box.top + Math.min(box.height * 0.6, 200) <= bottom;
    });
    return Number(seen?.dataset.id ?? 0);
  }
}
