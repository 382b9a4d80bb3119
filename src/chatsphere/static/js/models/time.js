/** Times for people, all through Intl and in the reader's own zone. */

import { locale, t } from "./words.js";

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {Intl.DateTimeFormatOptions} options @param {string} [zone] */
function format(options, zone) {
  const key = JSON.stringify([options, zone]);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    formats.set(key, found);
  }
  return found;
}

/** @type {Map<string, string>} */
const days = new Map();

/** The calendar day, as 2026-06-14. @param {string} time @param {string} [zone] */
export function dayOf(time, zone) {
  // Zones differ by quarters of an hour: within one, it is the same day for everybody.
  const quarter = `${time.slice(0, 14)}${Math.floor(Number(time.slice(14, 16)) / 15)}${zone ?? ""}`;
  const known = days.get(quarter);
  if (known) return known;
  if (days.size > 5_000) days.clear();
  const day = counted(time, zone);
  days.set(quarter, day);
  return day;
}

/** @param {string} time @param {string} [zone] */
function counted(time, zone) {
  const parts = format({ year: "numeric", month: "2-digit", day: "2-digit", calendar: "iso8601" }, zone).formatToParts(
    new Date(time),
  );
  const part = (/** @type {string} */ type) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** As on a clock: 18:02. @param {string} time @param {string} [zone] */
export function clock(time, zone) {
  return format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, zone).format(new Date(time));
}

/** In full, for whoever wants to know. @param {string} time @param {string} [zone] */
export function full(time, zone) {
  return format({ dateStyle: "full", timeStyle: "short" }, zone).format(new Date(time));
}

/** A date and a clock, for lines of a list. @param {string} time @param {string} [zone] */
export function moment(time, zone) {
  return format({ dateStyle: "medium", timeStyle: "short" }, zone).format(new Date(time));
}

/** A date, for tables. @param {string} time @param {string} [zone] */
export function date(time, zone) {
  return format({ dateStyle: "medium" }, zone).format(new Date(time));
}

/** Whole days from `time` to `now`, by the calendar. @param {string} time @param {number} now @param {string} [zone] */
function daysAgo(time, now, zone) {
  const days = Date.parse(dayOf(new Date(now).toISOString(), zone)) - Date.parse(dayOf(time, zone));
  return Math.round(days / 86_400_000);
}

/** A day's name over its messages: Today, 14 June. @param {string} time @param {number} [now] @param {string} [zone] */
export function dayName(time, now = Date.now(), zone) {
  const ago = daysAgo(time, now, zone);
  const sameYear = dayOf(time, zone).slice(0, 4) === dayOf(new Date(now).toISOString(), zone).slice(0, 4);
  const dated = format({ day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }, zone);
  const day = dated.format(new Date(time));
  if (ago === 0) return t("Today, {day}", { day });
  if (ago === 1) return t("Yesterday, {day}", { day });
  return t("{weekday}, {day}", { weekday: format({ weekday: "long" }, zone).format(new Date(time)), day });
}

/** Short, for a list: a clock, a weekday or a date. @param {string} time @param {number} [now] @param {string} [zone] */
export function brief(time, now = Date.now(), zone) {
  const ago = daysAgo(time, now, zone);
  if (ago <= 0) return clock(time, zone);
  if (ago < 7) return format({ weekday: "short" }, zone).format(new Date(time));
  return format({ day: "numeric", month: "short" }, zone).format(new Date(time));
}

/** A month in short: Jun. @param {string} time @param {string} [zone] */
export function monthShort(time, zone) {
  return format({ month: "short" }, zone).format(new Date(time));
}

/** A month and its year: June 2026. @param {string} time @param {string} [zone] */
export function monthName(time, zone) {
  return format({ month: "long", year: "numeric" }, zone).format(new Date(time));
}
