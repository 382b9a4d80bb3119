/** What waits to go along, in two tabs: the other one is told once it can find what there is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Trays } from "../../src/chatsphere/static/js/models/trays.js";

test("another tab is told of what is taken once the shelf has it, however slow that is", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {Map<string, string | null>} */
  const shelf = new Map();
  /** @type {(() => void)[]} */
  const slow = [];
  const put = (/** @type {any} */ { key, taken }) =>
    new Promise((done) => {
      slow.push(() => done(shelf.set(key, taken)));
    });
  /** @type {(string | null)[][]} */
  const found = [];
  const channel = { postMessage: () => found.push([...shelf.values()]) };
  const files = { put, drop: async () => undefined, all: async () => [] };
  const trays = new Trays("ada", /** @type {any} */ (files), /** @type {any} */ (channel));
  trays.add("c", [{ file: /** @type {any} */ ({}), name: "hill", type: "image/png", size: 1, image: true, url: "" }]);
  trays.take("c", "m");
  for (const done of slow) {
    mock.timers.tick(1_000);
    done();
    await new Promise(setImmediate);
  }
  assert.deepEqual(found, [[null], ["m"]]);
});

test("what was taken out is not put down again, however late somebody has news of it", async () => {
  /** @type {Set<string>} */
  const shelf = new Set();
  const files = {
    put: async (/** @type {any} */ { key }) => void shelf.add(key),
    drop: async (/** @type {string} */ key) => void shelf.delete(key),
    all: async () => [],
  };
  const trays = new Trays("ada", /** @type {any} */ (files), /** @type {any} */ ({ postMessage: () => undefined }));
  trays.add("c", [{ file: /** @type {any} */ ({}), name: "hill", type: "image/png", size: 1, image: true, url: "" }]);
  const [one] = trays.of("c");
  await trays.written;
  assert.equal(shelf.size, 1);
  trays.remove(one);
  trays.keep(one);
  await trays.written;
  assert.equal(shelf.size, 0);
});

test("what another tab has brought there is not there twice while it is on its way here too", () => {
  const files = { put: async () => undefined, drop: async () => undefined, all: async () => [] };
  const trays = new Trays("ada", /** @type {any} */ (files), /** @type {any} */ ({ postMessage: () => undefined }));
  trays.add("c", [{ file: /** @type {any} */ ({}), name: "hill", type: "image/png", size: 1, image: true, url: "" }]);
  const told = (/** @type {string} */ id, /** @type {string} */ name) => ({
    id,
    alt: "",
    name,
    content_type: "image/png",
    size: 1,
  });
  trays.adopt("c", [told("x", "hill"), told("y", "sea")]);
  const found = () => trays.of("c").map(({ id, name }) => [id, name]);
  assert.deepEqual(found(), [
    [null, "hill"],
    ["y", "sea"],
  ]);
  trays.of("c")[0].id = "x";
  trays.adopt("c", [told("x", "hill"), told("y", "sea")]);
  assert.equal(found().length, 2);
});
