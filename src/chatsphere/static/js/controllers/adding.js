/** The dialog in which people are added to a group. */
import $ from "jquery";
import { one } from "../helpers/dom.js";
import { Picker } from "./picker.js";

export class Adding {
  /** @param {(user_ids: string[]) => Promise<boolean>} add */
  constructor(add) {
    this.dialog = /** @type {HTMLDialogElement} */ (one("#add"));
    /** @type {string[]} */
    this.here = [];
    this.picker = new Picker({
      find: "#add-find",
      picked: "#add-picked",
      options: "#add-options",
      none: "#add-none",
      without: () => this.here,
      changed: () => $("#add-go").prop("disabled", this.picker.chosen.size === 0),
    });
    $("#add-form").on("submit", async (event) => {
      event.preventDefault();
      if (this.picker.chosen.size && (await add([...this.picker.chosen.keys()]))) this.dialog.close();
    });
  }

  /** @param {string[]} here those who need not be found */
  open(here) {
    this.here = here;
    this.dialog.showModal();
    this.picker.open();
  }
}
