/** A message of one's own said otherwise, where it stands. Loaded when somebody first does so. */
import { make, one } from "../helpers/dom.js";
import { sends } from "../helpers/enter.js";
import { t } from "../models/words.js";

/** @import {Message} from "../models/shapes.js" */

const MOST = 8000;

/** @param {import("../app.js").World} world @param {Message} message @param {HTMLElement} element */
export function editInPlace(world, message, element) {
  const before = element.querySelector(".edit-form textarea");
  if (before) return /** @type {HTMLElement} */ (before).focus();
  const from = /** @type {HTMLElement | null} */ (document.activeElement);
  const { form, field, refusal } = fields(message);
  const finish = () => {
    form.remove();
    (from?.isConnected && from !== document.body ? from : element).focus({ preventScroll: true });
  };
  const save = async () => {
    const content = field.value.trimEnd();
    if (content === message.content) return finish();
    refusal.textContent = "";
    try {
      await world.answers.edit(message, { content });
      finish();
    } catch (error) {
      refusal.textContent = /** @type {Error} */ (error).message;
      field.focus();
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.addEventListener("keydown", (event) => key(event, save, finish));
  one(".leave", form).addEventListener("click", finish);
  one(".caption", element).after(form);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  element.scrollIntoView({ block: "nearest" });
}

/** @param {Message} message */
function fields({ content }) {
  const how = { rows: Math.min(8, content.split("\n").length), maxlength: MOST, dir: "auto" };
  const field = /** @type {HTMLTextAreaElement} */ (make("textarea", { ...how, "aria-label": t("Edit message") }));
  field.value = content;
  const refusal = make("p", { class: "refusal", role: "alert" });
  const leave = make("button", { type: "button", class: "button small leave" }, t("Cancel"));
  const save = make("button", { class: "button small primary" }, t("Save"));
  const form = make("form", { class: "edit-form" }, field, refusal, make("div", { class: "deeds" }, leave, save));
  return { form, field, refusal };
}

/** @param {KeyboardEvent} event @param {() => void} save @param {() => void} finish */
function key(event, save, finish) {
  // Keys of the log around it are not meant here.
  event.stopPropagation();
  if (event.key === "Escape") finish();
  const written = event.target instanceof HTMLTextAreaElement && sends(event);
  if (event.key !== "Escape" && !written) return;
  event.preventDefault();
  if (written) save();
}
