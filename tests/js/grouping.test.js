import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, lines } from "../../src/chatsphere/static/js/models/grouping.js";

/** @param {number} id @param {string} sender_id @param {string} created_at @param {object} [more] @returns {any} */
function said(id, sender_id, created_at, more = {}) {
  return { id, sender_id, created_at, client_id: null, reply_to: null, ...more };
}

/** Each message as its id with its edges: `(` begins a run, `)` ends one. @param {any[]} messages @param {object} [how] */
function drawn(messages, how = { zone: "UTC" }) {
  return lines(messages, how)
    .map((line) => {
      if (line.kind !== "message") return line.kind;
      return `${line.first ? "(" : ""}${line.message.id}${line.last ? ")" : ""}`;
    })
    .join(" ");
}

const cases = [
  ["one message is a run", [said(1, "a", "2026-06-14T10:00:00Z")], "day (1)"],
  [
    "five minutes are together, more are not",
    [said(1, "a", "2026-06-14T10:00:00Z"), said(2, "a", "2026-06-14T10:05:00Z"), said(3, "a", "2026-06-14T10:10:01Z")],
    "day (1 2) (3)",
  ],
  [
    "another speaker begins a run",
    [said(1, "a", "2026-06-14T10:00:00Z"), said(2, "b", "2026-06-14T10:00:01Z"), said(3, "a", "2026-06-14T10:00:02Z")],
    "day (1) (2) (3)",
  ],
  [
    "an answer begins a run",
    [said(1, "a", "2026-06-14T10:00:00Z"), said(2, "a", "2026-06-14T10:00:01Z", { reply_to: 1 })],
    "day (1) (2)",
  ],
  [
    "midnight begins a day",
    [said(1, "a", "2026-06-14T23:59:00Z"), said(2, "a", "2026-06-15T00:01:00Z")],
    "day (1) day (2)",
  ],
];

for (const [name, messages, expected] of /** @type {[string, any[], string][]} */ (cases)) {
  test(name, () => assert.equal(drawn(messages), expected));
}

test("days are the reader's", () => {
  const messages = [said(1, "a", "2026-06-14T14:00:00Z"), said(2, "a", "2026-06-14T16:00:00Z")];
  assert.equal(drawn(messages, { zone: "UTC" }), "day (1) (2)");
  assert.equal(drawn(messages, { zone: "Asia/Tokyo" }), "day (1) day (2)");
});

test("the unread begins a run of its own", () => {
  const messages = [said(1, "a", "2026-06-14T10:00:00Z"), said(2, "a", "2026-06-14T10:00:01Z")];
  assert.equal(drawn(messages, { zone: "UTC", fresh: { id: 2, count: 1 } }), "day (1) fresh (2)");
});

test("what happened beside the messages stands between them and ends a run", () => {
  const messages = [1, 3, 4].map((id) => said(id, "a", `2026-06-14T10:00:0${id}Z`));
  const beside = (/** @type {number} */ seq, day = 14) => ({
    seq,
    act: "left",
    created_at: `2026-06-${day}T10:00:02Z`,
  });
  assert.equal(drawn(messages, { zone: "UTC", asides: [beside(2)] }), "day (1) aside (3 4)");
  assert.equal(drawn(messages, { zone: "UTC", asides: [beside(5, 15)] }), "day (1 3 4) day aside");
});

test("a message that comes late regroups its neighbours", () => {
  const [first, late, last] = [1, 2, 3].map((id) => said(id, id === 2 ? "b" : "a", `2026-06-14T10:00:0${id}Z`));
  assert.equal(drawn([first, last]), "day (1 3)");
  assert.equal(drawn([first, late, last]), "day (1) (2) (3)");
});

test("the pending line and the stored one are the same line", () => {
  const pending = said(Number.MAX_SAFE_INTEGER, "a", "2026-06-14T10:00:00Z", { client_id: "c", state: "pending" });
  assert.equal(keyOf(pending), keyOf({ ...pending, id: 7, state: undefined }));
  assert.notEqual(keyOf(pending), keyOf({ ...pending, sender_id: "b" }));
});
