/** The dialog that asks whether one is sure. Loaded with what asks. */
import { one } from "../helpers/dom.js";

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
