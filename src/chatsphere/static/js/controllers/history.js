/** What a message said before it was edited: a dialog, loaded when somebody first asks. */
import { icon, make } from "../helpers/dom.js";
import { fragment } from "../helpers/html.js";
import { place } from "../helpers/menu.js";
import { smallest } from "../helpers/picture.js";
import { nameOf } from "../models/naming.js";
import { full } from "../models/time.js";
import { t } from "../models/words.js";
import { occasion } from "./occasion.js";

/** @import {Attachment, Former, Message} from "../models/shapes.js" */

const LEAVING = ["pointerleave", "blur", "click", "keydown"];

/** @param {import("../app.js").World} world @param {Message} message */
export async function showHistory(world, message) {
  const name = nameOf(world.conversations.person(message.sender_id));
  const list = make("ol", { class: "wordings" });
  const refusal = make("p", { class: "refusal", role: "alert" });
  const dialog = occasion({ title: t("What {name} said before", { name }), inside: [list, refusal] });
  dialog.showModal();
  try {
    const former = await world.answers.history(message);
    const now = { ...message, said_at: message.edited_at ?? message.created_at };
    list.replaceChildren(
      ...former.map((one) => wording(one, message.attachments)),
      wording(now, message.attachments, true),
    );
  } catch (error) {
    refusal.textContent = /** @type {Error} */ (error).message;
  }
}

/** @param {Former} said @param {Attachment[]} attachments @param {boolean} [now] */
function wording({ content, html, attachments: words, said_at }, attachments, now = false) {
  const text = make("div", { class: "text", dir: "auto", lang: "" });
  if (html) text.append(fragment(html));
  else text.textContent = content;
  const pictures = attachments.flatMap((attachment) => {
    const { alt = "", caption = "" } = words.find(({ id }) => id === attachment.id) ?? {};
    if (attachment.kind !== "image" || !(alt || caption)) return [];
    const thumb = make("img", { src: smallest(attachment), alt: "", width: 38, height: 38 });
    return [make("p", { class: "worded", dir: "auto", lang: "" }, thumb, [caption, alt].filter(Boolean).join(" · "))];
  });
  const when = make("time", { datetime: said_at }, full(said_at));
  const head = make(
    "small",
    {},
    now ? icon("check") : icon("history"),
    when,
    ...(now ? [` · ${t("as it is now")}`] : []),
  );
  return make("li", { class: now ? "now" : null }, head, text, ...pictures);
}

/** Its last former words at the mark that says so, for as long as somebody rests there. @param {import("../app.js").World} world @param {Message} message @param {HTMLElement} mark */
export async function hint(world, message, mark) {
  const former = (await world.answers.history(message).catch(() => [])).at(-1);
  if (!former || !mark.matches(":hover, :focus-visible") || mark.hasAttribute("aria-describedby")) return;
  const words = former.content || former.attachments.map(({ caption, alt }) => caption || alt).join(" · ");
  const how = { class: "former", id: "former", popover: "manual", role: "tooltip", dir: "auto" };
  const box = make("div", how, make("small", {}, full(former.said_at)), make("p", {}, words));
  const { title } = mark;
  const leave = () => {
    box.remove();
    mark.title = title;
    mark.removeAttribute("aria-describedby");
    for (const name of LEAVING) mark.removeEventListener(name, leave);
  };
  for (const name of LEAVING) mark.addEventListener(name, leave);
  (mark.closest("main") ?? document.body).append(box);
  mark.setAttribute("aria-describedby", "former");
  mark.removeAttribute("title");
  box.showPopover();
  place(box, mark);
}
