/**
 * What a conversation's events lead to, as one reader sees it: the mirror of the server's projection.
 * Both are fed from tests/vectors.
 *
 * @import {Conversation, Event, Message, Participant} from "./shapes.js"
 *
 * `messages` are one stretch of the history, ascending; `latest` says that it reaches the end, so that what is posted
 * joins it. `retracted` are messages that were already taken back when they came. `asides` are what was heard beside the
 * messages of a group: who came, went or named it. `gone`: no longer the reader's. `unsure`: how much is unread cannot be
 * told from what is here.
 * @typedef {{seq: number, created_at: string, act: "added" | "joined" | "left" | "removed" | "admin" | "owner" | "named",
 *   actor_id: string, user_id: string, title: string}} Aside
 * @typedef {{conversation: Conversation, messages: Message[], latest: boolean, oldest: boolean, retracted: number[],
 *   asides: Aside[], gone: boolean, unsure?: boolean}} State
 * @typedef {(state: State, event: Event, me: string) => State} Change
 */

/** What an event does, by kind; a kind that is not here changes only the number. @type {Record<string, Change>} */
const changes = {
  "message.posted": posted,
  "message.edited": replaced,
  "message.deleted": deleted,
  "message.reacted": replaced,
  "message.pinned": replaced,
  "message.unpinned": replaced,
  "message.previewed": replaced,
  "conversation.changed": described,
  "conversation.lit": described,
  "conversation.deleted": (state) => ({ ...state, gone: true }),
  "participant.joined": seated,
  "participant.changed": seated,
  "participant.left": left,
};

const QUIET = new Set([
  "conversation.lit",
  "message.edited",
  "message.deleted",
  "message.reacted",
  "message.pinned",
  "message.unpinned",
  "message.previewed",
]);

/**
 * A conversation as the server describes it, with a stretch of its messages.
 * @param {Conversation} conversation
 * @param {Message[]} [messages]
 * @param {{latest?: boolean, oldest?: boolean}} [reach]
 * @returns {State}
 */
export function begin(conversation, messages = [], { latest = true, oldest = false } = {}) {
  return { conversation, messages, latest, oldest, retracted: [], asides: [], gone: false };
}

/**
 * The state after one more event; what was already counted changes nothing.
 * @param {State | null} state @param {Event} event @param {string} me @returns {State}
 */
export function apply(state, event, me) {
  if (!state) return created(event, me);
  if (state.gone || event.seq <= state.conversation.last_seq) return state;
  const next = (changes[event.kind] ?? ((same) => same))(state, event, me);
  const last_activity_at = QUIET.has(event.kind) ? next.conversation.last_activity_at : event.created_at;
  const asides = state.conversation.kind === "group" ? [...state.asides, ...aside(event)] : state.asides;
  return { ...next, asides, conversation: { ...next.conversation, last_seq: event.seq, last_activity_at } };
}

/** The quiet line that an event is worth, if it is. @param {Event} event @returns {Aside[]} */
function aside({ seq, created_at, kind, actor_id, participant, conversation }) {
  const user_id = participant?.user.id ?? "";
  const own = user_id === actor_id;
  const role = participant?.role === "member" ? undefined : participant?.role;
  const act = {
    "participant.joined": own ? "joined" : "added",
    "participant.left": own ? "left" : "removed",
    "participant.changed": own ? undefined : role,
    "conversation.changed": "named",
  }[kind];
  if (!act) return [];
  const named = { actor_id, user_id, title: conversation?.title ?? "" };
  return [{ seq, created_at, act: /** @type {Aside["act"]} */ (act), ...named }];
}

/**
 * The state after somebody's read mark rose; 0: it is not shown any more.
 * @param {State} state @param {string} user_id @param {number} seq @param {string} me @returns {State}
 */
export function read(state, user_id, seq, me) {
  const conversation = state.conversation;
  if (user_id === me && seq === 0) return state;
  const participants = conversation.participants.map((one) =>
    one.user.id === user_id ? { ...one, read_seq: seq && Math.max(one.read_seq, seq) } : one,
  );
  if (user_id !== me || seq <= conversation.read_seq)
    return { ...state, conversation: { ...conversation, participants } };
  const unread_count = unreadAfter(state, seq, me);
  const unsure = unread_count === null;
  const counted = { read_seq: seq, unread_count: unread_count ?? conversation.unread_count, marked_unread: false };
  return { ...state, unsure, conversation: { ...conversation, participants, ...counted } };
}

/** The state as whoever sees it who hides how far they have read. @param {State} state @param {string} me @returns {State} */
export function unmarked(state, me) {
  const participants = state.conversation.participants.map((one) =>
    one.user.id === me ? one : { ...one, read_seq: 0 },
  );
  return { ...state, conversation: { ...state.conversation, participants } };
}

/** The state after the reader has marked it as unread, or has come back to it. @param {State} state @param {boolean} unread @returns {State} */
export function mark(state, unread) {
  return { ...state, conversation: { ...state.conversation, marked_unread: unread } };
}

/**
 * The state with what the server counts, once it has counted up to where this is: marks are news, and may be missed.
 * @param {State} state @param {Conversation} fresh @returns {State}
 */
export function settled(state, fresh) {
  const { last_seq, read_seq } = state.conversation;
  if (fresh.last_seq !== last_seq || fresh.read_seq < read_seq) return state;
  const { unread_count, marked_unread, muted, participants } = fresh;
  const conversation = {
    ...state.conversation,
    read_seq: fresh.read_seq,
    unread_count,
    marked_unread,
    muted,
    participants,
  };
  return { ...state, unsure: false, conversation };
}

/** How much of a conversation waits for its reader; one that was only marked counts as one. @param {Conversation} conversation */
export function waiting({ unread_count, marked_unread }) {
  return unread_count || (marked_unread ? 1 : 0);
}

/** The hue that a room takes from a message: that of its first picture that has a colour. @param {Message} message */
export function light(message) {
  return message.attachments.find((one) => one.hue !== null)?.hue ?? null;
}

/**
 * What is left after reading up to a number; null where that lies beyond what is here, and only the server can count.
 * @param {State} state @param {number} seq @param {string} me
 */
function unreadAfter({ conversation, messages, latest, oldest }, seq, me) {
  if (seq >= conversation.last_seq || conversation.unread_count === 0) return 0;
  // A page may hold what is not heard of yet, and so not counted.
  const heard = messages.filter((one) => one.id <= conversation.last_seq && one.sender_id !== me && !one.deleted_at);
  const count = (/** @type {(id: number) => boolean} */ where) => heard.filter((one) => where(one.id)).length;
  const [first, last] = [messages[0]?.id ?? Number.POSITIVE_INFINITY, messages[messages.length - 1]?.id ?? 0];
  if (latest && first <= seq + 1) return count((id) => id > seq);
  const covers = (oldest || first <= conversation.read_seq + 1) && last >= seq;
  return covers ? conversation.unread_count - count((id) => id > conversation.read_seq && id <= seq) : null;
}

/** @param {Event} event @param {string} me @returns {State} */
function created(event, me) {
  if (!event.conversation) throw new Error("A conversation begins with its first event.");
  const mine = event.conversation.participants.find((one) => one.user.id === me);
  return begin(
    {
      ...event.conversation,
      last_seq: event.seq,
      last_activity_at: event.created_at,
      message_count: 0,
      last_message: null,
      unread_count: 0,
      role: mine?.role ?? "member",
      read_seq: mine?.read_seq ?? 0,
      muted: false,
      marked_unread: false,
    },
    [],
    { oldest: true },
  );
}

/** @type {Change} */
function posted(state, event, me) {
  const message = /** @type {Message} */ (event.message);
  const own = message.sender_id === me;
  // What was read at another device may be heard of before what it was.
  const counts = !own && !message.deleted_at && event.seq > state.conversation.read_seq;
  const conversation = {
    ...raised(state.conversation, message.sender_id, event.seq),
    message_count: state.conversation.message_count + 1,
    last_message: message,
    hue: state.conversation.chosen_hue ?? light(message) ?? state.conversation.hue,
    unread_count: own ? 0 : state.conversation.unread_count + (counts ? 1 : 0),
    marked_unread: !own && state.conversation.marked_unread,
    read_seq: own ? Math.max(event.seq, state.conversation.read_seq) : state.conversation.read_seq,
  };
  // A page may have been read after this event and hold its message already.
  const others = state.messages.filter((one) => one.id !== message.id);
  const joined = state.latest ? [...others, message].sort((a, b) => a.id - b.id) : state.messages;
  const messages = message.reply_to === null ? joined : joined.map((one) => answered(one, message));
  const retracted = message.deleted_at ? [...state.retracted, message.id] : state.retracted;
  return { ...state, conversation, messages, retracted };
}

/**
 * A message as one more answers it. It may have come from a page that knew of this answer; they are numbered.
 * @param {Message} one @param {Message} reply
 */
function answered(one, { id, reply_to }) {
  if (one.id !== reply_to || id <= (one.last_reply ?? 0)) return one;
  return { ...one, reply_count: (one.reply_count ?? 0) + 1, last_reply: id };
}

/** @param {Conversation} conversation @param {string} user_id @param {number} seq */
function raised(conversation, user_id, seq) {
  const participants = conversation.participants.map((one) =>
    // What is not shown stays so, whatever they say.
    one.user.id === user_id && one.read_seq ? { ...one, read_seq: Math.max(one.read_seq, seq) } : one,
  );
  return { ...conversation, participants };
}

/** @type {Change} */
function replaced(state, event) {
  const message = /** @type {Message} */ (event.message);
  const last = state.conversation.last_message;
  const last_message = last?.id === message.id ? message : last;
  const messages = state.messages.map((one) => (one.id === message.id ? message : one));
  return { ...state, messages, conversation: { ...state.conversation, last_message } };
}

/** @type {Change} */
function deleted(state, event, me) {
  const message = /** @type {Message} */ (event.message);
  const before = state.conversation;
  const counted = message.id > before.read_seq && message.sender_id !== me && !state.retracted.includes(message.id);
  const unread_count = Math.max(0, before.unread_count - (counted ? 1 : 0));
  // A page that was ahead of this event has it gone already: whether it was still counted cannot be told.
  const ahead = counted && state.messages.some((one) => one.id === message.id && one.deleted_at);
  const unsure = state.unsure || ahead;
  // Which picture lights the room now is not known here: it may lie anywhere in the history.
  return replaced({ ...state, unsure, conversation: { ...before, unread_count } }, event, me);
}

/** @type {Change} */
function described(state, event) {
  // The rest of the picture is of now, and may be ahead of this event: only what is nowhere counted is taken.
  const { title, hue, chosen_hue } = /** @type {import("./shapes.js").Room} */ (event.conversation);
  return { ...state, conversation: { ...state.conversation, title, hue, chosen_hue } };
}

/** @type {Change} */
function seated(state, event, me) {
  const participant = /** @type {Participant} */ (event.participant);
  const { participants } = state.conversation;
  const known = participants.some((one) => one.user.id === participant.user.id);
  const seats = known
    ? participants.map((one) => (one.user.id === participant.user.id ? participant : one))
    : [...participants, participant];
  const role = participant.user.id === me ? participant.role : state.conversation.role;
  return { ...state, conversation: { ...state.conversation, participants: seats, role } };
}

/** @type {Change} */
function left(state, event, me) {
  const leaver = /** @type {Participant} */ (event.participant).user.id;
  const participants = state.conversation.participants.filter((one) => one.user.id !== leaver);
  return { ...state, gone: leaver === me, conversation: { ...state.conversation, participants } };
}
