/** What comes in is said once, in a hidden live region beside the list; what is old, muted or one's own is not. */
import { make, one } from "../helpers/dom.js";
import { gist, nameOf, titleOf } from "../models/naming.js";
import { t, tn } from "../models/words.js";

const GATHER = 1_000;
const KEEP = 10_000;

export class Announcer {
  /** @param {import("../app.js").World} world */
  constructor(world) {
    this.world = world;
    this.region = one("#announcer");
    /** @type {string[]} */
    this.lines = [];
    world.conversations.on("room", (id, event) => event?.kind === "message.posted" && this.#heard(id, event.message));
  }

  /** @param {string} id @param {import("../models/shapes.js").Message} message */
  #heard(id, message) {
    const { contacts, conversations, me } = this.world;
    const conversation = conversations.state(id)?.conversation;
    const old = Date.now() - Date.parse(message.created_at) > 60_000;
    if (!conversation || contacts.quiets(conversation) || contacts.veils(conversation, message)) return;
    if (message.sender_id === me.id || message.deleted_at || old) return;
    const said = {
      name: nameOf(conversations.person(message.sender_id)),
      room: titleOf(conversation, me.id),
      words: gist(message),
    };
    this.lines.push(conversation.kind === "group" ? t("{name} in {room}: {words}", said) : t("{name}: {words}", said));
    if (this.lines.length === 1) setTimeout(() => this.#say(), GATHER);
  }

  #say() {
    const words =
      this.lines.length > 3 ? [tn("{count} new message", "{count} new messages", this.lines.length)] : this.lines;
    const said = words.map((line) => make("p", {}, line));
    this.region.append(...said);
    this.lines = [];
    setTimeout(() => {
      for (const line of said) line.remove();
    }, KEEP);
  }
}
