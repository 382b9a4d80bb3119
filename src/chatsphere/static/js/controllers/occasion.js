/** A dialog that is made for one occasion, and goes when it is closed. */
import { icon, make } from "../helpers/dom.js";
import { t } from "../models/words.js";

let number = 0;

/**
 * @param {{title: string, inside: Node[], foot?: Node[], small?: boolean}} parts
 * @returns {HTMLDialogElement}
 */
export function occasion({ title, inside, foot = [], small = false }) {
  number += 1;
  const name = `occasion-${number}`;
  const close = make(
    "button",
    { type: "button", class: "icon-button", "data-close": true, "aria-label": t("Close") },
    icon("x"),
  );
  const head = make("div", { class: "head" }, make("h2", { id: name }, title), close);
  const body = make("div", { class: "inside" }, ...inside);
  const how = { class: small ? "dialog small" : "dialog", "aria-labelledby": name };
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", how, head, body));
  if (foot.length) dialog.append(make("div", { class: "foot" }, ...foot));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  return dialog;
}
