/**
 * The one picture of a message: the template, filled. Stored, old, live and one's own on its way all come through here.
 *
 * @import {Attachment, Message, Outgoing} from "../models/shapes.js"
 * @import {Said, Spoken} from "../models/grouping.js"
 */
import { copy, icon, make, one, vary } from "../helpers/dom.js";
import { fragment } from "../helpers/html.js";
import { markMentions } from "../helpers/mentions.js";
import { smallest } from "../helpers/picture.js";
import { sphere } from "../helpers/sphere.js";
import { VEILED } from "../models/contacts.js";
import { mentions } from "../models/mentions.js";
import { gist, isJumbo, isLong, listed, nameOf, sizeOf } from "../models/naming.js";
import { clock, full } from "../models/time.js";
import { t, tn } from "../models/words.js";
import { fillMosaic, leaving, stored } from "./album.js";
import { felt, fillReactions } from "./chips.js";
import { button, extra, INSIDE } from "./extras.js";
import { fillNotes, noted } from "./notes.js";
import { fillPreview } from "./preview.js";
import { dressed } from "./wording.js";

/**
 * @typedef {object} View what is known around a message
 * @property {string} me
 * @property {(id: string) => import("../models/shapes.js").User} person
 * @property {(name: string) => string | undefined} named who of the participants is called so, in small letters
 * @property {(id: number) => Message | null | undefined} find
 * @property {(message: Said) => boolean} isRead by everybody else
 * @property {(message: Said) => import("../models/shapes.js").User[]} readers who of a group has read so far and no farther
 * @property {(client_id: string) => Outgoing | undefined} outgoing
 * @property {(message: Pick<Message, "id" | "sender_id">) => boolean} veils whether it is folded away: its sender is blocked
 */

const MOST_READERS = 5;

/** @type {WeakMap<Element, Record<string, string>>} what each part of an element was last filled with */
const filled = new WeakMap();

/** @param {Spoken} line @param {View} view @param {HTMLElement} [element] the one to fill again */
export function render(line, view, element = copy("message")) {
  const { message } = line;
  const own = message.sender_id === view.me;
  element.dataset.id = message.state ? "" : String(message.id);
  element.dataset.client = message.client_id ?? "";
  const veiled = cover(element, !message.deleted_at && view.veils(message));
  element.className = classes(line, own, veiled);
  const user_name = own || message.deleted_at ? "" : view.person(view.me).user_name;
  element.classList.toggle("for-me", mentions(message.content, user_name));
  const user = view.person(message.sender_id);
  if (veiled) return element;
  part(element, "sender", [user.id, user.display_name, user.image_url, user.hue], () => fillSender(element, user));
  extra(element, "forwarded", message.forwarded && !message.deleted_at);
  part(element, "quote", quoted(message, view), () => fillQuote(element, message, view));
  part(element, "pictures", looks(message, view), () => fillAttachments(element, message, view));
  part(element, "notes", [looks(message, view), noted(message, view)], () => fillOn(element, message, view));
  part(element, "preview", [message.previews, message.deleted_at, own, message.state], () =>
    fillPreview(element, message, own),
  );
  part(element, "text", [message.html, message.content, message.deleted_at], () => fillText(element, message, view));
  part(element, "replies", [message.reply_count, message.deleted_at], () => fillReplies(element, message));
  part(element, "reactions", felt(message, view), () => fillReactions(element, message, view));
  const stands = [message.created_at, message.edited_at, message.pinned, message.state, message.deleted_at];
  part(element, "meta", [...stands, own && view.isRead(message)], () => fillMeta(element, message, own, view));
  const readers = message.state ? [] : view.readers(message);
  const alike = readers.map(({ id, display_name, image_url, hue }) => [id, display_name, image_url, hue]);
  part(element, "readers", alike, () => fillReaders(element, readers));
  fillState(element, message, view);
  return element;
}

/** Fold it away: nothing of it is on the page until somebody asks for it. @param {HTMLElement} element @param {boolean} veiled */
function cover(element, veiled) {
  if (veiled) element.querySelector(".link-preview")?.remove();
  if (veiled && filled.delete(element)) {
    for (const name of [...INSIDE, "unfold", "reactions", "replies", "readers", "state"]) extra(element, name, false);
    one(".text", element).replaceChildren();
  }
  extra(element, "veiled", veiled);
  one(".bubble", element).hidden = veiled;
  return veiled;
}

/** @param {Spoken} line @param {boolean} own @param {boolean} covered */
function classes({ message, first, last }, own, covered) {
  const jumbo = !message.attachments.length && !message.deleted_at && isJumbo(message.content);
  const names = {
    mine: own,
    first,
    last,
    gone: Boolean(message.deleted_at),
    jumbo,
    pending: message.state === "pending",
    failed: message.state === "failed",
    covered,
  };
  const held = Object.entries(names).filter(([, holds]) => holds);
  return ["message", ...held.map(([name]) => name)].join(" ");
}

/** Do it only if it looks otherwise than before. @param {Element} element @param {string} name @param {unknown} like @param {() => void} fill */
function part(element, name, like, fill) {
  const known = filled.get(element) ?? {};
  filled.set(element, known);
  const now = JSON.stringify(like);
  if (known[name] === now) return;
  known[name] = now;
  fill();
}

/** @param {HTMLElement} element @param {import("../models/shapes.js").User} user */
function fillSender(element, user) {
  one(":scope > .sphere", element).replaceWith(sphere(user));
  one(".who", element).textContent = nameOf(user);
  vary(element, { "--ah": user.hue });
}

/** @param {Said} message @param {View} view */
function quoted(message, view) {
  if (message.reply_to === null) return null;
  const found = view.find(message.reply_to);
  const name = found && view.person(found.sender_id).display_name;
  const shown = found && [found.content, found.deleted_at, found.attachments.length, view.veils(found)];
  return [message.reply_to, message.reply_attachment, message.deleted_at, shown, name];
}

/** @param {HTMLElement} element @param {Said} message @param {View} view */
function fillQuote(element, message, view) {
  const box = extra(element, "quote", message.reply_to !== null && !message.deleted_at);
  if (!box || message.reply_to === null) return;
  box.dataset.to = String(message.reply_to);
  quote(box, view.find(message.reply_to), view, message.reply_attachment);
}

/**
 * Somebody's words in small, over an answer or over the composer.
 * @param {HTMLElement} box @param {Message | null | undefined} message @param {View} view
 * @param {string | null} [attachment] the one picture that is answered
 */
export function quote(box, message, view, attachment = null) {
  if (message && view.veils(message)) {
    vary(box, { "--ah": null });
    box.replaceChildren(make("span", { class: "words" }, make("span", {}, VEILED)));
    return;
  }
  const user = message && view.person(message.sender_id);
  vary(box, { "--ah": user?.hue });
  const single = message?.attachments.find(({ id }) => id === attachment);
  const image = single ?? message?.attachments.find((one) => one.kind === "image");
  const thumb =
    image?.kind === "image"
      ? [make("img", { class: "thumb", src: smallest(image), alt: "", width: 38, height: 38 })]
      : [];
  const name = make("b", {}, user ? nameOf(user) : t("An earlier message"));
  const said = single ? single.caption || single.alt || t("Picture") : message && gist(message);
  const words = make("span", { dir: "auto" }, said ?? t("Show it"));
  box.replaceChildren(...thumb, make("span", { class: "words" }, name, words));
}

/** How many messages answer it, which opens them. @param {HTMLElement} element @param {Said} message */
function fillReplies(element, { reply_count: count = 0, deleted_at }) {
  const chip = extra(element, "replies", count > 0 && !deleted_at);
  chip?.replaceChildren(icon("reply"), tn("{count} reply", "{count} replies", count));
}

/** What decides how the attachments look; on its way and stored are not alike. @param {Said} message @param {View} view */
function looks(message, view) {
  const outgoing = message.state && message.client_id ? view.outgoing(message.client_id) : undefined;
  return outgoing
    ? outgoing.files.map(({ url, name, alt }) => [url, name, alt])
    : message.attachments.map(({ id, alt, caption }) => [id, alt, caption]);
}

/** @param {HTMLElement} element @param {Said} message @param {View} view */
function fillAttachments(element, message, view) {
  const outgoing = message.state && message.client_id ? view.outgoing(message.client_id) : undefined;
  const unnamed = t("Picture from {name}, no description", { name: nameOf(view.person(message.sender_id)) });
  const images = message.attachments.filter((one) => one.kind === "image");
  const frames = outgoing
    ? outgoing.files.filter((one) => one.url).map(leaving)
    : images.map((attachment) => stored(attachment, unnamed));
  const box = extra(element, "mosaic", frames.length > 0);
  const bubble = one(".bubble", element);
  bubble.classList.toggle("picture", frames.length > 0);
  vary(bubble, { "--ph": frames.find((frame) => frame.hue !== null)?.hue });
  if (box) fillMosaic(box, frames);
  const names = outgoing
    ? outgoing.files.filter((one) => !one.url)
    : message.attachments.filter((one) => one.kind === "file");
  fillFiles(extra(element, "files", names.length > 0), names);
  // Of several pictures each has its caption on it.
  const captions = images.length === 1 ? images.map(({ caption }) => caption).filter(Boolean) : [];
  extra(element, "captions", captions.length > 0)?.replaceChildren(...captions);
}

/** @param {HTMLElement} element @param {Said} message @param {View} view */
function fillOn(element, message, view) {
  const box = /** @type {HTMLElement | null} */ (element.querySelector(".mosaic"));
  if (box) fillNotes(box, message, view);
}

/** @param {HTMLElement | null} box @param {(Attachment | import("../models/shapes.js").Upload)[]} files */
function fillFiles(box, files) {
  box?.replaceChildren(
    ...files.map((file) => {
      const { size } = file;
      const href = "renditions" in file ? file.url : null;
      const words = make("span", { class: "words" }, make("b", {}, file.name), make("small", {}, sizeOf(size)));
      const disc = make("span", { class: "disc" }, icon("file"));
      return make(href ? "a" : "span", { class: "file", href, download: href ? file.name : null }, disc, words);
    }),
  );
}

/** @param {HTMLElement} element @param {Said} message @param {View} view */
function fillText(element, message, view) {
  const text = one(".text", element);
  const plain = !message.html;
  text.classList.toggle("plain", plain);
  if (message.deleted_at) text.textContent = t("Message deleted");
  else if (plain) text.textContent = message.content;
  else text.replaceChildren(dressed(fragment(message.html)));
  if (!message.deleted_at) markMentions(text, view.named, view.me);
  fold(element, !message.deleted_at && isLong(message.content));
}

/** A long message shows its beginning only. @param {HTMLElement} element @param {boolean} folded */
export function fold(element, folded) {
  one(".text", element).classList.toggle("folded", folded);
  extra(element, "unfold", folded);
}

/** @param {HTMLElement} element @param {Said} message @param {boolean} own @param {View} view */
function fillMeta(element, message, own, view) {
  const time = /** @type {HTMLTimeElement} */ (one("time", element));
  time.dateTime = message.created_at;
  time.textContent = clock(message.created_at);
  time.title = full(message.created_at);
  for (const before of [...one(".meta", element).children])
    if (before.matches(".edited, .pinned-mark")) before.remove();
  if (message.pinned) time.before(make("span", { class: "pinned-mark" }, icon("pin"), vh(t("pinned"))));
  if (message.edited_at) time.before(edited(message.edited_at));
  const mark = one(".mark-state", element);
  const state = own && !message.deleted_at ? message.state : "failed";
  mark.replaceChildren(...(state === "failed" ? [] : progress(mark, message, view)));
}

/** @param {string} words */
function vh(words) {
  return make("span", { class: "vh" }, words);
}

/** It was said otherwise before, and that can be seen. @param {string} at */
function edited(at) {
  const mark = button("history", t("edited"), "edited");
  mark.title = t("Edited {time}. Show what it said before.", { time: full(at) });
  return mark;
}

/** @param {HTMLElement} mark @param {Said} message @param {View} view */
function progress(mark, message, view) {
  delete mark.dataset.mark;
  if (message.state === "pending") return [icon("clock-3"), vh(t("sending"))];
  const read = !message.state && view.isRead(message);
  mark.dataset.mark = read ? "read" : "sent";
  return [vh(read ? t("read") : t("sent"))];
}

/** Tiny, and not one more than can be told apart. @param {HTMLElement} element @param {import("../models/shapes.js").User[]} readers */
function fillReaders(element, readers) {
  const box = extra(element, "readers", readers.length > 0);
  if (!box) return;
  const more = readers.length - MOST_READERS;
  const label = t("Read by {names}", { names: listed(readers.map(nameOf)) });
  box.title = label;
  box.setAttribute("aria-label", label);
  const rest = more > 0 ? [`\u00a0+${more}`] : [];
  box.replaceChildren(...readers.slice(0, MOST_READERS).map((user) => sphere(user)), ...rest);
}

/** @param {HTMLElement} element @param {Said} message @param {View} view */
function fillState(element, message, view) {
  const outgoing = message.state && message.client_id ? view.outgoing(message.client_id) : undefined;
  const line = extra(element, "state", message.state === "failed");
  if (line) one(":scope > span", line).textContent = outgoing?.problem ?? t("It could not be sent.");
  fillProgress(element.querySelector(".mosaic"), outgoing);
}

/** @param {HTMLElement | null} box @param {Outgoing | undefined} outgoing */
function fillProgress(box, outgoing) {
  if (!box) return;
  const moving = outgoing?.state === "pending" && outgoing.files.length > 0;
  const bar = /** @type {HTMLProgressElement | null} */ (box.querySelector("progress"));
  if (!moving) bar?.remove();
  else if (bar) bar.value = outgoing.progress;
  else box.append(make("progress", { value: outgoing.progress, max: 1, "aria-label": t("Sending") }));
}
