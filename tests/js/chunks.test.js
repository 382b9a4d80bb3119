import assert from "node:assert/strict";
import { test } from "node:test";
import { chunked, cuts, MOST, portion, spared } from "../../src/chatsphere/static/js/models/chunks.js";

/** @param {number} from @param {number} to both included */
const run = (from, to) => Array.from({ length: to - from + 1 }, (_one, at) => from + at);

/** @param {number} id @returns {any} */
const said = (id) => ({ kind: "message", key: `#${id}`, message: { id } });

test("a page is a chunk, and what is posted fills the last one before it begins another", () => {
  assert.deepEqual(cuts([]), []);
  assert.deepEqual(cuts(run(201, 225)), [201]);
  assert.deepEqual(cuts(run(201, 230), [201]), [201]);
  assert.deepEqual(cuts(run(201, 255), [201]), [201, 251]);
});

test("the first message of a whole page has a chunk of its own, for it looks otherwise with others before it", () => {
  assert.deepEqual(cuts(run(201, 250)), [201, 202]);
  assert.deepEqual(cuts(run(151, 260), [201, 202]), [151, 201, 202, 252]);
});

test("older pages make chunks of their own and leave those that are there alone", () => {
  assert.deepEqual(cuts(run(151, 250), [201]), [151, 201]);
  assert.deepEqual(cuts(run(51, 250), [201]), [51, 101, 151, 201]);
  assert.deepEqual(cuts(run(2, 250), [201]), [2, 51, 101, 151, 201], "the beginning is what is left over");
});

test("a chunk keeps its name when its first messages are gone", () => {
  assert.deepEqual(cuts(run(230, 300), [151, 201, 251]), [201, 251]);
  assert.deepEqual(cuts(run(180, 300), [201, 251]), [180, 201, 251]);
});

test("of too many chunks those stay that are near the reader", () => {
  const ids = run(1, 401);
  const begins = cuts(ids);
  assert.equal(begins.length, MOST + 1);
  assert.deepEqual(spared(ids, begins, true), run(1, 351));
  assert.deepEqual(spared(ids, begins, false), run(2, 401));
});

test("over any walk through a history no chunk has more than a page, and no walk leaves more than eight", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    let random = seed;
    const chance = () => {
      random = (random * 48_271) % 2_147_483_647;
      return random / 2_147_483_647;
    };
    let ids = run(1_000, 1_000 + Math.floor(chance() * 50));
    let begins = cuts(ids);
    for (let step = 0; step < 120; step += 1) {
      const early = chance() < 0.5;
      const [first, last] = [ids[0], ids[ids.length - 1]];
      const some = 1 + Math.floor(chance() * 50);
      ids = early ? [...run(Math.max(1, first - some), first - 1), ...ids] : [...ids, ...run(last + 1, last + some)];
      begins = cuts(ids, begins);
      while (begins.length > MOST) {
        ids = spared(ids, begins, early);
        begins = cuts(ids, begins);
      }
      const chunks = chunked(ids.map(said), begins);
      assert.deepEqual(
        chunks.flatMap((chunk) => chunk.lines.map((/** @type {any} */ line) => line.message.id)),
        ids,
      );
      assert.ok(chunks.length <= MOST && chunks.every((chunk) => chunk.lines.length <= 50));
    }
  }
});

test("days and dividers go with the message after them, and what comes after the last one stays at the end", () => {
  const lines = [{ kind: "day" }, said(1), { kind: "aside" }, said(51), { kind: "aside" }];
  const chunks = chunked(/** @type {any} */ (lines), [1, 51]);
  assert.deepEqual(
    chunks.map((chunk) => chunk.lines.length),
    [2, 3],
  );
  assert.deepEqual(chunked(/** @type {any} */ ([{ kind: "aside" }]), []), [{ id: 0, lines: [{ kind: "aside" }] }]);
});

test("a few lines are drawn at once: the end where nothing is drawn yet, then the neighbours of what is", () => {
  const lines = run(1, 100).map(said);
  const drawn = new Set();
  const drawnFrom = (/** @type {number} */ most) => {
    const [from, to] = portion(lines, ({ key }) => drawn.has(key), most);
    for (const { key } of lines.slice(from, to)) drawn.add(key);
    return [from, to];
  };
  assert.deepEqual(drawnFrom(20), [80, 100]);
  assert.deepEqual(drawnFrom(12), [68, 100]);
  lines.push(...run(101, 130).map(said));
  assert.deepEqual(drawnFrom(12), [56, 112]);
  assert.deepEqual(drawnFrom(Number.POSITIVE_INFINITY), [0, 130]);
  assert.deepEqual(
    portion([], () => true, 12),
    [0, 0],
  );
});

test("what is missing between two drawn lines is drawn with them", () => {
  const lines = run(1, 100).map(said);
  assert.deepEqual(
    portion(lines, ({ key }) => key === "#40" || key === "#90", 5),
    [34, 95],
  );
});
