/**
 * Reactions under a message: one chip for each emoji, pressed where one's own is among them.
 *
 * @import {Said} from "../models/grouping.js"
 * @import {View} from "./message.js"
 */
import { icon, make } from "../helpers/dom.js";
import { smallest } from "../helpers/picture.js";
import { listed, nameOf } from "../models/naming.js";
import { besides, holds, all as reactionsOf } from "../models/reactions.js";
import { t } from "../models/words.js";
import { extra } from "./extras.js";

/** What decides how they look. @param {Said} message @param {View} view */
export function felt(message, view) {
  if (message.deleted_at || message.state) return [];
  return reactionsOf(message).map(({ reaction, attachment }) => [
    attachment?.id,
    reaction,
    reaction.user_ids.map((id) => view.person(id).display_name),
  ]);
}

/** @param {HTMLElement} element @param {Said} message @param {View} view */
export function fillReactions(element, message, view) {
  const found = message.deleted_at || message.state ? [] : besides(message);
  const box = extra(element, "reactions", found.length > 0);
  if (!box) return;
  const focused = /** @type {HTMLElement | null} */ (box.querySelector(":focus"))?.dataset.chip;
  const more = make("button", { type: "button", class: "add", "data-do": "react", "aria-label": t("Add reaction") });
  more.append(icon("smile-plus"));
  box.replaceChildren(...found.map((one) => chip(one, view)), more);
  if (focused)
    [.../** @type {Iterable<HTMLElement>} */ (box.children)].find(({ dataset }) => dataset.chip === focused)?.focus();
}

/** @param {ReturnType<typeof reactionsOf>[number]} found @param {View} view @param {boolean} [there] it is on the picture itself */
export function chip({ reaction: { emoji, user_ids }, attachment, at }, view, there = false) {
  const own = holds([{ emoji, user_ids }], emoji, view.me);
  const count = user_ids.length;
  const label = own ? t("{emoji}, {count}, you reacted", { emoji, count }) : t("{emoji}, {count}", { emoji, count });
  const thumb =
    attachment?.kind === "image" && !there
      ? [make("img", { src: smallest(attachment), alt: "", width: 20, height: 20 })]
      : [];
  return make(
    "button",
    {
      type: "button",
      "data-do": "chip",
      "data-chip": `${attachment?.id ?? ""}/${emoji}`,
      "data-emoji": emoji,
      "data-attachment": attachment?.id,
      "aria-pressed": String(own),
      "aria-label": attachment ? t("On picture {number}: {label}", { number: at + 1, label }) : label,
      title: listed(user_ids.map((id) => nameOf(view.person(id)))),
    },
    ...thumb,
    emoji,
    make("span", { "aria-hidden": "true" }, String(count)),
  );
}
