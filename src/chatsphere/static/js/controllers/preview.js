/**
 * What a message's link leads to: a card that is as large before it is known as after, so that nothing moves.
 *
 * @import {Preview} from "../models/shapes.js"
 * @import {Said} from "../models/grouping.js"
 */
import { icon, make, one, vary } from "../helpers/dom.js";
import { failed } from "../helpers/notice.js";
import { smallest } from "../helpers/picture.js";
import { call } from "../models/api.js";
import { hostOf } from "../models/links.js";
import { t } from "../models/words.js";

/** @param {HTMLElement} element @param {Said} message @param {boolean} own */
export function fillPreview(element, message, own) {
  const shown = message.deleted_at ? undefined : message.previews[0];
  const before = element.querySelector(".link-preview");
  // Nothing was found: the place stays as it is until somebody looks anew, so that nothing moves.
  if (!shown && before?.matches(".waiting") && !message.deleted_at && !message.edited_at) return;
  before?.remove();
  if (shown) one(".caption", element).before(card(shown, own && !message.state && (() => remove(message, element))));
}

/** @param {Preview} shown @param {false | (() => void)} remover */
function card(shown, remover) {
  const site = shown.site || hostOf(shown.url);
  const words = make(
    "span",
    { class: "gist" },
    make("small", {}, site),
    make("b", { dir: "auto", lang: "" }, shown.title || shown.url.replace(/^https?:\/\//i, "")),
    make("span", { dir: "auto", lang: "" }, shown.description),
  );
  const picture = shown.image
    ? make("img", { src: smallest(shown.image), alt: "", width: 84, height: 84, loading: "lazy", decoding: "async" })
    : icon(shown.state === "waiting" ? "link" : "globe");
  const sight = make("span", { class: "sight" }, picture);
  vary(sight, { "--ph": shown.image?.hue });
  const how = { href: shown.url, target: "_blank", rel: "noopener noreferrer nofollow ugc" };
  const box = make("div", { class: `link-preview ${shown.state}` }, make("a", how, sight, words));
  if (remover) {
    const button = make("button", { type: "button", "aria-label": t("Remove preview") }, icon("x"));
    button.addEventListener("click", remover);
    box.append(button);
  }
  return box;
}

/** @param {Said} message @param {HTMLElement} element */
async function remove(message, element) {
  const path = `/conversations/${message.conversation_id}/messages/${message.id}/previews`;
  try {
    await call("DELETE", path);
    element.querySelector(".link-preview")?.remove();
    element.focus();
  } catch (error) {
    failed(/** @type {Error} */ (error));
  }
}
