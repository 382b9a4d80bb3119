/** Keys: what was pressed is looked up in the keymap and done by whoever has said how. */
import { one } from "../helpers/dom.js";
import { wanted } from "../models/keymap.js";

/** @typedef {(event: KeyboardEvent) => unknown} Deed `false`: it was not for it after all */
/** @import {Where} from "../models/keymap.js" */

export const mac = /mac|iphone|ipad/i.test(navigator.platform);

export class Keyboard {
  constructor() {
    /** @type {Map<string, Deed>} */
    this.deeds = new Map();
    // First of all: what is bound here is not also a letter in a field or a step of whatever has the focus.
    document.addEventListener("keydown", (event) => this.#pressed(event), true);
  }

  /** From now on this is done for what the keymap calls so. @param {string} id @param {Deed} deed */
  on(id, deed) {
    this.deeds.set(id, deed);
  }

  /** Whether anybody would do it. @param {string | undefined} id */
  knows(id) {
    return id === undefined || this.deeds.has(id);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.isComposing || event.defaultPrevented) return;
    const where = placesOf(/** @type {Element} */ (event.target));
    const letters = document.documentElement.dataset.letters !== "off";
    const id = wanted(event, { mac, where, letters });
    const deed = id === undefined ? undefined : this.deeds.get(id);
    if (!deed || deed(event) === false) return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {Element} target @returns {Where[]} */
function placesOf(target) {
  const modal = document.querySelector("dialog:modal");
  // Over an open dialog nothing else is reached, save by what closes or changes it.
  if (modal) return modal.matches("[data-keys]") ? ["anywhere"] : [];
  /** @type {Where[]} */
  const where = ["anywhere"];
  if (one("#app").dataset.view === "conversation") where.push("room");
  if (target.closest("#scroll") && !target.closest("input, textarea, [contenteditable], [role=slider]"))
    where.push("message");
  if (target.matches("#text")) where.push("composer");
  return where;
}
