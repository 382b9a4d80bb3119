/** One picture as large as the screen: the others of the conversation to either side, its words below. */
import $ from "jquery";
import { all, make, one, setIcon, vary } from "../helpers/dom.js";
import { late } from "../helpers/fetched.js";
import { fragment } from "../helpers/html.js";
import { failed } from "../helpers/notice.js";
import { canMove, isStill, move, sharper } from "../helpers/picture.js";
import { call } from "../models/api.js";
import { Gallery } from "../models/gallery.js";
import { listed, nameOf } from "../models/naming.js";
import { date, full, moment } from "../models/time.js";
import { t } from "../models/words.js";
import { layers } from "./album.js";
import { Fingers } from "./fingers.js";
import { copy, describe } from "./keepsake.js";

/** @import {Message, Picture} from "../models/shapes.js" */

const LEAST = 160;

export class Lightbox {
  /** @param {import("./viewing.js").Host} host @param {import("./viewing.js").Viewing} viewing */
  constructor(host, viewing) {
    this.host = host;
    this.viewing = viewing;
    this.dialog = /** @type {HTMLDialogElement} */ (one("#lightbox"));
    this.view = one("#lightbox-view");
    this.gallery = new Gallery("", ask);
    /** The picture that is looked at. */
    this.id = "";
    /** @type {Picture} what was last known of it */
    this.picture = /** @type {any} */ (null);
    /** @type {HTMLElement | null} */
    this.from = null;
    /** @type {Element | null | undefined} what it stands in */
    this.around = null;
    /** @type {(() => void) | null} what comes once it is closed */
    this.after = null;
    /** @type {Map<string, HTMLElement>} by picture */
    this.slides = new Map();
    this.fingers = new Fingers(this.view, {
      step: (by) => this.#step(by),
      close: () => this.#leave(),
      closer: (scale) => this.#closer(scale),
    });
    this.#controls();
    host.hear?.((message) => this.#heard(message));
  }

  /** @param {Picture} picture @param {HTMLElement | null} from */
  open(picture, from) {
    const known = this.host.known(picture);
    this.#begin(known.length ? known : [picture]);
    this.from = from;
    this.around = from?.closest("[id]");
    this.#show(picture.attachment.id);
    this.fingers.enter(from);
    this.gallery.around(picture.attachment.id).catch(() => undefined);
  }

  /** Open a picture of which only the id is known. @param {string} id @returns {Promise<boolean>} whether there is one */
  async recall(id) {
    this.#begin([]);
    this.from = null;
    await this.gallery.around(id).catch(() => undefined);
    if (this.gallery.at(id) < 0) return false;
    this.#show(id);
    return true;
  }

  /** @param {string} id */
  #show(id) {
    this.#go(id);
    this.dialog.showModal();
    this.#measure();
  }

  close() {
    this.dialog.close();
    this.#closed();
  }

  /** @param {Picture[]} known */
  #begin(known) {
    this.gallery = new Gallery(this.host.path(), ask, known);
    this.gallery.changed = () => this.#changed();
    this.id = "";
  }

  #controls() {
    $("#lightbox-back").on("click", () => this.#step(-1));
    $("#lightbox-on").on("click", () => this.#step(1));
    $("#lightbox-zoom").on("click", () => this.fingers.toggle());
    $("#lightbox-copy").on("click", () => copy(this.picture));
    $("#lightbox-find").on("click", (event) => this.#find(event));
    $("#lightbox-reply").on("click", () => this.#reply());
    $("#lightbox-react").on("click", () => this.#pick());
    $("#lightbox-describe").on("click", () => describe(this.picture, this.gallery));
    $("#lightbox-play").on("click", () => this.#play());
    $("#lightbox-reactions").on("click", "button", ({ currentTarget }) => this.#react(currentTarget.dataset.emoji));
    $("#lightbox-leave").on("click", () => this.#leave());
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.view.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (!target.closest(".frame, button") && !this.fingers.dragged) this.#leave();
    });
    // The browser tells of it a frame later, when another picture may be open already.
    this.dialog.addEventListener("close", () => this.dialog.open || this.#closed());
    addEventListener("resize", () => this.dialog.open && this.#measure());
  }

  get at() {
    return this.gallery.at(this.id);
  }

  /** Whether on is to newer ones or to older. */
  get way() {
    return this.host.newestFirst ? -1 : 1;
  }

  /** Where it was opened; what was drawn anew meanwhile is found by its picture. @returns {HTMLElement | null | undefined} */
  get opener() {
    const { from, around } = this;
    return from?.isConnected ? from : from && around?.querySelector(`[data-id="${from.dataset.id}"]`);
  }

  /** How many come before this one. */
  get before() {
    return this.host.newestFirst ? this.gallery.pictures.length - 1 - this.at : this.at;
  }

  /** @param {number} by */
  #step(by) {
    const next = this.at < 0 ? undefined : this.gallery.pictures[this.at + by * this.way];
    if (!next) return false;
    this.#go(next.attachment.id);
    this.viewing.at(this.id);
    return true;
  }

  /** @param {string} id */
  #go(id) {
    this.id = id;
    this.fingers.rest();
    this.#draw();
    this.gallery.near(this.at).catch(() => undefined);
  }

  /** More is known, or something otherwise. */
  #changed() {
    if (!this.id) return;
    if (this.at >= 0) this.#draw();
    else this.#seek(this.gallery, this.id);
  }

  /** Somebody was quicker than the server, or it was taken back while it was looked at. @param {Gallery} gallery @param {string} id */
  async #seek(gallery, id) {
    await gallery.around(id).catch(() => this.gallery === gallery && this.#leave());
  }

  /** @param {Message} message */
  #heard(message) {
    if (!this.dialog.open) return;
    if (this.gallery.pictures.some((one) => one.message_id === message.id)) this.gallery.take(message);
    else this.gallery.grew();
  }

  #draw() {
    const picture = this.gallery.pictures[this.at];
    this.picture = picture;
    this.#slides();
    const { attachment } = picture;
    const name = nameOf(this.host.person(picture.sender_id));
    vary(this.dialog, { "--ph": attachment.hue });
    $("#lightbox-who").text(name);
    const { created_at } = picture;
    $("#lightbox-when")
      .text(moment(created_at))
      .attr({ datetime: created_at, title: full(created_at) });
    this.#said(picture);
    this.#reactions(picture);
    this.#place();
    $("#lightbox-save").attr({ href: attachment.url, download: attachment.name });
    $("#lightbox-find").attr("href", `/c/${picture.conversation_id}?at=${picture.message_id}`);
    $("#lightbox-reply").prop("hidden", !this.host.reply);
    $("#lightbox-copy").prop("hidden", !globalThis.ClipboardItem);
    const words = attachment.alt ? t("Change the description") : t("Describe");
    $("#lightbox-describe")
      .prop("hidden", picture.sender_id !== this.host.me)
      .attr("aria-label", words);
    this.#playing();
    $("#lightbox-back").prop("disabled", this.before === 0);
    $("#lightbox-on").prop("disabled", this.before === this.gallery.pictures.length - 1);
  }

  /** Which of all, where that is known; in any case a screen reader hears what is shown now. */
  #place() {
    const { oldest, newest, pictures } = this.gallery;
    const whole = oldest && newest && pictures.length > 1;
    const place = whole ? t("{at} of {all}", { at: this.before + 1, all: pictures.length }) : "";
    if (one("#lightbox-count").textContent !== place) one("#lightbox-count").textContent = place;
    const name = this.#nameOf(this.picture);
    if (one("#lightbox-now").textContent !== name) one("#lightbox-now").textContent = name;
  }

  /** @param {Picture} picture */
  #said({ attachment, content, html }) {
    const words = one("#lightbox-said");
    const { alt, caption, id } = attachment;
    const key = JSON.stringify([id, html, alt, caption]);
    if (words.dataset.key === key) return;
    words.dataset.key = key;
    const text = make("div", { class: "text", dir: "auto", lang: "" });
    // What was said of this one says more than what was said of all.
    if (html && !caption) text.append(fragment(html));
    else text.textContent = caption || content;
    const described = alt ? [make("p", { class: "described", dir: "auto", lang: "" }, alt)] : [];
    words.replaceChildren(...(caption || content ? [text] : []), ...described);
  }

  /** @param {Picture} picture */
  #reactions({ attachment: { reactions = [] } }) {
    const chips = reactions.map(({ emoji, user_ids }) => {
      const own = user_ids.includes(this.host.me);
      const people = listed(user_ids.map((id) => nameOf(this.host.person(id))));
      const attributes = { type: "button", "data-emoji": emoji, "aria-pressed": String(own), title: people };
      const count = user_ids.length;
      const name = t("{emoji} {count}, {people}", { emoji, count, people });
      return make("button", { ...attributes, "aria-label": name }, emoji, make("span", {}, String(count)));
    });
    one("#lightbox-reactions").hidden = !chips.length;
    one("#lightbox-reactions").replaceChildren(...chips);
  }

  /** What it is called where it cannot be seen. @param {Picture} picture */
  #nameOf({ attachment, sender_id, created_at }) {
    const name = nameOf(this.host.person(sender_id));
    return attachment.alt || t("Picture from {name}, {date}, no description", { name, date: date(created_at) });
  }

  /** This one, and the one to either side, so that it is there when somebody goes on. */
  #slides() {
    const near = [-1, 0, 1].flatMap((by) => this.gallery.pictures[this.at + by] ?? []);
    const wanted = new Set(near.map(({ attachment }) => attachment.id));
    for (const [id, slide] of this.slides) {
      if (wanted.has(id)) continue;
      slide.remove();
      this.slides.delete(id);
    }
    near.forEach((picture) => {
      const { id } = picture.attachment;
      const slide = this.slides.get(id) ?? this.#slide(picture);
      const by = (this.gallery.at(id) - this.at) * this.way;
      vary(slide, { "--at": by });
      slide.setAttribute("aria-hidden", String(by !== 0));
      const image = /** @type {HTMLImageElement} */ (one("img", slide));
      const alt = this.#nameOf(picture);
      if (image.alt !== alt) image.alt = alt;
    });
    this.fingers.hold(/** @type {HTMLElement} */ (this.slides.get(this.id)), this.picture.attachment);
  }

  /** @param {Picture} picture */
  #slide({ attachment }) {
    const small = this.from?.querySelector("img");
    const under = small && attachment.id === this.id && small.naturalWidth ? small : undefined;
    // A picture of few pixels is not blown up.
    const sizes = `min(100vw, ${Math.max(LEAST, attachment.width ?? 0)}px)`;
    const frame = make(
      "div",
      { class: "frame" },
      ...layers(attachment, sizes, { eager: true, sharp: true, under, moving: true }),
    );
    const slide = make("div", { class: "slide" }, frame);
    this.slides.set(attachment.id, slide);
    this.view.prepend(slide);
    this.#fit(slide, attachment);
    return slide;
  }

  /** The room that there is: known once the dialog is open, and again when the window has another size. */
  #measure() {
    for (const [id, slide] of this.slides) this.#fit(slide, this.gallery.pictures[this.gallery.at(id)].attachment);
    this.fingers.rest();
  }

  /** @param {HTMLElement} slide @param {import("../models/shapes.js").Attachment} attachment */
  #fit(slide, attachment) {
    const { width, height } = this.fingers.fit(attachment);
    vary(slide, { "--fw": `${width}px`, "--fh": `${height}px` });
  }

  /** How close one is, on the button; and what is closer is fetched sharper. @param {number} scale */
  #closer(scale) {
    const close = scale > 1.01;
    $("#lightbox-zoom").attr("aria-label", close ? t("Zoom out") : t("Zoom in"));
    setIcon(one("#lightbox-zoom svg"), close ? "zoom-out" : "zoom-in");
    const slide = this.slides.get(this.id);
    if (close && slide) sharper(slide, this.fingers.shown.width * scale);
  }

  /** @param {any} event */
  #find(event) {
    if (!this.host.find || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const { picture } = this;
    this.from = null;
    this.after = () => this.host.find?.(picture);
    this.#leave();
  }

  #reply() {
    const { picture } = this;
    this.from = null;
    this.after = () => this.host.reply?.(picture);
    this.#leave();
  }

  #pick() {
    late(
      () => import("./emoji.js"),
      async ({ pick }) => {
        const emoji = await pick(one("#lightbox-react"));
        if (emoji) await this.#react(emoji);
      },
    );
  }

  /** Put it on this picture, or take it off where it is one's own. @param {string} emoji */
  async #react(emoji) {
    const { attachment, conversation_id, message_id } = this.picture;
    const own = attachment.reactions?.some((one) => one.emoji === emoji && one.user_ids.includes(this.host.me));
    const message = `/conversations/${conversation_id}/messages/${message_id}`;
    const path = `${message}/reactions/${encodeURIComponent(emoji)}?attachment=${attachment.id}`;
    try {
      await call(own ? "DELETE" : "PUT", path);
      this.gallery.take((await call("GET", message)).data);
    } catch (error) {
      failed(/** @type {Error} */ (error));
    }
  }

  /** Whether there is something to set going, or to stop. */
  #playing() {
    const slide = this.slides.get(this.id);
    const still = slide && isStill(slide);
    $("#lightbox-play")
      .prop("hidden", !canMove(this.picture.attachment))
      .toggleClass("still", still)
      .attr("aria-label", still ? t("Play the picture") : t("Stop the picture"));
  }

  #play() {
    const slide = this.slides.get(this.id);
    if (slide) move(slide, isStill(slide));
    this.#playing();
  }

  /** Back to where it came from; a key that is pressed on the way is already for what is there. */
  #leave() {
    let gone = false;
    const close = () => {
      removeEventListener("keydown", close, true);
      if (!gone) this.close();
      gone = true;
    };
    addEventListener("keydown", close, true);
    this.fingers.leave(this.opener).then(close);
  }

  #closed() {
    if (!this.id) return;
    for (const slide of all(".slide", this.view)) slide.remove();
    this.slides.clear();
    this.id = "";
    const { opener, after } = this;
    this.after = null;
    this.viewing.left().then(() => after?.());
    opener?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (/** @type {Element} */ (event.target).closest("[popover]")) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.#leave();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const toward = getComputedStyle(this.dialog).direction === "rtl" ? -1 : 1;
    const by = {
      ArrowLeft: -toward,
      ArrowRight: toward,
      Home: -this.before,
      End: this.gallery.pictures.length - 1 - this.before,
    }[event.key];
    const factor = { "+": 1.6, "=": 1.6, "-": 1 / 1.6, 0: 0 }[event.key];
    if (by === undefined && factor === undefined) return;
    event.preventDefault();
    if (by !== undefined) this.#step(by);
    else this.fingers.zoom(Number(factor));
  }
}

/** @param {string} path */
function ask(path) {
  return call("GET", path);
}
