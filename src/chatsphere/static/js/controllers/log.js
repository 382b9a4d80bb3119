/** The messages on the screen: lines kept in order, the view kept where the reader is, more fetched at both ends. */
import { one } from "../helpers/dom.js";
import { failed } from "../helpers/notice.js";
import { chunked, cuts, MOST, portion, spared } from "../models/chunks.js";
import { lines } from "../models/grouping.js";
import { moved, NONE, receipts } from "../models/receipts.js";
import { alike, asidesOf, asSaid } from "../models/said.js";
import { Unseen } from "../models/unseen.js";
import { hasten } from "./album.js";
import { aside, fillTop, separator } from "./beside.js";
import { Chunks } from "./chunks.js";
import { Drawing } from "./drawing.js";
import { fold, render } from "./message.js";
import { Pills } from "./pills.js";
import { keep, kept } from "./place.js";
import { Scroller } from "./scroller.js";

/**
 * @import {Message} from "../models/shapes.js"
 * @import {Line, Said} from "../models/grouping.js"
 */

/** More is fetched when its end comes so near, in pixels: before the reader is there. */
const NEAR = 2_400;
/** So high is the lowest line, in pixels. */
const LOWEST = 36;
/** The place is written down once the reader has rested for so long. */
const REST = 250;

export class Log {
  /** @param {import("../app.js").World} world @param {import("./viewing.js").Viewing} viewing */
  constructor(world, viewing) {
    this.world = world;
    this.viewing = viewing;
    this.list = one("#log");
    this.scroller = new Scroller(one("#scroll"), this.list);
    this.chunks = new Chunks(this.list, () => this.scroller.hold());
    this.pills = new Pills(this);
    this.drawing = new Drawing((whole, most) => this.draw(whole, most));
    this.unseen = new Unseen(world.me.id);
    /** @type {string | null} */
    this.id = null;
    /** @type {Map<string, {element: HTMLElement, line: Line}>} */
    this.elements = new Map();
    /** Whether anything was shown. */
    this.begun = false;
    /** @type {number[]} the numbers that the chunks begin with */
    this.cuts = [];
    /** @type {(message: Message) => void} */
    this.onReply = () => undefined;
    /** @type {(message: Message) => unknown} */
    this.onReport = () => undefined;
    /** @type {(message: Message) => unknown} */
    this.onReplies = () => undefined;
    this.receipts = this.shown = NONE;
    /** @type {Set<number>} messages of somebody blocked that the reader has asked for */
    this.revealed = new Set();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.#listen();
  }

  #listen() {
    const { conversations, live } = this.world;
    conversations.on("room", (id, event) => id === this.id && this.#changed(event));
    conversations.on("stretch", (id) => id === this.id && this.drawing.soon());
    conversations.on("outbox", (id) => (id === this.id || id === null) && this.draw(false));
    conversations.on("person", () => this.draw());
    live.on("status", (status) => {
      // Without a server, what is here first has its day.
      this.drawing.soon();
      if (status === "open") this.#watch();
    });
    this.scroller.onScroll = (asked) => this.#scrolled(asked);
    this.list.addEventListener("click", (event) => this.#clicked(event));
    one("#scroll").addEventListener("keydown", (event) => this.#pressed(event));
    addEventListener("pagehide", () => this.#keepPlace());
    const near = { root: one("#scroll"), rootMargin: `${NEAR}px 0px` };
    this.ends = new IntersectionObserver((seen) => this.#near(seen), near);
  }

  get state() {
    return this.id === null ? undefined : this.world.conversations.state(this.id);
  }

  /** @param {string | null} id @param {number | null} [at] */
  show(id, at = null) {
    clearTimeout(this.timer);
    this.id = id;
    this.elements.clear();
    this.cuts = [];
    this.chunks.clear();
    this.revealed.clear();
    this.unseen.enter(this.state?.conversation);
    this.scroller.begin();
    // The end fills the screen and the rest follows; but what one comes to may lie anywhere, and a page that loads holds still.
    const entire = at || this.unseen.fresh || !this.begun;
    this.begun = true;
    this.draw(true, entire ? undefined : Math.ceil(screen.height / LOWEST));
    if (!this.state) return;
    const place = kept(id);
    if (place && at === place.message && this.#line(at))
      this.scroller.toOffset(this.#line(at) ?? one("#log"), place.offset);
    else if (at) this.call(at);
    else if (this.unseen.fresh) this.toFresh();
    else this.toEnd();
    hasten(this.scroller.box, this.list);
    this.#watch();
  }

  /** What is said here, stored and on its way. @returns {Said[]} */
  said() {
    const state = this.state;
    if (!state) return [];
    const known = new Set(state.messages.map((message) => message.client_id));
    const waiting = this.world.outbox.of(state.conversation.id).filter((one) => {
      const counted = one.message && one.message.id <= state.conversation.last_seq;
      return !counted && !known.has(one.client_id);
    });
    return state.latest
      ? [...state.messages, ...waiting.map((one) => asSaid(one, this.world.boot.previews))]
      : state.messages;
  }

  /** Draw again whatever has changed. @param {boolean} [whole] whether what looked so before may look otherwise now @param {number} [most] new lines at either end; the rest follows, frame by frame */
  draw(whole = true, most = Number.POSITIVE_INFINITY) {
    const anew = this.drawing.begin(whole);
    if (!this.state) return;
    this.#spare();
    const state = /** @type {import("../models/conversation.js").State} */ (this.state);
    const all = lines(this.said(), { fresh: this.unseen.divider(state), asides: asidesOf(state) });
    // Whether a day begins with what happens to be here first is not known; and it would move when more comes, if it can.
    if (!state.oldest && !this.world.live.away && all[0]?.kind === "day") all.shift();
    const [from, to] = portion(all, ({ kind, key }) => kind === "message" && this.elements.has(key), most);
    const found = all.slice(from, to);
    this.receipts = receipts(state, this.world.me.id);
    const view = this.#view();
    // Whoever is at the end goes along with what is still to come.
    this.scroller.goesOn = !state.latest || (to < all.length && !this.scroller.atEnd);
    this.scroller.keeping(() => {
      const chunks = chunked(found, this.cuts);
      this.chunks.fill(
        chunks.map(({ id, lines }) => ({ id, children: lines.map((line) => this.#element(line, view, anew)) })),
      );
      fillTop(one("#older"), state, this.world.me.id);
    });
    this.shown = this.receipts;
    const keys = new Set(found.map((line) => line.key));
    for (const key of this.elements.keys()) if (!keys.has(key)) this.elements.delete(key);
    this.pills.draw();
    this.drawing.end(found.length < all.length);
  }

  /** Let go of what is far from the reader: there are only so many chunks on the page. */
  #spare() {
    const here = () => this.said().map(({ id }) => id);
    const ids = here();
    this.cuts = cuts(ids, this.cuts);
    const over = this.cuts.length - MOST;
    if (over <= 0 || !this.id) return;
    const seen = this.scroller.first()?.parentElement;
    const at = seen ? [...this.list.children].indexOf(seen) : 0;
    const stays = new Set(spared(ids, this.cuts, !this.scroller.atEnd && at < this.list.children.length / 2));
    this.world.pager.spare(this.id, (message) => stays.has(message.id));
    this.cuts = cuts(here(), this.cuts);
  }

  /** Go to the newest message. */
  async toEnd() {
    this.unseen.missed = 0;
    if (this.drawing.partly && !this.scroller.atEnd) this.drawing.now();
    if (this.id && !this.state?.latest && !(await this.#fetch())) return;
    if (!this.state?.latest) return;
    this.scroller.toEnd();
    this.pills.draw();
  }

  /** Go to where the unread begins. */
  async toFresh() {
    const { fresh } = this.unseen;
    if (!this.id || !fresh) return;
    this.drawing.now();
    if (!this.list.querySelector(".fresh") && !(await this.#fetch(Math.max(1, fresh.after)))) return;
    const divider = /** @type {HTMLElement | null} */ (this.list.querySelector(".fresh"));
    if (divider) this.scroller.toQuarter(divider);
    else await this.toEnd();
    this.pills.draw();
  }

  /** The reader has seen what was new: nothing divides it from the rest any more. */
  settle() {
    if (this.unseen.settle()) this.draw();
  }

  /** Go to one message and show which. @param {number} id */
  async call(id) {
    this.drawing.now();
    if (this.id && !this.#line(id) && !(await this.#fetch(id))) return;
    const element = this.#line(id);
    if (!element) return;
    this.scroller.toMiddle(element);
    element.classList.add("called");
    setTimeout(() => element.classList.remove("called"), 1_700);
  }

  /** Have the surroundings of a message on the page, or else the end; `false` if they do not come, which is said, or one has gone elsewhere meanwhile. @param {number} [at] */
  async #fetch(at) {
    const { id } = this;
    const { pager } = this.world;
    try {
      await (at ? pager.around(id ?? "", at) : pager.latest(id ?? ""));
    } catch (error) {
      if (id === this.id) failed(/** @type {Error} */ (error));
      return false;
    }
    this.drawing.now();
    return id === this.id;
  }

  /** @param {number | null} id @returns {HTMLElement | null} */
  #line(id) {
    return this.list.querySelector(`[data-id="${id}"]`);
  }

  /** The surroundings that a message's picture needs. @returns {import("./message.js").View} */
  #view() {
    const { contacts, conversations, me, outbox } = this.world;
    const state = /** @type {import("../models/conversation.js").State} */ (this.state);
    const { participants } = state.conversation;
    const { floor, under } = this.receipts;
    return {
      me: me.id,
      person: (id) => conversations.person(id),
      named: (name) => participants.find(({ user }) => user.user_name.toLowerCase() === name)?.user.id,
      find: (id) => conversations.spokenOf(state.conversation.id, id),
      isRead: (message) => floor >= message.id,
      readers: (message) => (under.get(message.id) ?? []).map((id) => conversations.person(id)),
      outgoing: (client_id) => outbox.waiting.get(client_id),
      veils: (message) => contacts.veils(state.conversation, message) && !this.revealed.has(message.id),
    };
  }

  /** @param {Line} line @param {import("./message.js").View} view @param {boolean} whole */
  #element(line, view, whole) {
    const known = this.elements.get(line.key);
    const turned = line.kind === "message" && moved(this.shown, this.receipts, line.message.id);
    if (!whole && !turned && known && alike(known.line, line)) return known.element;
    const element = this.#filled(line, view, known?.element);
    this.elements.set(line.key, { element, line });
    return element;
  }

  /** @param {Line} line @param {import("./message.js").View} view @param {HTMLElement} [known] */
  #filled(line, view, known) {
    if (line.kind === "message") return render(line, view, known);
    if (line.kind === "aside") return aside(line, this.world, known);
    return separator(line, known);
  }

  /** @param {import("../models/shapes.js").Event | null} event */
  #changed(event) {
    const said = event?.kind === "message.posted" ? event.message : null;
    const looks = document.visibilityState === "visible" && document.hasFocus();
    if (said) this.unseen.came(said, { atEnd: this.scroller.atEnd, looks });
    this.drawing.soon(!said);
  }

  /** Have both ends of what is here looked at anew, once it is all on the page. */
  #watch() {
    this.ends?.disconnect();
    this.drawing.once(() => {
      for (const name of ["#older", "#newer"]) this.ends?.observe(one(name));
    });
  }

  /** @param {IntersectionObserverEntry[]} seen */
  async #near(seen) {
    const { id } = this;
    const near = seen.filter((entry) => entry.isIntersecting).map((entry) => entry.target.id);
    if (id === null) return;
    const { pager } = this.world;
    const asked = near.map((end) => (end === "older" ? pager.older(id) : pager.newer(id)).catch(() => false));
    if ((await Promise.all(asked)).some(Boolean)) this.#watch();
  }

  /** @param {boolean} asked whether the reader did it */
  #scrolled(asked) {
    if (this.id === null) return;
    if (this.unseen.moved(this.scroller.atEnd, Boolean(this.state?.latest))) this.draw();
    if (asked) this.pills.passing();
    this.pills.draw();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#keepPlace(), REST);
  }

  #keepPlace() {
    if (this.id === null) return;
    const { atEnd, place } = this.scroller;
    const line = /** @type {HTMLElement | undefined} */ (place?.element);
    const message = Number(line?.dataset.id);
    if (atEnd || !place) keep(this.id, null);
    else if (message) keep(this.id, { message, offset: place.top });
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button"));
    const element = /** @type {HTMLElement | null} */ (button?.closest(".message"));
    if (!button || !element) return;
    const id = Number(element.dataset.id);
    const message = this.state?.messages.find((one) => one.id === id);
    const client_id = element.dataset.client ?? "";
    if (button.dataset.do === "unfold") this.scroller.keeping(() => fold(element, false));
    else if (button.matches(".quote")) this.call(Number(button.dataset.to));
    else if (button.matches(".tile") && message) this.viewing.open(message, Number(button.dataset.at), button);
    else if (button.dataset.do === "retry") this.world.outbox.retry(client_id);
    else if (button.dataset.do === "discard") this.world.outbox.drop(client_id);
    else if (button.dataset.do === "reveal") this.#reveal(id, element);
    else if (button.dataset.do === "reply" && message) this.onReply(message);
  }

  /** Show what is folded away, after all. @param {number} id @param {HTMLElement} element */
  #reveal(id, element) {
    this.revealed.add(id);
    this.draw();
    element.focus();
  }

  /** Out of the messages, to where one writes; controllers/walking.js has all other keys. @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key !== "Escape") return;
    this.settle();
    one("#text").focus();
    event.preventDefault();
  }
}
