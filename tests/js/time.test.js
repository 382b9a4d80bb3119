import assert from "node:assert/strict";
import { test } from "node:test";
import { brief, clock, date, dayName, dayOf, moment } from "../../src/chatsphere/static/js/models/time.js";

const now = Date.parse("2026-06-14T18:00:00Z");

test("a day is the reader's day", () => {
  assert.equal(dayOf("2026-06-14T20:00:00Z", "UTC"), "2026-06-14");
  assert.equal(dayOf("2026-06-14T20:00:00Z", "Asia/Tokyo"), "2026-06-15");
  assert.equal(clock("2026-06-14T20:05:00Z", "Asia/Tokyo"), "05:05");
});

test("days have names", () => {
  assert.match(dayName("2026-06-14T09:00:00Z", now, "UTC"), /^Today, /);
  assert.match(dayName("2026-06-13T23:59:00Z", now, "UTC"), /^Yesterday, /);
  assert.match(dayName("2026-06-10T09:00:00Z", now, "UTC"), /^Wednesday, /);
  assert.doesNotMatch(dayName("2026-06-10T09:00:00Z", now, "UTC"), /2026/);
  assert.match(dayName("2024-06-10T09:00:00Z", now, "UTC"), /2024/);
});

test("a list is brief: a clock today, a weekday this week, else a date", () => {
  assert.equal(brief("2026-06-14T09:07:00Z", now, "UTC"), "09:07");
  assert.equal(brief("2026-06-12T09:07:00Z", now, "UTC"), "Fri");
  assert.match(brief("2026-05-02T09:07:00Z", now, "UTC"), /May/);
});

test("tables have dates, lists a clock with them", () => {
  assert.match(date("2026-06-14T20:00:00Z", "Asia/Tokyo"), /15.*2026/);
  assert.match(moment("2026-06-14T20:05:00Z", "Asia/Tokyo"), /15.*2026.*5:05/);
});
