/** The pictures that a lightbox pages through: from anywhere to both ends, each once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Gallery } from "../../src/chatsphere/static/js/models/gallery.js";
import { picturesOf } from "../../src/chatsphere/static/js/models/pictures.js";

/** @param {number} n @returns {any} */
const picture = (n) => ({ place: `${n}.0`, message_id: n, conversation_id: "c", attachment: { id: `p${n}` } });
/** @param {number[]} numbers of messages @returns {any} */
const pictures = (numbers) => numbers.map(picture);
/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: to - from }, (_, n) => from + n);

/** A server that has as many. @param {number} count @param {string[]} [asked] */
function server(count, asked = []) {
  return async (/** @type {string} */ path) => {
    asked.push(path);
    const query = new URL(path, "http://x").searchParams;
    const limit = Number(query.get("limit"));
    const number = (/** @type {string} */ name) => Number.parseInt((query.get(name) ?? "").replace("p", ""), 10);
    if (query.has("around")) {
      const from = Math.max(0, number("around") - limit / 2);
      const data = pictures(range(from, Math.min(count, number("around") + limit / 2)));
      return { data, next: from > 0 ? "more" : null };
    }
    if (query.has("after")) {
      const to = Math.min(count, number("after") + 1 + limit);
      return { data: pictures(range(number("after") + 1, to)), next: to < count ? "more" : null };
    }
    const from = Math.max(0, number("before") - limit);
    return { data: pictures(range(from, number("before"))), next: from > 0 ? "more" : null };
  };
}

test("from the middle one comes to both ends, past every picture once", async () => {
  const gallery = new Gallery("/conversations/c/pictures", server(200));
  await gallery.around("p90");
  let at = gallery.at("p90");
  const seen = [];
  for (; at >= 0; at -= 1) {
    const { id } = gallery.pictures[at].attachment;
    seen.unshift(gallery.pictures[at].message_id);
    await gallery.near(at);
    at = gallery.at(id);
  }
  at = gallery.at("p90") + 1;
  for (; at < gallery.pictures.length; at += 1) {
    seen.push(gallery.pictures[at].message_id);
    await gallery.near(at);
  }
  assert.deepEqual(seen, range(0, 200));
  assert.ok(gallery.oldest && gallery.newest);
});

test("of few pictures all are known at once, and nothing more is asked", async () => {
  /** @type {string[]} */
  const asked = [];
  const gallery = new Gallery("/pictures?has_text=true", server(12, asked));
  await gallery.around("p3");
  assert.ok(gallery.oldest && gallery.newest);
  await gallery.near(3);
  assert.deepEqual(asked, ["/pictures?has_text=true&around=p3&limit=60"]);
  gallery.grew();
  await gallery.near(11);
  assert.equal(asked.length, 2);
});

test("what is changed is shown anew in its place, and what is taken back is gone", () => {
  const album = [...pictures([1]), { ...picture(2), place: "2.0" }, { ...picture(2), place: "2.1" }, ...pictures([3])];
  album[2] = { ...album[2], attachment: { id: "second" } };
  const gallery = new Gallery("/x", server(0), album);
  /** @type {any} */
  const message = { id: 2, conversation_id: "c", content: "new words", attachments: [{ id: "second", kind: "image" }] };
  gallery.take(message);
  assert.deepEqual(
    gallery.pictures.map(({ attachment, content, place }) => [attachment.id, content, place]),
    [
      ["p1", undefined, "1.0"],
      ["second", "new words", "2.1"],
      ["p3", undefined, "3.0"],
    ],
  );
  gallery.take({ ...message, attachments: [] });
  assert.deepEqual(gallery.at("second"), -1);
  gallery.take({ ...message, id: 3, conversation_id: "another" });
  assert.equal(gallery.at("p3"), 1);
});

test("a message's files are no pictures", () => {
  /** @type {any} */
  const message = {
    id: 2,
    attachments: [
      { id: "a", kind: "file" },
      { id: "b", kind: "image" },
    ],
  };
  assert.deepEqual(
    picturesOf(message).map(({ attachment }) => attachment.id),
    ["b"],
  );
});

test("what is asked for at an end is not put to surroundings that came meanwhile", async () => {
  const answer = server(4);
  const wait = { before: 0, around: 5, after: 10 };
  const ask = async (/** @type {string} */ path) => {
    const [, pause] = Object.entries(wait).find(([name]) => path.includes(`${name}=`)) ?? [];
    await new Promise((done) => setTimeout(done, pause));
    return answer(path);
  };
  const gallery = new Gallery("/conversations/c/pictures", ask, pictures([2]));
  await Promise.all([gallery.near(0), gallery.around("p2")]);
  assert.deepEqual(
    gallery.pictures.map(({ message_id }) => message_id),
    [0, 1, 2, 3],
  );
});
