/**
 * What comes in, as it is said to whoever hears the page: a line for each message, together with those of the same
 * second; more than three are only counted.
 *
 * @import {Contacts} from "./contacts.js"
 * @import {Conversation, Message} from "./shapes.js"
 */
import { gist, plain } from "./naming.js";
import { locale, tn } from "./words.js";

const GATHER = 1_000;
const MOST_LINES = 3;
const parts = new Intl.ListFormat(locale, { style: "long", type: "unit" });

export class News {
  /** @param {(lines: string[]) => void} say */
  constructor(say) {
    this.say = say;
    /** @type {string[]} */
    this.lines = [];
  }

  /** @param {string} line */
  hear(line) {
    this.lines.push(line);
    if (this.lines.length === 1) setTimeout(() => this.#pass(), GATHER);
  }

  #pass() {
    const { lines } = this;
    this.lines = [];
    this.say(lines.length > MOST_LINES ? [tn("{count} new message", "{count} new messages", lines.length)] : lines);
  }
}

/** Whether a message is worth a word: neither one's own nor read elsewhere by now, and nothing that is to be quiet. @param {Message} message @param {Conversation} conversation @param {Contacts} contacts */
export function isNews(message, conversation, contacts) {
  const mine = message.sender_id === contacts.me || message.id <= conversation.read_seq;
  return !mine && !message.deleted_at && !contacts.quiets(conversation) && !contacts.veils(conversation, message);
}

/** What it says and what comes with it: "Look at this, 3 pictures". @param {Message} message */
export function spoken({ content, attachments, deleted_at }) {
  const kinds = [
    attachments.filter(({ kind }) => kind === "image"),
    attachments.filter(({ kind }) => kind !== "image"),
  ].filter((some) => some.length);
  const come = kinds.map((some) => gist({ content: "", attachments: some, deleted_at }));
  return parts.format([plain(content), ...come].filter(Boolean));
}
