/** How a picture is looked at: nothing that one does leads out of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, meant, mostOf, moved, toggled, WHOLE, zoomed } from "../../src/chatsphere/static/js/models/zoom.js";

const box = { width: 400, height: 800 };
const picture = { width: 400, height: 300 };
const bounds = { box, picture, most: 4 };
const middle = { x: 0, y: 0 };
const near = 1e-6;

/** A small generator with a seed, so that a failure can be seen again. @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

test("a picture fits its box, whole, and is not blown up", () => {
  assert.deepEqual(fit({ width: 4000, height: 3000 }, box), { width: 400, height: 300 });
  assert.deepEqual(fit({ width: 100, height: 1000 }, box), { width: 80, height: 800 });
  assert.deepEqual(fit({ width: 64, height: 64 }, box, 160), { width: 160, height: 160 });
  assert.deepEqual(fit({ width: 64, height: 64 }, box, 64), { width: 64, height: 64 });
});

test("one may come as close as its pixels are worth", () => {
  assert.equal(mostOf({ width: 4000, height: 3000 }, { width: 1000, height: 750 }), 8);
  assert.equal(mostOf({ width: 4000, height: 3000 }, { width: 1000, height: 750 }, 2), 4);
  assert.equal(mostOf({ width: 100, height: 100 }, { width: 100, height: 100 }), 2.5);
  assert.equal(mostOf({ width: 90_000, height: 100 }, { width: 100, height: 1 }), 12);
});

test("what lies under the finger stays under it", () => {
  const wide = { box: { width: 400, height: 300 }, picture, most: 4 };
  const at = { x: 60, y: -40 };
  const look = zoomed(WHOLE, 2, at, wide);
  assert.deepEqual(look, { scale: 2, x: -60, y: 40 });
  assert.deepEqual(zoomed(look, 0.5, at, wide), WHOLE);
});

test("whatever one does, its edge never comes into the box, and it is never smaller than whole", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const chance = random(seed);
    /** @type {import("../../src/chatsphere/static/js/models/zoom.js").Look} */
    let look = WHOLE;
    for (let n = 0; n < 50; n += 1) {
      const point = { x: (chance() - 0.5) * box.width, y: (chance() - 0.5) * box.height };
      look =
        chance() < 0.5
          ? zoomed(look, 0.3 + chance() * 3, point, bounds)
          : moved(look, (chance() - 0.5) * 2000, (chance() - 0.5) * 2000, bounds);
      assert.ok(look.scale >= 1 && look.scale <= bounds.most, `seed ${seed}`);
      assert.ok(Math.abs(look.x) <= Math.max(0, (picture.width * look.scale - box.width) / 2) + near, `seed ${seed}`);
      assert.ok(Math.abs(look.y) <= Math.max(0, (picture.height * look.scale - box.height) / 2) + near, `seed ${seed}`);
    }
  }
});

test("a second tap brings back the whole", () => {
  const close = toggled(WHOLE, middle, bounds);
  assert.equal(close.scale, 2.5);
  assert.deepEqual(toggled(close, middle, bounds), WHOLE);
});

for (const [what, drag, expected] of /** @type {const} */ ([
  ["a long drag to the left is the next one", { dx: -150, dy: 20, ms: 900 }, "on"],
  ["a long drag to the right is the one before", { dx: 150, dy: 20, ms: 900 }, "back"],
  ["a short and quick one too", { dx: -50, dy: 5, ms: 80 }, "on"],
  ["a short and slow one is none", { dx: -50, dy: 5, ms: 500 }, null],
  ["a tremble is none, however quick", { dx: -12, dy: 5, ms: 5 }, null],
  ["far down closes", { dx: 10, dy: 180, ms: 900 }, "close"],
  ["quickly up closes", { dx: 0, dy: -60, ms: 90 }, "close"],
  ["a little down does not", { dx: 0, dy: 60, ms: 900 }, null],
])) {
  test(what, () => assert.equal(meant(drag, box), expected));
}
