/** The dialog that asks what a picture shows that waits in the tray, and where among the others it is to be. */
import $ from "jquery";
import { one } from "../helpers/dom.js";
import { t } from "../models/words.js";

/** @import {Upload} from "../models/shapes.js" */
/** @import {Trays} from "../models/trays.js" */

export class Captioning {
  /** @param {Trays} trays @param {(upload: Upload) => void} changed */
  constructor(trays, changed) {
    this.trays = trays;
    this.changed = changed;
    this.dialog = /** @type {HTMLDialogElement} */ (one("#describe"));
    this.alt = /** @type {HTMLTextAreaElement} */ (one("#describe-text"));
    this.caption = /** @type {HTMLTextAreaElement} */ (one("#describe-caption"));
    /** @type {Upload | null} */
    this.upload = null;
    /** @type {(() => void) | undefined} what waits for a description that was asked for */
    this.after = undefined;
    $("#describe-form").on("submit", (event) => {
      event.preventDefault();
      this.#keep();
      this.#leave();
    });
    $("#describe-skip").on("click", () => this.#leave());
    $(this.dialog).on("close", () => {
      // Told of late: it may have opened again for the next of them.
      if (!this.dialog.open) this.after = undefined;
    });
    $("#describe-back, #describe-on").on("click", (event) => this.#step(event.currentTarget.id === "describe-on"));
  }

  /** @param {Upload} upload @param {() => void} [after] what waits for it */
  open(upload, after) {
    this.upload = upload;
    this.after = after;
    one("#describe-skip").hidden = !after;
    one("#describe-caption-field").hidden = this.#beside.length < 2;
    this.caption.value = upload.caption ?? "";
    this.alt.value = upload.alt;
    /** @type {HTMLImageElement} */ (one("#describe-shown")).src = upload.url;
    this.#placed();
    this.dialog.showModal();
    this.alt.focus();
  }

  /** It, and those that wait with it. @returns {Upload[]} */
  get #beside() {
    return this.upload ? this.trays.of(this.upload.conversation_id) : [];
  }

  /** @param {boolean} on */
  #step(on) {
    if (!this.upload) return;
    this.trays.move(this.upload, this.#beside.indexOf(this.upload) + (on ? 1 : -1));
    this.#placed();
  }

  /** Which of how many it is, with a button for each way. */
  #placed() {
    const count = this.#beside.length;
    const at = this.upload ? this.#beside.indexOf(this.upload) : 0;
    one("#describe-places").hidden = count < 2;
    one("#describe-place").textContent = t("{place} of {count}", { place: at + 1, count });
    /** @type {HTMLButtonElement} */ (one("#describe-back")).disabled = at <= 0;
    /** @type {HTMLButtonElement} */ (one("#describe-on")).disabled = at >= count - 1;
  }

  #keep() {
    if (!this.upload) return;
    this.upload.alt = this.alt.value.trim();
    this.upload.caption = this.caption.value.trim();
    this.trays.keep(this.upload);
    this.changed(this.upload);
  }

  /** What waits goes on; where the dialog is merely closed, it does not. */
  #leave() {
    const { after } = this;
    this.upload = null;
    this.dialog.close();
    after?.();
  }
}
