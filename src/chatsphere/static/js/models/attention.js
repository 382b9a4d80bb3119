/** What somebody has had before their eyes for long enough to have read it. Pure: it is told what is in sight, and when. */

/** So long a message has to be in sight, in milliseconds. */
export const GLANCE = 500;
/** So much of it, or of the view where it is higher than that. */
const MOSTLY = 0.6;

/** Whether a message counts as in sight. @param {{top: number, bottom: number}} message @param {{top: number, bottom: number}} view */
export function inSight(message, view) {
  const seen = Math.min(message.bottom, view.bottom) - Math.max(message.top, view.top);
  return seen > 0 && seen >= MOSTLY * Math.min(message.bottom - message.top, view.bottom - view.top);
}

export class Attention {
  constructor() {
    /** @type {Map<number, number>} since when each is in sight */
    this.since = new Map();
  }

  /**
   * These are in sight now; nobody looks: none.
   * @param {number[]} ids @param {number} now @returns {{read: number, wait: number | null}} the newest that was read (0:
   * none), and after how long to look again
   */
  look(ids, now) {
    for (const id of this.since.keys()) if (!ids.includes(id)) this.since.delete(id);
    for (const id of ids) if (!this.since.has(id)) this.since.set(id, now);
    const left = [...this.since].map(([id, since]) => ({ id, wait: since + GLANCE - now }));
    const read = Math.max(0, ...left.filter(({ wait }) => wait <= 0).map(({ id }) => id));
    const open = left.filter(({ wait }) => wait > 0).map(({ wait }) => wait);
    return { read, wait: open.length ? Math.min(...open) : null };
  }
}
