import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Drafts } from "../../src/chatsphere/static/js/models/drafts.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** @returns {any} */
function storage() {
  const held = new Map();
  return {
    get length() {
      return held.size;
    },
    key: (/** @type {number} */ n) => [...held.keys()][n],
    getItem: (/** @type {string} */ name) => held.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => held.set(name, value),
    removeItem: (/** @type {string} */ name) => held.delete(name),
  };
}

/** A browser of Ada's, and what it has told the server. @param {any} [kept] */
function browser(kept = storage()) {
  /** @type {any[]} */
  const told = [];
  /** @type {string[]} */
  const changed = [];
  const tell = async (/** @type {string} */ id, /** @type {any} */ draft) => void told.push([id, draft.text]);
  const drafts = new Drafts("ada", { tell, storage: kept });
  drafts.on("draft", (id) => changed.push(id));
  return { drafts, told, changed, kept };
}

/** @param {string} content @param {string} changed_at @returns {any} */
const there = (content, changed_at) => ({ conversation_id: "tea", content, reply_to: null, uploads: [], changed_at });
/** @param {string} text @returns {any} */
const words = (text) => ({ text, reply_to: null });

test("what is begun is kept at once, told after a while, and told once", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { drafts, told } = browser();
  drafts.set("tea", words("so"));
  drafts.set("tea", words("so I"));
  assert.equal(drafts.get("tea").text, "so I");
  mock.timers.tick(4_999);
  await settled();
  assert.deepEqual(told, []);
  mock.timers.tick(1);
  await settled();
  assert.deepEqual(told, [["tea", "so I"]]);
  drafts.set("tea", words("so I"));
  mock.timers.tick(10_000);
  assert.equal(told.length, 1);
  mock.timers.reset();
});

test("that there is nothing any more is told at once", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { drafts, told } = browser();
  drafts.set("tea", words("so"));
  drafts.set("tea", words(""));
  mock.timers.tick(0);
  await settled();
  assert.deepEqual(told, [["tea", ""]]);
  mock.timers.reset();
});

test("another device's is taken over, and gone when it was sent there", () => {
  const { drafts, changed } = browser();
  drafts.hear([there("from the phone", "1")]);
  assert.equal(drafts.get("tea").text, "from the phone");
  drafts.hear([there("from the phone", "1")]);
  assert.deepEqual(changed, ["tea"]);
  drafts.hear([]);
  assert.equal(drafts.get("tea").text, "");
  assert.deepEqual(changed, ["tea", "tea"]);
});

test("what was changed here and not yet told wins over what comes, and is told by the next page", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const first = browser();
  first.drafts.set("tea", words("mine"));
  first.drafts.hear([there("theirs", "2")]);
  assert.equal(first.drafts.get("tea").text, "mine");
  const second = browser(first.kept);
  second.drafts.hear([there("theirs", "2")]);
  mock.timers.tick(0);
  await settled();
  assert.deepEqual(second.told, [["tea", "mine"]]);
  second.drafts.hear([there("mine", "3")]);
  assert.deepEqual(second.changed, []);
  second.drafts.hear([there("theirs again", "4")]);
  assert.equal(second.drafts.get("tea").text, "theirs again");
  mock.timers.reset();
});

test("what could not be told stays ours", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const drafts = new Drafts("ada", { tell: () => Promise.reject(new Error("away")), storage: storage() });
  drafts.set("tea", words("so"));
  drafts.hurry();
  await settled();
  drafts.hear([]);
  assert.equal(drafts.get("tea").text, "so");
  mock.timers.reset();
});

test("what another tab has changed is told, and nothing else that lies in the browser", () => {
  const kept = storage();
  const { drafts, changed } = browser(kept);
  browser(kept).drafts.set("tea", words("from the other tab"));
  for (const key of ["chatsphere/draft/ada/tea", "chatsphere/draft/bo/tea", "theme", null]) drafts.elsewhere(key);
  assert.deepEqual(changed, ["tea"]);
  assert.equal(drafts.get("tea").text, "from the other tab");
});
