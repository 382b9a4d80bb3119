/** What comes in is said once, in a hidden live region beside the list; what is old, muted or one's own is not. Loaded with the first that comes. */
import { make, one } from "../helpers/dom.js";
import { nameOf, titleOf } from "../models/naming.js";
import { isNews, News, spoken } from "../models/news.js";
import { t } from "../models/words.js";

const KEEP = 10_000;

export class Announcer {
  /** @param {import("../app.js").World} world */
  constructor(world) {
    this.world = world;
    this.region = one("#announcer");
    this.news = new News((lines) => this.#say(lines));
  }

  /** @param {import("../models/shapes.js").Conversation} conversation @param {import("../models/shapes.js").Message} message */
  hear(conversation, message) {
    const { contacts, conversations, me } = this.world;
    if (!isNews(message, conversation, contacts)) return;
    const said = {
      name: nameOf(conversations.person(message.sender_id)),
      room: titleOf(conversation, me.id),
      words: spoken(message),
    };
    this.news.hear(conversation.kind === "group" ? t("{name} in {room}: {words}", said) : t("{name}: {words}", said));
  }

  /** @param {string[]} lines */
  #say(lines) {
    const said = lines.map((line) => make("p", {}, line));
    this.region.append(...said);
    setTimeout(() => {
      for (const line of said) line.remove();
    }, KEEP);
  }
}
