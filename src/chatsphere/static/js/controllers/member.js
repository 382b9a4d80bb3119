/** What one can do about somebody in a conversation, as a menu at their name. Loaded when it is first wanted. */
import { one } from "../helpers/dom.js";
import { openMenu } from "../helpers/menu.js";
import { nameOf } from "../models/naming.js";
import { t } from "../models/words.js";
import { sure } from "./sure.js";

/** @import {Choice} from "../helpers/menu.js" */
/** @import {Conversation, Participant, Role, User} from "../models/shapes.js" */

/**
 * @typedef {{
 *   world: import("../app.js").World,
 *   conversation: Conversation,
 *   participant: Participant,
 *   tell: (method: string, path: string, body?: unknown) => Promise<boolean>,
 *   report: (user: User) => void,
 * }} Place whom it is about and where, how the server is told of it there, and what reports somebody
 */

/** @param {HTMLElement} opener @param {Place} place */
export function openMember(opener, place) {
  openMenu(opener, [...ranks(place), ...decisions(place)]);
}

/** What one's rank allows. @param {Place} place @returns {Choice[]} */
function ranks({ world, conversation, participant, tell }) {
  const path = `/participants/${participant.user.id}`;
  const name = nameOf(participant.user);
  const text = t("{name} sees nothing newer from here.", { name });
  const remove = async () => {
    if (await sure({ title: t("Remove {name}?", { name }), text, yes: t("Remove") })) await tell("DELETE", path);
  };
  return choices(conversation, participant, participant.user.id === world.me.id).map((choice) => ({
    ...choice,
    act: () => (choice.role ? tell("PUT", path, { role: choice.role }) : remove()),
  }));
}

/**
 * What the caller may do with somebody; without a role it is removing them.
 * @param {Conversation} conversation @param {Participant} them @param {boolean} own
 * @returns {{label: string, icon: string, bad?: boolean, role?: Role}[]}
 */
function choices(conversation, them, own) {
  if (own || conversation.kind !== "group" || conversation.role === "member" || them.role === "owner") return [];
  const owns = conversation.role === "owner";
  const promote =
    them.role === "member"
      ? { label: t("Make admin"), icon: "shield", role: "admin" }
      : { label: t("Make member"), icon: "user", role: "member" };
  const roles = owns ? [promote, { label: t("Make owner"), icon: "crown", role: "owner" }] : [];
  return /** @type {any} */ ([...roles, { label: t("Remove"), icon: "user-minus", bad: true }]);
}

/** What one can decide about somebody, whatever one's rank. @param {Place} place @returns {Choice[]} */
function decisions({ world, participant: { user }, report }) {
  const { contacts } = world;
  const [blocks, mutes] = [contacts.blocks(user.id), contacts.mutes(user.id)];
  return [
    {
      label: mutes ? t("Unmute") : t("Mute"),
      icon: mutes ? "bell" : "bell-off",
      act: () => decide(world, user.id, { muted: !mutes }),
    },
    blocks
      ? { label: t("Unblock"), icon: "user-check", act: () => decide(world, user.id, { blocked: false }) }
      : { label: t("Block…"), icon: "ban", bad: true, act: () => block(world, user) },
    { label: t("Report…"), icon: "flag", bad: true, act: () => report(user) },
  ];
}

/** @param {import("../app.js").World} world @param {User} user */
async function block(world, user) {
  const text = t(
    "Neither of you can write to the other, and neither sees the other typing or online. They are not told. In groups their messages are folded away for you.",
  );
  if (await sure({ title: t("Block {name}?", { name: nameOf(user) }), text, yes: t("Block") }))
    await decide(world, user.id, { blocked: true });
}

/** @param {import("../app.js").World} world @param {string} id @param {{blocked?: boolean, muted?: boolean}} change */
async function decide(world, id, change) {
  const refusal = one("#details-refusal");
  refusal.textContent = "";
  await world.contacts.decide(id, change).catch((error) => {
    refusal.textContent = error.message;
  });
}
