import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Stopped, Uploader } from "../../src/chatsphere/static/js/models/uploader.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A server that takes pieces, and goes away when told. */
class Server {
  constructor() {
    /** @type {Map<string, {size: number, arrived: number}>} */
    this.held = new Map();
    /** @type {string[]} */
    this.asked = [];
    /** @type {any} thrown instead of an answer, once each */
    this.faults = [];
  }

  /** @param {string} id */
  told(id) {
    const { size, arrived } = this.held.get(id) ?? { size: 0, arrived: 0 };
    return { id, arrived, ready: arrived === size };
  }

  /** @returns {any} */
  get line() {
    return {
      begin: async (/** @type {any} */ { size, key }) => {
        this.asked.push("begin");
        this.held.set(`on-${key}`, { size, arrived: 0 });
        return this.told(`on-${key}`);
      },
      ask: async (/** @type {string} */ id) => {
        this.asked.push("ask");
        if (!this.held.has(id)) throw { problem: { status: 404, detail: "gone" } };
        return this.told(id);
      },
      send: async (/** @type {string} */ id, /** @type {number} */ start, /** @type {Blob} */ piece) => {
        this.asked.push(`${start}+${piece.size}`);
        const fault = this.faults.shift();
        const one = /** @type {{size: number, arrived: number}} */ (this.held.get(id));
        // An answer that is lost on its way back.
        if (!fault || fault.stored) one.arrived = start + piece.size;
        if (fault) throw fault;
        return this.told(id);
      },
      drop: async (/** @type {string} */ id) => void this.held.delete(id),
    };
  }
}

/** @param {string} key @param {number} size @returns {any} */
function upload(key, size) {
  const file = new Blob([new Uint8Array(size)]);
  return { key, file, size, id: null, arrived: 0, state: "waiting", problem: null };
}

/** @param {Server} server @param {any} [more] */
function uploaderTo(server, more = {}) {
  const around = { changed: () => {}, moved: () => {}, kept: async () => ({}), random: () => 1, piece: 10 };
  return new Uploader({ line: server.line, lock: (_name, task) => task(), ...around, ...more });
}

test("a file goes piece by piece, and its id is told once it is whole", async () => {
  const server = new Server();
  const one = upload("a", 25);
  assert.equal(await uploaderTo(server).whole(one), "on-a");
  assert.deepEqual(server.asked, ["begin", "0+10", "10+10", "20+5"]);
  assert.deepEqual([one.state, one.arrived], ["ready", 25]);
});

test("after a cut it goes on from where the server is, also where only the answer was lost", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const server = new Server();
  const away = { problem: { status: 0 } };
  server.faults = [null, away, { ...away, stored: true }];
  const uploader = uploaderTo(server);
  const whole = uploader.whole(upload("a", 30));
  for (let n = 0; n < 2; n += 1) {
    await settled();
    mock.timers.tick(30_000);
  }
  assert.equal(await whole, "on-a");
  assert.deepEqual(server.asked, ["begin", "0+10", "10+10", "ask", "10+10", "ask", "20+10"]);
  mock.timers.reset();
});

test("a network that is back is used at once", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const server = new Server();
  server.faults = [{ problem: { status: 0 } }];
  const uploader = uploaderTo(server);
  const whole = uploader.whole(upload("a", 5));
  await settled();
  uploader.hurry();
  assert.equal(await whole, "on-a");
  mock.timers.reset();
});

test("what an earlier page began is gone on with, and what the server has forgotten begins anew", async () => {
  const server = new Server();
  server.held.set("on-a", { size: 25, arrived: 20 });
  await uploaderTo(server).whole({ ...upload("a", 25), id: "on-a" });
  assert.deepEqual(server.asked, ["ask", "20+5"]);
  server.asked = [];
  await uploaderTo(server).whole({ ...upload("b", 5), id: "long ago" });
  assert.deepEqual(server.asked, ["ask", "begin", "0+5"]);
});

test("another tab's beginning is found, and its end too", async () => {
  const server = new Server();
  server.held.set("on-a", { size: 5, arrived: 5 });
  const uploader = uploaderTo(server, { kept: async () => ({ id: "on-a" }) });
  assert.equal(await uploader.whole(upload("a", 5)), "on-a");
  assert.deepEqual(server.asked, ["ask"]);
  const over = uploaderTo(server, { kept: async () => undefined });
  await assert.rejects(over.whole(upload("b", 5)), Stopped);
});

test("a refusal says why, and is tried again when asked", async () => {
  const server = new Server();
  const detail = "This picture cannot be read.";
  server.faults = [{ problem: { status: 422, detail, errors: [{ field: "uploads", message: detail }] } }];
  const uploader = uploaderTo(server);
  const one = upload("a", 5);
  await assert.rejects(uploader.whole(one));
  assert.deepEqual([one.state, one.problem], ["failed", detail]);
  assert.equal(await uploader.whole(one), "on-a");
  assert.deepEqual([one.state, one.problem], ["ready", null]);
});

test("what is stopped goes no further, and goes from the server too", async () => {
  const server = new Server();
  /** Sends until it is stopped. @type {any} */
  const send = (/** @type {any[]} */ ...[, , , , signal]) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject({ problem: { status: 0 } })));
  const uploader = uploaderTo(server, { line: { ...server.line, send } });
  const one = upload("a", 100);
  const whole = uploader.whole(one);
  await settled();
  uploader.stop(one);
  await assert.rejects(whole, Stopped);
  assert.equal(server.held.size, 0);
  assert.notEqual(one.state, "failed");
});

test("what is stopped while it is begun is put down nowhere, and goes from the server too", async () => {
  const server = new Server();
  /** @type {() => void} */
  let answer = () => undefined;
  const begin = async (/** @type {any} */ one) => {
    await new Promise((done) => {
      answer = () => done(undefined);
    });
    return server.line.begin(one);
  };
  /** @type {any[]} */
  const noted = [];
  const changed = (/** @type {any} */ { id }) => noted.push(id);
  const uploader = uploaderTo(server, { line: { ...server.line, begin }, changed });
  const one = upload("a", 100);
  const whole = uploader.whole(one);
  await settled();
  uploader.stop(one);
  answer();
  await assert.rejects(whole, Stopped);
  await settled();
  assert.deepEqual(noted, [null]);
  assert.equal(server.held.size, 0);
});

test("three go at once, the others wait for their turn", async () => {
  const server = new Server();
  /** @type {(() => void)[]} */
  const doors = [];
  const lock = (/** @type {string} */ _name, /** @type {() => Promise<void>} */ task) =>
    new Promise((/** @type {(value: void) => void} */ resolve) => doors.push(resolve)).then(task);
  const uploader = uploaderTo(server, { lock });
  const all = ["a", "b", "c", "d", "e"].map((key) => uploader.whole(upload(key, 5)));
  await settled();
  assert.equal(doors.length, 3);
  while (doors.length) {
    doors.shift()?.();
    await settled();
  }
  assert.deepEqual(await Promise.all(all), ["on-a", "on-b", "on-c", "on-d", "on-e"]);
});

test("what another tab took out is not put down again by one that waited for it", async () => {
  /** @type {string[]} */
  const noted = [];
  const changed = (/** @type {any} */ { state }) => noted.push(state);
  const uploader = uploaderTo(new Server(), { kept: async () => undefined, changed });
  const one = upload("a", 5);
  await assert.rejects(uploader.whole(one), Stopped);
  assert.deepEqual([one.state, noted], ["failed", ["waiting"]]);
});
