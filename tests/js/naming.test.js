import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asideLine,
  gist,
  initial,
  initials,
  isJumbo,
  isLong,
  sizeOf,
  typingLine,
} from "../../src/chatsphere/static/js/models/naming.js";

/** @param {string} content @param {any[]} [attachments] @param {string | null} [deleted_at] @returns {any} */
const said = (content, attachments = [], deleted_at = null) => ({ content, attachments, deleted_at });

test("a message in a line has no markup in it", () => {
  assert.equal(gist(said("**Tea** at `four`, see [here](https://example.org)")), "Tea at four, see here");
  assert.equal(gist(said("", [{ kind: "image" }])), "Picture");
  assert.equal(gist(said("", [{ kind: "image" }, { kind: "image" }])), "2 pictures");
  assert.equal(gist(said("", [{ kind: "file", name: "notes.txt" }])), "notes.txt");
  assert.equal(gist(said("", [], "2026-06-14T18:00:00Z")), "Message deleted");
});

test("initials are of the first and the last word", () => {
  assert.equal(initials("Mara Lindqvist"), "ML");
  assert.equal(initials("alex"), "A");
  assert.equal(initials("ida.b_wells"), "IW");
  assert.equal(initials("🌄 club"), "🌄C");
});

test("up to three emoji and nothing else are large", () => {
  assert.ok(isJumbo("🧡"));
  assert.ok(isJumbo("👩‍👩‍👧🇫🇮😂"));
  assert.ok(!isJumbo("😂😂😂😂"));
  assert.ok(!isJumbo("ok 😂"));
  assert.ok(!isJumbo("42"));
  assert.ok(isJumbo(" 1️⃣ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 "));
  assert.ok(!isJumbo("©"));
  assert.ok(!isJumbo(""));
});

test("who is typing is a sentence", () => {
  assert.equal(typingLine([]), "");
  assert.equal(typingLine(["Mara"]), "Mara is typing");
  assert.equal(typingLine(["Mara", "Theo"]), "Mara and Theo are typing");
  assert.equal(typingLine(["Mara", "Theo", "Jun"]), "Mara and 2 others are typing");
});

test("sizes are told in units that fit", () => {
  assert.equal(sizeOf(900), "900 byte");
  assert.equal(sizeOf(26_214_400), "26.2 MB");
});

test("a person has one letter", () => {
  assert.equal(initial("Ada Lovelace"), "A");
  assert.equal(initial("🦊 fox"), "🦊");
  assert.equal(initial(""), "");
});

test("what happened beside the messages is a sentence", () => {
  const aside = { seq: 1, created_at: "", actor_id: "ada", user_id: "bo", title: "" };
  const line = (/** @type {any} */ more, me = "cy") => asideLine({ ...aside, ...more }, me, (id) => `*${id}*`);
  assert.equal(line({ act: "added" }), "*ada* added *bo*");
  assert.equal(line({ act: "added" }, "bo"), "*ada* added you");
  assert.equal(line({ act: "named", title: "Tea" }, "ada"), "You named it “Tea”");
});

test("only what would fill the screen is long", () => {
  assert.equal(isLong("line\n".repeat(40)), false);
  assert.equal(isLong("line\n".repeat(41)), true);
  assert.equal(isLong("x".repeat(3000)), true);
});
