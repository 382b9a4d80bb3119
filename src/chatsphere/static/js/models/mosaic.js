/**
 * An album's geometry from the sizes of its pictures alone. Pure.
 *
 * Every arrangement in rows (and, for three or four, one tall picture beside a column) is laid out without cropping;
 * the one that comes closest to a pleasant shape wins, and is stretched where it is still too tall or too wide.
 *
 * @typedef {{x: number, y: number, width: number, height: number}} Tile in parts of the whole
 * @typedef {{ratio: number, tiles: Tile[]}} Mosaic `ratio` is the width of the whole by its height
 */

export const MOST = 10;
const TALLEST = 2 / 3;
const WIDEST = 2.75;
const PLEASANT = 1.25;
const IN_A_ROW = 4;

/**
 * @param {{width: number, height: number}[]} sizes at least one; only the first ten get a tile
 * @returns {Mosaic}
 */
export function mosaic(sizes) {
  const ratios = sizes.slice(0, MOST).map(({ width, height }) => clamp(width / height));
  const candidates = [...compositions(ratios.length)].map((counts) => inRows(ratios, counts));
  if (ratios.length === 3 || ratios.length === 4) candidates.push(besideColumn(ratios));
  return candidates.reduce((best, one) => (cost(one) < cost(best) ? one : best));
}

/** @param {number} ratio */
function clamp(ratio) {
  return Math.min(WIDEST, Math.max(TALLEST, Number.isFinite(ratio) && ratio > 0 ? ratio : 1));
}

/**
 * Every way to write n as a sum of rows.
 * @param {number} n @returns {Generator<number[]>}
 */
function* compositions(n) {
  if (n === 0) yield [];
  for (let row = 1; row <= Math.min(IN_A_ROW, n); row += 1) {
    for (const rest of compositions(n - row)) yield [row, ...rest];
  }
}

/** @param {number[]} ratios @param {number[]} counts @returns {Mosaic} */
function inRows(ratios, counts) {
  const left = [...ratios];
  const rows = counts.map((count) => left.splice(0, count));
  const heights = rows.map((row) => 1 / sum(row));
  const height = sum(heights);
  let y = 0;
  const tiles = rows.flatMap((row, at) => {
    const share = heights[at] / height;
    let x = 0;
    const placed = row.map((ratio) => {
      const width = ratio * heights[at];
      const tile = { x, y, width, height: share };
      x += width;
      return tile;
    });
    y += share;
    return placed;
  });
  return { ratio: clamp(1 / height), tiles };
}

/** @param {number[]} ratios @returns {Mosaic} */
function besideColumn([tall, ...others]) {
  const column = 1 / sum(others.map((ratio) => 1 / ratio));
  const whole = tall + column;
  let y = 0;
  const tiles = others.map((ratio) => {
    const tile = { x: tall / whole, y, width: column / whole, height: column / ratio };
    y += tile.height;
    return tile;
  });
  return { ratio: clamp(whole), tiles: [{ x: 0, y: 0, width: tall / whole, height: 1 }, ...tiles] };
}

/**
 * How far from pleasant: a strange shape, the stretching it took, and tiles of very different size.
 * @param {Mosaic} one
 */
function cost({ ratio, tiles }) {
  const areas = tiles.map((tile) => tile.width * tile.height);
  const uneven = Math.log(Math.max(...areas) / Math.min(...areas));
  return Math.abs(Math.log(ratio / PLEASANT)) * 2 + uneven * 0.35;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}
