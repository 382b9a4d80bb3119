import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, begin, mark, read, settled, waiting } from "../../src/chatsphere/static/js/models/conversation.js";

/** @param {number} seed */
function dice(seed) {
  let random = seed * 7919 + 1;
  return (/** @type {number} */ sides) => {
    random = (random * 48_271) % 2_147_483_647;
    return random % sides;
  };
}

const user = (/** @type {string} */ id) => ({ id, display_name: id });

/** What the server knows: everything, counted plainly. */
class Server {
  constructor() {
    /** @type {any[]} */
    this.events = [];
    /** @type {Map<number, any>} */
    this.messages = new Map();
    this.read_seq = 1;
    this.marked = false;
    const participants = ["ada", "bo", "cy"].map((id) => ({ user: user(id), role: "member", read_seq: 1 }));
    this.room = {
      id: "tea",
      kind: "group",
      title: "Tea",
      hue: 1,
      participants,
      created_at: "2026-06-14T10:00:00.000Z",
    };
    this.#said("conversation.created", "ada", {
      conversation: { ...this.room, last_activity_at: this.room.created_at, last_seq: 1, message_count: 0 },
    });
  }

  /** @param {string} kind @param {string} actor_id @param {any} more */
  #said(kind, actor_id, more) {
    const seq = this.events.length + 1;
    this.events.push({ conversation_id: "tea", seq, kind, actor_id, created_at: this.room.created_at, ...more });
    return seq;
  }

  /** @param {string} sender_id */
  posts(sender_id) {
    const id = this.events.length + 1;
    const message = {
      id,
      sender_id,
      content: "x",
      attachments: [],
      deleted_at: null,
      created_at: this.room.created_at,
    };
    this.messages.set(id, message);
    this.#said("message.posted", sender_id, { message });
    if (sender_id !== "ada") return;
    [this.read_seq, this.marked] = [id, false];
  }

  /** @param {number} id */
  deletes(id) {
    const gone = { ...this.messages.get(id), deleted_at: this.room.created_at };
    if (this.messages.get(id).deleted_at) return;
    this.messages.set(id, gone);
    this.#said("message.deleted", gone.sender_id, { message: gone });
  }

  /** @param {number} seq */
  reads(seq) {
    this.read_seq = Math.max(this.read_seq, seq);
    this.marked = false;
  }

  get unread() {
    return this.page().filter((one) => one.id > this.read_seq && one.sender_id !== "ada" && !one.deleted_at).length;
  }

  page() {
    return [...this.messages.values()];
  }

  /** As this moment's answer. @returns {any} */
  answer() {
    const counted = { unread_count: this.unread, read_seq: this.read_seq, marked_unread: this.marked };
    const page = this.page();
    return {
      ...this.room,
      last_activity_at: this.room.created_at,
      last_seq: this.events.length,
      message_count: page.length,
      last_message: page.at(-1) ?? null,
      role: "member",
      muted: false,
      ...counted,
    };
  }
}

/** One of Ada's devices: it hears late, holds a part of the history, and misses what is told once. */
class Device {
  /** @param {Server} server @param {(sides: number) => number} roll */
  constructor(server, roll) {
    this.server = server;
    this.roll = roll;
    this.state = this.#opened();
  }

  /** A stretch somewhere in the history, as of now. @returns {any} */
  #opened() {
    const page = this.server.page();
    const from = this.roll(page.length + 1);
    const to = this.roll(2) ? page.length : from + this.roll(page.length - from + 1);
    const reach = { latest: to === page.length, oldest: from === 0 };
    return begin(this.server.answer(), page.slice(from, to), reach);
  }

  hears() {
    const known = this.state.conversation.last_seq;
    const some = this.server.events.slice(known, known + 1 + this.roll(4));
    for (const event of some) {
      // Events come with their message as it is now.
      const message = event.message && this.server.messages.get(event.message.id);
      this.state = apply(this.state, { ...event, message: message ?? event.message }, "ada");
    }
  }

  /** @returns {number} up to where */
  looks() {
    const seen = this.state.messages[this.roll(this.state.messages.length || 1)]?.id ?? 0;
    const seq = this.roll(3) ? seen : this.state.conversation.last_seq;
    if (seq > this.state.conversation.last_seq) return 0;
    this.state = read(this.state, "ada", seq, "ada");
    return seq;
  }

  /** Catches up with the log and has the server count, as after any reconnection. */
  comesBack() {
    while (this.state.conversation.last_seq < this.server.events.length) this.hears();
    this.state = settled(this.state, this.server.answer());
  }
}

for (let seed = 1; seed <= 150; seed += 1) {
  test(`random history ${seed}: what a device shows as unread is what the read mark leaves, or it knows that it is unsure`, () => {
    const roll = dice(seed);
    const server = new Server();
    for (let n = 0; n < 12; n += 1) server.posts(["ada", "bo", "cy"][roll(3)]);
    const devices = [new Device(server, roll), new Device(server, roll)];
    for (let step = 0; step < 60; step += 1) {
      const device = devices[roll(2)];
      const deed = roll(8);
      if (deed < 3) server.posts(["ada", "bo", "cy"][roll(3)]);
      else if (deed === 3) server.deletes(server.page()[roll(server.messages.size)].id);
      else if (deed === 4) {
        const seq = device.looks();
        server.reads(seq);
        // The others of one's devices hear of it, unless their line is down just then.
        for (const other of devices) if (roll(3)) other.state = read(other.state, "ada", seq, "ada");
      } else if (deed === 5) {
        server.marked = true;
        device.state = mark(device.state, true);
      } else device.hears();
      const { state } = device;
      const inStep =
        state.conversation.last_seq === server.events.length && state.conversation.read_seq === server.read_seq;
      if (inStep && !state.unsure) assert.equal(state.conversation.unread_count, server.unread, `step ${step}`);
    }
    for (const device of devices) {
      device.comesBack();
      const { conversation, unsure } = device.state;
      assert.deepEqual(
        [conversation.unread_count, conversation.read_seq, conversation.marked_unread, Boolean(unsure)],
        [server.unread, server.read_seq, server.marked, false],
      );
      assert.equal(waiting(conversation) > 0, server.unread > 0 || server.marked);
    }
  });
}
