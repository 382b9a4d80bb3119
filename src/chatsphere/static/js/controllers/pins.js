/** What is pinned in a conversation: a bar over its messages that goes through them, and all of them in its details. */
import { icon, make, one, vary } from "../helpers/dom.js";
import { smallest } from "../helpers/picture.js";
import { gist, nameOf } from "../models/naming.js";
import { t } from "../models/words.js";

/** @import {Message, Pin} from "../models/shapes.js" */

export class Pins {
  /** @param {import("../app.js").World} world @param {import("./log.js").Log} log */
  constructor(world, log) {
    this.world = world;
    this.log = log;
    /** @type {string | null} */
    this.id = null;
    /** Which one the bar shows; the latest first. */
    this.at = 0;
    this.bar = one("#pin-bar");
    this.list = one("#details-pins");
    world.answers.on("pins", (id) => id === this.id && this.#draw());
    world.conversations.on("person", () => this.#draw());
    this.bar.addEventListener("click", () => this.#go());
    this.list.addEventListener("click", (event) => this.#clicked(event));
  }

  /** @param {string | null} id */
  show(id) {
    this.id = id;
    this.at = 0;
    this.#draw();
    if (id === null) return;
    // What is said comes first.
    setTimeout(() => id === this.id && this.world.answers.lookAtPins(id), 150);
  }

  get pins() {
    return this.id === null ? [] : this.world.answers.pins(this.id);
  }

  #draw() {
    const { pins } = this;
    this.at = Math.min(this.at, Math.max(0, pins.length - 1));
    this.bar.hidden = !pins.length;
    one("#details-pinned").hidden = !pins.length;
    this.list.replaceChildren(...pins.map((pin) => this.#line(pin)));
    if (pins.length) this.#fill(pins[this.at].message, pins.length);
  }

  /** @param {Message} message @param {number} count */
  #fill(message, count) {
    const place = count > 1 ? t("Pinned, {at} of {count}", { at: this.at + 1, count }) : t("Pinned");
    const user = this.world.conversations.person(message.sender_id);
    const words = make("span", { class: "words" }, make("b", {}, place), this.#gist(message));
    vary(this.bar, { "--ah": user.hue });
    this.bar.replaceChildren(icon("pin"), ...thumb(message), words);
  }

  /** @param {Message} message */
  #gist(message) {
    const name = nameOf(this.world.conversations.person(message.sender_id));
    return make("span", { dir: "auto", lang: "" }, t("{name}: {words}", { name, words: gist(message) }));
  }

  /** To the message that is shown, and then the one before it is. */
  #go() {
    const pin = this.pins[this.at];
    if (!pin) return;
    this.log.call(pin.message.id);
    this.at = (this.at + 1) % this.pins.length;
    this.#draw();
  }

  /** @param {Pin} pin */
  #line({ message, user_id }) {
    const by = t("Pinned by {name}", { name: nameOf(this.world.conversations.person(user_id)) });
    const words = make("span", { class: "words" }, this.#gist(message), make("small", {}, by));
    const go = make("button", { type: "button", class: "to", "data-id": message.id }, ...thumb(message), words);
    const how = { type: "button", class: "icon-button", "data-unpin": message.id, "aria-label": t("Unpin") };
    return make("li", {}, go, make("button", how, icon("pin-off")));
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button"));
    const { id, unpin } = button?.dataset ?? {};
    const pin = this.pins.find(({ message }) => message.id === Number(id ?? unpin));
    if (!pin) return;
    if (unpin) this.world.answers.pin({ ...pin.message, pinned: true });
    else {
      const dialog = /** @type {HTMLDialogElement} */ (one("#details"));
      if (dialog.matches(":modal")) dialog.close();
      this.log.call(pin.message.id);
    }
  }
}

/** @param {Message} message */
function thumb(message) {
  const image = message.attachments.find(({ kind }) => kind === "image");
  return image ? [make("img", { src: smallest(image), alt: "", width: 32, height: 32, loading: "lazy" })] : [];
}
