import assert from "node:assert/strict";
import { test } from "node:test";
import { all, besides, holds, withReaction } from "../../src/chatsphere/static/js/models/reactions.js";

/** @param {any[]} reactions @param {any[]} attachments */
const said = (reactions = [], attachments = []) => /** @type {any} */ ({ id: 2, reactions, attachments });
const ada = { emoji: "👍", user_id: "ada" };

test("a reaction is put on once, and taken off once", () => {
  const once = withReaction(said(), { ...ada, on: true });
  assert.deepEqual(once.reactions, [{ emoji: "👍", user_ids: ["ada"] }]);
  assert.deepEqual(withReaction(once, { ...ada, on: true }), once);
  assert.deepEqual(withReaction(once, { ...ada, on: false }), said());
  assert.deepEqual(withReaction(said(), { ...ada, on: false }), said());
});

test("others' stay, in their order", () => {
  const before = said([
    { emoji: "😍", user_ids: ["bo"] },
    { emoji: "👍", user_ids: ["bo", "ada"] },
  ]);
  const after = withReaction(before, { ...ada, on: false });
  assert.deepEqual(after.reactions, [
    { emoji: "😍", user_ids: ["bo"] },
    { emoji: "👍", user_ids: ["bo"] },
  ]);
});

test("one emoji is one, with the sign that asks for colour and without", () => {
  const hearts = said([{ emoji: "❤️", user_ids: ["bo"] }]);
  assert.ok(holds(hearts.reactions, "❤", "bo"));
  assert.deepEqual(withReaction(hearts, { emoji: "❤", user_id: "ada", on: true }).reactions, [
    { emoji: "❤️", user_ids: ["bo", "ada"] },
  ]);
});

test("one picture of several is reacted to on its own", () => {
  const album = said(
    [],
    [
      { id: "cat", reactions: [] },
      { id: "dog", reactions: [] },
    ],
  );
  const after = withReaction(album, { ...ada, on: true, attachment: "dog" });
  assert.deepEqual(after.reactions, []);
  assert.deepEqual(
    all(after).map(({ reaction, attachment, at }) => [reaction.emoji, attachment?.id, at]),
    [["👍", "dog", 1]],
  );
});

test("of an album the first three on each picture lie there, and the others under the message", () => {
  const some = ["👍", "🎉", "😍", "🔥"].map((emoji) => ({ emoji, user_ids: ["ada"] }));
  const image = (/** @type {string} */ id) => ({ id, kind: "image", reactions: some });
  const shown = (/** @type {any} */ message) => besides(message).map(({ reaction, at }) => [reaction.emoji, at]);
  const album = said([some[0]], [image("a"), image("b")]);
  assert.deepEqual(shown(album), [
    ["👍", -1],
    ["🔥", 0],
    ["🔥", 1],
  ]);
  // One alone has its chips under it, as a file has, and what no tile shows.
  assert.equal(shown(said([], [image("a")])).length, 4);
  const more = Array.from({ length: 11 }, (_, n) => image(String(n)));
  assert.equal(shown(said([], more)).length, 10 + 4);
});
