/** People found by the beginning of their names, chosen one after another. */
import { copy, icon, make, one } from "../helpers/dom.js";
import { sphere } from "../helpers/sphere.js";
import { get } from "../models/api.js";
import { handle, nameOf } from "../models/naming.js";
import { t } from "../models/words.js";

/** @import {User} from "../models/shapes.js" */

const PAUSE = 150;

export class Picker {
  /**
   * @param {{find: string, picked: string, options: string, none: string, without: () => string[], changed: () => void}} how
   * ids of the elements, whom not to offer, and whom to tell
   */
  constructor(how) {
    this.how = how;
    this.find = /** @type {HTMLInputElement} */ (one(how.find));
    this.options = one(how.options);
    /** @type {User[]} */
    this.found = [];
    /** @type {Map<string, User>} */
    this.chosen = new Map();
    this.asked = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.find.addEventListener("input", () => this.#soon());
    this.find.addEventListener("keydown", (event) => this.#fromField(event));
    this.options.addEventListener("click", (event) => this.#clicked(event));
    this.options.addEventListener("keydown", (event) => this.#key(event));
    one(how.picked).addEventListener("click", (event) => this.#dropped(event));
  }

  /** Begin anew. */
  open() {
    this.chosen.clear();
    this.find.value = "";
    this.found = [];
    this.#draw();
    this.#look();
    this.find.focus();
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#look(), PAUSE);
  }

  async #look() {
    const asked = ++this.asked;
    const query = encodeURIComponent(this.find.value.trim().replace(/^@/, ""));
    const found = await get(`/users?query=${query}&limit=30`).catch(() => null);
    // An answer that was overtaken by another question is of no use.
    if (asked !== this.asked || !found) return;
    const without = new Set(this.how.without());
    this.found = /** @type {User[]} */ (found).filter((user) => !without.has(user.id));
    this.#draw();
    this.#none();
  }

  #draw() {
    this.options.replaceChildren(...this.found.map((user) => this.#option(user)));
    one(this.how.picked).replaceChildren(...[...this.chosen.values()].map(chip));
    const first = /** @type {HTMLElement | null} */ (this.options.firstElementChild);
    if (first) first.tabIndex = 0;
    this.how.changed();
  }

  /** Nobody found is said, not shown as a blank. */
  #none() {
    const asked = this.find.value.trim();
    const words = asked
      ? t("Nobody here is called “{name}”.", { name: asked })
      : t("Nobody else is here yet. Invite somebody to sign up.");
    one(this.how.none).textContent = this.found.length ? "" : words;
  }

  /** @param {User} user */
  #option(user) {
    const element = copy("option");
    element.dataset.id = user.id;
    element.setAttribute("aria-selected", String(this.chosen.has(user.id)));
    one(".sphere", element).replaceWith(sphere(user));
    one("b", element).textContent = nameOf(user);
    one("small", element).textContent = handle(user);
    return element;
  }

  /** @param {string} id */
  #toggle(id) {
    const user = this.found.find((one) => one.id === id) ?? this.chosen.get(id);
    if (!user) return;
    if (!this.chosen.delete(id)) this.chosen.set(id, user);
    for (const option of this.options.children) {
      const chosen = this.chosen.has(/** @type {HTMLElement} */ (option).dataset.id ?? "");
      option.setAttribute("aria-selected", String(chosen));
    }
    one(this.how.picked).replaceChildren(...[...this.chosen.values()].map(chip));
    this.how.changed();
  }

  /** @param {Event} event */
  #clicked(event) {
    const option = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".option"));
    if (option) this.#toggle(option.dataset.id ?? "");
  }

  /** @param {Event} event */
  #dropped(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button"));
    if (!button) return;
    this.#toggle(button.dataset.id ?? "");
    this.find.focus();
  }

  /** @param {KeyboardEvent} event */
  #fromField(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      focusOn(this.options.firstElementChild);
    }
    // Enter chooses the first one found, and only then sends the form.
    if (event.key === "Enter" && this.find.value.trim() && this.found.length) {
      event.preventDefault();
      this.#toggle(this.found[0].id);
      this.find.value = "";
      this.#look();
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const option = /** @type {HTMLElement} */ (event.target);
    if (event.key === " " || event.key === "Enter") this.#toggle(option.dataset.id ?? "");
    else if (event.key === "ArrowDown") focusOn(option.nextElementSibling);
    else if (event.key === "ArrowUp") focusOn(option.previousElementSibling ?? this.find);
    else return;
    event.preventDefault();
  }
}

/** @param {User} user */
function chip(user) {
  const name = nameOf(user);
  return make(
    "button",
    { type: "button", "data-id": user.id, "aria-label": t("Leave out {name}", { name }) },
    sphere(user),
    name,
    icon("x"),
  );
}

/** @param {Element | null} element */
function focusOn(element) {
  /** @type {HTMLElement | null} */ (element)?.focus();
}
