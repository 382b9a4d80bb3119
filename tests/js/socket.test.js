import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { backoff } from "../../src/chatsphere/static/js/models/backoff.js";
import { Socket } from "../../src/chatsphere/static/js/models/socket.js";

class Line {
  constructor() {
    /** @type {any[]} */
    this.sent = [];
    this.onmessage = (/** @type {any} */ _event) => {};
    this.onclose = (/** @type {any} */ _event) => {};
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {}

  /** @param {object} frame */
  says(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }
}

/** A socket whose lines are ours. @param {object} [more] */
function staged(more = {}) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {any[]} */
  const heard = [];
  const make = () => {
    lines.push(new Line());
    return /** @type {any} */ (lines.at(-1));
  };
  const socket = new Socket({ url: "ws://here", make, hear: (frame) => heard.push(frame), random: () => 1, ...more });
  return { socket, lines, heard };
}

test("it waits 1, 2, 4 … at most 30 seconds, and by chance a little less", () => {
  const whole = [1, 2, 3, 4, 5, 6, 7, 60].map((tries) => backoff(tries, () => 1));
  assert.deepEqual(whole, [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  assert.equal(
    backoff(3, () => 0),
    2400,
  );
});

test("it comes back by itself, later each time, and starts over after a hello", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { socket, lines } = staged();
  socket.open();
  for (const [at, wait] of [1000, 2000, 4000].entries()) {
    lines[at].onclose({ code: 1006 });
    assert.equal(socket.status, "waiting");
    mock.timers.tick(wait - 1);
    assert.equal(lines.length, at + 1);
    mock.timers.tick(1);
    assert.equal(lines.length, at + 2);
  }
  lines[3].says({ type: "hello" });
  assert.equal(socket.status, "open");
  lines[3].onclose({ code: 1006 });
  mock.timers.tick(1000);
  assert.equal(lines.length, 5);
  socket.close();
  mock.timers.reset();
});

test("an answer finds who asked, and a lost line tells all who wait", async () => {
  const { socket, lines } = staged();
  socket.open();
  lines[0].says({ type: "hello" });
  const [first, second] = [socket.ask({ type: "read" }), socket.ask({ type: "read" })];
  lines[0].says({ type: "error", ref: 2, problem: { detail: "no" } });
  lines[0].says({ type: "ok", ref: 1 });
  assert.equal((await first).type, "ok");
  await assert.rejects(second, /no/);
  const third = socket.ask({ type: "read" });
  lines[0].onclose({ code: 1006 });
  await assert.rejects(third, /lost/);
  socket.close();
});

test("a silent line is asked for a sign of life, then given up", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { socket, lines } = staged();
  socket.open();
  lines[0].says({ type: "hello" });
  mock.timers.tick(25_000);
  assert.deepEqual(lines[0].sent.at(-1).type, "ping");
  mock.timers.tick(10_000);
  assert.equal(socket.status, "waiting");
  socket.close();
  mock.timers.reset();
});

test("a session that ended is not tried again", () => {
  let signedOut = false;
  const { socket, lines } = staged({
    signedOut: () => {
      signedOut = true;
    },
  });
  socket.open();
  lines[0].onclose({ code: 4001 });
  assert.equal(socket.status, "closed");
  assert.ok(signedOut);
});
