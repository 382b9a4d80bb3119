/** What answers a message, beside the conversation: the view of a thread, and no place of its own. Loaded when wanted. */
import { arrange, icon, make, one, vary } from "../helpers/dom.js";
import { fragment } from "../helpers/html.js";
import { smallest } from "../helpers/picture.js";
import { sphere } from "../helpers/sphere.js";
import { call } from "../models/api.js";
import { VEILED } from "../models/contacts.js";
import { gist, nameOf } from "../models/naming.js";
import { full, moment } from "../models/time.js";
import { t, tn } from "../models/words.js";

/**
 * @import {Message} from "../models/shapes.js"
 * @typedef {{log: import("./log.js").Log, composer: import("./composer.js").Composer, details: import("./details.js").Details}} Around
 */

const PAGE = 100;
/** These change what is shown. */
const KINDS = new Set(["message.posted", "message.edited", "message.deleted"]);

/** The thread that is shown, or was last. @type {Replies | undefined} */
let shown;

/** @param {import("../app.js").World} world @param {Around} around @param {Message} message */
export function showReplies(world, around, message) {
  if (!shown) listen(world);
  shown = new Replies(world, around, message);
  around.details.turn(shown.element);
  shown.begin();
}

/** For as long as the page is there, whichever thread is shown. @param {import("../app.js").World} world */
function listen({ conversations }) {
  conversations.on("room", (id, event) => shown?.hear(id, event));
  // Of whom one blocks, that is told as well.
  conversations.on("person", () => shown?.draw());
}

class Replies {
  /** @param {import("../app.js").World} world @param {Around} around @param {Message} message */
  constructor(world, around, message) {
    this.world = world;
    this.around = around;
    this.message = message;
    /** Which of several questions after them was the last. */
    this.turn = 0;
    /** @type {Message[]} what answers it, as far as that has come */
    this.found = [];
    /** @type {Map<number, {element: HTMLElement, like: string}>} those on the page, so that a click on one finds it still there */
    this.lines = new Map();
    this.answered = make("div");
    this.list = make("ol", { class: "thread" });
    this.refusal = make("p", { class: "refusal", role: "alert" });
    this.count = make("h3", { tabindex: -1 });
    const back = make("button", { type: "button", class: "icon-button", "aria-label": t("Back to the details") });
    back.append(icon("arrow-left"));
    back.addEventListener("click", () => this.#leave());
    const reply = make("button", { type: "button", class: "button" }, icon("reply"), t("Reply"));
    reply.addEventListener("click", () => this.#reply());
    const parts = [make("div", { class: "thread-head" }, back, this.count), this.answered, this.list];
    this.element = make(
      "section",
      { class: "replies-view", "aria-label": t("Replies") },
      ...parts,
      this.refusal,
      reply,
    );
    this.element.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)));
  }

  begin() {
    this.draw();
    this.#load();
    this.count.focus({ preventScroll: true });
  }

  /** @param {string} id @param {import("../models/shapes.js").Event | null} event */
  hear(id, event) {
    if (!this.element.isConnected || id !== this.message.conversation_id || !event || !KINDS.has(event.kind)) return;
    if (event.message?.id === this.message.id) this.message = event.message;
    this.draw();
    this.#load();
  }

  /** As it is known now: who said something may only be known later, or be blocked meanwhile. */
  draw() {
    if (!this.element.isConnected) return;
    const { id } = /** @type {HTMLElement | null} */ (this.element.querySelector(".find:focus"))?.dataset ?? {};
    arrange(this.answered, [this.#kept(this.message, "div", "answered")]);
    arrange(
      this.list,
      this.found.map((one) => this.#kept(one, "li")),
    );
    const find = /** @type {HTMLElement | null} */ (this.element.querySelector(`.find[data-id="${id}"]`));
    if (id && find !== document.activeElement) find?.focus();
  }

  /** All that there are, in the order in which they were said. */
  async #load() {
    const { conversation_id, id } = this.message;
    const first = `/conversations/${conversation_id}/messages/${id}/replies?limit=${PAGE}`;
    this.turn += 1;
    const { turn } = this;
    try {
      const found = [];
      for (let after = 0, more = true; more; after = found.at(-1)?.id ?? 0) {
        const { data } = await call("GET", after ? `${first}&after=${after}` : first);
        found.push(...data);
        more = data.length === PAGE;
      }
      if (turn !== this.turn) return;
      this.found = found;
      this.count.textContent = tn("{count} reply", "{count} replies", found.length);
      this.draw();
      this.refusal.textContent = "";
    } catch (error) {
      this.refusal.textContent = /** @type {Error} */ (error).message;
    }
  }

  /** A line that looks the same stays as it is. @param {Message} message @param {string} tag @param {string} [place] */
  #kept(message, tag, place) {
    const user = this.world.conversations.person(message.sender_id);
    const state = this.world.conversations.state(message.conversation_id);
    const veiled = Boolean(state && this.world.contacts.veils(state.conversation, message));
    const like = JSON.stringify([message, user, veiled]);
    const known = this.lines.get(message.id);
    if (known?.like === like) return known.element;
    const element = make(tag, {}, this.#line(message, { user, veiled, place }));
    this.lines.set(message.id, { element, like });
    return element;
  }

  /** @param {Message} message @param {{user: import("../models/shapes.js").User, veiled: boolean, place?: string}} how */
  #line(message, { user, veiled, place = "" }) {
    const { created_at, html, deleted_at } = message;
    const words = make("div", { class: "text", dir: "auto" });
    if (html && !deleted_at && !veiled) words.append(fragment(html));
    else words.textContent = veiled ? VEILED : deleted_at ? t("Message deleted") : gist(message);
    const images = veiled ? [] : message.attachments.filter(({ kind }) => kind === "image").slice(0, 4);
    const thumbs = images.map((one) =>
      make("img", { src: smallest(one), alt: one.alt, width: 56, height: 56, loading: "lazy" }),
    );
    const when = make("time", { datetime: created_at, title: full(created_at) }, moment(created_at));
    const find = { type: "button", class: "find", "data-id": message.id, "aria-label": t("Show in conversation") };
    const head = make("p", {}, make("b", {}, nameOf(user)), when, make("button", find, icon("message-circle")));
    const said = make(
      "div",
      { class: "words" },
      head,
      words,
      ...(thumbs.length ? [make("div", { class: "thumbs" }, ...thumbs)] : []),
    );
    return vary(make("div", { class: `reply ${place}` }, sphere(user), said), { "--ah": user.hue });
  }

  /** @param {Element} target */
  #clicked(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest(".find"));
    if (!button) return;
    this.#away();
    this.around.log.call(Number(button.dataset.id));
  }

  #reply() {
    this.#away();
    this.around.composer.answer(this.message);
  }

  /** On a phone it lies over what one goes to. */
  #away() {
    const dialog = /** @type {HTMLDialogElement} */ (one("#details"));
    if (dialog.matches(":modal")) dialog.close();
  }

  #leave() {
    this.around.details.turn(null);
    one("#details [data-close]").focus();
  }
}
