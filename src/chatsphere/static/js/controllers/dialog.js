/** Dialogs: opened, closed by their buttons and by a click beside them, and one that asks whether one is sure. */
import $ from "jquery";
import { one } from "../helpers/dom.js";

/** Every `data-close` button closes the dialog it is in; so does the backdrop. */
export function closers() {
  $(document).on("click", "[data-close]", (event) => dialogOf(event.currentTarget)?.close());
  $("dialog").on("click", (event) => {
    const dialog = dialogOf(event.currentTarget);
    if (event.target === dialog && dialog?.matches(":modal") && beside(event)) dialog.close();
  });
}

/** @param {Element} element */
function dialogOf(element) {
  return /** @type {HTMLDialogElement | null} */ (element.closest("dialog"));
}

/** @param {any} event */
function beside({ currentTarget, clientX: x, clientY: y }) {
  const box = currentTarget.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

/**
 * Ask before what cannot be undone, or, calmly, before what can.
 * @param {{title: string, text: string, yes: string, calm?: boolean}} words @returns {Promise<boolean>}
 */
export function sure({ title, text, yes, calm = false }) {
  const dialog = /** @type {HTMLDialogElement} */ (one("#sure"));
  one("#sure-name").textContent = title;
  one("#sure-text").textContent = text;
  const button = one("#sure-yes");
  button.textContent = yes;
  button.classList.toggle("bad", !calm);
  button.classList.toggle("primary", calm);
  return new Promise((resolve) => {
    const agree = () => {
      resolve(true);
      dialog.close();
    };
    button.addEventListener("click", agree);
    const closed = () => {
      button.removeEventListener("click", agree);
      resolve(false);
    };
    dialog.addEventListener("close", closed, { once: true });
    dialog.showModal();
  });
}
