import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, read, unmarked } from "../../src/chatsphere/static/js/models/conversation.js";
import { moved, NONE, receipts } from "../../src/chatsphere/static/js/models/receipts.js";

/** @param {string} id @param {number} read_seq */
const seat = (id, read_seq) => ({ user: { id, is_deleted: false }, role: "member", read_seq });

/** @param {number[]} ids @param {string} [sender_id] */
const said = (ids, sender_id = "ada") => ids.map((id) => ({ id, sender_id }));

/** @param {any[]} participants @param {any[]} messages @param {{kind?: string, latest?: boolean}} [more] */
const state = (participants, messages, { kind = "group", latest = true } = {}) =>
  begin(/** @type {any} */ ({ kind, participants, last_seq: 9, read_seq: 9, unread_count: 0 }), messages, { latest });

/** @param {any} now */
const shown = (now) => Object.fromEntries(receipts(now, "ada").under);

test("each of a group stands under the last message that they have read", () => {
  const people = [seat("ada", 9), seat("bo", 4), seat("cy", 9), seat("dee", 8)];
  const now = state(people, said([2, 4, 6, 8]));
  assert.deepEqual(shown(now), { 4: ["bo"], 8: ["cy", "dee"] });
  assert.equal(receipts(now, "ada").floor, 4);
});

test("a mark between two messages belongs to the one before", () => {
  assert.deepEqual(shown(state([seat("ada", 9), seat("bo", 5)], said([2, 4, 6]))), { 4: ["bo"] });
});

test("nobody stands under their own words, nor who hides it, has read nothing here, or is gone", () => {
  const gone = { ...seat("eve", 2), user: { id: "eve", is_deleted: true } };
  const people = [seat("ada", 9), seat("bo", 6), seat("cy", 0), seat("dee", 1), gone];
  assert.deepEqual(shown(state(people, [...said([2, 4]), ...said([6], "bo")])), {});
});

test("whoever has read beyond what is here stands nowhere", () => {
  const people = [seat("ada", 9), seat("bo", 7), seat("cy", 6), seat("dee", 3)];
  assert.deepEqual(shown(state(people, said([2, 4, 6]), { latest: false })), { 2: ["dee"], 6: ["cy"] });
});

test("of two people the mark alone tells it", () => {
  const now = state([seat("ada", 9), seat("bo", 4)], said([2, 4]), { kind: "direct" });
  assert.deepEqual(receipts(now, "ada"), { floor: 4, under: new Map() });
});

test("only what somebody has read on to, or left, looks otherwise", () => {
  const people = (/** @type {number} */ bo) => [seat("ada", 9), seat("bo", bo), seat("cy", 8)];
  const [before, now] = [4, 6].map((bo) => receipts(state(people(bo), said([2, 4, 6, 8])), "ada"));
  assert.deepEqual(
    [2, 4, 6, 8].filter((id) => moved(before, now, id)),
    [4, 6],
  );
  assert.deepEqual(
    [2, 4, 6, 8].filter((id) => moved(NONE, NONE, id)),
    [],
  );
});

test("a mark is taken back with 0, stays so whatever they say, and comes again", () => {
  const marks = (/** @type {any} */ now) => now.conversation.participants.map((/** @type {any} */ one) => one.read_seq);
  const now = read(state([seat("ada", 9), seat("bo", 4)], said([2, 4])), "bo", 0, "ada");
  assert.deepEqual(marks(now), [9, 0]);
  assert.deepEqual(marks(read(now, "bo", 4, "ada")), [9, 4]);
  assert.deepEqual(marks(read(now, "ada", 0, "ada")), [9, 0]);
});

test("whoever hides how far they have read sees it of nobody else", () => {
  const now = unmarked(state([seat("ada", 9), seat("bo", 4)], said([2, 4])), "ada");
  assert.deepEqual(
    now.conversation.participants.map(({ read_seq }) => read_seq),
    [9, 0],
  );
});
