/**
 * What its reader has still before them in a conversation: where the unread begins, and what came while they read further up.
 *
 * @import {Conversation, Message} from "./shapes.js"
 * @import {State} from "./conversation.js"
 * @typedef {{after: number, count: number, id: number | null}} Fresh where the unread begins, how much it was, and which message is the first, once that is known
 */

export class Unseen {
  /** @param {string} me */
  constructor(me) {
    this.me = me;
    /** @type {Fresh | null} */
    this.fresh = null;
    /** How much has come out of their sight. */
    this.missed = 0;
    /** Whether they have left the end since they came in, so that coming there means something. */
    this.away = false;
  }

  /** Somebody comes in. @param {Conversation | undefined} conversation */
  enter(conversation) {
    const { read_seq: after = 0, unread_count: count = 0 } = conversation ?? {};
    this.fresh = count ? { after, count, id: null } : null;
    this.missed = 0;
    this.away = false;
  }

  /** Something was said. @param {Message} message @param {{atEnd: boolean, looks: boolean}} reader whether they go along with it, and look at the page */
  came({ id, sender_id, deleted_at }, { atEnd, looks }) {
    if (sender_id === this.me) this.fresh = null;
    if (sender_id === this.me || deleted_at) return;
    if (!atEnd) this.missed += 1;
    // Whoever looks elsewhere finds later where it began.
    if (!looks && this.fresh) this.fresh.count += 1;
    else if (!looks) this.fresh = { after: id - 1, count: 1, id };
  }

  /** They have moved; returns whether nothing is fresh to them any more that was. @param {boolean} atEnd @param {boolean} latest whether there the history ends */
  moved(atEnd, latest) {
    if (!atEnd) this.away = true;
    else if (latest) this.missed = 0;
    return atEnd && latest && this.away && this.settle();
  }

  /** They have seen what was new; returns whether something was. */
  settle() {
    const settled = this.fresh !== null;
    this.fresh = null;
    return settled;
  }

  /** What divides it from the rest: placed once, before the first unread message, as soon as that is here. @param {State} state */
  divider({ messages, oldest }) {
    const { fresh } = this;
    if (!fresh) return null;
    const begins = oldest || (messages[0]?.id ?? Number.POSITIVE_INFINITY) <= fresh.after + 1;
    const unread = (/** @type {Message} */ one) => one.id > fresh.after && one.sender_id !== this.me && !one.deleted_at;
    if (fresh.id === null && begins) fresh.id = messages.find(unread)?.id ?? null;
    return fresh.id === null ? null : { id: fresh.id, count: fresh.count };
  }
}
