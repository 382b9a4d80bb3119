/** The lights of a room are of one name each, its pictures' own before the others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { palette } from "../../src/chatsphere/static/js/models/light.js";

const told = (/** @type {number[]} */ hues) => palette(hues).map(({ hue, name, own }) => [name, hue, own]);

test("without pictures there are eight, around the circle", () => {
  const lights = told([]);
  assert.deepEqual(lights[0], ["Ember", 22, false]);
  assert.equal(lights.length, 8);
  assert.ok(lights.every(([, , own]) => !own));
});

test("a hue of its pictures takes the place of the one it lies nearest to, the first of them counting", () => {
  const lights = told([222, 210, 358, 359]);
  assert.deepEqual(lights.slice(0, 3), [
    ["Lake", 222, true],
    ["Rose", 358, true],
    ["Ember", 22, false],
  ]);
  assert.equal(lights.length, 8);
});

test("whatever hues there are, no name is there twice and every hue is one", () => {
  for (let from = 0; from < 360; from += 7) {
    const lights = palette(Array.from({ length: 30 }, (_, n) => (from + n * 13) % 360));
    assert.equal(new Set(lights.map(({ name }) => name)).size, 8);
    assert.ok(lights.every(({ hue }) => hue >= 0 && hue < 360));
  }
});
