/** The newest pictures of a conversation: asked for once, kept up with by events, whatever happens to be loaded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Emitter } from "../../src/chatsphere/static/js/helpers/emitter.js";
import { Newest } from "../../src/chatsphere/static/js/models/newest.js";

/** @param {number} n @returns {any} */
const message = (n, sender_id = "bo") => ({
  ...{ id: n, conversation_id: "c", sender_id, deleted_at: null },
  attachments: [{ id: `p${n}`, kind: "image" }, { kind: "file" }],
});

/** One conversation with pictures 1 to 20, of which 20 is loaded; `server` may be changed as one goes. */
function scene() {
  const state = { conversation: { last_seq: 20 }, messages: [message(20)], left: false };
  const conversations = Object.assign(new Emitter(), { state: () => (state.left ? undefined : state) });
  const contacts = Object.assign(new Emitter(), {
    /** @type {string[]} */ blocked: [],
    veils: (/** @type {any} */ _, /** @type {any} */ { sender_id }) => contacts.blocked.includes(sender_id),
  });
  const pictures = Array.from({ length: 20 }, (_, n) => n + 1);
  const server = { pictures, asked: 0, away: false, slow: Promise.resolve() };
  const ask = async () => {
    server.asked += 1;
    if (server.away) throw new Error("away");
    const { pictures, slow } = server;
    await slow;
    return pictures.slice(-9).map((n) => ({ message_id: n, sender_id: "bo", attachment: { id: `p${n}` } }));
  };
  const newest = new Newest(
    /** @type {any} */ (conversations),
    /** @type {any} */ (contacts),
    /** @type {any} */ (ask),
  );
  const post = (/** @type {any} */ message, kind = "message.posted") => {
    state.conversation.last_seq += 1;
    conversations.tell("room", "c", { kind, message });
  };
  const shown = () => newest.of("c").map(({ attachment }) => attachment.id);
  return { state, conversations, contacts, server, newest, post, shown };
}

test("what is loaded stands in until the server has said which they are, once", async () => {
  const { server, newest, shown } = scene();
  assert.deepEqual(shown(), ["p20"]);
  await newest.ready("c");
  assert.deepEqual(shown(), ["p20", "p19", "p18", "p17", "p16", "p15", "p14", "p13", "p12"]);
  assert.equal(server.asked, 1);
});

test("without a server what is loaded goes on standing in, and nobody keeps asking", async () => {
  const { server, newest, shown } = scene();
  server.away = true;
  await newest.ready("c");
  assert.deepEqual(shown(), ["p20"]);
  assert.equal(server.asked, 1);
  server.away = false;
  newest.doubt();
  await newest.ready("c");
  assert.equal(shown().length, 9);
});

test("a new one comes to the front, once, and not one of somebody blocked", async () => {
  const { contacts, newest, post, shown } = scene();
  await newest.ready("c");
  for (let twice = 0; twice < 2; twice += 1) post(message(21));
  assert.deepEqual(shown().slice(0, 2), ["p21", "p20"]);
  assert.equal(shown().length, 9);
  contacts.blocked.push("eve");
  post(message(22, "eve"));
  assert.equal(shown()[0], "p21");
});

test("one that is gone goes at once, and another takes its place", async () => {
  const { server, newest, post, shown } = scene();
  await newest.ready("c");
  server.pictures.splice(server.pictures.indexOf(15), 1);
  post({ ...message(15), attachments: [], deleted_at: "now" }, "message.deleted");
  assert.deepEqual(shown(), ["p20", "p19", "p18", "p17", "p16", "p14", "p13", "p12"]);
  await newest.ready("c");
  assert.equal(shown().at(-1), "p11");
});

test("what happens while the server answers is asked for again", async () => {
  const { server, newest, post, shown } = scene();
  const first = newest.ready("c");
  server.pictures.push(21);
  post(message(21));
  await first;
  shown();
  await newest.ready("c");
  assert.equal(server.asked, 2);
  assert.equal(shown()[0], "p21");
});

test("where somebody is blocked or no longer, they may be others", async () => {
  const { contacts, server, newest, shown } = scene();
  await newest.ready("c");
  server.pictures = [1, 2, 3];
  contacts.tell("changed");
  shown();
  await newest.ready("c");
  assert.deepEqual(shown(), ["p3", "p2", "p1"]);
});

test("those of somebody blocked go at once, whatever the server still answers", async () => {
  const { contacts, server, newest, shown } = scene();
  await newest.ready("c");
  contacts.blocked.push("bo");
  server.away = true;
  contacts.tell("changed");
  assert.deepEqual(shown(), []);
});

test("of a conversation that is gone nothing is kept, nor of what comes too late", async () => {
  const { state, conversations, server, newest, shown } = scene();
  await newest.ready("c");
  newest.doubt();
  const late = newest.ready("c");
  state.left = true;
  conversations.tell("gone", "c");
  await late;
  Object.assign(state, { left: false, messages: [] });
  server.pictures = [30];
  assert.deepEqual(shown(), []);
  await newest.ready("c");
  assert.deepEqual(shown(), ["p30"]);
});

test("whoever shows them is told that they may be others", async () => {
  const { newest } = scene();
  await newest.ready("c");
  /** @type {string[]} */
  const told = [];
  newest.on("changed", (id) => told.push(id));
  newest.doubt();
  assert.deepEqual(told, ["c"]);
});

test("what was asked for before somebody was blocked, and comes late, does not tell", async () => {
  const { contacts, server, newest, shown } = scene();
  let come = () => {};
  server.slow = new Promise((done) => {
    come = done;
  });
  const early = newest.ready("c");
  Object.assign(server, { slow: Promise.resolve(), pictures: [1, 2, 3] });
  contacts.tell("changed");
  await newest.ready("c");
  come();
  await early;
  assert.deepEqual(shown(), ["p3", "p2", "p1"]);
});

test("one that is described otherwise is so here, in its place", async () => {
  const { newest, post, shown } = scene();
  await newest.ready("c");
  const before = shown();
  const attachments = [{ id: "p18", kind: "image", alt: "a hill" }];
  post({ ...message(18), attachments }, "message.edited");
  assert.equal(newest.of("c")[2].attachment.alt, "a hill");
  assert.deepEqual(shown(), before);
});
