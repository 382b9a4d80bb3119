/** What a reader has still before them: a divider once, a number of what they missed, and neither once they have seen it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Unseen } from "../../src/chatsphere/static/js/models/unseen.js";

/** @param {number} id @param {any} [about] @returns {any} */
const said = (id, about = {}) => ({ id, sender_id: "bo", deleted_at: null, ...about });
const room = (/** @type {number} */ unread_count, read_seq = 10) => /** @type {any} */ ({ unread_count, read_seq });
const stretch = (/** @type {any[]} */ ...messages) => /** @type {any} */ ({ messages, oldest: false });
const [AWAY, UP, THERE] = [
  { atEnd: true, looks: false },
  { atEnd: false, looks: true },
  { atEnd: true, looks: true },
];

/** Ada comes in where so much is unread. @param {number} [count] */
function comes(count = 0) {
  const unseen = new Unseen("ada");
  unseen.enter(room(count));
  return unseen;
}

test("the divider stands before the first unread message, once that is here, and stays there", () => {
  const unseen = comes(2);
  assert.equal(unseen.divider(stretch(said(40))), null, "it may lie before what is here");
  const own = said(11, { sender_id: "ada" });
  const gone = said(12, { deleted_at: "now" });
  assert.deepEqual(unseen.divider(stretch(own, gone, said(13), said(14))), { id: 13, count: 2 });
  assert.deepEqual(unseen.divider(stretch(said(40))), { id: 13, count: 2 });
  assert.equal(comes().divider(stretch(said(11))), null);
});

/** What is said, how the reader stands then, and what they missed and how much is fresh to them. @type {[string, number, any, any, number, number | undefined][]} */
const hears = [
  ["who is there has seen it", 0, said(11), THERE, 0, undefined],
  ["who reads further up has missed it", 0, said(11), UP, 1, undefined],
  ["to who looks elsewhere it is fresh", 0, said(11), AWAY, 0, 1],
  ["to who looks elsewhere it is one more", 2, said(11), AWAY, 0, 3],
  ["who looks has none more before them", 2, said(11), THERE, 0, 2],
  ["what is taken back is nothing", 2, said(11, { deleted_at: "now" }), UP, 0, 2],
  ["who speaks has seen all", 2, said(11, { sender_id: "ada" }), UP, 0, undefined],
];
for (const [sentence, unread, message, reader, missed, fresh] of hears)
  test(`of what is said, ${sentence}`, () => {
    const unseen = comes(unread);
    unseen.came(message, reader);
    assert.equal(unseen.missed, missed);
    assert.equal(unseen.fresh?.count, fresh);
  });

test("what came while one looked elsewhere begins with the first of it", () => {
  const unseen = comes();
  unseen.came(said(11), AWAY);
  unseen.came(said(12), AWAY);
  assert.deepEqual(unseen.divider(stretch(said(11), said(12))), { id: 11, count: 2 });
});

test("coming back to the end settles it, and being there from the beginning does not", () => {
  const unseen = comes(2);
  assert.equal(unseen.moved(true, true), false);
  unseen.moved(false, true);
  unseen.came(said(13), UP);
  assert.equal(unseen.moved(true, false), false, "the end of what is here is none where there is more");
  assert.equal(unseen.missed, 1);
  assert.equal(unseen.moved(true, true), true);
  assert.deepEqual([unseen.missed, unseen.fresh], [0, null]);
  assert.equal(unseen.moved(true, true), false, "once");
});

test("whoever comes in anew begins anew", () => {
  const unseen = comes();
  unseen.moved(false, true);
  unseen.came(said(11), UP);
  unseen.enter(room(1, 11));
  assert.deepEqual([unseen.missed, unseen.away, unseen.fresh], [0, false, { after: 11, count: 1, id: null }]);
  unseen.enter(undefined);
  assert.equal(unseen.settle(), false);
});
