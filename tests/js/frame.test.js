import assert from "node:assert/strict";
import { test } from "node:test";
import { held, LEAST, moved, pulled, WHOLE } from "../../src/chatsphere/static/js/models/frame.js";

const CORNERS = [false, true].flatMap((end) => [false, true].map((bottom) => ({ end, bottom })));

/** @param {import("../../src/chatsphere/static/js/models/frame.js").Frame} frame */
function isInside({ x, y, width, height }) {
  const edge = 1e-9;
  assert.ok(
    x >= -edge && y >= -edge && x + width <= 1 + edge && y + height <= 1 + edge,
    JSON.stringify({ x, y, width, height }),
  );
}

test("however it is moved and pulled, it stays on the picture and keeps its ratio", () => {
  let seed = 7;
  const chance = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  for (let round = 0; round < 500; round += 1) {
    const ratio = [0, 0.4, 1, 2.2][round % 4];
    let frame = held(ratio);
    for (let step = 0; step < 8; step += 1) {
      const [dx, dy] = [chance() * 3 - 1.5, chance() * 3 - 1.5];
      frame = step % 2 ? moved(frame, dx, dy) : pulled(frame, CORNERS[Math.floor(chance() * 4)], dx, dy, ratio);
      isInside(frame);
      if (ratio) assert.ok(Math.abs(frame.width / frame.height - ratio) < 1e-6);
      else assert.ok(frame.width >= LEAST && frame.height >= LEAST);
    }
  }
});

test("the corner across from the one that is pulled stays", () => {
  const frame = { x: 0.2, y: 0.3, width: 0.4, height: 0.4 };
  assert.deepEqual(pulled(frame, { end: true, bottom: true }, 0.1, 0.1), { x: 0.2, y: 0.3, width: 0.5, height: 0.5 });
  const { x, y, width, height } = pulled(frame, { end: false, bottom: false }, 0.1, 0.1);
  assert.ok(Math.abs(x + width - 0.6) < 1e-9 && Math.abs(y + height - 0.7) < 1e-9);
  assert.deepEqual(held(0), WHOLE);
});
