/** Parts of a message's picture that only some have: made when they are needed, so that a plain one stays small. */
import { icon, make, one } from "../helpers/dom.js";
import { VEILED } from "../models/contacts.js";
import { t } from "../models/words.js";

/** Each with what it comes before. @type {Record<string, {before: string, make: () => HTMLElement}>}
 */
const EXTRAS = {
  veiled: {
    before: ".bubble",
    make: () => make("p", { class: "veiled" }, icon("eye-off"), make("span", {}, VEILED), button("reveal", t("Show"))),
  },
  forwarded: {
    before: ".quote, .mosaic, .files, .captions, .caption",
    make: () => make("p", { class: "forwarded" }, icon("forward"), t("Forwarded")),
  },
  quote: {
    before: ".mosaic, .files, .captions, .caption",
    make: () => make("button", { type: "button", class: "quote" }),
  },
  mosaic: { before: ".files, .captions, .caption", make: () => make("div", { class: "mosaic", role: "group" }) },
  files: { before: ".captions, .caption", make: () => make("div", { class: "files" }) },
  captions: { before: ".caption", make: () => make("p", { class: "captions", dir: "auto", lang: "" }) },
  unfold: { before: ".meta", make: () => button("unfold", t("Show all"), "unfold") },
  reactions: {
    before: ".replies, .readers, .state",
    make: () => make("div", { class: "reactions", role: "group", "aria-label": t("Reactions") }),
  },
  replies: { before: ".readers, .state", make: () => button("replies", "", "replies") },
  readers: { before: ".state", make: () => make("span", { class: "readers stack", role: "img" }) },
  state: {
    before: "",
    make: () => {
      const ways = [button("retry", t("Retry")), button("discard", t("Delete"))];
      return make("p", { class: "state" }, icon("circle-alert"), make("span"), ...ways);
    },
  },
};

/** @param {string} deed @param {string} name @param {string | null} [like] its class */
export function button(deed, name, like = null) {
  return make("button", { type: "button", class: like, "data-do": deed }, name);
}

/**
 * One of the parts that only some messages have.
 * @param {HTMLElement} element @param {string} name @param {boolean} needed @returns {HTMLElement | null}
 */
export function extra(element, name, needed) {
  const box = one(name === "unfold" ? ".caption" : INSIDE.has(name) ? ".bubble" : ".body", element);
  const found = /** @type {HTMLElement | null} */ (box.querySelector(`:scope > .${name}`));
  if (!needed) found?.remove();
  if (!needed || found) return needed ? found : null;
  const { before, make: made } = EXTRAS[name];
  const next = before.split(", ").flatMap((one) => (one ? [box.querySelector(`:scope > ${one}`)] : []));
  const fresh = made();
  box.insertBefore(fresh, next.find(Boolean) ?? null);
  return fresh;
}

export const INSIDE = new Set(["forwarded", "quote", "mosaic", "files", "captions"]);
