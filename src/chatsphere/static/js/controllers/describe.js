/** Words for the pictures of a message that was sent: what each shows, and what is said of it. Loaded when wanted. */
import { make } from "../helpers/dom.js";
import { smallest } from "../helpers/picture.js";
import { t } from "../models/words.js";
import { occasion } from "./occasion.js";

/** @import {Attachment, Message} from "../models/shapes.js" */

const MOST = 1000;

/** @typedef {{attachments: {id: string, alt: string, caption: string}[]}} Words */

/** @param {(words: Words) => Promise<unknown>} say @param {Message} message @param {string | null} attachment only this one */
export function openDescribe(say, message, attachment) {
  const pictures = message.attachments.filter(({ id, kind }) => kind === "image" && (!attachment || id === attachment));
  const parts = pictures.map(fields);
  const refusal = make("p", { class: "refusal", role: "alert" });
  const go = make("button", { type: "button", class: "button primary" }, t("Save"));
  const inside = parts.map(({ element }) => element);
  const dialog = occasion({
    title: pictures.length > 1 ? t("Describe the pictures") : t("Describe the picture"),
    inside,
    foot: [refusal, go],
  });
  go.addEventListener("click", async () => {
    refusal.textContent = "";
    try {
      await say({ attachments: parts.map(({ words }) => words()) });
      dialog.close();
    } catch (error) {
      refusal.textContent = /** @type {Error} */ (error).message;
    }
  });
  dialog.showModal();
  return dialog;
}

/** @param {Attachment} picture */
function fields(picture) {
  const how = { rows: 2, maxlength: MOST, dir: "auto" };
  const alt = /** @type {HTMLTextAreaElement} */ (make("textarea", how));
  const caption = /** @type {HTMLTextAreaElement} */ (make("textarea", how));
  alt.value = picture.alt;
  caption.value = picture.caption;
  const image = make("img", { src: smallest(picture), alt: "", width: 96, height: 96, class: "described" });
  const element = make(
    "div",
    { class: "describing" },
    image,
    make(
      "div",
      { class: "fields" },
      make("label", { class: "field" }, make("span", { class: "label" }, t("Caption, for everybody")), caption),
      make("label", { class: "field" }, make("span", { class: "label" }, t("For whoever cannot see it")), alt),
    ),
  );
  return { element, words: () => ({ id: picture.id, alt: alt.value.trim(), caption: caption.value.trim() }) };
}
