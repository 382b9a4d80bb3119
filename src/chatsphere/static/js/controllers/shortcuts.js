/** The sheet of shortcuts: the keymap as it is, less what nobody does. Loaded when somebody first wants it. */
import { icon, make } from "../helpers/dom.js";
import { caps, KEYMAP } from "../models/keymap.js";
import { t } from "../models/words.js";
import { mac } from "./keyboard.js";

/** @import {Binding, Group} from "../models/keymap.js" */

/** @type {HTMLDialogElement | null} */
let sheet = null;

/** Show the sheet, or put it away. @param {import("./keyboard.js").Keyboard} keyboard */
export function toggle(keyboard) {
  if (sheet?.open) {
    sheet.close();
    return;
  }
  const dialog = /** @type {HTMLDialogElement} */ (
    make("dialog", { class: "dialog wide", "aria-labelledby": "shortcuts-name", "data-keys": true })
  );
  const close = make(
    "button",
    { type: "button", class: "icon-button", "data-close": true, "aria-label": t("Close") },
    icon("x"),
  );
  const head = make("div", { class: "head" }, make("h2", { id: "shortcuts-name" }, t("Keyboard shortcuts")), close);
  const groups = KEYMAP.map((group) => section(group, keyboard)).filter((one) => one !== null);
  const letters = make(
    "a",
    { class: "soft", href: "/settings/appearance#keyboard" },
    t("Switch single letters on or off"),
  );
  dialog.append(head, make("div", { class: "inside shortcuts" }, ...groups, letters));
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (sheet === dialog) sheet = null;
  });
  document.body.append(dialog);
  dialog.showModal();
  sheet = dialog;
}

/** @param {Group} group @param {import("./keyboard.js").Keyboard} keyboard */
function section(group, keyboard) {
  const bindings = group.bindings.filter(({ id }) => keyboard.knows(id));
  if (!bindings.length) return null;
  const rows = bindings.flatMap((binding) => [make("dt", {}, binding.label()), make("dd", {}, ...keysOf(binding))]);
  return make("section", {}, make("h3", {}, group.name()), make("dl", {}, ...rows));
}

/** What sends and what begins a new line change places where somebody has it so. @type {Record<string, string>} */
const CHANGED = { Enter: "Mod+Enter", "Shift+Enter": "Enter" };

/** @param {Binding} binding */
function keysOf({ keys, where }) {
  const changed = where === "composer" && document.documentElement.dataset.enter === "off";
  const now = changed ? keys.map((one) => CHANGED[one] ?? one) : keys;
  return now.map((one) => make("span", { class: "chord" }, ...caps(one, mac).map((cap) => make("kbd", {}, cap))));
}
