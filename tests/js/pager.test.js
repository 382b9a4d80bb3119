/** Stretches of a history: what was asked for from one place is not joined to another. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pager } from "../../src/chatsphere/static/js/models/pager.js";

const run = (/** @type {number} */ from, /** @type {number} */ to) =>
  Array.from({ length: to - from + 1 }, (_, at) => ({ id: from + at }));

/** A conversation of 1,000 messages; answers wait until `answer`. @param {any} t */
function scene(t) {
  /** @type {(() => void)[]} */
  const waiting = [];
  t.mock.method(globalThis, "fetch", async (/** @type {string} */ address) => {
    const asked = new URL(address, "http://here").searchParams;
    const [before, after, around] = ["before", "after", "around"].map((name) => Number(asked.get(name)));
    await new Promise((done) => waiting.push(() => done(undefined)));
    const [from, to] = before
      ? [before - 50, before - 1]
      : after
        ? [after + 1, after + 50]
        : [around - 25, around + 24];
    const headers = { "content-type": "application/json", link: '</api/v1/x?n=1>; rel="next"' };
    return new Response(JSON.stringify(run(from, to)), { headers });
  });
  const state = { conversation: { id: "c", last_seq: 1000, last_message: { id: 1000 } }, messages: run(500, 549) };
  /** @type {any} */
  const conversations = {
    now: { ...state, latest: false, oldest: false },
    state: () => conversations.now,
    put: (/** @type {any} */ next) => {
      conversations.now = next;
    },
  };
  // What was asked for last is answered first.
  const answer = async () => {
    for (const done of waiting.splice(0).reverse()) {
      done();
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    }
  };
  const ids = () => conversations.now.messages.map((/** @type {any} */ { id }) => id);
  return { pager: new Pager(conversations), answer, ids };
}

for (const way of /** @type {const} */ (["older", "newer"]))
  test(`${way} messages join the stretch they were asked from, and no other that is there by then`, async (t) => {
    const { pager, answer, ids } = scene(t);
    const joined = pager[way]("c");
    await answer();
    await joined;
    assert.equal(ids().length, 100);
    const late = pager[way]("c");
    const jump = pager.around("c", 900);
    await answer();
    await Promise.all([late, jump]);
    assert.deepEqual(
      ids(),
      [...ids()].sort((a, b) => a - b),
    );
    assert.equal(ids().at(-1) - ids()[0], ids().length - 1, "nothing is missing between them");
  });
