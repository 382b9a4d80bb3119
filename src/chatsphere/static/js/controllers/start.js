/** The dialog in which a conversation begins. */
import $ from "jquery";
import { one } from "../helpers/dom.js";
import { call } from "../models/api.js";
import { begin } from "../models/conversation.js";
import { Picker } from "./picker.js";

export class Start {
  /** @param {import("../app.js").World} world @param {import("./navigation.js").Navigation} navigation */
  constructor(world, navigation) {
    this.world = world;
    this.navigation = navigation;
    this.dialog = /** @type {HTMLDialogElement} */ (one("#start"));
    this.title = /** @type {HTMLInputElement} */ (one("#start-title"));
    this.picker = new Picker({
      find: "#start-find",
      picked: "#start-picked",
      options: "#start-options",
      none: "#start-none",
      without: () => [world.me.id],
      changed: () => this.#changed(),
    });
    $("#start-title").on("input", () => this.#changed());
    $("#start-form").on("submit", (event) => {
      event.preventDefault();
      this.#go();
    });
  }

  /** Ask whom with. */
  open() {
    this.title.value = "";
    $("#start-refusal").text("");
    this.dialog.showModal();
    this.picker.open();
  }

  /** Begin it, or find the one that there is, and go there. @param {{participants: string[], title?: string}} body */
  async begin(body) {
    const { data } = await call("POST", "/conversations", body);
    const known = this.world.conversations.state(data.id);
    if (!known) this.world.conversations.put(begin(data, [], { latest: false }));
    this.dialog.close();
    await this.navigation.open(data.id);
    one("#text").focus();
  }

  #changed() {
    const many = this.picker.chosen.size > 1;
    $("#start-title-field").prop("hidden", !many);
    const ready = this.picker.chosen.size === 1 || (many && this.title.value.trim());
    $("#start-go").prop("disabled", !ready);
  }

  async #go() {
    const participants = [...this.picker.chosen.keys()];
    if (!participants.length) return;
    const title = participants.length > 1 ? { title: this.title.value.trim() } : {};
    try {
      await this.begin({ participants, ...title });
    } catch (error) {
      $("#start-refusal").text(/** @type {Error} */ (error).message);
    }
  }
}
