/** What is said of what comes in: a line for each message, those of a second together, and many as a number. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Contacts } from "../../src/chatsphere/static/js/models/contacts.js";
import { isNews, News, spoken } from "../../src/chatsphere/static/js/models/news.js";

const contact = (/** @type {string} */ id, /** @type {any} */ how) => ({
  user: { id },
  blocked: false,
  muted: false,
  ...how,
});
const contacts = new Contacts([contact("bob", { blocked: true }), contact("mut", { muted: true })], "me");
/** @param {any} [more] @returns {any} */
const said = (more) => ({ id: 8, sender_id: "ada", content: "tea", attachments: [], deleted_at: null, ...more });
/** @param {any} [more] @returns {any} */
const room = ({ others = ["ada"], ...more } = {}) => ({
  kind: "direct",
  muted: false,
  read_seq: 7,
  participants: ["me", ...others].map((id) => ({ user: { id } })),
  ...more,
});
const picture = { kind: "image", name: "hill.png" };
const file = { kind: "file", name: "notes.txt" };

/** News on a clock of its own: what was passed on at which second. @param {import("node:test").TestContext} scene */
function listening(scene) {
  scene.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  /** @type {[number, string[]][]} */
  const passed = [];
  const news = new News((lines) => passed.push([now, lines]));
  const wait = (/** @type {number} */ milliseconds) => {
    now += milliseconds;
    scene.mock.timers.tick(milliseconds);
  };
  return { news, passed, wait };
}

test("what comes in within a second is passed on together, a second after the first", (scene) => {
  const { news, passed, wait } = listening(scene);
  news.hear("one");
  wait(600);
  news.hear("two");
  wait(399);
  assert.deepEqual(passed, []);
  wait(1);
  news.hear("three");
  wait(5_000);
  assert.deepEqual(passed, [
    [1_000, ["one", "two"]],
    [6_000, ["three"]],
  ]);
});

test("three are said one by one, more than three as their number", (scene) => {
  const { news, passed, wait } = listening(scene);
  for (const line of ["one", "two", "three"]) news.hear(line);
  wait(1_000);
  for (let count = 0; count < 5; count += 1) news.hear("again");
  wait(1_000);
  news.hear("last");
  wait(1_000);
  assert.deepEqual(
    passed.map(([, lines]) => lines),
    [["one", "two", "three"], ["5 new messages"], ["last"]],
  );
});

test("only what is new to this person and not to be quiet is worth a word", () => {
  const worth = (/** @type {any} */ message, /** @type {any} */ conversation) =>
    isNews(said(message), room(conversation), contacts);
  const group = { kind: "group", others: ["ada", "bob", "mut"] };
  assert.equal(worth({}, {}), true);
  assert.equal(worth({}, group), true);
  assert.equal(worth({ sender_id: "me" }, {}), false, "one's own");
  assert.equal(worth({ id: 7 }, {}), false, "read at another device");
  assert.equal(worth({ deleted_at: "2026-06-14T10:00:00.000Z" }, {}), false, "gone already");
  assert.equal(worth({}, { muted: true }), false, "in a muted conversation");
  assert.equal(worth({ sender_id: "mut" }, { others: ["mut"] }), false, "from somebody muted");
  assert.equal(worth({ sender_id: "bob" }, group), false, "folded away, from somebody blocked");
  assert.equal(worth({ sender_id: "mut" }, group), true, "in a group somebody muted is heard");
});

test("a message is said with what comes with it", () => {
  assert.equal(spoken(said()), "tea");
  assert.equal(
    spoken(said({ content: "**look** at", attachments: [picture, picture, picture] })),
    "look at, 3 pictures",
  );
  assert.equal(spoken(said({ content: "", attachments: [picture] })), "Picture");
  assert.equal(spoken(said({ content: "both", attachments: [file, picture] })), "both, Picture, notes.txt");
  assert.equal(spoken(said({ content: "", attachments: [file, file] })), "2 files");
});
