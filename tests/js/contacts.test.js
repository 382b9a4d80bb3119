/** Whom one has blocked or muted, and what follows from it on the page. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Contacts } from "../../src/chatsphere/static/js/models/contacts.js";

const me = "me";
/** @param {string} id */
const user = (id) => ({
  id,
  user_name: id,
  display_name: id,
  image_url: "",
  hue: 0,
  is_deleted: false,
  created_at: "",
});
/** @param {string} id @param {boolean} blocked @param {boolean} muted */
const contact = (id, blocked, muted) => ({ user: user(id), blocked, muted });
/** @param {"direct" | "group"} kind @param {boolean} muted @param {string[]} others @returns {any} */
const talk = (kind, muted, ...others) => ({
  kind,
  muted,
  title: null,
  participants: [me, ...others].map((id) => ({ user: user(id), role: "member", read_seq: 0 })),
});
const fetched = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = fetched;
});

/** Let the server answer with this, and say what it was asked. @param {unknown} data */
function answers(data) {
  /** @type {unknown[]} */
  const asked = [];
  globalThis.fetch = async (path, how) => {
    asked.push([how?.method, path, how?.body]);
    return new Response(JSON.stringify(data), { status: 200 });
  };
  return asked;
}

test("messages of whom one has blocked are folded in groups, and nowhere else", () => {
  const contacts = new Contacts([contact("bo", true, false), contact("cy", false, true)], me);
  const group = talk("group", false, "bo", "cy");
  assert.equal(contacts.veils(group, { sender_id: "bo" }), true);
  assert.equal(contacts.veils(group, { sender_id: "cy" }), false);
  assert.equal(contacts.veils(group, { sender_id: me }), false);
  assert.equal(contacts.veils(talk("direct", false, "bo"), { sender_id: "bo" }), false);
});

test("a conversation is quiet when it is muted, or whoever it is with is muted or blocked", () => {
  const contacts = new Contacts([contact("bo", true, false), contact("cy", false, true)], me);
  assert.equal(contacts.quiets(talk("direct", false, "bo")), true);
  assert.equal(contacts.quiets(talk("direct", false, "cy")), true);
  assert.equal(contacts.quiets(talk("direct", false, "dee")), false);
  assert.equal(contacts.quiets(talk("direct", true, "dee")), true);
  assert.equal(contacts.quiets(talk("group", false, "bo", "cy")), false);
  assert.equal(contacts.quiets(talk("group", true, "bo", "cy")), true);
});

test("what is decided holds once the server has taken it", async () => {
  const contacts = new Contacts([], me);
  /** @type {(string | null)[]} */
  const told = [];
  contacts.on("changed", (id) => told.push(id));
  const asked = answers(contact("bo", true, false));
  await contacts.decide("bo", { blocked: true });
  assert.deepEqual(asked, [["PUT", "/api/v1/contacts/bo", '{"blocked":true}']]);
  assert.equal(contacts.blocks("bo"), true);
  assert.deepEqual(told, ["bo"]);
});

test("what another tab has decided is taken over, and nothing is told where nothing has changed", async () => {
  const contacts = new Contacts([contact("bo", true, false)], me);
  await Promise.all([answers(contact("cy", false, false)), contacts.decide("cy", { muted: false })]);
  /** @type {(string | null)[]} */
  const told = [];
  contacts.on("changed", (id) => told.push(id));
  answers([contact("bo", true, false)]);
  await contacts.refresh();
  assert.deepEqual(told, []);
  answers([contact("bo", false, true)]);
  await contacts.refresh();
  assert.deepEqual(told, [null]);
  assert.equal(contacts.blocks("bo"), false);
  assert.equal(contacts.mutes("bo"), true);
});

test("a decision that is refused changes nothing", async () => {
  const contacts = new Contacts([], me);
  globalThis.fetch = async () => new Response(JSON.stringify({ detail: "No." }), { status: 404 });
  await assert.rejects(contacts.decide("bo", { blocked: true }), /No\./);
  assert.equal(contacts.blocks("bo"), false);
});
