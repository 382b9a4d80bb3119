/** One picture as large as the screen: the others of the conversation to either side, its words below. */
import $ from "jquery";
import { one, vary } from "../helpers/dom.js";
import { picture } from "../helpers/picture.js";
import { nameOf } from "../models/naming.js";
import { full } from "../models/time.js";

/** @import {Attachment, Message} from "../models/shapes.js" */

const LEAST = 160;

export class Lightbox {
  /** @param {import("../app.js").World} world */
  constructor(world) {
    this.world = world;
    this.dialog = /** @type {HTMLDialogElement} */ (one("#lightbox"));
    /** @type {{message: Message, attachment: Attachment}[]} */
    this.pictures = [];
    this.at = 0;
    $("#lightbox-back").on("click", () => this.#step(-1));
    $("#lightbox-on").on("click", () => this.#step(1));
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    one("#lightbox-view").addEventListener(
      "click",
      (event) => event.target === event.currentTarget && this.dialog.close(),
    );
    this.dialog.addEventListener("close", () => this.dialog.querySelector("picture")?.remove());
  }

  /** @param {Message} message @param {number} at which of its pictures */
  open(message, at) {
    const messages = this.world.conversations.state(message.conversation_id)?.messages ?? [message];
    const conversation = this.world.conversations.state(message.conversation_id)?.conversation;
    const seen = messages.filter(
      (one) => one === message || !conversation || !this.world.contacts.veils(conversation, one),
    );
    this.pictures = seen.flatMap((one) => images(one).map((attachment) => ({ message: one, attachment })));
    const wanted = images(message)[at];
    this.at = Math.max(
      0,
      this.pictures.findIndex(({ attachment }) => attachment.id === wanted?.id),
    );
    this.#draw();
    this.dialog.showModal();
  }

  /** @param {number} by */
  #step(by) {
    const next = this.at + by;
    if (!this.pictures[next]) return;
    this.at = next;
    this.#draw();
  }

  #draw() {
    const { message, attachment } = this.pictures[this.at];
    const name = nameOf(this.world.conversations.person(message.sender_id));
    const view = one("#lightbox-view");
    view.querySelector("picture")?.remove();
    // A picture of few pixels is not blown up.
    const sizes = `min(100vw, ${Math.max(LEAST, attachment.width ?? 0)}px)`;
    view.prepend(
      picture(attachment, sizes, { eager: true, sharp: true, alt: attachment.alt || `Picture from ${name}` }),
    );
    vary(this.dialog, { "--ph": attachment.hue });
    $("#lightbox-who").text(name);
    $("#lightbox-when").text(full(message.created_at));
    $("#lightbox-count").text(this.pictures.length > 1 ? `${this.at + 1} of ${this.pictures.length}` : "");
    $("#lightbox-said").text(attachment.alt || message.content);
    $("#lightbox-save").attr({ href: attachment.url, download: attachment.name });
    $("#lightbox-back").prop("disabled", this.at === 0);
    $("#lightbox-on").prop("disabled", this.at === this.pictures.length - 1);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -this.at, End: this.pictures.length - 1 - this.at }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.#step(getComputedStyle(this.dialog).direction === "rtl" && event.key.startsWith("Arrow") ? -by : by);
  }
}

/** @param {Message} message */
function images(message) {
  return message.attachments.filter((one) => one.kind === "image");
}
