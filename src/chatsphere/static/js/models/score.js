/**
 * The beats of a history, of equal time, and the ways between them. Pure.
 *
 * @typedef {{began_at: string, message_id: number, count: number, unread: number, pictures: number, hue: number | null,
 *   picture_id: string | null}} Beat
 */
import { dayOf, monthShort } from "./time.js";

/** How much the fullest beat holds; at least one. @param {Beat[]} beats */
export function longest(beats) {
  return Math.max(1, ...beats.map(({ count }) => count));
}

/** The beat that a message is in: the last that begins with it or before. @param {Beat[]} beats @param {number} id */
export function beatOf(beats, id) {
  const at = beats.findLastIndex((beat) => beat.message_id <= id && beat.count > 0);
  return Math.max(0, at);
}

/** The name of a month where it begins with this beat; else null. @param {Beat[]} beats @param {number} at @param {string} [zone] */
export function monthOf(beats, at, zone) {
  const [before, here] = [beats[at - 1], beats[at]].map((beat) => dayOf(beat.began_at, zone).slice(0, 7));
  if (before === here) return null;
  return monthShort(beats[at].began_at, zone);
}

/** Where a key leads from a beat, to one where something was said; null: nowhere. @param {Beat[]} beats @param {number} at @param {string} key */
export function stepped(beats, at, key) {
  const full = beats.flatMap((beat, n) => (beat.count ? [n] : []));
  const month = (/** @type {number} */ n) => dayOf(beats[n].began_at).slice(0, 7);
  const before = full.filter((n) => n < at).reverse();
  const after = full.filter((n) => n > at);
  const earlier = before.find((n) => month(n) !== month(at));
  const to = {
    ArrowUp: before[0],
    ArrowDown: after[0],
    // A month has many beats, or a beat many months: at least one beat is gone.
    PageUp: full.find((n) => earlier !== undefined && month(n) === month(earlier)) ?? full[0],
    PageDown: after.find((n) => month(n) !== month(at)) ?? full.at(-1),
    Home: full[0],
    End: full.at(-1),
  }[key];
  return to === undefined || to === at ? null : to;
}

/**
 * The months of a history with what was said in each, the latest first.
 * @param {Beat[]} beats @returns {{began_at: string, message_id: number, count: number, pictures: number}[]}
 */
export function months(beats) {
  /** @type {Map<string, {began_at: string, message_id: number, count: number, pictures: number}>} */
  const found = new Map();
  for (const { began_at, message_id, count, pictures } of beats.filter((beat) => beat.count)) {
    const name = dayOf(began_at).slice(0, 7);
    const known = found.get(name);
    if (!known) found.set(name, { began_at, message_id, count, pictures });
    else found.set(name, { ...known, count: known.count + count, pictures: known.pictures + pictures });
  }
  return [...found.values()].reverse();
}
