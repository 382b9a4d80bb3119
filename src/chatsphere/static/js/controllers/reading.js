/** How far one has read: what was mostly in sight for long enough, in a tab that is visible and has the focus. */
import { all, one } from "../helpers/dom.js";
import { call } from "../models/api.js";
import { Attention, inSight } from "../models/attention.js";

/** A scroll is many events. */
const BREATH = 80;

export class Reading {
  /** @param {import("../app.js").World} world @param {import("./log.js").Log} log */
  constructor(world, log) {
    this.world = world;
    this.log = log;
    this.attention = new Attention();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** When it is looked again; sooner is never put off. */
    this.due = Number.POSITIVE_INFINITY;
    one("#scroll").addEventListener("scroll", () => this.#soon());
    for (const name of ["focus", "blur"]) addEventListener(name, () => this.#look());
    document.addEventListener("visibilitychange", () => this.#look());
    for (const topic of ["room", "stretch"]) world.conversations.on(topic, (id) => id === log.id && this.#soon());
  }

  /** A conversation came into view; whoever marked it as unread has come back to it. @param {string | null} id */
  show(id) {
    this.attention = new Attention();
    this.#soon();
    const state = id === null ? undefined : this.world.conversations.state(id);
    if (!id || !state?.conversation.marked_unread) return;
    this.world.conversations.heardMarked(id, false);
    call("PUT", `/conversations/${id}`, { marked_unread: false }).catch(() => undefined);
  }

  #soon(wait = BREATH) {
    const due = Date.now() + wait;
    if (due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.#look(), wait);
  }

  #look() {
    clearTimeout(this.timer);
    this.due = Number.POSITIVE_INFINITY;
    const looks = document.visibilityState === "visible" && document.hasFocus();
    const { read, wait } = this.attention.look(looks ? this.#seen() : [], Date.now());
    if (wait !== null) this.#soon(wait);
    const conversation = this.log.state?.conversation;
    if (!conversation || read <= conversation.read_seq || !conversation.unread_count) return;
    const { id } = conversation;
    this.world.live
      .read(id, read)
      .catch(() => call("PUT", `/conversations/${id}/read`, { seq: read }).catch(() => undefined));
  }

  /** The messages that are mostly in sight. */
  #seen() {
    const view = one("#scroll").getBoundingClientRect();
    const chunks = [...this.log.list.children].filter((chunk) => {
      const box = chunk.getBoundingClientRect();
      return box.bottom > view.top && box.top < view.bottom;
    });
    const messages = chunks.flatMap((chunk) => all(".message[data-id]:not([data-id=''])", chunk));
    return messages
      .filter((message) => inSight(message.getBoundingClientRect(), view))
      .map((message) => Number(message.dataset.id));
  }
}
