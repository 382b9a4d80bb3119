/**
 * What the reader has seen is kept in this browser, so that it can be read without a network: the worker makes pages of
 * it. It is what is here anyway; nobody is asked for anything.
 */
import { workerAddress } from "../helpers/html.js";
import { later } from "../helpers/later.js";

const MOST_MESSAGES = 50;
const PAUSE = 1000;

/** @typedef {import("../app.js").World} World */
/** @typedef {import("../models/conversation.js").State} State */

/** @param {World} world */
export async function keeping(world) {
  const workers = navigator.serviceWorker;
  // There is none where the line could be listened to.
  if (!workers) return;
  const { boot, conversations, newest } = world;
  /** @type {Set<string>} */
  const changed = new Set(boot.conversation ? [boot.conversation.id] : []);
  const tell = (/** @type {object} */ said) => workers.controller?.postMessage({ keep: boot.kept_as, ...said });
  const write = later(PAUSE, () => workers.controller && tell({ pages: seen(world, changed) }));
  conversations.on("room", (id, event) => {
    changed.add(id);
    write.soon();
    // Which pictures it had nobody knows any more.
    if (event?.kind === "message.deleted") tell({ forget: id });
  });
  const heard = (/** @type {string} */ id) => {
    changed.add(id);
    write.soon();
  };
  conversations.on("stretch", heard);
  newest.on("changed", heard);
  conversations.on("gone", (id) => tell({ forget: id, gone: true }));
  conversations.on("list", write.soon);
  document.addEventListener("visibilitychange", () => document.hidden && write.now());
  workers.addEventListener("controllerchange", write.soon);
  write.soon();
  await workers.register(workerAddress(), { updateViaCache: "none" });
}

/** The list, and each conversation whose end was seen, by their addresses. @param {World} world @param {Set<string>} changed */
function seen(world, changed) {
  const { boot, conversations, contacts } = world;
  const listed = {
    conversations: conversations.list(),
    more: conversations.more,
    contacts: [...contacts.known.values()],
  };
  const nowhere = { at: null, conversation: null, messages: [], pins: [], pictures: null, older: false, newer: false };
  const states = [...changed].map((id) => conversations.state(id));
  changed.clear();
  const rooms = states.flatMap((state) => (state?.latest ? [[`/c/${state.conversation.id}`, room(state, world)]] : []));
  return { "/": { ...boot, ...listed, ...nowhere }, ...Object.fromEntries(rooms) };
}

/** The end of a conversation, as the server puts it into a page. @param {State} state @param {World} world */
function room({ conversation, messages, oldest }, { answers, newest }) {
  const last = messages.slice(-MOST_MESSAGES);
  const pins = answers.pins(conversation.id);
  const pictures = newest.kept(conversation.id);
  return {
    conversation,
    messages: last,
    pins,
    pictures,
    older: !oldest || last.length < messages.length,
    newer: false,
  };
}
