import assert from "node:assert/strict";
import { test } from "node:test";
import { Attention, inSight } from "../../src/chatsphere/static/js/models/attention.js";

test("a message is read once it was in sight for half a second, and its passing by is none", () => {
  const attention = new Attention();
  assert.deepEqual(attention.look([7, 8], 0), { read: 0, wait: 500 });
  assert.deepEqual(attention.look([8, 9], 400), { read: 0, wait: 100 });
  assert.deepEqual(attention.look([8, 9], 500), { read: 8, wait: 400 });
  assert.deepEqual(attention.look([9], 900), { read: 9, wait: null });
});

test("whoever looks away begins anew", () => {
  const attention = new Attention();
  attention.look([7], 0);
  attention.look([], 400);
  assert.deepEqual(attention.look([7], 600), { read: 0, wait: 500 });
});

test("in sight is most of a message, or of the view where the message is higher than that", () => {
  const view = { top: 100, bottom: 600 };
  assert.equal(inSight({ top: 560, bottom: 660 }, view), false, "40 of 100");
  assert.equal(inSight({ top: 540, bottom: 640 }, view), true, "60 of 100");
  assert.equal(inSight({ top: 0, bottom: 2_000 }, view), true);
  assert.equal(inSight({ top: 310, bottom: 2_000 }, view), false, "less than 300 of the view's 500");
  assert.equal(inSight({ top: 700, bottom: 710 }, view), false);
});
