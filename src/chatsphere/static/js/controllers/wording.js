/** The server's words on their way into the page: what is hidden until asked for, where links open. */
import { all, make } from "../helpers/dom.js";
import { t } from "../models/words.js";

/** @param {DocumentFragment} words */
export function dressed(words) {
  for (const spoiler of all(".spoiler", words)) hide(spoiler);
  // What scrolls has to be reached by keys too.
  for (const code of all("pre", words)) code.tabIndex = 0;
  for (const link of all("a[href]", words)) link.setAttribute("target", "_blank");
  return words;
}

/** What is in it is neither seen, read out nor reached before somebody wants it. @param {HTMLElement} spoiler */
function hide(spoiler) {
  const inside = make("span", { inert: true }, ...spoiler.childNodes);
  const named = { role: "button", tabindex: "0", "aria-label": t("Spoiler. Show it") };
  for (const [name, value] of Object.entries(named)) spoiler.setAttribute(name, value);
  spoiler.append(inside);
  const show = (/** @type {Event} */ event) => {
    if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    for (const name of Object.keys(named)) spoiler.removeAttribute(name);
    spoiler.classList.add("shown");
    inside.removeAttribute("inert");
    for (const kind of ["click", "keydown"]) spoiler.removeEventListener(kind, show);
  };
  for (const kind of ["click", "keydown"]) spoiler.addEventListener(kind, show);
}
