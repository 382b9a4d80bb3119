/**
 * Avatars: a lit sphere in someone's hue with their initial, or their picture; a group's has two letters.
 *
 * @import {Conversation, User} from "../models/shapes.js"
 */
import { initial, initials, nameOf, other, titleOf } from "../models/naming.js";
import { make, vary } from "./dom.js";

/** @param {User} user @param {string} [size] a class such as s34 */
export function sphere(user, size = "") {
  // Only an uploaded picture has a version in its address; the generated one is this very sphere.
  const image = user.image_url.includes("?") ? user.image_url : null;
  return ball(initial(nameOf(user)), user.hue, image, size);
}

/** A conversation's sphere: the other one's, or a group's own. @param {Conversation} conversation @param {string} me */
export function roomSphere(conversation, me) {
  const user = other(conversation, me);
  return user ? sphere(user) : ball(initials(titleOf(conversation, me)), conversation.hue, null, "");
}

/** @param {string} letters @param {number} hue @param {string | null} image @param {string} size */
function ball(letters, hue, image, size) {
  const inside = image ? make("img", { src: image, alt: "", loading: "lazy" }) : letters;
  return vary(make("span", { class: `sphere ${size}`, "aria-hidden": "true" }, inside), { "--ah": hue });
}
