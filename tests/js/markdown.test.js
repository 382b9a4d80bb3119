import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, asking, linked, marked } from "../../src/chatsphere/static/js/models/markdown.js";

/** A text with its selection between two bars, or its caret at one. @param {string} shown */
function read(shown) {
  const start = shown.indexOf("|");
  const end = shown.lastIndexOf("|");
  return { text: shown.replaceAll("|", ""), start, end: start === end ? end : end - 1 };
}

/** @param {import("../../src/chatsphere/static/js/models/markdown.js").Writing | null} writing */
function show(writing) {
  if (!writing) return null;
  const { text, start, end } = writing;
  return start === end
    ? `${text.slice(0, start)}|${text.slice(start)}`
    : `${text.slice(0, start)}|${text.slice(start, end)}|${text.slice(end)}`;
}

for (const [before, mark, after] of [
  ["a |big| hill", "**", "a **|big|** hill"],
  ["a **|big|** hill", "**", "a |big| hill"],
  ["a |big |hill", "*", "a *|big|* hill"],
  ["a **|big|** hill", "*", "a ***|big|*** hill"],
  ["a ***|big|*** hill", "*", "a **|big|** hill"],
  ["|", "`", "`|`"],
  ["`|`", "`", "|"],
])
  test(`${mark} makes of ${before} ${after}`, () => assert.equal(show(marked(read(before), mark)), after));

for (const [before, pasted, after] of [
  ["see |the map| here", "https://example.org/a_(b)", "see [the map](https://example.org/a_%28b%29)| here"],
  ["see |[x]|", " https://example.org ", "see [\\[x\\]](https://example.org)|"],
  ["see | here", "https://example.org", null],
  ["see |the map|", "not an address", null],
  ["|https://example.org|", "https://example.com", null],
])
  test(`${pasted} over ${before}`, () => assert.equal(show(linked(read(before ?? ""), pasted ?? "")), after));

for (const [shown, kind, words] of [
  ["well :smi|", ":", "smi"],
  ["at 12:30|", null, null],
  ["well :s|", null, null],
  ["http://x|", null, null],
  ["hello @|", "@", ""],
  ["hello @ad|", "@", "ad"],
  ["(@ad|", "@", "ad"],
  ["ada@example|", null, null],
  ["/sh|", "/", "sh"],
  ["and/or|", null, null],
  [":smi|le|", null, null],
])
  test(`${shown} asks for ${kind} ${words}`, () => {
    const found = asking(read(shown ?? ""));
    assert.deepEqual(found && [found.kind, found.words], kind && [kind, words]);
  });

test("what is chosen stands where it was asked for, with one space behind it", () => {
  const writing = read("hello @ad| there");
  const asked = /** @type {any} */ (asking(writing));
  assert.equal(show(answered(writing, asked, "@ada")), "hello @ada |there");
  assert.equal(show(answered(read(":smi|"), { kind: ":", words: "smi", start: 0, end: 4 }, "😄")), "😄 |");
  assert.equal(show(answered(read("/sh|"), { kind: "/", words: "sh", start: 0, end: 3 }, "")), "|");
});
