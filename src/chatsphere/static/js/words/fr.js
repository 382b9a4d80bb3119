// Made of locales/fr/app.po by `make words`.
export const language = "fr";

/** @type {Record<string, string | Record<string, string>>} */
export const texts = {
};
