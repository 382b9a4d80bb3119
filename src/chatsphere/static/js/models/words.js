/**
 * Texts in the reader's language. A text is called by its English words; what varies in it is named in braces. Which
 * language `#words` is, the page's import map says.
 *
 * @typedef {Record<string, string | number>} Values
 */

import { language, texts } from "#words";

const kinds = new Intl.PluralRules(language);
/** For Intl: the reader's own kind of the language, such as British English, in Western digits as on the server. */
export const locale = localeFor(language, globalThis.navigator?.languages ?? []);
const numbers = new Intl.NumberFormat(locale);

/** `t("Reply to {name}", {name})`. @param {string} text @param {Values} [values] */
export function t(text, values = {}) {
  const found = texts[text];
  // A text that is also counted somewhere has a form for one.
  return filled(typeof found === "object" ? (found.one ?? found.other) : (found ?? text), values);
}

/** `tn("{count} new", "{count} new", 3)`: `count` is among the values. @param {string} one @param {string} many @param {number} count @param {Values} [values] */
export function tn(one, many, count, values = {}) {
  const found = texts[one];
  const form = typeof found === "object" ? (found[kinds.select(count)] ?? found.other) : undefined;
  return form === undefined ? t(count === 1 ? one : many, { count, ...values }) : filled(form, { count, ...values });
}

/** @param {string} text @param {Values} values */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name] ?? whole;
    return typeof value === "number" ? numbers.format(value) : value;
  });
}

/** @param {string} wanted @param {readonly string[]} asked what the browser asks for, best first */
export function localeFor(wanted, asked) {
  const own = asked.find((one) => one.split("-")[0] === wanted) ?? wanted;
  return new Intl.Locale(own, { numberingSystem: "latn" }).toString();
}
