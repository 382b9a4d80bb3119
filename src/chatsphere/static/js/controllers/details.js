/** What there is to know and to do about a conversation: beside it on wide screens, over it on narrow ones. */
import $ from "jquery";
import { all, arrange, beside, icon, make, one, vary } from "../helpers/dom.js";
import { late } from "../helpers/fetched.js";
import { sphere } from "../helpers/sphere.js";
import { handle, nameOf, other, titleOf } from "../models/naming.js";
import { t, tn } from "../models/words.js";
import { layers, makeTile, named, stored } from "./album.js";

/** @import {Conversation, Participant} from "../models/shapes.js" */

export class Details {
  /**
   * @param {import("../app.js").World} world @param {import("./viewing.js").Viewing} viewing
   * @param {(user: import("../models/shapes.js").User) => void} report
   */
  constructor(world, viewing, report) {
    this.world = world;
    this.viewing = viewing;
    this.report = report;
    this.dialog = /** @type {HTMLDialogElement} */ (one("#details"));
    this.wide = beside();
    /** @type {string | null} */
    this.id = null;
    /** Whether somebody on a wide screen has closed it. */
    this.closed = false;
    /** @type {HTMLElement | null} what is shown in place of all this */
    this.view = null;
    /** @type {import("./managing.js").Managing | null} */
    this.managing = null;
    /** @type {Map<string, HTMLElement>} by user, so that what has the focus stays where it is */
    this.members = new Map();
    world.conversations.on("room", (id) => id === this.id && this.#draw());
    world.newest.on("changed", (id) => id === this.id && this.#draw());
    world.live.on("presence", () => this.#draw());
    world.live.on("typing", () => this.#draw());
    world.conversations.on("person", () => this.#draw());
    this.wide.addEventListener("change", () => this.show(this.id));
    this.dialog.addEventListener("close", () => this.#closed());
    this.#controls();
  }

  /** @param {string | null} id */
  show(id) {
    this.id = id;
    $("#rename").prop("hidden", true);
    $("#details-refusal").text("");
    this.dialog.close();
    this.turn(null);
    // Until now its room was kept free.
    delete one("#app").dataset.opening;
    if (id !== null && this.wide.matches && !this.closed) this.#open();
    this.#draw();
  }

  #open() {
    const focused = document.activeElement;
    if (this.wide.matches) this.dialog.show();
    else this.dialog.showModal();
    if (this.wide.matches) giveBack(focused);
    $("#details-open").attr("aria-expanded", "true");
    this.#draw();
  }

  /** Show something else of this conversation here, or no longer. @param {HTMLElement | null} view */
  turn(view) {
    this.view?.remove();
    this.view = view;
    this.dialog.classList.toggle("turned", Boolean(view));
    if (!view) return;
    this.dialog.append(view);
    if (!this.dialog.open) this.#open();
  }

  #closed() {
    if (!this.dialog.open) this.turn(null);
    // Told of late: another conversation may have opened it again.
    $("#details-open").attr("aria-expanded", String(this.dialog.open));
  }

  #controls() {
    $("#details-open").on("click", () => {
      this.closed = this.dialog.open;
      if (this.dialog.open) this.dialog.close();
      else this.#open();
    });
    $("#details [data-close]").on("click", () => {
      this.closed = this.wide.matches;
    });
    $("#mute").on("click", () => this.#manage((managing) => managing.mute()));
    $("#rename-open").on("click", () => this.#manage((managing) => managing.rename()));
    $("#rename").on("submit", (event) => {
      event.preventDefault();
      this.#manage((managing) => managing.renamed());
    });
    $("#light-open").on("click", () => this.#manage((managing) => managing.light()));
    $("#leave").on("click", () => this.#manage((managing) => managing.leave()));
    $("#delete").on("click", () => this.#manage((managing) => managing.remove()));
    $("#add-open").on("click", () => this.#manage((managing) => managing.add()));
    $("#members").on("click", "button", ({ currentTarget: { dataset } }) =>
      this.#manage((managing) => managing.member(dataset.user)),
    );
    $("#details-gallery").on("click", ".tile", (event) => this.#picture(event.currentTarget));
  }

  /** Whatever is done from here is fetched when somebody does something for the first time. @param {(managing: import("./managing.js").Managing) => unknown} act */
  #manage(act) {
    late(
      () => import("./managing.js"),
      ({ Managing }) => {
        this.managing ??= new Managing(this);
        return act(this.managing);
      },
    );
  }

  get conversation() {
    return this.id === null ? undefined : this.world.conversations.state(this.id)?.conversation;
  }

  #draw() {
    const conversation = this.conversation;
    if (!conversation || !this.dialog.open) return;
    const group = conversation.kind === "group";
    const manages = group && conversation.role !== "member";
    $("#details-kind").text(group ? t("Room") : t("Person"));
    $("#add-open, #rename-open").prop("hidden", !manages);
    $("#invite").prop("hidden", !manages).attr("href", `/settings/invitations?into=${conversation.id}`);
    $("#leave").prop("hidden", !group || conversation.role === "owner");
    $("#delete").prop("hidden", group && conversation.role !== "owner");
    $("#mute").attr("aria-checked", String(conversation.muted));
    this.#retention(conversation.id);
    this.#cover(conversation);
    this.#gallery();
    const others = conversation.participants.map((participant) => this.#person(participant, conversation));
    arrange(one("#members"), others);
  }

  /** After how long messages go here, where they do. @param {string} id */
  #retention(id) {
    const { usual, own } = this.world.boot.retention;
    const days = own[id] ?? usual;
    $("#retention")
      .prop("hidden", !days)
      .find(".words")
      .text(tn("Messages go after {count} day", "Messages go after {count} days", days ?? 0));
  }

  /** Newest first. */
  #pictures() {
    return this.id === null ? [] : this.world.newest.of(this.id);
  }

  /** @param {Conversation} conversation */
  #cover(conversation) {
    const box = one("#cover");
    const { me } = this.world;
    const latest = this.#pictures()[0]?.attachment;
    const user = other(conversation, me.id);
    const people = user ? handle(user) : tn("{count} person", "{count} people", conversation.participants.length);
    const counts = `${people} · ${tn("{count} message", "{count} messages", conversation.message_count)}`;
    const name = titleOf(conversation, me.id);
    const words = make("div", { class: "words" }, make("strong", {}, name), make("span", {}, counts));
    const key = latest?.id ?? "";
    const kept = box.dataset.key === key ? box.querySelector(".layers") : latest && shownAs(latest);
    box.dataset.key = key;
    box.classList.toggle("lit", Boolean(latest));
    vary(box, { "--ph": latest?.hue });
    box.replaceChildren(...(kept ? [kept] : []), words);
  }

  /** Those that stay are not touched: one of them may have the focus, or have been opened. */
  #gallery() {
    const pictures = this.#pictures();
    const box = one("#details-gallery");
    one("#details-pictures").hidden = !pictures.length;
    $("#details-all").attr("href", `/c/${this.id}/gallery`);
    const known = new Map(all(".tile", box).map((tile) => [tile.dataset.id, tile]));
    const tiles = pictures.map(({ attachment, sender_id }, at) => {
      const name = nameOf(this.world.conversations.person(sender_id));
      const frame = stored(attachment, t("from {name}, no description", { name }));
      return named(known.get(attachment.id) ?? makeTile(frame, at, { sizes: "92px" }), frame.label, at);
    });
    const at = [...box.children].indexOf(/** @type {Element} */ (document.activeElement));
    arrange(box, tiles);
    if (at >= 0 && !box.contains(document.activeElement)) (tiles[at] ?? tiles.at(-1))?.focus();
  }

  /** @param {HTMLElement} tile */
  #picture(tile) {
    const found = this.#pictures()[Number(tile.dataset.at)];
    if (found) this.viewing.show(found, tile);
  }

  /** @param {Participant} participant @param {Conversation} conversation */
  #person({ user, role }, conversation) {
    const { contacts, conversations, live, me } = this.world;
    const { presence } = conversations.shows;
    const own = user.id === me.id;
    const here = own ? presence : live.online.has(user.id);
    // Whoever hides when they are here does not see it of others, and so cannot say that they are away.
    const gone = presence ? t("away") : handle(user);
    const state = live.typists(conversation.id).includes(user.id) ? t("typing…") : here ? t("online") : gone;
    const muted = contacts.mutes(user.id) ? [t("muted")] : [];
    const decided = [contacts.blocks(user.id) ? t("blocked") : state, ...muted];
    const rank = role === "owner" ? [t("owner")] : role === "admin" ? [t("admin")] : [];
    const words = [...(own ? [t("you")] : decided), ...rank].join(" · ");
    const ball = sphere(user);
    if (here) ball.dataset.online = "";
    const name = make("span", { class: "words" }, nameOf(user), make("small", {}, words));
    const label = t("What to do with {name}", { name: nameOf(user) });
    const how = { type: "button", class: "icon-button", "data-user": user.id };
    const element = this.members.get(user.id) ?? make("li");
    this.members.set(user.id, element);
    const button = element.querySelector("button") ?? make("button", how, icon("ellipsis"));
    button.ariaLabel = label;
    for (const child of [...element.children]) if (child !== button) child.remove();
    element.prepend(ball, name);
    if (own || user.is_deleted) button.remove();
    else if (!button.isConnected) element.append(button);
    return element;
  }
}

/** @param {import("../models/shapes.js").Attachment} attachment */
function shownAs(attachment) {
  return make("div", { class: "layers" }, ...layers(attachment, "290px", { eager: true }));
}

/** A panel beside the conversation does not take the focus from it. @param {Element | null} before */
function giveBack(before) {
  /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
  if (before !== document.body) /** @type {HTMLElement | null} */ (before)?.focus({ preventScroll: true });
}
