/** Stretches of a history: what was asked for from one place is not joined to another, and what is heard meanwhile is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin } from "../../src/chatsphere/static/js/models/conversation.js";
import { Conversations } from "../../src/chatsphere/static/js/models/conversations.js";
import { Pager } from "../../src/chatsphere/static/js/models/pager.js";

const HOUR = "2026-11-26T10:00:00Z";

/** @param {number} id @param {string} [content] @returns {any} */
const message = (id, content = "") => ({
  ...{ id, conversation_id: "c", sender_id: "bo", content, reply_to: null },
  ...{ attachments: [], created_at: HOUR, deleted_at: null },
});
const run = (/** @type {number} */ from, /** @type {number} */ to) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => message(from + at));

/**
 * A conversation of 1,000 messages, of which a stretch is here. A request reads the log at `look`, or else when it is
 * answered, which is at `answer`; what is said is heard at once.
 * @param {any} t @param {number} [from] @param {number} [to]
 */
function scene(t, from = 500, to = 549) {
  /** @type {{look: () => void, done: () => void}[]} */
  const waiting = [];
  const server = { log: run(1, 1_000), asked: 0 };
  t.mock.method(globalThis, "fetch", async (/** @type {string} */ address) => {
    server.asked += 1;
    const asked = new URL(address, "http://here").searchParams;
    const [before, after, around] = ["before", "after", "around"].map((name) => Number(asked.get(name)));
    /** @type {any[] | undefined} */
    let page;
    let [more, head] = [true, 0];
    const look = () => {
      if (page) return;
      head = server.log.length;
      const first = before ? before - 50 : after ? after + 1 : around ? around - 25 : head - 49;
      page = server.log
        .slice(Math.max(1, first) - 1, Math.max(1, first) + 49)
        .filter(({ id }) => !before || id < before);
      more = after ? (page.at(-1)?.id ?? head) < head : page[0].id > 1;
    };
    await new Promise((done) => waiting.push({ look, done: () => done(undefined) }));
    look();
    const headers = { "content-type": "application/json", ...(more && { link: '</api/v1/x?n=1>; rel="next"' }) };
    return new Response(JSON.stringify(page), { headers });
  });
  const conversation = {
    ...{ id: "c", kind: "direct", participants: [], last_seq: 1_000, last_message: message(1_000) },
    ...{ message_count: 1_000, unread_count: 0, read_seq: 1_000, last_activity_at: HOUR, hue: 0, chosen_hue: null },
  };
  const boot = { me: { id: "ada" }, epoch: "e", more: null, shows: {}, conversations: [], conversation: null };
  const conversations = new Conversations(/** @type {any} */ (boot));
  const here = (/** @type {any} */ changed = {}, stretch = run(from, to)) =>
    conversations.put(begin(/** @type {any} */ ({ ...conversation, ...changed }), stretch, { latest: false }));
  here();
  const look = () => {
    for (const one of waiting) one.look();
  };
  // What was asked for last is answered first.
  const answer = async () => {
    for (const { done } of waiting.splice(0).reverse()) {
      done();
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    }
  };
  let seq = 1_000;
  const hear = (/** @type {string} */ kind, /** @type {any} */ said) => {
    seq = Math.max(seq + 1, said.id);
    const event = { conversation_id: "c", seq, kind, actor_id: "bo", created_at: HOUR, message: said };
    conversations.hear(/** @type {any} */ (event));
  };
  const says = (/** @type {number} */ many) => {
    for (const said of run(server.log.length + 1, server.log.length + many)) {
      server.log.push(said);
      hear("message.posted", said);
    }
  };
  const state = () =>
    /** @type {import("../../src/chatsphere/static/js/models/conversation.js").State} */ (conversations.state("c"));
  const ids = () => state().messages.map(({ id }) => id);
  return { pager: new Pager(conversations), server, here, look, answer, hear, says, state, ids };
}

/** @param {number[]} ids */
const unbroken = (ids) =>
  assert.deepEqual(
    ids,
    run(ids[0], ids[0] + ids.length - 1).map(({ id }) => id),
  );

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
    unbroken(ids());
  });

/** @type {Record<string, (pager: Pager) => Promise<unknown>>} */
const ways = {
  "the way to the end": (pager) => pager.latest("c"),
  "the surroundings of one of the last": (pager) => pager.around("c", 980),
  "what comes after the stretch": (pager) => pager.newer("c"),
};
const moments = { "before it is heard": [0, 7], "after it": [7, 0], "in the midst of it": [3, 4] };
for (const [way, ask] of Object.entries(ways))
  for (const [moment, [early, late]] of Object.entries(moments))
    test(`where much is said meanwhile, ${way} leads to the end all the same, read ${moment}`, async (t) => {
      const { pager, server, look, answer, says, state, ids } = scene(t, 941, 970);
      const going = ask(pager);
      says(early);
      look();
      says(late);
      await answer();
      await going;
      assert.equal(server.asked, 1, "however much is said, it is read once");
      assert.equal(state().latest, true);
      assert.equal(ids().at(-1), 1_007);
      unbroken(ids());
      says(2);
      assert.equal(ids().at(-1), 1_009, "and what is said then joins it");
      unbroken(ids());
    });

test("however busy it is, one arrives: each answer finds more said than it knows", async (t) => {
  const { pager, answer, look, says, server, state, ids } = scene(t);
  const going = pager.latest("c");
  for (let turn = 0; turn < 10; turn += 1) {
    look();
    says(5);
    await answer();
  }
  await going;
  assert.equal(server.asked, 1);
  assert.equal(state().latest, true);
  assert.equal(ids().at(-1), 1_050);
  unbroken(ids());
});

test("what is edited while its page is read is on it as it is now", async (t) => {
  const { pager, look, answer, hear, state } = scene(t);
  const going = pager.older("c");
  look();
  hear("message.edited", message(480, "said otherwise"));
  await answer();
  await going;
  assert.equal(state().messages.find(({ id }) => id === 480)?.content, "said otherwise");
});

test("a page that is not as long as what was said meanwhile is not taken for the end", async (t) => {
  const { pager, look, answer, says, state, ids } = scene(t);
  const going = pager.newer("c");
  look();
  says(3);
  await answer();
  await going;
  assert.equal(state().latest, false);
  assert.equal(ids().at(-1), 599);
});

test("where it is begun anew meanwhile, what lies between was not heard, and it is read again", async (t) => {
  const { pager, server, here, look, answer, state, ids } = scene(t);
  const going = pager.latest("c");
  look();
  server.log.push(...run(1_001, 1_020));
  here({ last_seq: 1_020, last_message: message(1_020) }, []);
  await answer();
  await answer();
  await going;
  assert.equal(server.asked, 2);
  assert.equal(state().latest, true);
  assert.equal(ids().at(-1), 1_020);
  unbroken(ids());
});
