/** The emoji picker: opened beside a control, gives back what was picked. Loaded when somebody first wants it. */
import { all, icon, make, narrow, one, vary } from "../helpers/dom.js";
import { fetched } from "../helpers/fetched.js";
import { place } from "../helpers/menu.js";
import { book, inTone, search } from "../models/emoji.js";
import { Habits } from "../models/habits.js";
import { t, tn } from "../models/words.js";

/** @import {Emoji} from "../models/emoji.js" */

const FOUND = 80;
const TONES = 5;
/** Group by group as Unicode has them; the second of its ten is no group of its own. */
const GROUPS = [
  { group: 0, icon: "smile", name: () => t("Smileys and emotion") },
  { group: 1, icon: "hand", name: () => t("People and body") },
  { group: 3, icon: "leaf", name: () => t("Animals and nature") },
  { group: 4, icon: "utensils", name: () => t("Food and drink") },
  { group: 5, icon: "plane", name: () => t("Travel and places") },
  { group: 6, icon: "trophy", name: () => t("Activities") },
  { group: 7, icon: "lightbulb", name: () => t("Objects") },
  { group: 8, icon: "heart", name: () => t("Symbols") },
  { group: 9, icon: "flag", name: () => t("Flags") },
];

/**
 * Let somebody pick one; null where they thought better of it. The focus goes back to the control.
 * @param {HTMLElement} anchor @returns {Promise<string | null>}
 */
export async function pick(anchor) {
  const picker = new Picker(await book(fetched));
  return picker.open(anchor);
}

/**
 * A press beside the picker shuts it before the click comes: of one on its control nothing more is wanted then.
 * @param {HTMLElement} anchor @param {AbortSignal} signal
 */
function shutting(anchor, signal) {
  const press = () => {
    const done = new AbortController();
    const once = { capture: true, once: true, signal: done.signal };
    anchor.addEventListener("click", (event) => event.stopImmediatePropagation(), once);
    document.addEventListener("pointerdown", () => done.abort(), once);
  };
  anchor.addEventListener("pointerdown", press, { signal });
}

class Picker {
  /** @param {Emoji[]} emoji */
  constructor(emoji) {
    this.emoji = emoji;
    this.habits = new Habits();
    /** @type {string | null} */
    this.picked = null;
    this.field = /** @type {HTMLInputElement} */ (
      make("input", {
        type: "search",
        "aria-label": t("Search emoji"),
        placeholder: t("Search emoji"),
        spellcheck: "false",
      })
    );
    this.tone = make("button", { type: "button", class: "tone" });
    this.groups = make("div", { class: "groups", role: "group", "aria-label": t("Kinds of emoji") });
    this.grid = make("div", { class: "grid", tabindex: -1 });
    this.told = make("p", { class: "vh", role: "status" });
    const top = make("div", { class: "search" }, icon("search"), this.field, this.tone);
    const how = { class: "emoji-picker", popover: "auto", role: "dialog", "aria-label": t("Emoji") };
    this.element = make("div", how, top, this.groups, this.grid, this.told);
    this.#listen();
    this.#fill();
  }

  /** @param {HTMLElement} anchor @returns {Promise<string | null>} */
  open(anchor) {
    // Inside an open dialog, outside of it everything is inert.
    (anchor.closest("dialog") ?? document.body).append(this.element);
    this.element.showPopover();
    const over = new AbortController();
    shutting(anchor, over.signal);
    if (!narrow()) place(this.element, anchor);
    this.#mark();
    // A touch keyboard would hide most of what there is to pick.
    if (matchMedia("(pointer: coarse)").matches) this.grid.focus();
    else this.field.focus();
    return new Promise((resolve) => {
      this.element.addEventListener("toggle", (event) => {
        if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
        over.abort();
        const lost = !document.activeElement || this.element.contains(document.activeElement);
        this.element.remove();
        if (lost || document.activeElement === document.body) anchor.focus();
        resolve(this.picked);
      });
    });
  }

  #listen() {
    this.field.addEventListener("input", () => this.#search());
    this.tone.addEventListener("click", () => this.#nextTone());
    this.groups.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button) this.#go(Number(button.dataset.group));
    });
    this.grid.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button) this.#pick(button);
    });
    this.grid.addEventListener("scroll", () => this.#mark(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {HTMLElement} button */
  #pick(button) {
    this.picked = button.textContent;
    this.habits.use(this.picked ?? "");
    this.element.hidePopover();
  }

  #fill() {
    this.#showTone();
    const named = new Map(this.emoji.flatMap((one) => this.#tones(one).map((emoji) => [emoji, one.name])));
    const lately = this.habits.recent.map((emoji) => button(emoji, named.get(emoji) ?? emoji));
    const parts = GROUPS.map(({ group, name }) => {
      const own = this.emoji.filter((one) => one.group === group);
      return section(
        name(),
        own.map((one) => button(inTone(one, this.habits.tone), one.name)),
        group,
      );
    });
    this.grid.replaceChildren(section(t("Lately"), lately, null), ...parts);
    this.groups.replaceChildren(...GROUPS.map(tab));
    this.#first();
  }

  /** @param {Emoji} one */
  #tones(one) {
    return one.toned ? Array.from({ length: TONES + 1 }, (_, tone) => inTone(one, tone)) : [one.emoji];
  }

  #search() {
    const asked = this.field.value.trim();
    this.groups.hidden = Boolean(asked);
    if (!asked) {
      this.told.textContent = "";
      this.#fill();
      return;
    }
    const found = search(this.emoji, asked, FOUND);
    const words = found.length
      ? tn("{count} emoji found", "{count} emoji found", found.length)
      : t("No emoji is called that.");
    const buttons = found.map((one) => button(inTone(one, this.habits.tone), one.name));
    this.grid.replaceChildren(found.length ? section(words, buttons, null) : make("p", { class: "none" }, words));
    this.told.textContent = words;
    this.grid.scrollTo({ top: 0 });
    this.#first();
  }

  #nextTone() {
    this.habits.tone = (this.habits.tone + 1) % (TONES + 1);
    const at = this.grid.scrollTop;
    if (this.field.value.trim()) this.#search();
    else this.#fill();
    this.#showTone();
    this.grid.scrollTo({ top: at });
  }

  #showTone() {
    const { tone } = this.habits;
    this.tone.textContent = inTone({ emoji: "✋", toned: true }, tone);
    this.tone.setAttribute("aria-label", tone ? t("Skin tone {number} of 5", { number: tone }) : t("No skin tone"));
  }

  /** @param {number} group */
  #go(group) {
    const found = one(`[data-of="${group}"]`, this.grid);
    this.grid.scrollTo({ top: found.offsetTop - this.grid.offsetTop });
    this.#aim(one("button", found));
  }

  /** Which kind one is looking at. */
  #mark() {
    const top = this.grid.scrollTop + this.grid.offsetTop + 8;
    const seen = all("[data-of]", this.grid)
      .filter((part) => part.offsetTop <= top)
      .pop();
    for (const one of all("button", this.groups))
      one.toggleAttribute("data-here", one.dataset.group === seen?.dataset.of);
  }

  /** One stop for Tab: the emoji that the arrow keys start from. */
  #first() {
    const button = this.grid.querySelector("button");
    if (button) button.tabIndex = 0;
  }

  /** @param {HTMLElement} button */
  #aim(button) {
    for (const other of all('button[tabindex="0"]', this.grid)) other.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const inside = this.grid.contains(document.activeElement);
    if (event.key === "Enter" && event.target === this.field) {
      event.preventDefault();
      const button = this.field.value.trim() ? this.grid.querySelector("button") : null;
      if (button && !event.isComposing) this.#pick(button);
    } else if (event.key === "ArrowDown" && !inside) {
      event.preventDefault();
      const button = this.grid.querySelector('button[tabindex="0"]');
      if (button) this.#aim(/** @type {HTMLElement} */ (button));
    } else if (inside) this.#walk(event);
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const buttons = all("button", this.grid);
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const on = getComputedStyle(this.grid).direction === "rtl" ? -1 : 1;
    const aside = { ArrowRight: at + on, ArrowLeft: at - on, Home: 0, End: buttons.length - 1 }[event.key];
    const to = aside === undefined ? beside(buttons, at, event.key) : buttons[aside];
    if (to === undefined) return;
    event.preventDefault();
    if (to) this.#aim(to);
    else this.field.focus();
  }
}

/**
 * What is above or below on the screen, whatever groups lie between; null above the first.
 * @param {HTMLElement[]} buttons @param {number} at @param {string} key @returns {HTMLElement | null | undefined}
 */
function beside(buttons, at, key) {
  if (at < 0 || (key !== "ArrowUp" && key !== "ArrowDown")) return undefined;
  const { offsetTop: top, offsetLeft: left } = buttons[at];
  const rest = key === "ArrowDown" ? buttons.slice(at + 1) : buttons.slice(0, at).reverse();
  const next = rest.find((one) => one.offsetTop !== top);
  if (!next) return key === "ArrowUp" ? null : undefined;
  const line = rest.filter((one) => one.offsetTop === next.offsetTop);
  return line.reduce((best, one) => (Math.abs(one.offsetLeft - left) < Math.abs(best.offsetLeft - left) ? one : best));
}

/** @param {string} emoji @param {string} name */
function button(emoji, name) {
  return make("button", { type: "button", tabindex: -1, "aria-label": name, title: name }, emoji);
}

/** @param {string} name @param {HTMLElement[]} buttons @param {number | null} group */
function section(name, buttons, group) {
  const cells = make("div", { class: "cells" }, ...buttons);
  const part = make("section", { "aria-label": name, "data-of": group }, make("h3", {}, name), cells);
  return vary(part, { "--many": buttons.length });
}

/** @param {(typeof GROUPS)[number]} one */
function tab({ group, icon: name, name: said }) {
  return make("button", { type: "button", "data-group": group, "aria-label": said(), title: said() }, icon(name));
}
