/** What stands in the log beside messages: days, where the unread begins, what happened in a group, and the beginning of it all. */
import { make } from "../helpers/dom.js";
import { equaliser } from "../helpers/equaliser.js";
import { roomSphere } from "../helpers/sphere.js";
import { asideLine, nameOf, titleOf } from "../models/naming.js";
import { dayName } from "../models/time.js";
import { t, tn } from "../models/words.js";

/**
 * Both may say something else later: today is yesterday after midnight, and more may be new while nobody looks.
 * @param {import("../models/grouping.js").Day | import("../models/grouping.js").Fresh} line @param {HTMLElement} [known]
 */
export function separator(line, known) {
  const day = line.kind === "day";
  const element = known ?? make("div", { class: line.kind }, day ? make("time", { datetime: line.day }) : make("span"));
  const words = day ? dayName(line.day) : tn("{count} new message", "{count} new messages", line.count);
  const label = /** @type {Element} */ (element.firstElementChild);
  if (label.textContent !== words) label.textContent = words;
  return element;
}

/**
 * Drawn anew each time: the names in it may come late.
 * @param {import("../models/grouping.js").Beside} line @param {import("../app.js").World} world @param {HTMLElement} [element]
 */
export function aside(line, world, element = make("div", { class: "aside" })) {
  const name = (/** @type {string} */ id) => nameOf(world.conversations.person(id));
  const words = asideLine(line.aside, world.me.id, name);
  if (element.textContent !== words) element.textContent = words;
  return element;
}

/**
 * What stands above the first line that is here: that more is coming, or where it all begins.
 * @param {HTMLElement} box @param {import("../models/conversation.js").State} state @param {string} me
 */
export function fillTop(box, { conversation, oldest }, me) {
  box.classList.toggle("beginning", oldest);
  const name = titleOf(conversation, me);
  const key = `${conversation.id}/${oldest}/${name}`;
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  box.replaceChildren(...(oldest ? beginning(conversation, name, me) : [equaliser()]));
}

/** @param {import("../models/shapes.js").Conversation} conversation @param {string} name @param {string} me */
function beginning(conversation, name, me) {
  const sphere = roomSphere(conversation, me);
  sphere.classList.add("s72");
  return [sphere, make("strong", {}, name), make("span", {}, t("This is where it begins."))];
}
