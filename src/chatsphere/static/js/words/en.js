/** English, in which everything is written to begin with. */
export const language = "en";

/** @type {Record<string, string | Record<string, string>>} By its English words; by the kind of number where it counts. */
export const texts = {};
