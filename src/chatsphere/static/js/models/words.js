/**
 * Texts in the reader's language. A text is called by its English words; what varies in it is named in braces.
 *
 * @typedef {Record<string, string | number>} Values
 */

/** @type {Record<string, string | string[]>} */
const known = {};

/** `t("Reply to {name}", {name})`. @param {string} text @param {Values} [values] */
export function t(text, values = {}) {
  const found = known[text];
  return filled(typeof found === "string" ? found : text, values);
}

/** `tn("{count} new", "{count} new", 3)`: `count` is among the values. @param {string} one @param {string} many @param {number} count @param {Values} [values] */
export function tn(one, many, count, values = {}) {
  return filled(count === 1 ? one : many, { count, ...values });
}

/** @param {string} text @param {Values} values */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
