import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST, mosaic } from "../../src/chatsphere/static/js/models/mosaic.js";

/** A small generator with a seed, so that a failure can be seen again. @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/** @param {number} n @param {() => number} chance */
function album(n, chance) {
  return Array.from({ length: n }, () => ({ width: 200 + chance() * 4000, height: 200 + chance() * 4000 }));
}

const near = 1e-9;

test("tiles cover the whole and never each other, in every album", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const chance = random(seed);
    const { tiles, ratio } = mosaic(album(1 + Math.floor(chance() * 14), chance));
    const area = tiles.reduce((sum, { width, height }) => sum + width * height, 0);
    assert.ok(Math.abs(area - 1) < 1e-6, `seed ${seed}: area ${area}`);
    assert.ok(ratio >= 2 / 3 - near && ratio <= 2.75 + near, `seed ${seed}: ratio ${ratio}`);
    for (const [at, one] of tiles.entries()) {
      assert.ok(one.x >= -near && one.y >= -near && one.x + one.width <= 1 + near && one.y + one.height <= 1 + near);
      for (const other of tiles.slice(at + 1)) assert.ok(apart(one, other), `seed ${seed}: tiles overlap`);
    }
  }
});

/** @param {{x: number, y: number, width: number, height: number}} a @param {typeof a} b */
function apart(a, b) {
  const beside = a.x + a.width <= b.x + near || b.x + b.width <= a.x + near;
  return beside || a.y + a.height <= b.y + near || b.y + b.height <= a.y + near;
}

test("of ordinary photographs at most a third is cropped", () => {
  const shapes = [3 / 2, 4 / 3, 1, 3 / 4, 2 / 3, 16 / 9];
  for (let seed = 1; seed <= 300; seed += 1) {
    const chance = random(seed);
    const ratios = Array.from(
      { length: 2 + Math.floor(chance() * 9) },
      () => shapes[Math.floor(chance() * shapes.length)],
    );
    const { tiles, ratio } = mosaic(ratios.map((shape) => ({ width: shape * 1000, height: 1000 })));
    for (const [at, { width, height }] of tiles.entries()) {
      const shown = (width / height) * ratio;
      const kept = Math.min(shown / ratios[at], ratios[at] / shown);
      assert.ok(kept >= 0.65, `seed ${seed}, picture ${at}: ${kept}`);
    }
  }
});

test("one picture keeps its shape within bounds", () => {
  assert.equal(mosaic([{ width: 1500, height: 1000 }]).ratio, 1.5);
  assert.equal(mosaic([{ width: 100, height: 1000 }]).ratio, 2 / 3);
  assert.equal(mosaic([{ width: 9000, height: 1000 }]).ratio, 2.75);
});

test("only the first ten have a tile, and a size of nothing is no catastrophe", () => {
  assert.equal(mosaic(Array.from({ length: 20 }, () => ({ width: 3, height: 2 }))).tiles.length, MOST);
  assert.equal(mosaic([{ width: 0, height: 0 }]).ratio, 1);
});
