/** What can be done with a row of the list: mark it, and be told why it says that something is unread. */
import { one } from "../helpers/dom.js";
import { openMenu } from "../helpers/menu.js";
import { failed } from "../helpers/notice.js";
import { call, get } from "../models/api.js";
import { waiting } from "../models/conversation.js";
import { gist, listed, nameOf, titleOf } from "../models/naming.js";
import { moment } from "../models/time.js";
import { t, tn } from "../models/words.js";
import { sure } from "./sure.js";

/** @import {Conversation, Message} from "../models/shapes.js" */

const MOST = 100;

export class Unread {
  /** @param {import("../app.js").World} world @param {import("./navigation.js").Navigation} navigation */
  constructor(world, navigation) {
    this.world = world;
    this.navigation = navigation;
  }

  /** @param {HTMLElement} opener the row's button */
  offer(opener) {
    const id = one("a", /** @type {HTMLElement} */ (opener.parentElement)).dataset.id ?? "";
    const conversation = this.world.conversations.state(id)?.conversation;
    if (!conversation) return;
    const why = {
      label: t("Why is this unread?"),
      icon: "circle-question-mark",
      act: () => this.#tell(this.#explain(conversation)),
    };
    const done = { label: t("Mark as read"), icon: "mail-open", act: () => this.#tell(this.#read(conversation)) };
    const keep = { label: t("Mark as unread"), icon: "mail", act: () => this.#tell(this.#mark(id, true)) };
    openMenu(opener, waiting(conversation) ? [done, why] : [keep]);
  }

  /** @param {Conversation} conversation */
  async #read({ id, last_seq: seq, unread_count, marked_unread }) {
    if (unread_count) await call("PUT", `/conversations/${id}/read`, { seq });
    else if (marked_unread) await this.#mark(id, false);
    this.world.conversations.heardRead(id, this.world.me.id, seq);
    this.world.conversations.heardMarked(id, false);
  }

  /** @param {string} id @param {boolean} marked_unread */
  async #mark(id, marked_unread) {
    await call("PUT", `/conversations/${id}`, { marked_unread });
    this.world.conversations.heardMarked(id, marked_unread);
  }

  /** Say where something did not work. @param {Promise<void>} deed */
  #tell(deed) {
    deed.catch(failed);
  }

  /** There is always an answer: the server's, and if it is another one than this page had, the page follows it. @param {Conversation} shown */
  async #explain({ id }) {
    const { conversations, me } = this.world;
    const fresh = /** @type {Conversation | null} */ (await get(`/conversations/${id}`).catch(() => null));
    if (fresh) conversations.adopt(fresh);
    const title = t("Why is “{title}” unread?", { title: fresh ? titleOf(fresh, me.id) : "" });
    if (!fresh)
      await sure({
        title: t("Why is this unread?"),
        text: t("The server does not answer just now."),
        yes: t("All right"),
        calm: true,
      });
    else if (fresh.unread_count) {
      const text = await this.#reason(fresh);
      if (await sure({ title, text, yes: t("Go to the first"), calm: true })) this.navigation.open(id);
    } else if (fresh.marked_unread) {
      const text = t("Nothing new was said. You have marked it as unread yourself, to come back to it.");
      if (await sure({ title, text, yes: t("Mark as read"), calm: true })) this.#tell(this.#mark(id, false));
    } else
      await sure({
        title,
        text: t("It is not any more: it was read at another device."),
        yes: t("All right"),
        calm: true,
      });
  }

  /** @param {Conversation} conversation */
  async #reason({ id, read_seq, unread_count: count }) {
    const { conversations, me } = this.world;
    const after = /** @type {Message[]} */ (await get(`/conversations/${id}/messages?after=${read_seq}&limit=${MOST}`));
    const unread = after.filter((message) => message.sender_id !== me.id && !message.deleted_at);
    const [first] = unread;
    const names = listed([...new Set(unread.map((one) => nameOf(conversations.person(one.sender_id))))]);
    if (!first) return tn("{count} message waits for you.", "{count} messages wait for you.", count);
    return tn(
      "{count} message from {names} came after what you have last had before your eyes. It is of {time} and says: “{words}”",
      "{count} messages from {names} came after what you have last had before your eyes. The first is of {time} and says: “{words}”",
      count,
      { names, time: moment(first.created_at), words: gist(first) },
    );
  }
}
