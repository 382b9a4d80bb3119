/** The messages on the screen: lines kept in order, the view kept where the reader is, more fetched at both ends. */
import { all, arrange, make, one } from "../helpers/dom.js";
import { roomSphere } from "../helpers/sphere.js";
import { call } from "../models/api.js";
import { lines } from "../models/grouping.js";
import { amount, asideLine, nameOf, titleOf } from "../models/naming.js";
import { dayName } from "../models/time.js";
import { sure } from "./dialog.js";
import { fold, render } from "./message.js";
import { Scroller } from "./scroller.js";

/**
 * @import {Message, Outgoing} from "../models/shapes.js"
 * @import {Line, Said} from "../models/grouping.js"
 */

const NEAR = 1_200;

export class Log {
  /** @param {import("../app.js").World} world @param {import("./lightbox.js").Lightbox} lightbox */
  constructor(world, lightbox) {
    this.world = world;
    this.lightbox = lightbox;
    this.list = one("#log");
    this.scroller = new Scroller(one("#scroll"), this.list);
    /** @type {string | null} */
    this.id = null;
    /** @type {Map<string, HTMLElement>} */
    this.elements = new Map();
    /** @type {{id: number, count: number} | null} */
    this.fresh = null;
    this.missed = 0;
    /** @type {(message: Message) => void} */
    this.onReply = () => undefined;
    /** @type {(message: Message) => void} */
    this.onReport = () => undefined;
    /** @type {Set<number>} messages of somebody blocked that the reader has asked for */
    this.revealed = new Set();
    world.conversations.on("room", (id, event) => id === this.id && this.#changed(event));
    world.conversations.on("outbox", (id) => (id === this.id || id === null) && this.draw());
    world.conversations.on("person", () => this.draw());
    this.scroller.onScroll = () => this.#scrolled();
    this.list.addEventListener("click", (event) => this.#clicked(event));
    one("#scroll").addEventListener("keydown", (event) => this.#pressed(event));
    one("#jump").addEventListener("click", () => this.toEnd());
  }

  get state() {
    return this.id === null ? undefined : this.world.conversations.state(this.id);
  }

  /** @param {string | null} id @param {number | null} [at] */
  show(id, at = null) {
    this.id = id;
    this.elements.clear();
    this.list.replaceChildren();
    this.missed = 0;
    this.revealed.clear();
    this.fresh = this.#firstUnread();
    this.draw();
    if (!this.state) return;
    if (at) this.call(at);
    else if (this.fresh && this.list.querySelector(".fresh")) this.scroller.toQuarter(one(".fresh", this.list));
    else this.scroller.toEnd();
    this.#scrolled();
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
    return state.latest ? [...state.messages, ...waiting.map(asSaid)] : state.messages;
  }

  /** Draw again whatever has changed. */
  draw() {
    const state = this.state;
    if (!state) return;
    const found = lines(this.said(), { fresh: this.fresh, asides: asidesOf(state) });
    const view = this.#view();
    this.scroller.keeping(() => {
      arrange(
        this.list,
        found.map((line) => this.#element(line, view)),
      );
      this.#top(state);
    });
    const keys = new Set(found.map((line) => line.key));
    for (const key of this.elements.keys()) if (!keys.has(key)) this.elements.delete(key);
    this.#pill();
  }

  /** Go to the newest message. */
  async toEnd() {
    this.missed = 0;
    if (this.id && !this.state?.latest) await this.world.pager.latest(this.id);
    this.scroller.toEnd();
    this.#pill();
  }

  /** Go to one message and show which. @param {number} id */
  async call(id) {
    if (this.id && !this.state?.messages.some((message) => message.id === id))
      await this.world.pager.around(this.id, id);
    const element = /** @type {HTMLElement | null} */ (this.list.querySelector(`[data-id="${id}"]`));
    if (!element) return;
    this.scroller.toMiddle(element);
    element.classList.add("called");
    setTimeout(() => element.classList.remove("called"), 1_700);
  }

  /** The surroundings that a message's picture needs. @returns {import("./message.js").View} */
  #view() {
    const { contacts, conversations, me, outbox } = this.world;
    const state = /** @type {import("../models/conversation.js").State} */ (this.state);
    const { kind, role, participants } = state.conversation;
    const others = participants.filter(({ user }) => user.id !== me.id);
    const manages = kind === "group" && role !== "member";
    return {
      me: me.id,
      person: (id) => conversations.person(id),
      find: (id) => state.messages.find((message) => message.id === id),
      mayDelete: (message) => !message.deleted_at && !message.state && (message.sender_id === me.id || manages),
      isRead: (message) => others.length > 0 && others.every(({ read_seq }) => read_seq >= message.id),
      outgoing: (client_id) => outbox.waiting.get(client_id),
      veils: (message) => contacts.veils(state.conversation, message) && !this.revealed.has(message.id),
    };
  }

  #firstUnread() {
    const conversation = this.state?.conversation;
    if (!conversation?.unread_count) return null;
    const unread = (/** @type {Message} */ one) => one.id > conversation.read_seq && one.sender_id !== this.world.me.id;
    const first = this.state?.messages.find((message) => unread(message) && !message.deleted_at);
    return first ? { id: first.id, count: conversation.unread_count } : null;
  }

  /** @param {Line} line @param {import("./message.js").View} view */
  #element(line, view) {
    const known = this.elements.get(line.key);
    const element =
      line.kind === "message"
        ? render(line, view, known)
        : line.kind === "aside"
          ? this.#aside(line)
          : (known ?? separator(line));
    this.elements.set(line.key, element);
    return element;
  }

  /** Drawn anew each time: the names in it may come late. @param {import("../models/grouping.js").Beside} line */
  #aside({ key, aside }) {
    const element = this.elements.get(key) ?? make("div", { class: "aside" });
    const name = (/** @type {string} */ id) => nameOf(this.world.conversations.person(id));
    const words = asideLine(aside, this.world.me.id, name);
    if (element.textContent !== words) element.textContent = words;
    return element;
  }

  /** @param {import("../models/conversation.js").State} state */
  #top(state) {
    const box = one("#older");
    box.classList.toggle("beginning", state.oldest);
    const name = titleOf(state.conversation, this.world.me.id);
    const key = `${state.conversation.id}/${state.oldest}/${name}`;
    if (box.dataset.key === key) return;
    box.dataset.key = key;
    if (!state.oldest) box.replaceChildren();
    else
      box.replaceChildren(
        big(roomSphere(state.conversation, this.world.me.id)),
        make("strong", {}, name),
        make("span", {}, "This is where it begins."),
      );
  }

  /** @param {import("../models/shapes.js").Event | null} event */
  #changed(event) {
    const said = event?.kind === "message.posted" ? event.message : null;
    const own = said?.sender_id === this.world.me.id;
    if (said && !own && !this.scroller.atEnd) this.missed += 1;
    this.draw();
  }

  #scrolled() {
    const { scroller, id, world } = this;
    if (id === null) return;
    if (scroller.fromTop < NEAR)
      world.pager.older(id).then(
        (came) => came && this.#scrolled(),
        () => undefined,
      );
    if (scroller.fromEnd < NEAR) world.pager.newer(id).catch(() => undefined);
    if (scroller.atEnd && this.state?.latest) this.missed = 0;
    this.#pill();
  }

  #pill() {
    const pill = one("#jump");
    pill.hidden = this.scroller.atEnd && this.state?.latest !== false;
    pill.classList.toggle("quiet", !this.missed);
    one("span", pill).textContent = this.missed ? `${this.missed} new` : "Latest";
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
    else if (button.matches(".tile") && message) this.lightbox.open(message, Number(button.dataset.at));
    else if (button.dataset.do === "retry") this.world.outbox.retry(client_id);
    else if (button.dataset.do === "discard") this.world.outbox.drop(client_id);
    else if (button.dataset.do === "reveal") this.#reveal(id, element);
    else if (button.dataset.do === "report" && message) this.onReport(message);
    else if (button.dataset.do === "reply" && message) this.onReply(message);
    else if (button.dataset.do === "delete" && message) this.#delete(message);
  }

  /** Show what is folded away, after all. @param {number} id @param {HTMLElement} element */
  #reveal(id, element) {
    this.revealed.add(id);
    this.draw();
    element.focus();
  }

  /** @param {Message} message */
  async #delete(message) {
    const text = "It goes for everybody, with its pictures, and cannot be brought back.";
    if (!(await sure({ title: "Delete this message?", text, yes: "Delete" }))) return;
    const path = `/conversations/${message.conversation_id}/messages/${message.id}`;
    await call("DELETE", path).catch((error) => {
      one("#status").textContent = error.message;
    });
  }

  /** Arrows walk from message to message; Enter goes to what can be done with one. @param {KeyboardEvent} event */
  #pressed(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Escape") one("#text").focus();
    if (target.closest("button, a")) return;
    const messages = all(".message", this.list);
    const at = messages.indexOf(/** @type {HTMLElement} */ (target.closest(".message")));
    const next = {
      ArrowUp: at < 0 ? messages.length - 1 : at - 1,
      ArrowDown: at + 1,
      Home: 0,
      End: messages.length - 1,
    }[event.key];
    if (event.key === "Enter" && at >= 0) one(".actions button:not([hidden])", messages[at]).focus();
    else if (next === undefined || !messages[next]) return;
    else messages[next].focus();
    event.preventDefault();
  }
}

/** What is on its way, as a message. @param {Outgoing} one @returns {Said} */
function asSaid(one) {
  const { client_id, conversation_id, user_id: sender_id, content, reply_to, created_at, state, message } = one;
  const said = { client_id, conversation_id, sender_id, content, reply_to, created_at, state };
  return {
    ...said,
    id: message?.id ?? Number.MAX_SAFE_INTEGER,
    html: "",
    attachments: [],
    reactions: [],
    edited_at: null,
    deleted_at: null,
  };
}

/** Those that belong to the stretch that is here. @param {import("../models/conversation.js").State} state */
function asidesOf({ asides, messages, latest, oldest }) {
  const [first, last] = [messages[0]?.id ?? 0, messages.at(-1)?.id ?? 0];
  return asides.filter(({ seq }) => (oldest || seq > first) && (latest || seq < last));
}

/** @param {import("../models/grouping.js").Day | import("../models/grouping.js").Fresh} line */
function separator(line) {
  if (line.kind === "day")
    return make("div", { class: "day" }, make("time", { datetime: line.day }, dayName(line.day)));
  return make("div", { class: "fresh" }, make("span", {}, amount(line.count, "new message", "new messages")));
}

/** @param {HTMLElement} sphere */
function big(sphere) {
  sphere.classList.add("s72");
  return sphere;
}
