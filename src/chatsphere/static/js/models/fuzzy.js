/** What somebody means by a few letters: names that have them in this order, the likeliest first. */

/** Names as they are compared: without case and accents. @param {string} text */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/**
 * How well a name answers: 0 where letters are missing; the beginning of the name, the beginnings of its words and
 * letters that stand together count for more.
 * @param {string} query folded @param {string} name folded
 */
export function score(query, name) {
  const whole = name.indexOf(query);
  if (whole === 0) return 1000 - name.length;
  if (whole > 0) return (starts(name, whole) ? 800 : 600) - whole - name.length / 100;
  let [points, at, before] = [0, 0, -2];
  for (const letter of query) {
    if (letter === " ") continue;
    const found = next(name, letter, at);
    if (found < 0) return 0;
    points += found === before + 1 ? 12 : starts(name, found) ? 10 : 2;
    before = found;
    at = found + 1;
  }
  // Letters that are only strewn about are chance.
  return points >= query.length * 4 ? 100 + points - name.length / 100 : 0;
}

/** A letter from here on, rather where a word begins. @param {string} name @param {string} letter @param {number} from */
function next(name, letter, from) {
  if (name[from] === letter) return from;
  const word = name.indexOf(` ${letter}`, Math.max(0, from - 1));
  return word < 0 ? name.indexOf(letter, from) : word + 1;
}

/** @param {string} name @param {number} at */
function starts(name, at) {
  return at === 0 || /[\s\-_.@·]/.test(name[at - 1]);
}

/**
 * @template T
 * @param {string} query as it was typed @param {T[]} things @param {(thing: T) => string[]} names folded, best first
 * @param {number} most @returns {T[]}
 */
export function rank(query, things, names, most) {
  const wanted = fold(query.trim());
  if (!wanted) return things.slice(0, most);
  const scored = things.map((thing) => ({
    thing,
    points: Math.max(...names(thing).map((name) => score(wanted, name))),
  }));
  return scored
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, most)
    .map(({ thing }) => thing);
}
