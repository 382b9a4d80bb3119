// Made of locales/sw/app.po by `make words`.
export const language = "sw";

/** @type {Record<string, string | Record<string, string>>} */
export const texts = {
};
