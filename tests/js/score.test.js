import assert from "node:assert/strict";
import { test } from "node:test";
import { beatOf, longest, monthOf, months, stepped } from "../../src/chatsphere/static/js/models/score.js";

/** A beat every ten days from April on; how much was said in each. @param {number[]} counts */
function beats(...counts) {
  let message_id = 2;
  return counts.map((count, n) => {
    const began_at = new Date(Date.UTC(2026, 3, 5 + 10 * n)).toISOString();
    const beat = { began_at, message_id, count, unread: 0, pictures: n % 2, hue: null, picture_id: null };
    message_id += count;
    return beat;
  });
}

// April: 0, 1, 2; May: 3, 4, 5; June: 6, 7, 8.
const spring = beats(4, 0, 1, 3, 0, 0, 5, 0, 2);

test("a message is in the last beat that has begun with it, and never in an empty one", () => {
  assert.deepEqual(
    [2, 5, 6, 7, 12, 16, Number.POSITIVE_INFINITY].map((id) => beatOf(spring, id)),
    [0, 0, 2, 3, 6, 8, 8],
  );
  assert.equal(longest(spring), 5);
  assert.equal(longest(beats(0, 0)), 1);
});

test("arrows go to where something was said, and pages by months", () => {
  assert.equal(stepped(spring, 8, "ArrowUp"), 6);
  assert.equal(stepped(spring, 3, "ArrowDown"), 6);
  assert.equal(stepped(spring, 8, "ArrowDown"), null);
  assert.equal(stepped(spring, 8, "PageUp"), 3);
  assert.equal(stepped(spring, 6, "PageUp"), 3);
  assert.equal(stepped(spring, 3, "PageUp"), 0);
  assert.equal(stepped(spring, 2, "PageUp"), 0, "there is no month before: as far as it goes");
  assert.equal(stepped(spring, 0, "PageDown"), 3);
  assert.equal(stepped(spring, 6, "PageDown"), 8);
  assert.equal(stepped(spring, 3, "Home"), 0);
  assert.equal(stepped(spring, 3, "End"), 8);
  assert.equal(stepped(spring, 3, "x"), null);
});

test("months are named where they begin, and counted for whoever chooses one", () => {
  assert.equal(monthOf(spring, 1), null);
  assert.match(monthOf(spring, 3) ?? "", /May/);
  assert.deepEqual(
    months(spring).map(({ message_id, count, pictures }) => [message_id, count, pictures]),
    [
      [10, 7, 0],
      [7, 3, 1],
      [2, 5, 0],
    ],
  );
});
