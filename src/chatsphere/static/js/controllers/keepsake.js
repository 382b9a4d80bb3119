/** What is seldom done with a picture that is looked at: describing it, and taking a copy along. */
import { icon, one } from "../helpers/dom.js";
import { fetched } from "../helpers/fetched.js";
import { failed, notify } from "../helpers/notice.js";
import { call } from "../models/api.js";
import { t } from "../models/words.js";

/** @import {Picture} from "../models/shapes.js" */

/** Its sender says what it shows. @param {Picture} picture @param {import("../models/gallery.js").Gallery} gallery */
export async function describe({ attachment, conversation_id, message_id }, gallery) {
  const path = `/conversations/${conversation_id}/messages/${message_id}`;
  try {
    const [{ data }, { openDescribe }] = await Promise.all([call("GET", path), fetched(() => import("./describe.js"))]);
    openDescribe(async (words) => gallery.take((await call("PUT", path, words)).data), data, attachment.id);
  } catch (error) {
    failed(/** @type {Error} */ (error));
  }
}

/** @param {Picture} picture */
export async function copy({ attachment }) {
  const button = one("#lightbox-copy");
  try {
    const item = new ClipboardItem({ "image/png": png(attachment.url) });
    await navigator.clipboard.write([item]);
    button.replaceChildren(icon("check"));
    one("#lightbox-now").textContent = t("Copied");
    setTimeout(() => button.replaceChildren(icon("copy")), 1_500);
  } catch {
    notify(t("It could not be copied."));
  }
}

/** Of all kinds the one that every program takes. @param {string} url @returns {Promise<Blob>} */
async function png(url) {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}
