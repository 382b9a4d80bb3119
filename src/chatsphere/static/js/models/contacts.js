/**
 * Whom this person has blocked or muted, and what follows from it here. Nobody else is told.
 *
 * @import {Contact, Conversation, Message} from "./shapes.js"
 */
import { Emitter } from "../helpers/emitter.js";
import { call, get } from "./api.js";
import { other } from "./naming.js";
import { t } from "./words.js";

/** What stands where a message of somebody blocked would. */
export const VEILED = t("A message from someone you blocked");

/** Topic: `changed` (user id, or null for all). */
export class Contacts extends Emitter {
  /** @param {Contact[]} contacts @param {string} me */
  constructor(contacts, me) {
    super();
    this.me = me;
    /** @type {Map<string, Contact>} */
    this.known = new Map();
    this.take(contacts);
  }

  /** @param {string} id */
  blocks(id) {
    return this.known.get(id)?.blocked ?? false;
  }

  /** @param {string} id */
  mutes(id) {
    return this.known.get(id)?.muted ?? false;
  }

  /** Whether a conversation makes no noise: it is muted itself, or whoever it is with is. @param {Conversation} conversation */
  quiets(conversation) {
    const user = other(conversation, this.me);
    return conversation.muted || (user !== undefined && (this.mutes(user.id) || this.blocks(user.id)));
  }

  /** Whether a message is folded away: in a group, from somebody blocked. @param {Conversation} conversation @param {Pick<Message, "sender_id">} message */
  veils(conversation, message) {
    return conversation.kind === "group" && this.blocks(message.sender_id);
  }

  /** All that is decided now. @param {Contact[]} contacts */
  take(contacts) {
    this.known = new Map(contacts.map((one) => [one.user.id, one]));
    this.tell("changed", null);
  }

  /** Decide about somebody. @param {string} id @param {{blocked?: boolean, muted?: boolean}} change */
  async decide(id, change) {
    const { data } = await call("PUT", `/contacts/${id}`, change);
    this.known.set(id, data);
    this.tell("changed", id);
  }

  /** What may have been decided in another tab or at another device. */
  async refresh() {
    const before = likeness(this.known);
    const contacts = /** @type {Contact[]} */ (await get("/contacts?limit=100"));
    if (likeness(new Map(contacts.map((one) => [one.user.id, one]))) !== before) this.take(contacts);
  }
}

/** @param {Map<string, Contact>} known */
function likeness(known) {
  const decided = [...known.values()].filter(({ blocked, muted }) => blocked || muted);
  return JSON.stringify(decided.map(({ user, blocked, muted }) => [user.id, blocked, muted]).sort());
}
