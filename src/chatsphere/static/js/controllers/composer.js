/** Where one writes: the text, its answer, the tray, and sending at once. */
import $ from "jquery";
import { icon, make, one } from "../helpers/dom.js";
import { sends } from "../helpers/enter.js";
import { late } from "../helpers/fetched.js";
import { failed } from "../helpers/notice.js";
import { uuid } from "../helpers/uuid.js";
import { answered, asking, linked, MARKS, marked } from "../models/markdown.js";
import { nameOf, other } from "../models/naming.js";
import { t } from "../models/words.js";
import { quote } from "./message.js";
import { Tray } from "./tray.js";

/** @import {Message} from "../models/shapes.js" */
/** @import {Writing} from "../models/markdown.js" */

const KEEP_AFTER = 300;

export class Composer {
  /** @param {import("../app.js").World} world @param {import("./log.js").Log} log */
  constructor(world, log) {
    this.world = world;
    this.log = log;
    this.text = /** @type {HTMLTextAreaElement} */ (one("#text"));
    this.tray = new Tray(world.trays, world.boot.limits, () => this.#trayChanged());
    /** @type {string | null} */
    this.id = null;
    /** @type {number | null} */
    this.reply_to = null;
    /** @type {string | null} the one picture that is answered */
    this.reply_attachment = null;
    /** What was begun elsewhere, or written down last: only what is changed here is written over it. */
    this.begun = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {import("./suggest.js").Suggest | undefined} */
    this.suggest = undefined;
    this.asking = false;
    /** Whether what is answered is not known yet. */
    this.sought = false;
    $("#composer").on("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    $(this.text).on("keydown", (event) => this.#key(/** @type {any} */ (event.originalEvent)));
    // What is pasted was not typed, and nobody is told so.
    this.text.addEventListener("input", (event) =>
      this.#typed(/** @type {InputEvent} */ (event).inputType !== "insertFromPaste"),
    );
    $(this.text).on("paste", (event) => this.#pasted(/** @type {any} */ (event.originalEvent)));
    $("#answering").on("click", ".icon-button", () => this.answer(null));
    $("#emoji").on("click", (event) => this.#emoji(event.currentTarget));
    $("#barred button").on("click", () => this.#unblock());
    world.contacts.on("changed", () => this.#bar());
    world.trays.on("tray", (id, elsewhere) => id === this.id && !elsewhere && this.#keep());
    world.drafts.on("draft", (id) => id === this.id && this.#written === this.begun && this.#begun(id));
    world.conversations.on("room", (id, event) => id === this.id && !event && this.sought && this.#quoted());
    world.trays.on(
      "upload",
      (upload) => upload.state === "ready" && upload.conversation_id === this.id && this.#keep(),
    );
    addEventListener("pagehide", () => this.#keep());
    addEventListener("storage", ({ key }) => world.drafts.elsewhere(key));
    // Nothing of what other tabs did was heard by a page that was put away.
    addEventListener("pageshow", () => this.id && world.drafts.tell("draft", this.id));
  }

  /** @param {string | null} id */
  show(id) {
    if (id === this.id) return;
    this.#keep();
    this.id = id;
    this.tray.turn(id);
    this.#begun(id);
    this.#bar();
  }

  /** What was begun, here or on another device. @param {string | null} id */
  #begun(id) {
    const { text, reply_to, reply_attachment, uploads } = this.world.drafts.get(id ?? "");
    if (this.text.value !== text) this.text.value = text;
    this.#answering(reply_to, reply_attachment);
    this.begun = this.#written;
    if (id !== null) this.world.trays.adopt(id, uploads);
    this.#grow();
    this.#trayChanged();
  }

  /** Whom one has blocked one does not write to. */
  #bar() {
    const user = this.#other();
    const barred = Boolean(user && this.world.contacts.blocks(user.id));
    $("#barred").prop("hidden", !barred);
    $("#barred span").text(user ? t("You blocked {name}.", { name: nameOf(user) }) : "");
    $("#composer .box, #composer .hint").prop("hidden", barred);
  }

  #other() {
    const conversation = this.id === null ? undefined : this.world.conversations.state(this.id)?.conversation;
    return conversation && other(conversation, this.world.me.id);
  }

  async #unblock() {
    const user = this.#other();
    if (!user) return;
    await this.world.contacts.decide(user.id, { blocked: false }).catch(failed);
    this.text.focus();
  }

  /** Answer a message, or one picture of it, or none any more. @param {Message | null} message @param {string | null} [attachment] */
  answer(message, attachment = null) {
    // It may have been asked for in another conversation.
    if (message && message.conversation_id !== this.id) return;
    this.#answering(message?.id ?? null, attachment);
    this.#keep();
    this.text.focus();
  }

  /** Say it: it stands in the log before the network knows of it. */
  send() {
    const content = this.text.value.trimEnd();
    const { id, reply_to, reply_attachment, world } = this;
    if (id === null || (!content.trim() && !this.tray.size)) return;
    if (reminded() && this.tray.asks(() => id === this.id && this.send())) return;
    const client_id = uuid();
    const files = world.trays.take(id, client_id);
    this.text.value = "";
    this.#answering(null);
    this.#keep();
    this.#grow();
    const outgoing = {
      client_id,
      conversation_id: id,
      user_id: world.me.id,
      content,
      reply_to,
      reply_attachment,
      files,
    };
    const begun = { created_at: new Date().toISOString(), tries: 0, progress: 0, problem: null, message: null };
    world.outbox.add({ ...outgoing, ...begun, state: "pending" });
    this.log.toEnd();
  }

  /** @param {HTMLElement} button */
  #emoji(button) {
    late(
      () => import("./emoji.js"),
      async ({ pick }) => {
        const emoji = await pick(button);
        // Whoever has gone elsewhere meanwhile stays there.
        if (emoji === null && document.activeElement !== button) return;
        this.text.focus();
        if (emoji === null) return;
        this.text.setRangeText(emoji, this.text.selectionStart, this.text.selectionEnd, "end");
        this.#typed();
      },
    );
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (this.suggest?.key(event) || this.#mark(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Escape" && this.reply_to !== null) this.answer(null);
    if (!sends(event)) return;
    event.preventDefault();
    this.send();
  }

  /** A key that puts a mark around what is selected. @param {KeyboardEvent} event */
  #mark(event) {
    const mark = MARKS[event.key.toLowerCase()];
    const held = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!mark || !held) return false;
    this.#write(marked(this.#writing, mark));
    return true;
  }

  /** An address over chosen words makes them its link. @param {ClipboardEvent} event */
  #pasted(event) {
    const link = linked(this.#writing, event.clipboardData?.getData("text/plain") ?? "");
    if (!link) return;
    event.preventDefault();
    this.#write(link);
  }

  /** @returns {Writing} */
  get #writing() {
    return { text: this.text.value, start: this.text.selectionStart, end: this.text.selectionEnd };
  }

  /** @param {Writing} writing */
  #write({ text, start, end }) {
    this.text.value = text;
    this.text.setSelectionRange(start, end);
    this.#typed();
  }

  /** Whether somebody is asking for an emoji, a person or a command; the list for it comes when it is first needed. */
  #asked() {
    const asked = asking(this.#writing);
    const begins = asked && !this.asking;
    this.asking = Boolean(asked);
    if (this.suggest) this.suggest.ask(asked);
    // Where it cannot be had, that is said once, and not with each letter.
    else if (begins)
      late(
        () => import("./suggest.js"),
        ({ Suggest }) => {
          this.suggest ??= new Suggest(this.text, this.world, {
            place: () => this.id,
            chosen: (asked, { text }) => this.#write(answered(this.#writing, asked, text)),
          });
          this.suggest.ask(asking(this.#writing));
        },
      );
  }

  #typed(told = true) {
    this.#grow();
    this.#asked();
    if (told && this.id && this.text.value.trim()) this.world.live.type(this.id);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#keep(), KEEP_AFTER);
  }

  #keep() {
    clearTimeout(this.timer);
    if (this.id === null) return;
    const uploads = this.world.trays.attached(this.id);
    const { reply_to, reply_attachment, world } = this;
    // Another tab may have gone on with it, or sent it.
    const draft = this.#written === this.begun ? world.drafts.get(this.id) : null;
    this.begun = this.#written;
    world.drafts.set(this.id, { text: this.text.value, reply_to, reply_attachment, ...draft, uploads });
    this.world.conversations.tell("list");
  }

  get #written() {
    return JSON.stringify([this.text.value, this.reply_to, this.reply_attachment]);
  }

  /** Browsers without `field-sizing` are told the height. */
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.text.style.blockSize = "auto";
    this.text.style.blockSize = `${this.text.scrollHeight}px`;
  }

  #trayChanged() {
    this.text.placeholder = this.tray.size ? t("Add a caption…") : t("Write something…");
  }

  /** @param {number | null} id @param {string | null} [attachment] */
  #answering(id, attachment = null) {
    this.reply_to = id;
    this.reply_attachment = attachment;
    this.#quoted();
  }

  /** What is answered, as far as it is known; it may lie far back. */
  #quoted() {
    const { reply_to, reply_attachment } = this;
    const { conversations } = this.world;
    const box = one("#answering");
    box.hidden = reply_to === null;
    box.replaceChildren();
    if (reply_to === null || this.id === null) return;
    const message = conversations.spokenOf(this.id, reply_to);
    this.sought = !message;
    // What its writer has cleared cannot be answered any more.
    if (message === null) return this.#answering(null);
    const words = make("div", { class: "quote" });
    const person = (/** @type {string} */ user) => conversations.person(user);
    quote(words, message, /** @type {any} */ ({ person, veils: () => false }), reply_attachment);
    const name = message ? nameOf(conversations.person(message.sender_id)) : t("An earlier message");
    const close = make(
      "button",
      { type: "button", class: "icon-button", "aria-label": t("Do not answer {name}", { name }) },
      icon("x"),
    );
    box.replaceChildren(words, close);
  }
}

/** Whether this person wants to be asked what their pictures show. */
function reminded() {
  return document.documentElement.dataset.remind === "on";
}
