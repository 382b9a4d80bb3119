/** The list of conversations: rows kept in order, filtered, with what is unread, drafted or being typed. */
import $ from "jquery";
import { all, arrange, copy, icon, make, one, vary } from "../helpers/dom.js";
import { late } from "../helpers/fetched.js";
import { picture } from "../helpers/picture.js";
import { released } from "../helpers/released.js";
import { roomSphere, sphere } from "../helpers/sphere.js";
import { VEILED } from "../models/contacts.js";
import { waiting } from "../models/conversation.js";
import { gist, nameOf, other, titleOf, typingLine } from "../models/naming.js";
import { brief, full } from "../models/time.js";
import { t } from "../models/words.js";

/** @import {Conversation} from "../models/shapes.js" */

export class List {
  /** @param {import("../app.js").World} world @param {import("./navigation.js").Navigation} navigation */
  constructor(world, navigation) {
    this.world = world;
    this.navigation = navigation;
    this.show = "all";
    this.words = "";
    this.drawing = false;
    /** @type {import("./unread.js").Unread | undefined} */
    this.unread = undefined;
    /** @type {Map<string, {element: HTMLElement, like: string}>} */
    this.rows = new Map();
    for (const topic of ["list", "person", "outbox"]) world.conversations.on(topic, () => this.#soon());
    for (const topic of ["typing", "presence"]) world.live.on(topic, () => this.#soon());
    this.#controls();
    one("#self").append(sphere(world.me, "s34"));
    // What is said of time, here and between messages.
    setInterval(() => world.conversations.tell("person"), 60_000);
    this.#draw();
  }

  #controls() {
    $("[data-show]").on("click", (event) => {
      this.show = event.currentTarget.dataset.show ?? "all";
      $("[data-show]").attr("aria-pressed", "false");
      $(event.currentTarget).attr("aria-pressed", "true");
      this.#draw();
    });
    $("#list-find").on("input", (event) => {
      this.words = /** @type {HTMLInputElement} */ (event.currentTarget).value.trim().toLocaleLowerCase();
      this.#draw();
    });
    $("#rows").on("click", ".row-more", (event) => this.#offer(event.currentTarget));
    $("#rows").on("contextmenu", "a.row", async (event) => {
      event.preventDefault();
      const more = one(".row-more", event.currentTarget.parentElement);
      await released(event);
      this.#offer(more);
    });
    const rows = one("#rows");
    rows.addEventListener("focusin", () => this.#stop());
    rows.addEventListener("scroll", () => {
      if (rows.scrollHeight - rows.scrollTop - rows.clientHeight < 400) this.world.conversations.listMore();
    });
  }

  /** What can be done with a row; fetched when somebody asks for the first time. @param {HTMLElement} opener */
  #offer(opener) {
    late(
      () => import("./unread.js"),
      ({ Unread }) => {
        this.unread ??= new Unread(this.world, this.navigation);
        this.unread.offer(opener);
      },
    );
  }

  /** Many things may change in one breath; they are drawn once. */
  #soon() {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.#draw();
    });
  }

  #draw() {
    const shown = this.world.conversations.list().filter((conversation) => this.#wanted(conversation));
    for (const id of this.rows.keys()) if (!this.world.conversations.state(id)) this.rows.delete(id);
    arrange(
      one("#rows"),
      shown.map((conversation) => this.#row(conversation)),
    );
    this.#stop();
    const searched = Boolean(this.words) || this.show !== "all";
    $("#rows-none").prop("hidden", shown.length > 0);
    $("#rows-none p").text(this.#none());
    $("#rows-none").find("button, a").prop("hidden", searched);
    $("#rows-elsewhere").prop("hidden", !this.words);
    $('[data-part="empty"] a').prop("hidden", this.rows.size > 0);
  }

  /** Why there is nothing. */
  #none() {
    if (this.words) return t("No conversation here is called that.");
    if (this.show === "unread") return t("Nothing unread. Enjoy the quiet.");
    if (this.show === "groups") return t("You are in no group yet. Begin one with the plus above.");
    return t("No conversations yet.");
  }

  /** Tab stops once in the list: at the row that has the focus, at the open one, or at the first. */
  #stop() {
    const rows = all("a.row", one("#rows"));
    const stop =
      rows.find((row) => row.parentElement?.matches(":focus-within")) ?? rows.find((row) => row.ariaCurrent) ?? rows[0];
    for (const control of all("a.row, button", one("#rows"))) {
      control.tabIndex = stop?.parentElement?.contains(control) ? 0 : -1;
    }
  }

  /** @param {Conversation} conversation */
  #wanted(conversation) {
    if (this.show === "unread" && !waiting(conversation)) return false;
    if (this.show === "groups" && conversation.kind !== "group") return false;
    const names = [
      titleOf(conversation, this.world.me.id),
      ...conversation.participants.map(({ user }) => nameOf(user)),
    ];
    return !this.words || names.some((name) => name.toLocaleLowerCase().includes(this.words));
  }

  /** @param {Conversation} conversation */
  #row(conversation) {
    const like = this.#likeness(conversation);
    const known = this.rows.get(conversation.id);
    if (known?.like === like) return known.element;
    const element = known?.element ?? copy("row");
    this.rows.set(conversation.id, { element, like });
    this.#fill(element, conversation);
    return element;
  }

  /** Two rows of one likeness look the same. @param {Conversation} conversation */
  #likeness(conversation) {
    const { live, drafts, me } = this.world;
    const user = other(conversation, me.id);
    const { id, title, last_message, unread_count, marked_unread, muted, hue, last_activity_at } = conversation;
    const sender = last_message && this.world.conversations.person(last_message.sender_id).display_name;
    const felt = [
      live.typists(id),
      user && live.online.has(user.id),
      drafts.get(id).text,
      id === this.navigation.current,
    ];
    const said = [last_message?.id, last_message?.deleted_at, last_message?.edited_at, sender];
    const decided = [this.world.contacts.quiets(conversation), last_message && this.#veils(conversation)];
    const looks = [title, user?.display_name, user?.image_url, hue, brief(last_activity_at)];
    return JSON.stringify([looks, said, felt, unread_count, marked_unread, muted, decided]);
  }

  /** @param {HTMLElement} element @param {Conversation} conversation */
  #fill(element, conversation) {
    const { live, me } = this.world;
    const row = /** @type {HTMLAnchorElement} */ (one("a", element));
    const user = other(conversation, me.id);
    const current = conversation.id === this.navigation.current;
    row.href = `/c/${conversation.id}`;
    row.dataset.id = conversation.id;
    row.className = ["row", waiting(conversation) && "unread", this.world.contacts.quiets(conversation) && "muted"]
      .filter(Boolean)
      .join(" ");
    if (current) row.setAttribute("aria-current", "page");
    else row.removeAttribute("aria-current");
    const ball = roomSphere(conversation, me.id);
    if (user && live.online.has(user.id)) ball.dataset.online = "";
    one(".sphere", row).replaceWith(ball);
    const title = titleOf(conversation, me.id);
    one(".name", row).textContent = title;
    one(".row-more", element).ariaLabel = t("More about {title}", { title });
    const time = /** @type {HTMLTimeElement} */ (one("time", row));
    time.dateTime = conversation.last_activity_at;
    time.textContent = brief(conversation.last_activity_at);
    time.title = full(conversation.last_activity_at);
    this.#preview(one(".preview", row), conversation);
    one(".end", row).replaceChildren(...this.#end(conversation));
  }

  /** @param {HTMLElement} preview @param {Conversation} conversation */
  #preview(preview, conversation) {
    const { live, drafts, conversations, me } = this.world;
    const typists = live.typists(conversation.id).map((id) => nameOf(conversations.person(id)).split(" ")[0]);
    const draft = conversation.id === this.navigation.current ? "" : drafts.get(conversation.id).text.trim();
    preview.classList.toggle("draft", Boolean(draft) && !typists.length);
    if (typists.length) preview.replaceChildren(make("span", {}, `${typingLine(typists)}…`));
    else if (draft) preview.replaceChildren(make("span", {}, make("b", {}, `${t("Draft:")} `), draft));
    else preview.replaceChildren(...this.#last(conversation, me.id));
  }

  /** @param {Conversation} conversation @param {string} me */
  #last(conversation, me) {
    const message = conversation.last_message;
    if (!message) return [make("span", {}, t("Nobody has written yet"))];
    if (this.#veils(conversation)) return [make("span", {}, VEILED)];
    const own = message.sender_id === me;
    const name = own
      ? `${t("You:")} `
      : `${nameOf(this.world.conversations.person(message.sender_id)).split(" ")[0]}: `;
    const who = own ? [name] : conversation.kind === "group" ? [make("b", {}, name)] : [];
    const film = message.attachments.filter((one) => one.kind === "image").slice(0, 3);
    const frames = film.map((attachment) => vary(picture(attachment, "22px"), { "--ph": attachment.hue }));
    const strip = frames.length ? [make("span", { class: "film" }, ...frames)] : [];
    return [...strip, make("span", { dir: "auto" }, ...who, gist(message))];
  }

  /** Whether its latest message is folded away. @param {Conversation} conversation */
  #veils(conversation) {
    const message = conversation.last_message;
    return Boolean(message && !message.deleted_at && this.world.contacts.veils(conversation, message));
  }

  /** @param {Conversation} conversation */
  #end(conversation) {
    const { unread_count, hue } = conversation;
    const bell = this.world.contacts.quiets(conversation)
      ? [icon("bell-off"), make("span", { class: "vh" }, "muted")]
      : [];
    if (!waiting(conversation)) return bell;
    if (!unread_count)
      return [...bell, vary(make("span", { class: "count dot" }, hidden(t("marked as unread"))), { "--ch": hue })];
    const count = make("span", { class: "count" }, make("span", { class: "vh" }, "unread: "), String(unread_count));
    return [...bell, vary(count, { "--ch": hue })];
  }
}

/** Words for whoever does not see. @param {string} words */
function hidden(words) {
  return make("span", { class: "vh" }, words);
}
