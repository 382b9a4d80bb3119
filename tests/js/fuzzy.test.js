import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, rank, score } from "../../src/chatsphere/static/js/models/fuzzy.js";

const names = [
  "Ridge Walkers",
  "Bridge club",
  "Inês Duarte",
  "Studio Nord",
  "Theo Okafor",
  "Film club",
  "Grandma & co",
];
const found = (/** @type {string} */ query) => rank(query, names, (name) => [fold(name)], 9);

test("the beginning comes first, then the beginning of a word, then the middle", () => {
  assert.deepEqual(found("rid"), ["Ridge Walkers", "Bridge club"]);
  assert.deepEqual(found("club"), ["Film club", "Bridge club"]);
});

test("letters in order are enough, and accents and case do not matter", () => {
  assert.deepEqual(found("rw"), ["Ridge Walkers"]);
  assert.deepEqual(found("INES"), ["Inês Duarte"]);
  assert.deepEqual(found("sn"), ["Studio Nord"]);
  assert.deepEqual(found("grco"), ["Grandma & co"]);
});

test("letters that are not there, or only strewn about, are no answer", () => {
  assert.deepEqual(found("xyz"), []);
  assert.equal(score("aoo", "theo okafor"), 0);
});

test("without a word everything is there as it came, up to the bound", () => {
  assert.deepEqual(
    rank("  ", names, (name) => [name], 2),
    names.slice(0, 2),
  );
});
