/** From one conversation to the next without a page load: what is shown, the address, the title, the focus. */
import $ from "jquery";
import { all, narrow, one } from "../helpers/dom.js";
import { tint } from "../helpers/theme.js";
import { titleOf } from "../models/naming.js";

const EMBER = 22;

/** @typedef {{show: (id: string | null, at?: number | null) => void}} Part */

export class Navigation {
  /** @param {import("../app.js").World} world @param {Part[]} parts told of every change, in order */
  constructor(world, parts) {
    this.world = world;
    this.parts = parts;
    /** @type {string | null} */
    this.current = null;
    /** @type {Map<string, Promise<unknown>>} */
    this.fetched = new Map();
    $(document).on("click", "a.row, #back, #chats", (event) => this.#follow(event));
    $(document).on("pointerenter focusin", "a.row", (event) => this.#foresee(event.currentTarget));
    addEventListener("popstate", () => this.#go(...place()));
    world.conversations.on("gone", (id) => id === this.current && this.open(null));
    world.conversations.on("list", () => this.#title());
  }

  /** Show what the address says; the server has put it into the page. */
  begin() {
    const [id] = place();
    this.#show(id && this.world.conversations.state(id) ? id : null, this.world.boot.at);
    this.#title();
  }

  /** Go to a conversation, or to the list. @param {string | null} id @param {number | null} [at] */
  open(id, at = null) {
    history.pushState(null, "", id ? `/c/${id}${at ? `?at=${at}` : ""}` : "/");
    return this.#go(id, at);
  }

  /** @param {string | null} id @param {number | null} at */
  async #go(id, at) {
    if (id !== null) {
      const ready = await this.#ready(id, at).catch(() => false);
      if (!ready) {
        location.assign(`/c/${id}`);
        return;
      }
      // Somebody may have gone elsewhere while this was fetched.
      if (place()[0] !== id) return;
    }
    this.#show(id, at);
    one(id === null ? "#empty-title" : "#title").focus({ preventScroll: true });
  }

  /** @param {string} id @param {number | null} at */
  async #ready(id, at) {
    const { conversations, pager } = this.world;
    if (!conversations.state(id)) await conversations.fetch(id);
    const state = conversations.state(id);
    if (at && !state?.messages.some((message) => message.id === at)) await pager.around(id, at);
    else if (!pager.has(id)) await this.#first(id);
    return Boolean(conversations.state(id));
  }

  /** The end of a conversation, or where reading stopped. @param {string} id */
  #first(id) {
    const { conversations, pager } = this.world;
    const conversation = conversations.state(id)?.conversation;
    if (!conversation || conversation.unread_count <= 40) return pager.latest(id);
    return pager.around(id, Math.max(1, conversation.read_seq));
  }

  /** @param {string | null} id @param {number | null} at */
  #show(id, at) {
    this.current = id;
    const state = id === null ? undefined : this.world.conversations.state(id);
    one("#app").dataset.view = state ? "conversation" : "list";
    for (const part of all("[data-part]")) part.hidden = (part.dataset.part === "room") !== Boolean(state);
    tint(state ? state.conversation.hue : EMBER);
    for (const part of this.parts) part.show(id, at);
    this.world.conversations.tell("list");
  }

  #title() {
    const { conversations, me } = this.world;
    const unread = conversations
      .list()
      .filter((one) => !this.world.contacts.quiets(one))
      .reduce((sum, one) => sum + one.unread_count, 0);
    const state = this.current ? conversations.state(this.current) : undefined;
    const name = state ? `${titleOf(state.conversation, me.id)} · ` : "";
    document.title = `${unread ? `(${unread}) ` : ""}${name}ChatSphere`;
    $("#badge")
      .text(unread > 99 ? "99+" : unread)
      .prop("hidden", !unread);
    $("#chats").attr("aria-label", unread ? `Chats, ${unread} unread` : "Chats");
  }

  /** @param {any} event */
  #follow(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button > 0) return;
    event.preventDefault();
    const id = event.currentTarget.dataset.id ?? null;
    if (id === null && !narrow()) return this.open(null);
    return id === this.current ? this.#show(id, null) : this.open(id);
  }

  /** Whoever stays over a row for a moment is likely to open it. @param {HTMLElement} row */
  #foresee(row) {
    const id = row.dataset.id ?? "";
    setTimeout(() => {
      if (!row.matches(":hover, :focus") || this.world.pager.has(id)) return;
      this.#ready(id, null).catch(() => undefined);
    }, 80);
  }
}

/** What the address says. @returns {[string | null, number | null]} */
function place() {
  const id = location.pathname.match(/^\/c\/([^/]+)$/)?.[1] ?? null;
  const at = Number(new URLSearchParams(location.search).get("at"));
  return [id, Number.isSafeInteger(at) && at > 0 ? at : null];
}
