import assert from "node:assert/strict";
import { test } from "node:test";
import { firstLink, hostOf } from "../../src/chatsphere/static/js/models/links.js";

for (const [written, link] of /** @type {[string, string | null][]} */ ([
  ["see https://example.org/tea.", "https://example.org/tea"],
  ["[here](https://example.org/tea)", "https://example.org/tea"],
  ["(https://example.org/tea)", "https://example.org/tea"],
  ["www.example.org", "www.example.org"],
  ["main.py and example.org", null],
  ["`https://example.org`", null],
  ["```\nhttps://example.org\n```", null],
  ["||https://example.org||", null],
  ["||a|| https://example.org", "https://example.org"],
  ["mailto:ada@example.org", null],
  ["no link", null],
]))
  test(`the link of ${JSON.stringify(written)}`, () => assert.equal(firstLink(written), link));

test("a host is called without what every host is called", () => {
  assert.equal(hostOf("https://www.example.org/a"), "example.org");
  assert.equal(hostOf("www.example.org"), "example.org");
});
