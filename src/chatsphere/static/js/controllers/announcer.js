/** What comes in is said once, in a hidden live region beside the list; what is old, muted or one's own is not. */
import { make, one } from "../helpers/dom.js";
import { gist, nameOf, titleOf } from "../models/naming.js";

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
    const where = conversation.kind === "group" ? ` in ${titleOf(conversation, me.id)}` : "";
    this.lines.push(`${nameOf(conversations.person(message.sender_id))}${where}: ${gist(message)}`);
    if (this.lines.length === 1) setTimeout(() => this.#say(), GATHER);
  }

  #say() {
    const words = this.lines.length > 3 ? [`${this.lines.length} new messages`] : this.lines;
    const said = words.map((line) => make("p", {}, line));
    this.region.append(...said);
    this.lines = [];
    setTimeout(() => {
      for (const line of said) line.remove();
    }, KEEP);
  }
}
