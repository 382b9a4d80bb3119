// Made of locales/ar/app.po by `make words`.
export const language = "ar";

/** @type {Record<string, string | Record<string, string>>} */
export const texts = {
};
