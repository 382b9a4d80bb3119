/** To whom a message goes on: a dialog over all conversations, loaded when somebody first forwards one. */
import { icon, make, one } from "../helpers/dom.js";
import { notify } from "../helpers/notice.js";
import { roomSphere } from "../helpers/sphere.js";
import { uuid } from "../helpers/uuid.js";
import { gist, nameOf, titleOf } from "../models/naming.js";
import { t, tn } from "../models/words.js";
import { occasion } from "./occasion.js";

/** @import {Conversation, Message} from "../models/shapes.js" */

const MOST = 5;

/** @param {import("../app.js").World} world @param {Message} message */
export function openForward(world, message) {
  const find = make("input", { type: "search", "aria-label": t("Find a conversation"), placeholder: t("Where to?") });
  const rows = make("ul", { class: "options goals" });
  const refusal = make("p", { class: "refusal", role: "alert" });
  const go = /** @type {HTMLButtonElement} */ (
    make("button", { type: "button", class: "button primary", disabled: true })
  );
  go.append(t("Forward"));
  const inside = [quoted(world, message), make("div", { class: "find" }, icon("search"), find), rows];
  const dialog = occasion({ title: t("Forward message"), inside, foot: [refusal, go] });
  rows.append(...world.conversations.list().map((conversation) => row(world, conversation)));
  const chosen = () => [...rows.querySelectorAll("input:checked")].map((box) => /** @type {any} */ (box).value);
  rows.addEventListener("change", () => {
    const count = chosen().length;
    go.disabled = count === 0;
    for (const box of rows.querySelectorAll("input")) box.disabled = count >= MOST && !box.checked;
  });
  find.addEventListener("input", () => sift(rows, /** @type {HTMLInputElement} */ (find).value));
  // The same try again, whatever became of the answer.
  const client_id = uuid();
  go.addEventListener("click", async () => {
    go.disabled = true;
    refusal.textContent = "";
    try {
      const ids = chosen();
      await world.answers.forward(message, ids, client_id);
      dialog.close();
      notify(tn("Forwarded to {count} conversation", "Forwarded to {count} conversations", ids.length));
    } catch (error) {
      refusal.textContent = /** @type {Error} */ (error).message;
      go.disabled = false;
    }
  });
  dialog.showModal();
  find.focus();
}

/** @param {import("../app.js").World} world @param {Message} message */
function quoted({ conversations }, message) {
  const user = conversations.person(message.sender_id);
  return make(
    "p",
    { class: "soft goal-words", dir: "auto", lang: "" },
    make("b", {}, nameOf(user)),
    " ",
    gist(message),
  );
}

/** @param {import("../app.js").World} world @param {Conversation} conversation */
function row({ me }, conversation) {
  const box = make("input", { type: "checkbox", value: conversation.id });
  const name = make("span", { class: "words" }, titleOf(conversation, me.id));
  return make("li", {}, make("label", { class: "option" }, box, roomSphere(conversation, me.id), name));
}

/** @param {HTMLElement} rows @param {string} words */
function sift(rows, words) {
  const wanted = words.trim().toLocaleLowerCase();
  for (const line of /** @type {Iterable<HTMLElement>} */ (rows.children))
    line.hidden = !one(".words", line).textContent?.toLocaleLowerCase().includes(wanted);
}
