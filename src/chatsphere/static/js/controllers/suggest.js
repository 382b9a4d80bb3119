/** What one may mean while one writes: emoji by name, people, commands; a list over the field. Loaded when first asked for. */
import { icon, make, one } from "../helpers/dom.js";
import { fetched } from "../helpers/fetched.js";
import { failed } from "../helpers/notice.js";
import { sphere } from "../helpers/sphere.js";
import { call } from "../models/api.js";
import { book, inTone, search } from "../models/emoji.js";
import { Habits } from "../models/habits.js";
import { t, tn } from "../models/words.js";

/** @import {Asking} from "../models/markdown.js" */
/** @import {User} from "../models/shapes.js" */
/** @typedef {{sign: Node | string, name: string, more: string, text: string, act?: () => unknown}} Choice */
/** @typedef {{name: string, icon: string, words: string, text?: string, act?: () => unknown}} Command */

const MOST = 8;

export class Suggest {
  /**
   * @param {HTMLTextAreaElement} field @param {import("../app.js").World} world
   * @param {{place: () => string | null, chosen: (asked: Asking, choice: Choice) => void}} host
   */
  constructor(field, world, host) {
    this.field = field;
    this.world = world;
    this.host = host;
    this.habits = new Habits();
    /** @type {Choice[]} */
    this.choices = [];
    this.at = 0;
    /** @type {Asking | null} */
    this.asked = null;
    this.list = make("ul", {
      class: "suggest",
      id: "suggest",
      role: "listbox",
      "aria-label": t("Suggestions"),
      hidden: true,
    });
    one("#composer .box").append(this.list);
    field.setAttribute("aria-controls", "suggest");
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = /** @type {HTMLElement} */ (event.target).closest("[role=option]");
      if (option) this.#choose(Number(/** @type {HTMLElement} */ (option).dataset.at));
    });
    field.addEventListener("blur", () => this.close());
  }

  get open() {
    return !this.list.hidden;
  }

  /** Show what fits; nothing where nothing does. @param {Asking | null} asked */
  async ask(asked) {
    this.asked = asked;
    const choices = asked ? await this.#found(asked) : [];
    // Meanwhile somebody wrote on.
    if (asked !== this.asked) return;
    this.choices = choices;
    if (choices.length) this.#show();
    else this.close();
  }

  close() {
    this.asked = null;
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Whether a key was meant for the list. @param {KeyboardEvent} event */
  key(event) {
    if (!this.open || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#aim((this.at + step + this.choices.length) % this.choices.length);
    else if (event.key === "Enter" || event.key === "Tab") this.#choose(this.at);
    else if (event.key === "Escape") this.close();
    else return false;
    return true;
  }

  /** @param {Asking} asked @returns {Promise<Choice[]>} */
  async #found({ kind, words }) {
    if (kind === "@") return this.#people(words);
    if (kind === "/") return this.#commands(words);
    const all = await book(fetched).catch(() => []);
    return search(all, words, MOST).map((emoji) => {
      const sign = inTone(emoji, this.habits.tone);
      const code = emoji.codes.find((one) => one.startsWith(words.toLowerCase())) ?? emoji.codes[0];
      return { sign, name: `:${code}:`, more: emoji.name, text: sign, act: () => this.habits.use(sign) };
    });
  }

  /** @param {string} words @returns {Choice[]} */
  #people(words) {
    const meant = words.toLocaleLowerCase();
    const named = (/** @type {User} */ user) =>
      [user.user_name, ...user.display_name.split(/\s+/)].some((name) => name.toLocaleLowerCase().startsWith(meant));
    const found = this.#others().filter(named).slice(0, MOST);
    return found.map((user) => ({
      sign: sphere(user),
      name: user.display_name,
      more: `@${user.user_name}`,
      text: `@${user.user_name}`,
    }));
  }

  #others() {
    const conversation = this.world.conversations.state(this.host.place() ?? "")?.conversation;
    const others = conversation?.participants.map(({ user }) => user).filter(({ id }) => id !== this.world.me.id);
    return others ?? [];
  }

  /** @param {string} words @returns {Choice[]} */
  #commands(words) {
    const found = commands(this.world, this.host.place()).filter(({ name }) => name.startsWith(words.toLowerCase()));
    return found.map(({ name, icon: sign, words: more, text = "", act }) => ({
      sign: icon(sign),
      name: `/${name}`,
      more,
      text,
      act,
    }));
  }

  #show() {
    this.list.replaceChildren(...this.choices.map(option));
    this.list.hidden = false;
    one("#status").textContent = tn("{count} suggestion", "{count} suggestions", this.choices.length);
    this.#aim(0);
  }

  /** @param {number} at */
  #aim(at) {
    this.at = at;
    [...this.list.children].forEach((item, n) => {
      item.setAttribute("aria-selected", String(n === at));
    });
    const item = this.list.children[at];
    this.field.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} at */
  #choose(at) {
    const [asked, choice] = [this.asked, this.choices[at]];
    this.close();
    if (!asked || !choice) return;
    this.host.chosen(asked, choice);
    Promise.resolve(choice.act?.()).catch(failed);
  }
}

/** What can be done by writing it, in this conversation. @param {import("../app.js").World} world @param {string | null} id @returns {Command[]} */
function commands(world, id) {
  const muted = world.conversations.state(id ?? "")?.conversation.muted ?? false;
  const mute = async () => {
    await call("PUT", `/conversations/${id}`, { muted: !muted });
    const state = world.conversations.state(id ?? "");
    if (state) world.conversations.put({ ...state, conversation: { ...state.conversation, muted: !muted } });
  };
  const open = () => one("#details-open").click();
  return [
    { name: "emoji", icon: "smile", words: t("Pick an emoji"), act: () => one("#emoji").click() },
    { name: "picture", icon: "image-plus", words: t("Add pictures or files"), act: () => one("#files").click() },
    { name: "details", icon: "panel-right", words: t("About this conversation"), act: open },
    { name: "shrug", icon: "user", words: "¯\\_(ツ)_/¯", text: "¯\\\\\\_(ツ)\\_/¯" },
    muted
      ? { name: "unmute", icon: "bell", words: t("Be told of it again"), act: mute }
      : { name: "mute", icon: "bell-off", words: t("Be told of nothing here"), act: mute },
  ];
}

/** @param {Choice} choice @param {number} at */
function option({ sign, name, more }, at) {
  const shown = make("span", { class: "sign", "aria-hidden": "true" }, sign);
  const how = { id: `suggest-${at}`, "data-at": at, role: "option", "aria-selected": "false" };
  return make("li", how, shown, make("b", {}, name), " ", make("small", {}, more));
}
