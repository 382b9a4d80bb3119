/** A picture's description at its badge, and for its sender the way to say it otherwise. Loaded when first wanted. */
import { make } from "../helpers/dom.js";
import { late } from "../helpers/fetched.js";
import { place } from "../helpers/menu.js";
import { t } from "../models/words.js";

/** @import {Message} from "../models/shapes.js" */

/** @param {import("../app.js").World} world @param {Message} message @param {HTMLElement} badge */
export async function showAlt(world, message, badge) {
  const id = badge.dataset.attachment ?? "";
  const picture = message.attachments.find((one) => one.id === id);
  const element = badge.closest(".message");
  const back = () => {
    // What was said may have been drawn already, with another badge.
    const now = /** @type {HTMLElement | null | undefined} */ (element?.querySelector(`[data-note="${id}/alt"]`));
    if (document.activeElement === document.body) now?.focus();
  };
  const change = () =>
    late(
      () => import("./describe.js"),
      ({ openDescribe }) => {
        const say = (/** @type {import("./describe.js").Words} */ words) => world.answers.edit(message, words);
        openDescribe(say, message, id).addEventListener("close", back);
      },
    );
  if (!picture?.alt) {
    await change();
    return;
  }
  const name = t("Description");
  const words = make("p", { dir: "auto" }, picture.alt);
  const box = make(
    "div",
    { class: "alt-words", popover: "auto", role: "dialog", "aria-label": name, tabindex: -1 },
    words,
  );
  if (message.sender_id === world.me.id) {
    const button = make("button", { type: "button", class: "button small" }, t("Change"));
    button.addEventListener("click", () => {
      box.hidePopover();
      change();
    });
    box.append(button);
  }
  box.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
    box.remove();
    back();
  });
  document.body.append(box);
  box.showPopover();
  place(box, badge);
  (box.querySelector("button") ?? box).focus();
}
