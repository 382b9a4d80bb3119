/** One field for everything: rooms, people, pages and deeds. Loaded when somebody first wants it. */
import { icon, make } from "../helpers/dom.js";
import { roomSphere, sphere } from "../helpers/sphere.js";
import { get } from "../models/api.js";
import { fold, rank } from "../models/fuzzy.js";
import { caps } from "../models/keymap.js";
import { handle, nameOf, other, titleOf } from "../models/naming.js";
import { t, tn } from "../models/words.js";
import { mac } from "./keyboard.js";

/**
 * @typedef {{name: string, names: string[], hint?: string, look: () => Element, act: () => unknown}} Entry
 * @import {Conversation, User} from "../models/shapes.js"
 */

const MOST = { rooms: 8, people: 6, deeds: 8 };
const PAUSE = 150;
/** Names that are fetched for it, at most. */
const NAMES = 5_000;

/** @type {Palette | null} */
let open = null;

/**
 * Open it, or close it where it is open.
 * @param {import("../app.js").World} world @param {import("./deeds.js").Deed[]} deeds
 * @param {{room: (id: string) => void, person: (user: User) => void}} go
 * @param {string} [words] what to look for at once
 */
export function toggle(world, deeds, go, words = "") {
  if (open?.dialog.open) open.dialog.close();
  else open = new Palette(world, deeds, go, words);
}

class Palette {
  /**
   * @param {import("../app.js").World} world @param {import("./deeds.js").Deed[]} deeds
   * @param {{room: (id: string) => void, person: (user: User) => void}} go
   * @param {string} words
   */
  constructor(world, deeds, go, words) {
    this.world = world;
    this.deeds = deeds;
    this.go = go;
    /** @type {User[]} people whom only the server knows */
    this.found = [];
    /** @type {Entry[]} */
    this.shown = [];
    this.at = 0;
    /** @type {Map<string, string>} */
    this.folds = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.field = /** @type {HTMLInputElement} */ (make("input", fieldLike()));
    this.list = make("div", { id: "palette-list", role: "listbox", "aria-label": t("Found"), class: "results" });
    this.told = make("p", { class: "vh", role: "status" });
    this.none = make("p", { class: "nobody", hidden: true });
    const how = { class: "dialog palette", "aria-label": t("Go to"), "data-keys": true };
    this.dialog = /** @type {HTMLDialogElement} */ (make("dialog", how));
    this.dialog.append(make("div", { class: "find" }, icon("search"), this.field), this.list, this.none, this.told);
    this.#listen();
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.field.value = words;
    this.#typed();
    this.#more();
  }

  #listen() {
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#pressed(event));
    this.list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) this.#choose(Number(/** @type {HTMLElement} */ (option).dataset.at));
    });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("close", () => {
      clearTimeout(this.timer);
      this.dialog.remove();
      // Told of late: another may have been opened meanwhile.
      if (open === this) open = null;
    });
  }

  /** The rest of the list of conversations, which one may not have scrolled to yet. */
  async #more() {
    const { conversations } = this.world;
    while (open === this && conversations.more && conversations.states.size < NAMES) {
      const before = conversations.more;
      await conversations.listMore().catch(() => undefined);
      if (conversations.more === before) return;
      this.#look();
    }
  }

  #typed() {
    this.at = 0;
    this.#look();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), PAUSE);
  }

  /** Somebody with whom one has never talked is known to the server alone. */
  async #ask() {
    const query = this.field.value.trim();
    if (query.length < 2) return;
    const found = await get(`/users?query=${encodeURIComponent(query.replace(/^@/, ""))}&limit=${MOST.people}`).catch(
      () => [],
    );
    if (open !== this || query !== this.field.value.trim()) return;
    this.found = found;
    this.#look();
    this.#tell();
  }

  #look() {
    const query = this.field.value.replace(/^[@>]/, "");
    const names = (/** @type {Entry} */ entry) => entry.names.map((name) => this.#folded(name));
    const groups = [
      { name: t("Conversations"), entries: rank(query, this.#rooms(), names, MOST.rooms) },
      { name: t("People"), entries: query.trim() ? rank(query, this.#people(), names, MOST.people) : [] },
      { name: t("Pages and deeds"), entries: rank(query, this.#deeds(), names, query ? MOST.deeds : MOST.deeds - 2) },
    ].filter(({ entries }) => entries.length);
    this.shown = groups.flatMap(({ entries }) => entries);
    this.at = Math.min(this.at, Math.max(0, this.shown.length - 1));
    let at = 0;
    this.list.replaceChildren(
      ...groups.map(({ name, entries }) =>
        make("div", { role: "group", "aria-label": name }, title(name), ...entries.map((entry) => option(entry, at++))),
      ),
    );
    this.list.hidden = !this.shown.length;
    this.none.hidden = Boolean(this.shown.length);
    this.none.textContent = t("Nothing here is called “{name}”. Try fewer letters.", { name: query.trim() });
    this.#point();
    if (query.trim()) this.#tell();
  }

  /** Each name is folded once, however many letters are typed. @param {string} name */
  #folded(name) {
    const folded = this.folds.get(name) ?? fold(name);
    this.folds.set(name, folded);
    return folded;
  }

  #tell() {
    this.told.textContent = tn("{count} result", "{count} results", this.shown.length);
  }

  #point() {
    for (const one of this.list.querySelectorAll("[role=option]")) {
      const here = Number(/** @type {HTMLElement} */ (one).dataset.at) === this.at;
      one.setAttribute("aria-selected", String(here));
      if (here) one.scrollIntoView({ block: "nearest" });
    }
    if (this.shown.length) this.field.setAttribute("aria-activedescendant", `palette-${this.at}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const last = this.shown.length - 1;
    const step = { ArrowDown: this.at < last ? this.at + 1 : 0, ArrowUp: this.at > 0 ? this.at - 1 : last }[event.key];
    // Else the first Escape would only empty the field.
    if (event.key === "Escape") this.dialog.close();
    else if (event.key === "Enter" && !event.isComposing) this.#choose(this.at);
    else if (step === undefined) return;
    else {
      this.at = Math.max(0, step);
      this.#point();
    }
    event.preventDefault();
  }

  /** @param {number} at */
  #choose(at) {
    const entry = this.shown[at];
    if (!entry) return;
    this.dialog.close();
    entry.act();
  }

  /** @returns {Entry[]} */
  #rooms() {
    const { conversations, me } = this.world;
    return conversations.list().map((conversation) => this.#room(conversation, me.id));
  }

  /** @param {Conversation} conversation @param {string} me @returns {Entry} */
  #room(conversation, me) {
    const user = other(conversation, me);
    const name = titleOf(conversation, me);
    const { unread_count: unread, id } = conversation;
    return {
      name,
      names: [name, ...(user ? [user.user_name] : [])],
      hint: unread ? tn("{count} unread", "{count} unread", unread) : user ? handle(user) : t("Group"),
      look: () => roomSphere(conversation, me),
      act: () => this.go.room(id),
    };
  }

  /** Those with whom one has no conversation of two yet. @returns {Entry[]} */
  #people() {
    const { conversations, me } = this.world;
    const met = new Set([me.id, ...conversations.list().map((one) => other(one, me.id)?.id)]);
    const all = new Map([...conversations.people.values(), ...this.found].map((user) => [user.id, user]));
    const open = [...all.values()].filter((user) => !met.has(user.id) && !user.is_deleted && user.user_name);
    return open.map((user) => ({
      name: nameOf(user),
      names: [nameOf(user), user.user_name],
      hint: t("Begin a conversation"),
      look: () => sphere(user),
      act: () => this.go.person(user),
    }));
  }

  /** @returns {Entry[]} */
  #deeds() {
    return this.deeds
      .filter(({ when }) => !when || when())
      .map(({ name, icon: symbol, keys, act }) => ({
        name,
        names: [name],
        hint: keys && caps(keys, mac).join(" "),
        look: () => make("span", { class: "symbol", "aria-hidden": "true" }, icon(symbol)),
        act,
      }));
  }
}

function fieldLike() {
  return {
    type: "search",
    role: "combobox",
    "aria-label": t("Go to"),
    "aria-expanded": "true",
    "aria-controls": "palette-list",
    "aria-autocomplete": "list",
    placeholder: t("A room, a person, a page…"),
    autocomplete: "off",
    spellcheck: "false",
  };
}

/** @param {string} name */
function title(name) {
  return make("p", { class: "section", "aria-hidden": "true" }, name);
}

/** @param {Entry} entry @param {number} at */
function option({ name, hint, look }, at) {
  const words = make("span", { class: "words" }, make("b", {}, name), ...(hint ? [make("small", {}, hint)] : []));
  return make("div", { role: "option", id: `palette-${at}`, "data-at": at, class: "option" }, look(), words);
}
