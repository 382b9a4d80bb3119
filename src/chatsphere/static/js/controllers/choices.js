/**
 * Everything that can be done with a message, or with one picture of it: as a menu at a button, or as a sheet that comes
 * up from the edge of a touch screen. Loaded when it is first wanted.
 *
 * @import {Actions, Target} from "./actions.js"
 * @import {Choice} from "../helpers/menu.js"
 */
import { icon, make, vary } from "../helpers/dom.js";
import { late } from "../helpers/fetched.js";
import { openMenu } from "../helpers/menu.js";
import { failed, notify } from "../helpers/notice.js";
import { smallest } from "../helpers/picture.js";
import { call } from "../models/api.js";
import { gist, nameOf } from "../models/naming.js";
import { holds } from "../models/reactions.js";
import { t } from "../models/words.js";
import { sure } from "./sure.js";

/** @param {Actions} actions @param {Target} target @param {HTMLElement} opener */
export function openChoices(actions, target, opener) {
  openMenu(opener, choices(actions, target, opener));
}

/**
 * @param {Actions} actions @param {Target} target @param {HTMLElement} opener
 * @returns {Choice[]}
 */
function choices(actions, target, opener) {
  const { message, attachment } = target;
  const { world } = actions;
  const state = actions.log.state?.conversation;
  const own = message.sender_id === world.me.id;
  const manages = state?.kind === "group" && state.role !== "member";
  const pictures = message.attachments.filter(({ kind }) => kind === "image");
  const react = { label: t("React…"), icon: "smile-plus", act: () => actions.pick(message, opener, attachment) };
  if (attachment)
    return [
      { label: t("Reply to this picture"), icon: "reply", act: () => actions.reply(target) },
      react,
      ...(own ? [{ label: t("Describe…"), icon: "pencil", act: () => describe(actions, target) }] : []),
    ];
  const single = pictures.length > 1 ? pictures : [];
  return [
    { label: t("Reply"), icon: "reply", act: () => actions.reply(target) },
    ...single.map(({ id }, at) => ({
      label: t("Reply to picture {number}", { number: at + 1 }),
      icon: "image",
      act: () => actions.reply({ ...target, attachment: id }),
    })),
    react,
    ...(own ? [{ label: t("Edit"), icon: "pencil", act: () => actions.edit(target) }] : []),
    ...(own && pictures.length ? [{ label: t("Describe…"), icon: "image", act: () => describe(actions, target) }] : []),
    { label: t("Forward…"), icon: "forward", act: () => forward(actions, target) },
    { label: t("Copy text"), icon: "copy", act: () => actions.copy(message) },
    { label: t("Copy link"), icon: "link", act: () => copyLink(target) },
    {
      label: message.pinned ? t("Unpin") : t("Pin"),
      icon: message.pinned ? "pin-off" : "pin",
      act: () => world.answers.pin(message),
    },
    ...(own
      ? []
      : [{ label: t("Report message…"), icon: "flag", bad: true, act: () => actions.log.onReport(message) }]),
    ...(own || manages ? [{ label: t("Delete message"), icon: "trash-2", bad: true, act: () => remove(target) }] : []),
  ];
}

/** @param {Target} target */
async function remove({ message }) {
  const text = t("It goes for everybody, with its pictures, and cannot be brought back.");
  if (!(await sure({ title: t("Delete this message?"), text, yes: t("Delete") }))) return;
  const path = `/conversations/${message.conversation_id}/messages/${message.id}`;
  await call("DELETE", path).catch(failed);
}

/** @param {Target} target */
async function copyLink({ message }) {
  const address = new URL(`/c/${message.conversation_id}?at=${message.id}`, location.href);
  await navigator.clipboard?.writeText(address.href).then(
    () => notify(t("Copied")),
    () => notify(t("This browser does not let anything be copied.")),
  );
}

/** @param {Actions} actions @param {Target} target */
function forward({ world }, { message }) {
  late(
    () => import("./forward.js"),
    ({ openForward }) => openForward(world, message),
  );
}

/** @param {Actions} actions @param {Target} target */
function describe({ world }, { message, attachment }) {
  late(
    () => import("./describe.js"),
    ({ openDescribe }) => openDescribe((words) => world.answers.edit(message, words), message, attachment),
  );
}

/** @param {Actions} actions @param {Target} target @param {string[]} recent */
export function openSheet(actions, target, recent) {
  const { message, attachment } = target;
  const dialog = /** @type {HTMLDialogElement} */ (
    make("dialog", { class: "sheet", "aria-label": t("What to do with this message") })
  );
  const close = (/** @type {() => unknown} */ act) => () => {
    dialog.close();
    act();
  };
  const there = attachment === null ? message : message.attachments.find(({ id }) => id === attachment);
  const quick = recent.map((emoji) => {
    const pressed = String(holds(there?.reactions ?? [], emoji, actions.world.me.id));
    const how = { type: "button", "aria-pressed": pressed, "aria-label": t("React with {emoji}", { emoji }) };
    return listening(
      make("button", how, emoji),
      close(() => actions.react(message, emoji, attachment)),
    );
  });
  const anchor = target.element;
  const ways = choices(actions, target, anchor).map(({ label, icon: sign, bad, act }) =>
    listening(make("button", { type: "button", class: bad ? "bad" : null }, icon(sign), label), close(act)),
  );
  dialog.append(
    about(actions, target),
    make("div", { class: "quick" }, ...quick),
    make("div", { class: "deeds" }, ...ways),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  passOver(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** The finger that opened it is lifted over it: that is no tap on what it happens to be over. @param {HTMLDialogElement} dialog */
function passOver(dialog) {
  let touched = false;
  dialog.addEventListener("pointerdown", () => {
    touched = true;
  });
  dialog.addEventListener("click", (event) => !touched && event.detail && event.stopPropagation(), { capture: true });
}

/** What it is about, in a line. @param {Actions} actions @param {Target} target */
function about({ world }, { message, attachment }) {
  const picture =
    message.attachments.find(({ id }) => id === attachment) ?? message.attachments.find(({ kind }) => kind === "image");
  const thumb =
    picture?.kind === "image" ? [make("img", { src: smallest(picture), alt: "", width: 38, height: 38 })] : [];
  const user = world.conversations.person(message.sender_id);
  const words = make("span", {}, make("b", {}, nameOf(user)), make("span", { dir: "auto", lang: "" }, gist(message)));
  return vary(make("p", { class: "about" }, ...thumb, words), { "--ah": user.hue });
}

/** @param {HTMLElement} button @param {() => void} act */
function listening(button, act) {
  button.addEventListener("click", act);
  return button;
}
