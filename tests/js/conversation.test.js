import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { apply, begin, read } from "../../src/chatsphere/static/js/models/conversation.js";

const folder = new URL("../vectors/", import.meta.url);

/** @param {any} state @param {any} news @param {string} me */
function heard(state, news, me) {
  return news.type === "read" ? read(state, news.user_id, news.seq, me) : apply(state, news, me);
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  for (const vector of JSON.parse(readFileSync(new URL(file, folder), "utf8"))) {
    test(`${file}: ${vector.name}`, () => {
      const state = vector.events.reduce(
        (/** @type {any} */ so_far, /** @type {any} */ news) => heard(so_far, news, vector.me),
        null,
      );
      assert.equal(state.gone, vector.expected.gone);
      if (state.gone) return;
      assert.deepEqual(state.conversation, vector.expected.conversation);
      assert.deepEqual(state.messages, vector.expected.messages);
    });

    test(`${file}: ${vector.name}, each event twice`, () => {
      const twice = vector.events.flatMap((/** @type {any} */ news) => [news, news]);
      const state = twice.reduce(
        (/** @type {any} */ so_far, /** @type {any} */ news) => heard(so_far, news, vector.me),
        null,
      );
      assert.deepEqual(state.gone || state.messages, vector.expected.gone || vector.expected.messages);
    });
  }
}

const [vector] = JSON.parse(readFileSync(new URL("messages.json", folder), "utf8"));

test("an unknown kind moves the number and nothing else", () => {
  const before = apply(null, vector.events[0], "bo");
  const event = { ...vector.events[1], kind: "weather.changed", message: undefined };
  const after = apply(before, event, "bo");
  assert.equal(after.conversation.last_seq, 2);
  assert.deepEqual(after.messages, []);
});

test("what is posted does not join a stretch that ends before it", () => {
  const { conversation } = apply(null, vector.events[0], "bo");
  const after = apply(begin(conversation, [], { latest: false }), vector.events[1], "bo");
  assert.deepEqual(after.messages, []);
  assert.equal(after.conversation.unread_count, 1);
});

test("a page that was ahead of the events holds each message once", () => {
  const { conversation } = apply(null, vector.events[0], "bo");
  const after = apply(begin(conversation, [vector.events[1].message]), vector.events[1], "bo");
  assert.equal(after.messages.length, 1);
});

test("a room takes the hue of the first picture that has one", () => {
  const before = apply(null, vector.events[0], "bo");
  const picture = (/** @type {number | null} */ hue) => ({ ...vector.events[1].message.attachments[0], hue });
  const post = (/** @type {any[]} */ attachments) => ({
    ...vector.events[1],
    message: { ...vector.events[1].message, attachments },
  });
  assert.equal(apply(before, post([picture(null), picture(200), picture(10)]), "bo").conversation.hue, 200);
  assert.equal(apply(before, post([picture(null)]), "bo").conversation.hue, before.conversation.hue);
});

test("a room takes the light of its latest picture", () => {
  const begun = { ...apply(null, vector.events[0], "bo"), latest: true };
  /** @param {number} seq @param {(number | null)[]} hues */
  const pictures = (seq, hues) => {
    const attachments = hues.map((hue) => ({ id: `${seq}`, hue }));
    return { ...vector.events[1], seq, message: { ...vector.events[1].message, id: seq, attachments } };
  };
  const one = apply(begun, pictures(2, [null, 234]), "bo");
  const two = apply(one, pictures(3, [8]), "bo");
  const words = apply(two, pictures(4, []), "bo");
  assert.deepEqual(
    [one, two, words].map((state) => state.conversation.hue),
    [234, 8, 8],
  );
});

test("who comes, goes or names a group is remembered beside its messages", () => {
  const begun = apply(null, vector.events[0], "bo");
  const group = { ...begun, conversation: { ...begun.conversation, kind: /** @type {const} */ ("group") } };
  const participant = (/** @type {string} */ id, role = "member") => ({ user: { id }, role, read_seq: 0 });
  const news = [
    { kind: "participant.joined", actor_id: "ada", participant: participant("cy") },
    { kind: "participant.changed", actor_id: "ada", participant: participant("cy", "admin") },
    { kind: "participant.changed", actor_id: "ada", participant: participant("cy") },
    { kind: "conversation.changed", actor_id: "ada", conversation: { title: "Tea", hue: 1 } },
    { kind: "participant.left", actor_id: "cy", participant: participant("cy") },
  ];
  const events = news.map((one, at) => ({ ...vector.events[0], message: null, ...one, seq: at + 2 }));
  const heard = (/** @type {any} */ state) => events.reduce((so_far, event) => apply(so_far, event, "bo"), state);
  const acts = heard(group).asides.map((/** @type {any} */ aside) => [aside.seq, aside.act, aside.title]);
  assert.deepEqual(acts, [
    [2, "added", ""],
    [3, "admin", ""],
    [5, "named", "Tea"],
    [6, "left", ""],
  ]);
  assert.deepEqual(heard(begun).asides, [], "two people need not be told");
});

test("an answer is counted once, also where a page has counted it already", () => {
  const { conversation } = apply(null, vector.events[0], "bo");
  const { message } = vector.events[1];
  const answered = { ...message, id: 2, reply_count: 1, last_reply: 3 };
  const post = (/** @type {number} */ id) => ({
    ...vector.events[1],
    seq: id,
    message: { ...message, id, reply_to: 2 },
  });
  const known = apply(begin(conversation, [answered]), post(3), "bo");
  assert.deepEqual(known.messages[0], answered);
  const again = apply(known, post(4), "bo");
  assert.deepEqual(again.messages[0], { ...answered, reply_count: 2, last_reply: 4 });
});
