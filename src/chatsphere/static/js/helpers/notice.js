/** A sentence about what was just done, or could not be: seen for a moment, and said by screen readers. */
import { make } from "./dom.js";

const SEEN = 5_000;

/** @param {string} sentence */
export function notify(sentence) {
  const before = document.querySelector(".notice");
  before?.remove();
  const notice = make("p", { class: "notice", role: "status", popover: "manual" });
  // Above an open dialog too, and said only where it changes after it is there.
  (document.querySelector("dialog:modal") ?? document.body).append(notice);
  notice.showPopover?.();
  setTimeout(() => notice.append(sentence));
  setTimeout(() => notice.remove(), SEEN);
}

/** What did not work is told in its own words. @param {Error} error */
export function failed(error) {
  notify(error.message);
  // A mistake of ours stays one to whoever looks for it.
  if (error.name !== "Error") reportError(error);
}
