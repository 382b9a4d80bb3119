/**
 * The one place where a string becomes HTML: the server's sanitised `html`, through the policy that the
 * Content-Security-Policy names.
 */

const factory = /** @type {any} */ (globalThis).trustedTypes;
const policy = factory?.createPolicy("chatsphere", { createHTML: (/** @type {string} */ html) => html });

/** @param {string} html sanitised by the server @returns {DocumentFragment} */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content;
}
