/**
 * What can be done with a message, at the message: a toolbar on the one that is pointed at or has the focus, chips under
 * it, a sheet on a touch screen, a swipe to answer. What is wanted seldom is loaded then.
 *
 * @import {Message} from "../models/shapes.js"
 */
import { icon, make, one } from "../helpers/dom.js";
import { fetched, late } from "../helpers/fetched.js";
import { failed, notify } from "../helpers/notice.js";
import { released } from "../helpers/released.js";
import { Habits } from "../models/habits.js";
import { holds } from "../models/reactions.js";
import { t } from "../models/words.js";
import { play } from "./notes.js";

/** So many emoji are at hand. */
const QUICK = 3;
/** Who only passes by is told nothing. */
const RESTED = 200;

/** A message that something is to be done with, and the one picture of it that is meant, where one is. @typedef {{message: Message, element: HTMLElement, attachment: string | null}} Target */

const choices = () => import("./choices.js");

export class Actions {
  /**
   * @param {import("../app.js").World} world @param {import("./log.js").Log} log
   * @param {import("./composer.js").Composer} composer @param {import("./keyboard.js").Keyboard} keyboard
   */
  constructor(world, log, composer, keyboard) {
    this.world = world;
    this.log = log;
    this.composer = composer;
    this.bar = toolbar();
    this.list = log.list;
    if (navigator.maxTouchPoints) this.#touch();
    this.#listen();
    keyboard.on("edit-last", () => this.#last());
    world.answers.on("refused", (sentence) => notify(sentence));
  }

  #touch() {
    fetched(() => import("./gestures.js")).then(
      ({ Gestures }) =>
        new Gestures(this.list, {
          swiped: (element) => this.#on(element, (target) => this.reply(target)),
          held: (element, pointed) => this.#on(element, (target) => this.#sheet({ ...target, ...this.#at(pointed) })),
        }),
      (error) => {
        failed(error);
        this.list.addEventListener("pointerdown", () => this.#touch(), { once: true });
      },
    );
  }

  #listen() {
    const { list } = this;
    list.addEventListener("pointerover", (event) => event.pointerType !== "touch" && this.#arrive(event.target, false));
    list.addEventListener("pointerleave", () => this.#leave());
    list.addEventListener("focusin", (event) => this.#arrive(event.target, true));
    list.addEventListener("focusout", () => setTimeout(() => this.#leave()));
    for (const name of ["pointerover", "focusin"]) list.addEventListener(name, (event) => this.#hint(event.target));
    list.addEventListener("click", (event) => this.#clicked(event));
    list.addEventListener("contextmenu", (event) => this.#menuAt(event));
  }

  /** What it said before, to whoever rests on the mark of that. @param {EventTarget | null} target */
  #hint(target) {
    const mark = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(".edited"));
    if (!mark || mark.hasAttribute("aria-describedby")) return;
    setTimeout(() => {
      if (mark.matches(":hover, :focus-visible"))
        late(
          () => import("./history.js"),
          ({ hint }) => this.#on(messageOf(mark), ({ message }) => hint(this.world, message, mark)),
        );
    }, RESTED);
  }

  /** The toolbar is at one message at a time. @param {EventTarget | null} target @param {boolean} focused */
  #arrive(target, focused) {
    const element = messageOf(target);
    if (!element || element.contains(this.bar) || (!focused && this.bar.contains(document.activeElement))) return;
    if (matchMedia("(pointer: coarse)").matches && !element.matches(":focus-visible")) return;
    const message = this.#of(element);
    if (!message || element.matches(":has(.edit-form), .covered, .gone")) return this.bar.remove();
    this.#quick(message);
    const pin = one('[data-do="pin"]', this.bar);
    pin.setAttribute("aria-label", message.pinned ? t("Unpin") : t("Pin"));
    one(".bubble", element).append(this.bar);
  }

  #leave() {
    const element = messageOf(this.bar);
    if (element && !element.matches(":hover, :focus-within") && !document.querySelector(":popover-open"))
      this.bar.remove();
  }

  /** Which three emoji are at hand, and which of them are one's own. @param {Message} message */
  #quick(message) {
    const buttons = [...this.bar.querySelectorAll('[data-do="quick"]')];
    for (const [at, emoji] of recent().entries()) {
      const button = /** @type {HTMLElement} */ (buttons[at]);
      button.textContent = emoji;
      button.dataset.emoji = emoji;
      button.setAttribute("aria-label", t("React with {emoji}", { emoji }));
      button.setAttribute("aria-pressed", String(holds(message.reactions, emoji, this.world.me.id)));
    }
  }

  /** @param {Element | null} element @returns {Message | undefined} */
  #of(element) {
    const id = Number(/** @type {HTMLElement | null} */ (element)?.dataset.id);
    return id ? this.log.state?.messages.find((one) => one.id === id) : undefined;
  }

  /** @param {Element | null} element @param {(target: Target) => unknown} act */
  #on(element, act) {
    const message = this.#of(element);
    if (message && element && !message.deleted_at)
      act({ message, element: /** @type {HTMLElement} */ (element), attachment: null });
  }

  /** Of several pictures, the one that is pointed at. @param {EventTarget | null} pointed */
  #at(pointed) {
    const tile = /** @type {HTMLElement | null} */ (/** @type {Element | null} */ (pointed)?.closest(".tile"));
    const images = this.#of(messageOf(pointed))?.attachments.filter(({ kind }) => kind === "image") ?? [];
    return { attachment: tile && images.length > 1 ? (images[Number(tile.dataset.at)]?.id ?? null) : null };
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-do]"));
    if (!button) return;
    const deed = this.#deeds[button.dataset.do ?? ""];
    if (deed) this.#on(messageOf(button), (target) => deed(target, button));
  }

  /** By what a button is marked with. @type {Record<string, (target: Target, button: HTMLElement) => unknown>} */
  #deeds = {
    quick: ({ message }, { dataset }) => this.react(message, dataset.emoji ?? ""),
    chip: ({ message }, { dataset }) => this.react(message, dataset.emoji ?? "", dataset.attachment ?? null),
    react: ({ message }, button) => this.pick(message, button),
    more: (target, button) => this.#menu(target, button),
    copy: ({ message }) => this.copy(message),
    pin: ({ message }) => this.world.answers.pin(message),
    replies: ({ message }) => this.log.onReplies(message),
    play: (_target, button) => play(button),
    alt: ({ message }, button) =>
      late(
        () => import("./alt.js"),
        ({ showAlt }) => showAlt(this.world, message, button),
      ),
    history: ({ message }) =>
      late(
        () => import("./history.js"),
        ({ showHistory }) => showHistory(this.world, message),
      ),
  };

  /** @param {Message} message @param {string} emoji @param {string | null} [attachment] */
  async react(message, emoji, attachment = null) {
    await this.world.answers.react(message, emoji, attachment);
    const element = messageOf(this.bar);
    const now = this.#of(element);
    if (now) this.#quick(now);
  }

  /** Any emoji at all. @param {Message} message @param {HTMLElement} button @param {string | null} [attachment] */
  pick(message, button, attachment = null) {
    return late(
      () => import("./emoji.js"),
      async ({ pick }) => {
        const anchor = button.isConnected && button.offsetParent ? button : one(`[data-id="${message.id}"]`, this.list);
        const emoji = await pick(anchor);
        if (emoji) await this.react(message, emoji, attachment);
      },
    );
  }

  /** @param {Target} target */
  reply({ message, attachment }) {
    this.composer.answer(message, attachment);
  }

  /** @param {Message} message */
  async copy(message) {
    const words = message.content || message.attachments.map(({ caption, alt }) => caption || alt).join("\n");
    const done = await navigator.clipboard?.writeText(words).then(
      () => true,
      () => false,
    );
    notify(done ? t("Copied") : t("This browser does not let anything be copied."));
  }

  /** @param {Target} target */
  edit(target) {
    return late(
      () => import("./editing.js"),
      ({ editInPlace }) => {
        this.bar.remove();
        editInPlace(this.world, target.message, target.element);
      },
    );
  }

  /** What one said last, where nothing is written yet. */
  #last() {
    if (/** @type {HTMLTextAreaElement} */ (one("#text")).value || this.composer.tray.size) return false;
    const own = this.log.state?.messages.findLast((one) => one.sender_id === this.world.me.id && !one.deleted_at);
    const element = own && this.list.querySelector(`[data-id="${own.id}"]`);
    if (!element) return false;
    this.#on(element, (target) => this.edit(target));
    return true;
  }

  /** @param {Target} target @param {HTMLElement} opener */
  #menu(target, opener) {
    return late(choices, ({ openChoices }) => openChoices(this, target, opener));
  }

  /** @param {Target} target */
  #sheet(target) {
    return late(choices, ({ openSheet }) => openSheet(this, target, recent()));
  }

  /** The other button of a mouse on a picture: what can be done with this one of several. @param {MouseEvent} event */
  async #menuAt(event) {
    const { attachment } = this.#at(event.target);
    const tile = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".tile"));
    if (!tile || attachment === null || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    await released(event);
    this.#on(messageOf(tile), (target) => this.#menu({ ...target, attachment }, tile));
  }
}

/** @param {EventTarget | null} target */
function messageOf(target) {
  return /** @type {HTMLElement | null} */ (/** @type {Element | null} */ (target)?.closest(".message"));
}

/** The emoji that somebody takes most lately. */
function recent() {
  return new Habits().recent.slice(0, QUICK);
}

function toolbar() {
  const quick = recent().map(() => make("button", { type: "button", "data-do": "quick", tabindex: -1 }));
  const deed = (/** @type {string} */ name, /** @type {string} */ sign, /** @type {string} */ label) =>
    make("button", { type: "button", "data-do": name, tabindex: -1, "aria-label": label }, icon(sign));
  const ways = [deed("reply", "reply", t("Reply")), deed("more", "ellipsis", t("More"))];
  // Keys come here for what is in the menu: they do what the button of that name does.
  const keyed = [
    deed("react", "smile-plus", t("React")),
    deed("copy", "copy", t("Copy")),
    deed("pin", "pin", t("Pin")),
  ];
  for (const one of keyed) one.classList.add("keyed");
  return make(
    "div",
    { class: "actions", role: "group", "aria-label": t("Message actions") },
    ...quick,
    ...ways,
    ...keyed,
  );
}
