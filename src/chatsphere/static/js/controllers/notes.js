/**
 * What lies on the pictures of a message: what is said of each, who reacted to it, its description, and a way to have
 * one move or stand still. Each picture's stand beside its tile, for in a button there can be no other.
 *
 * @import {Attachment} from "../models/shapes.js"
 * @import {Said} from "../models/grouping.js"
 * @import {View} from "./message.js"
 */
import { all, make, one, vary } from "../helpers/dom.js";
import { canMove, isStill, move } from "../helpers/picture.js";
import { ON_A_TILE } from "../models/reactions.js";
import { t } from "../models/words.js";
import { chip } from "./chips.js";

const PLACE = ["--x", "--y", "--tw", "--th"];

/** What decides how they look. @param {Said} message @param {View} view */
export function noted({ attachments, state, sender_id }, view) {
  if (state) return [];
  return [sender_id === view.me, attachments.map(({ alt, caption, reactions }) => [alt, caption, reactions])];
}

/** @param {HTMLElement} box the mosaic @param {Said} message @param {View} view */
export function fillNotes(box, message, view) {
  const images = message.state ? [] : message.attachments.filter(({ kind }) => kind === "image");
  const focused = /** @type {HTMLElement | null} */ (box.querySelector(".notes :focus"))?.dataset.note;
  for (const before of all(":scope > .notes", box)) before.remove();
  for (const tile of all(":scope > .tile", box)) {
    const at = Number(tile.dataset.at);
    const shown = images[at] ? notes(images[at], tile, { message, view, album: images.length > 1 }) : [];
    if (shown.length) tile.after(placed(make("div", { class: "notes" }, ...shown), tile));
  }
  if (focused) /** @type {HTMLElement | null} */ (box.querySelector(`[data-note="${focused}"]`))?.focus();
}

/** @param {HTMLElement} element @param {HTMLElement} tile */
function placed(element, tile) {
  return vary(element, Object.fromEntries(PLACE.map((name) => [name, tile.style.getPropertyValue(name)])));
}

/** @param {Attachment} picture @param {HTMLElement} tile @param {{message: Said, view: View, album: boolean}} around */
function notes(picture, tile, { message, view, album }) {
  const { caption, reactions } = picture;
  const at = message.attachments.indexOf(picture);
  const said = album && caption ? [make("p", { class: "said", dir: "auto" }, caption)] : [];
  const felt = album ? reactions.slice(0, ON_A_TILE) : [];
  const chips = felt.map((reaction) => chip({ reaction, attachment: picture, at }, view, true));
  for (const button of chips) button.dataset.note = `${picture.id}/${button.dataset.emoji}`;
  const moving = canMove(picture) ? [playing(picture, tile)] : [];
  return [...said, ...described(picture, message.sender_id === view.me), ...moving, ...chips];
}

/** The description, for those too who see the picture; where there is none its sender can give one. @param {Attachment} picture @param {boolean} own */
function described({ id, alt, name }, own) {
  if (!alt && !own) return [];
  const words = {
    class: alt ? "alt" : "alt missing",
    "data-do": "alt",
    "data-attachment": id,
    "data-note": `${id}/alt`,
  };
  const label = alt ? t("Description: {alt}", { alt }) : t("Describe {name}", { name });
  return [make("button", { type: "button", ...words, "aria-label": label })];
}

/** @param {Attachment} picture @param {HTMLElement} tile */
function playing({ id }, tile) {
  const button = make("button", { type: "button", class: "play", "data-do": "play", "data-note": `${id}/play` });
  return named(button, isStill(tile));
}

/** @param {HTMLElement} button @param {boolean} still */
function named(button, still) {
  button.classList.toggle("still", still);
  button.setAttribute("aria-label", still ? t("Play the picture") : t("Stop the picture"));
  return button;
}

/** Have the picture that it lies on move, or stand still. @param {HTMLElement} button */
export function play(button) {
  const tile = /** @type {HTMLElement} */ (button.closest(".notes")?.previousElementSibling);
  const still = isStill(one("picture", tile));
  move(tile, still);
  named(button, !still);
}
