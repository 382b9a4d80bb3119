/**
 * One field for everything: rooms, people, pages, deeds and what was said; or for what was said in one room alone.
 * Loaded when somebody first wants it.
 */
import { icon, make } from "../helpers/dom.js";
import { roomSphere, sphere } from "../helpers/sphere.js";
import { call, get } from "../models/api.js";
import { fold, rank } from "../models/fuzzy.js";
import { caps } from "../models/keymap.js";
import { handle, nameOf, other, titleOf } from "../models/naming.js";
import { brief } from "../models/time.js";
import { t, tn } from "../models/words.js";
import { deeds } from "./deeds.js";
import { mac } from "./keyboard.js";

/**
 * @typedef {{name: string, names: string[], hint?: string, said?: (Node | string)[], look: () => Element,
 *   act: () => unknown}} Entry
 * @typedef {{room: (id: string) => void, person: (user: User) => void, message: (id: string, at: number) => void}} Ways
 * @import {Conversation, Hit, User} from "../models/shapes.js"
 */

const MOST = { rooms: 8, people: 6, deeds: 8, messages: 8, here: 30 };
const PAUSE = 150;
/** How many hits are asked for at once, and how often: a page looks at ten thousand messages and may find none. */
const HITS = 30;
const PAGES = 10;
/** Names that are fetched for it, at most. */
const NAMES = 5_000;

/** @type {Palette | null} */
let open = null;

/**
 * Open it, or close it where it is open.
 * @param {import("./deeds.js").Around} around
 * @param {string} words what to look for at once
 * @param {string | null} room in which to look, and nowhere else
 */
export function toggle(around, words, room) {
  if (open?.dialog.open) open.dialog.close();
  else open = new Palette(around.world, deeds(around), ways(around), words, room);
}

/** Where what was chosen leads. @param {import("./deeds.js").Around} around @returns {Ways} */
function ways({ navigation, begin, failed }) {
  return {
    room: (id) => navigation.open(id),
    person: (user) => begin({ participants: [user.id] }).catch(failed),
    message: (id, at) => navigation.open(id, at),
  };
}

class Palette {
  /**
   * @param {import("../app.js").World} world @param {import("./deeds.js").Deed[]} deeds
   * @param {Ways} go
   * @param {string} words
   * @param {string | null} room
   */
  constructor(world, deeds, go, words, room) {
    this.world = world;
    this.room = room;
    this.deeds = deeds;
    this.go = go;
    /** @type {User[]} people whom only the server knows */
    this.found = [];
    /** @type {Hit[]} messages that have the words */
    this.hits = [];
    /** @type {string | undefined} for what they were looked up */
    this.asked = undefined;
    /** @type {Entry[]} */
    this.shown = [];
    this.at = 0;
    /** @type {Map<string, string>} */
    this.folds = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    const name = room === null ? t("Go to") : t("Find in this conversation");
    this.field = /** @type {HTMLInputElement} */ (make("input", fieldLike(name, room === null)));
    this.list = make("div", { id: "palette-list", role: "listbox", "aria-label": t("Found"), class: "results" });
    this.told = make("p", { class: "vh", role: "status" });
    this.none = make("p", { class: "nobody", hidden: true });
    const how = { class: "dialog palette", "aria-label": name, "data-keys": true };
    this.dialog = /** @type {HTMLDialogElement} */ (make("dialog", how));
    this.dialog.append(make("div", { class: "find" }, icon("search"), this.field), this.list, this.none, this.told);
    this.#listen();
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.field.value = words;
    this.#typed();
    if (room === null) this.#more();
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
    // What has other words is none any more.
    this.hits = [];
    this.#look();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), PAUSE);
  }

  /** Somebody with whom one has never talked is known to the server alone. */
  async #ask() {
    const query = this.field.value.trim();
    if (this.room === null && /^[@>]/.test(query)) return this.#askPeople(query);
    // One sign can be a word.
    if (query.length > (this.room === null ? 1 : 0) || /[^\0-\x7f]/.test(query))
      this.#askMessages(query).catch((error) => this.#failed(error));
    if (query.length > 1 && this.room === null) this.#askPeople(query);
  }

  /** @param {string} query */
  async #askPeople(query) {
    const found = await get(`/users?query=${encodeURIComponent(query.replace(/^@/, ""))}&limit=${MOST.people}`).catch(
      () => [],
    );
    if (open !== this || query !== this.field.value.trim()) return;
    this.found = found;
    this.#look();
    this.#tell();
  }

  /** Page by page, until there is enough of it. @param {string} query */
  async #askMessages(query) {
    /** @type {string | null} */
    let path = `/search?q=${encodeURIComponent(query.slice(0, 100))}&limit=${HITS}`;
    if (this.room !== null) path += `&conversation_id=${this.room}`;
    const most = this.room === null ? MOST.messages : MOST.here;
    /** @type {Hit[]} */
    const hits = [];
    for (let pages = 0; path && pages < PAGES && hits.length < most; pages += 1) {
      const { data, next } = await call("GET", path);
      if (open !== this || query !== this.field.value.trim()) return;
      hits.push(...data);
      path = next;
    }
    this.hits = hits.sort((a, b) => b.created_at.localeCompare(a.created_at)).slice(0, most);
    this.asked = query;
    this.#look();
    this.#tell();
  }

  /** Elsewhere there is more than messages; here nothing else would be seen. @param {Error} error */
  #failed(error) {
    if (this.room !== null) this.none.textContent = error.message;
  }

  #look() {
    const query = this.room === null ? this.field.value.replace(/^[@>]/, "") : this.field.value;
    const groups = this.room === null ? this.#everything(query) : [{ name: t("Messages"), entries: this.#messages() }];
    this.#show(
      groups.filter(({ entries }) => entries.length),
      query.trim(),
    );
  }

  /** @param {string} query */
  #everything(query) {
    const names = (/** @type {Entry} */ entry) => entry.names.map((name) => this.#folded(name));
    return [
      { name: t("Conversations"), entries: rank(query, this.#rooms(), names, MOST.rooms) },
      { name: t("People"), entries: query.trim() ? rank(query, this.#people(), names, MOST.people) : [] },
      { name: t("Pages and deeds"), entries: rank(query, this.#deeds(), names, query ? MOST.deeds : MOST.deeds - 1) },
      { name: t("Messages"), entries: this.#messages() },
    ];
  }

  /** @param {{name: string, entries: Entry[]}[]} groups @param {string} query */
  #show(groups, query) {
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
    this.none.textContent = this.#nothing(query);
    this.#point();
    if (query) this.#tell();
  }

  /** What stands where nothing was found, and before anything was looked for. @param {string} query */
  #nothing(query) {
    if (this.room === null) return t("Nothing here is called “{name}”. Try fewer letters.", { name: query });
    if (!query) return t("Type some of the words. They are found as they were written, however long ago that was.");
    if (this.asked !== query) return t("Looking…");
    return t("Nobody said “{words}” here. Try fewer letters.", { words: query });
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

  /** What was said, newest first, with the words marked. @returns {Entry[]} */
  #messages() {
    const { conversations, me } = this.world;
    return this.hits.flatMap(({ conversation_id, message_id, sender_id, created_at, before, found, after }) => {
      const conversation = conversations.state(conversation_id)?.conversation;
      if (!conversation) return [];
      const sender = conversations.person(sender_id);
      const name = sender_id === me.id ? t("You") : nameOf(sender);
      const room = titleOf(conversation, me.id);
      return {
        name:
          this.room !== null || (other(conversation, me.id) && sender_id !== me.id)
            ? name
            : t("{name} in {room}", { name, room }),
        names: [],
        hint: brief(created_at),
        said: [before, make("mark", {}, found), after],
        look: () => (this.room !== null && sender ? sphere(sender) : roomSphere(conversation, me.id)),
        act: () => this.go.message(conversation_id, message_id),
      };
    });
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

/** @param {string} name @param {boolean} everywhere */
function fieldLike(name, everywhere) {
  return {
    type: "search",
    role: "combobox",
    "aria-label": name,
    "aria-expanded": "true",
    "aria-controls": "palette-list",
    "aria-autocomplete": "list",
    placeholder: everywhere ? t("A room, a person, what was said…") : t("What was said here…"),
    autocomplete: "off",
    spellcheck: "false",
  };
}

/** @param {string} name */
function title(name) {
  return make("p", { class: "section", "aria-hidden": "true" }, name);
}

/** @param {Entry} entry @param {number} at */
function option({ name, hint, said, look }, at) {
  const words = make("span", { class: "words" }, make("b", {}, name), ...(hint ? [make("small", {}, hint)] : []));
  if (said) words.append(make("span", { class: "said", dir: "auto", lang: "" }, ...said));
  return make("div", { role: "option", id: `palette-${at}`, "data-at": at, class: "option" }, look(), words);
}
