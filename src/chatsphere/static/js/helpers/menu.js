/** A small menu at a button: a popover with buttons, arrow keys, and the focus back where it came from. */

import { t } from "../models/words.js";
import { icon, make } from "./dom.js";

/** @typedef {{label: string, icon: string, bad?: boolean, act: () => void}} Choice */

/** @param {HTMLElement} opener @param {Choice[]} choices */
export function openMenu(opener, choices) {
  const menu = make("div", {
    class: "menu",
    popover: "auto",
    role: "menu",
    "aria-label": opener.ariaLabel ?? t("Actions"),
  });
  for (const choice of choices) menu.append(item(menu, choice));
  // Inside an open dialog, outside of it everything is inert.
  (opener.closest("dialog") ?? document.body).append(menu);
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
    menu.remove();
    if (document.activeElement === document.body) opener.focus();
  });
  menu.addEventListener("keydown", (event) => walk(menu, event));
  menu.showPopover();
  place(menu, opener);
  /** @type {HTMLElement} */ (menu.firstElementChild).focus();
}

/** @param {HTMLElement} menu @param {Choice} choice */
function item(menu, choice) {
  const classes = choice.bad ? "bad" : null;
  const button = make("button", { type: "button", role: "menuitem", class: classes }, icon(choice.icon), choice.label);
  button.addEventListener("click", () => {
    menu.hidePopover();
    choice.act();
  });
  return button;
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event */
function walk(menu, event) {
  const items = /** @type {HTMLElement[]} */ ([...menu.children]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  items[(at + step + items.length) % items.length].focus();
}

/** Put what is open beside its control, wherever there is room. @param {HTMLElement} menu @param {HTMLElement} opener */
export function place(menu, opener) {
  const at = opener.getBoundingClientRect();
  menu.style.translate = "";
  const size = menu.getBoundingClientRect();
  const x = Math.min(Math.max(8, at.right - size.width), innerWidth - size.width - 8);
  const below = at.bottom + 4;
  const y = below + size.height > innerHeight - 8 ? Math.max(8, at.top - size.height - 4) : below;
  // From right to left it begins at the other edge.
  menu.style.translate = `${x - size.left}px ${y - size.top}px`;
}
