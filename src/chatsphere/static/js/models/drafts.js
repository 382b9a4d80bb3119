/** What was begun and not sent, per person and conversation, in this browser. */

/** @typedef {{text: string, reply_to: number | null}} Draft */

export class Drafts {
  /** @param {string} user_id @param {Storage} [storage] */
  constructor(user_id, storage = localStorage) {
    this.prefix = `chatsphere/draft/${user_id}/`;
    this.storage = storage;
  }

  /** @param {string} conversation_id @returns {Draft} */
  get(conversation_id) {
    try {
      return JSON.parse(this.storage.getItem(this.prefix + conversation_id) ?? "") ?? { text: "", reply_to: null };
    } catch {
      return { text: "", reply_to: null };
    }
  }

  /** @param {string} conversation_id @param {Draft} draft */
  set(conversation_id, draft) {
    try {
      if (draft.text.trim() || draft.reply_to) {
        this.storage.setItem(this.prefix + conversation_id, JSON.stringify(draft));
      } else this.storage.removeItem(this.prefix + conversation_id);
    } catch {
      // A full or forbidden storage costs the draft, never the typing.
    }
  }
}
