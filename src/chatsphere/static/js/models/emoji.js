/** Every emoji by its names. The list is large: only who asks for it fetches it. */

/**
 * @typedef {{group: number, emoji: string, name: string, codes: string[], words: string, toned: boolean}} Emoji
 */

const PEOPLE = /^(.)\ufe0f?|([🧑👩👨])/gu;

/** @type {Promise<Emoji[]> | undefined} */
let read;

/** All of them, in the order in which they are shown. @param {<T>(load: () => Promise<T>) => Promise<T>} fetched how they come */
export function book(fetched) {
  read ??= fetched(() => import("../../vendor/emoji.js")).then((file) => file.default.split("\n").map(entry));
  // Whoever asks while the network is away may ask again.
  read.catch(() => {
    read = undefined;
  });
  return read;
}

/** @param {string} line @returns {Emoji} */
function entry(line) {
  const [group, emoji, name, codes, words, toned] = line.split("\t");
  return { group: Number(group), emoji, name, codes: codes.split(" "), words, toned: toned === "1" };
}

/**
 * What is meant by these letters: first what is called so, then what begins so, then what has such a word.
 * @param {Emoji[]} all @param {string} asked @param {number} most
 */
export function search(all, asked, most) {
  const words = asked
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean);
  if (!words.length) return [];
  const ranked = all.map((one) => ({ one, rank: rank(one, words) })).filter(({ rank }) => rank < 4);
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ one }) => one);
}

/** @param {Emoji} one @param {string[]} words */
function rank(one, words) {
  const code = words.join("_");
  if (one.codes.includes(code)) return 0;
  if (one.codes.some((known) => known.startsWith(code))) return 1;
  const named = ` ${one.codes.join(" ").replaceAll("_", " ")} ${one.name.toLowerCase()}`;
  if (words.every((word) => named.includes(` ${word}`))) return 2;
  return words.every((word) => `${named} ${one.words}`.includes(` ${word}`)) ? 3 : 4;
}

/** In a colour of skin, from 1 to 5; 0 is nobody's. @param {Pick<Emoji, "emoji" | "toned">} one @param {number} tone */
export function inTone({ emoji, toned }, tone) {
  if (!toned || !tone) return emoji;
  return emoji.replace(PEOPLE, (_all, first, other) => (first ?? other) + String.fromCodePoint(0x1f3fa + tone));
}
