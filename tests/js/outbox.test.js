import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Outbox } from "../../src/chatsphere/static/js/models/outbox.js";

/** A shelf in memory. @param {any[]} [kept] */
function shelfOf(kept = []) {
  const rows = new Map(kept.map((one) => [one.client_id, one]));
  return {
    rows,
    all: async () => [...rows.values()],
    has: async (/** @type {string} */ client_id) => rows.has(client_id),
    put: async (/** @type {any} */ one) => void rows.set(one.client_id, one),
    drop: async (/** @type {string} */ client_id) => void rows.delete(client_id),
  };
}

/** @param {string} client_id @param {string} [conversation_id] @returns {any} */
function words(client_id, conversation_id = "tea") {
  const said = { client_id, conversation_id, user_id: "ada", content: client_id, reply_to: null, files: [] };
  return {
    ...said,
    created_at: "2026-06-14T18:00:00Z",
    state: "pending",
    tries: 0,
    progress: 0,
    problem: null,
    message: null,
  };
}

/** @param {(one: any) => Promise<any>} send @param {any[]} [kept] */
function staged(send, kept) {
  const shelf = shelfOf(kept);
  /** @type {string[]} */
  const stored = [];
  const outbox = new Outbox({
    user_id: "ada",
    shelf,
    send,
    changed: () => {},
    stored: (one) => stored.push(one.client_id),
    random: () => 1,
  });
  return { outbox, shelf, stored };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("messages leave one at a time, in the order in which they were said", async () => {
  /** @type {{one: any, answer: (message: any) => void}[]} */
  const sent = [];
  const { outbox, stored } = staged((one) => new Promise((answer) => sent.push({ one, answer })));
  outbox.add(words("a"));
  outbox.add(words("b"));
  outbox.add(words("c", "cake"));
  assert.deepEqual(
    sent.map(({ one }) => one.client_id),
    ["a", "c"],
  );
  sent[0].answer({ id: 2 });
  await settled();
  assert.deepEqual(
    sent.map(({ one }) => one.client_id),
    ["a", "c", "b"],
  );
  assert.deepEqual(stored, ["a"]);
});

test("without an answer it is tried again with the same client_id, and later each time", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let tries = 0;
  const { outbox } = staged(async (one) => {
    tries += 1;
    if (tries < 3) throw { problem: { status: 0 } };
    return { id: 2, client_id: one.client_id };
  });
  outbox.add(words("a"));
  await settled();
  mock.timers.tick(999);
  assert.equal(tries, 1);
  mock.timers.tick(1);
  await settled();
  mock.timers.tick(2000);
  await settled();
  assert.equal(tries, 3);
  assert.equal(outbox.waiting.get("a")?.state, "sent");
  mock.timers.reset();
});

test("a refusal is final until somebody tries again, and keeps the words", async () => {
  let open = false;
  const { outbox, shelf } = staged(async () => {
    if (!open)
      throw { problem: { status: 422, detail: "too long", errors: [{ field: "content", message: "Too long." }] } };
    return { id: 2 };
  });
  outbox.add(words("a"));
  await settled();
  assert.equal(outbox.waiting.get("a")?.state, "failed");
  assert.equal(outbox.waiting.get("a")?.problem, "Too long.");
  assert.equal(shelf.rows.get("a").content, "a");
  open = true;
  outbox.retry("a");
  await settled();
  assert.equal(outbox.waiting.get("a")?.state, "sent");
  assert.equal(shelf.rows.size, 0);
});

test("an echo before the answer leaves nothing behind, whatever the answer is", async () => {
  /** @type {((error: any) => void)[]} */
  const fail = [];
  const { outbox } = staged(() => new Promise((_, reject) => fail.push(reject)));
  outbox.add(words("a"));
  outbox.drop("a");
  fail[0]({ problem: { status: 0 } });
  await settled();
  assert.equal(outbox.waiting.size, 0);
  assert.equal(outbox.busy.size, 0);
});

test("what an earlier page left is sent; what somebody else left is not", async () => {
  /** @type {string[]} */
  const sent = [];
  const send = async (/** @type {any} */ one) => {
    sent.push(one.client_id);
    return { id: 2 };
  };
  const { outbox } = staged(send, [words("a"), { ...words("b"), user_id: "bo" }]);
  await outbox.recall();
  await settled();
  assert.deepEqual(sent, ["a"]);
});

test("being told to wait is waiting that long", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let tries = 0;
  const { outbox } = staged(async () => {
    tries += 1;
    throw { problem: { status: 429 }, retryAfter: 7 };
  });
  outbox.add(words("a"));
  await settled();
  mock.timers.tick(6999);
  assert.equal(tries, 1);
  mock.timers.tick(1);
  await settled();
  assert.equal(tries, 2);
  outbox.drop("a");
  await settled();
  mock.timers.reset();
});

test("of two tabs that know of a message one sends it, and the other lets go of it", async () => {
  const shelf = shelfOf([words("a"), words("b")]);
  /** @type {string[]} */
  const sent = [];
  let turn = Promise.resolve();
  const lock = (/** @type {string} */ _name, /** @type {() => Promise<void>} */ task) => {
    turn = turn.then(task);
    return turn;
  };
  const send = async (/** @type {any} */ one) => {
    sent.push(one.client_id);
    await settled();
    return { id: sent.length + 1 };
  };
  const around = { user_id: "ada", shelf, lock, send, changed: () => {}, stored: () => {} };
  const tabs = [new Outbox(/** @type {any} */ (around)), new Outbox(/** @type {any} */ (around))];
  await Promise.all(tabs.map((tab) => tab.recall()));
  for (let n = 0; n < 12; n += 1) await settled();
  assert.deepEqual(sent, ["a", "b"]);
  assert.equal(shelf.rows.size, 0);
  for (const tab of tabs) assert.equal(tab.size, 0);
});

test("a message whose files move says how far they all are", async () => {
  const { outbox } = staged(() => new Promise(() => {}));
  const files = [
    { key: "x", taken: "a", size: 30, arrived: 10 },
    { key: "y", taken: "a", size: 10, arrived: 10 },
  ];
  outbox.add({ ...words("a"), files });
  outbox.moved(/** @type {any} */ (files[0]));
  assert.equal(outbox.waiting.get("a")?.progress, 0.5);
});
