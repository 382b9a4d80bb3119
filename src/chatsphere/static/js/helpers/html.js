/**
 * The one place where a string becomes HTML: the server's sanitised `html`, through the policy that the
 * Content-Security-Policy names. It knows one script besides: the worker's.
 */

const WORKER = "/worker.js";

const factory = /** @type {any} */ (globalThis).trustedTypes;
const policy = factory?.createPolicy("chatsphere", {
  createHTML: (/** @type {string} */ html) => html,
  createScriptURL: () => WORKER,
});

/** @param {string} html sanitised by the server @returns {DocumentFragment} */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content;
}

/** Where the service worker is, as registering it takes it. @returns {string} */
export function workerAddress() {
  return policy ? policy.createScriptURL(WORKER) : WORKER;
}
