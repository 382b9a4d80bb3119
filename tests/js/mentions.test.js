import assert from "node:assert/strict";
import { test } from "node:test";
import { mentions, parts } from "../../src/chatsphere/static/js/models/mentions.js";

/** @type {Record<string, string>} */
const PEOPLE = { ada: "1", "bo.b": "2" };
const named = (/** @type {string} */ text) =>
  parts(text, (name) => PEOPLE[name])
    .filter(({ id }) => id)
    .map(({ text, id }) => `${text}=${id}`);

for (const [text, found] of /** @type {[string, string[]][]} */ ([
  ["hello @ada and @Bo.B.", ["@ada=1", "@Bo.B=2"]],
  ["(@ADA)", ["@ADA=1"]],
  ["@ada's hill", ["@ada=1"]],
  ["ada@ada.example", []],
  ["@adam and @nobody", []],
  ["@@ada", []],
  ["/@ada", []],
]))
  test(`${text} speaks to ${found.join(" and ") || "nobody"}`, () => {
    assert.deepEqual(named(text), found);
    const whole = parts(text, (name) => PEOPLE[name]);
    assert.equal(whole.map((part) => part.text).join(""), text);
  });

test("one is told by one's own name, however it is written", () => {
  assert.ok(mentions("well, @Ada: yes", "ada"));
  assert.ok(!mentions("well, @Adam: yes", "ada"));
  assert.ok(!mentions("well", ""));
});
