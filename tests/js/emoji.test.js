import assert from "node:assert/strict";
import { test } from "node:test";
import { book, inTone, search } from "../../src/chatsphere/static/js/models/emoji.js";
import { Habits, RECENT } from "../../src/chatsphere/static/js/models/habits.js";

const all = await book((load) => load());
const called = (/** @type {string} */ name) => search(all, name, 5).map((one) => one.emoji);

test("each has a name, and no two are the same", () => {
  assert.ok(all.length > 1_500);
  assert.equal(new Set(all.map((one) => one.emoji)).size, all.length);
  assert.ok(all.every((one) => one.emoji && one.name && one.codes.every(Boolean)));
});

test("what is called exactly so comes first, then what begins so, then what has such a word", () => {
  assert.equal(called("smile")[0], "😄");
  assert.equal(called("tada")[0], "🎉");
  assert.ok(called("smi").includes("😄"));
  assert.equal(called("yay")[0], "😃");
  assert.deepEqual(called("  "), []);
  assert.deepEqual(called("qqqq"), []);
});

test("two words have both to be there", () => {
  assert.equal(called("red heart")[0], "❤️");
  assert.equal(called("red_heart")[0], "❤️");
});

test("a tone goes where a person is", () => {
  assert.equal(inTone({ emoji: "👋", toned: true }, 3), "👋🏽");
  assert.equal(inTone({ emoji: "☝️", toned: true }, 1), "☝🏻");
  assert.equal(inTone({ emoji: "👩‍❤️‍👨", toned: true }, 5), "👩🏿‍❤️‍👨🏿");
  assert.equal(inTone({ emoji: "🧑‍🚀", toned: true }, 2), "🧑🏼‍🚀");
  assert.equal(inTone({ emoji: "🎉", toned: false }, 3), "🎉");
  assert.equal(inTone({ emoji: "👋", toned: true }, 0), "👋");
});

/** @returns {any} */
function storage() {
  const held = new Map();
  return { getItem: (/** @type {string} */ name) => held.get(name) ?? null, setItem: held.set.bind(held), held };
}

test("what was used last is first, once, and there is a bound", () => {
  const habits = new Habits(storage());
  assert.equal(habits.recent[0], "👍");
  habits.use("🎻");
  habits.use("🦊");
  habits.use("🎻");
  assert.deepEqual(habits.recent.slice(0, 3), ["🎻", "🦊", "👍"]);
  for (const { emoji } of all.slice(0, 60)) habits.use(emoji);
  assert.equal(habits.recent.length, RECENT);
});

test("a memory that nobody can read is none", () => {
  const broken = storage();
  broken.setItem("chatsphere/emoji/recent", "{not json");
  broken.setItem("chatsphere/emoji/tone", "99");
  const habits = new Habits(broken);
  assert.equal(habits.recent[0], "👍");
  assert.equal(habits.tone, 0);
  habits.tone = 4;
  assert.equal(habits.tone, 4);
});
