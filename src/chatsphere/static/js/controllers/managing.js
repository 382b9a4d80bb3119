/** What can be done about a conversation from its details: mute, rename, add, leave, delete. Loaded when it is first wanted. */
import $ from "jquery";
import { call } from "../models/api.js";
import { t } from "../models/words.js";
import { Adding } from "./adding.js";
import { chooseLight } from "./light.js";
import { openMember } from "./member.js";
import { sure } from "./sure.js";

export class Managing {
  /** @param {import("./details.js").Details} details */
  constructor(details) {
    this.details = details;
    this.world = details.world;
    this.adding = new Adding((user_ids) => this.#do("POST", "/participants", { user_ids }));
  }

  mute() {
    return this.#do("PUT", "", { muted: !this.details.conversation?.muted });
  }

  /** Ask for another title. */
  rename() {
    $("#rename").prop("hidden", false);
    $("#rename-title")
      .val(this.details.conversation?.title ?? "")
      .trigger("focus");
  }

  /** Take the title that was given. */
  async renamed() {
    const title = String($("#rename-title").val()).trim();
    if (await this.#do("PUT", "", { title })) $("#rename").prop("hidden", true);
  }

  light() {
    const { conversation } = this.details;
    if (conversation) chooseLight(conversation);
  }

  add() {
    this.adding.open(this.details.conversation?.participants.map(({ user }) => user.id) ?? []);
  }

  /** @param {string} id whom it is about */
  member(id) {
    const { conversation, report } = this.details;
    const participant = conversation?.participants.find(({ user }) => user.id === id);
    // The list may have been drawn anew since.
    const opener = /** @type {HTMLElement | null} */ (document.querySelector(`#members [data-user="${id}"]`));
    if (!conversation || !participant || !opener) return;
    openMember(opener, { world: this.world, conversation, participant, tell: this.#do.bind(this), report });
  }

  async leave() {
    const text = t("You see nothing newer from here, unless somebody adds you again.");
    const { id } = this.details;
    if (await sure({ title: t("Leave this conversation?"), text, yes: t("Leave") }))
      this.#do("DELETE", "/participants/me", undefined, id);
  }

  /** Delete the conversation: for oneself where it is of two, else for all. */
  async remove() {
    // Whoever is asked may be led elsewhere meanwhile.
    const { conversation, id } = this.details;
    const text =
      conversation?.kind === "direct"
        ? t("Its history goes for you. The other one keeps it.")
        : t("It goes for everybody, and cannot be brought back.");
    if (!(await sure({ title: t("Delete this conversation?"), text, yes: t("Delete") }))) return;
    if (id && (await this.#do("DELETE", "", undefined, id))) this.world.conversations.remove(id);
  }

  /** Ask the server; what it refuses is said in the panel. @param {string} method @param {string} path @param {unknown} [body] @param {string | null} [id] */
  async #do(method, path, body, id = this.details.id) {
    const { conversations } = this.world;
    try {
      const { data } = await call(method, `/conversations/${id}${path}`, body);
      const state = id && conversations.state(id);
      // What is only the caller's own comes with no event.
      if (state && data) conversations.put({ ...state, conversation: { ...state.conversation, muted: data.muted } });
      $("#details-refusal").text("");
      return true;
    } catch (error) {
      $("#details-refusal").text(/** @type {Error} */ (error).message);
      return false;
    }
  }
}
