/** Where arrows lead in the gallery. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { beside } from "../../src/chatsphere/static/js/models/grid.js";

/** Three rows: of three, of one wide, of two. @param {[number, number, number][]} all as left, top, width */
const rows = (...all) => all.map(([left, top, width]) => ({ left, top, width, height: 90 }));
const places = rows([0, 0, 100], [100, 0, 200], [300, 0, 100], [0, 100, 400], [0, 200, 250], [250, 200, 150]);

for (const [key, from, to] of /** @type {const} */ ([
  ["ArrowRight", 2, 3],
  ["ArrowLeft", 0, undefined],
  ["ArrowRight", 5, undefined],
  ["ArrowDown", 0, 3],
  ["ArrowDown", 3, 4],
  ["ArrowUp", 5, 3],
  ["ArrowUp", 3, 1],
  ["ArrowUp", 2, undefined],
  ["ArrowDown", 4, undefined],
  ["Home", 4, 0],
  ["End", 0, 5],
  ["a", 0, undefined],
])) {
  test(`${key} from ${from} leads to ${to}`, () => assert.equal(beside(key, from, places, false), to));
}

test("where one reads from right to left, left is on", () => {
  assert.equal(beside("ArrowLeft", 0, places, true), 1);
  assert.equal(beside("ArrowRight", 1, places, true), 0);
});
