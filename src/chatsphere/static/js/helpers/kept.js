/** What this browser keeps to be read without a network: its caches, by the names that the worker gives them. */

/** Nobody is signed in: nothing of anybody stays, whatever ended it. */
export async function wipe() {
  if (!("caches" in globalThis)) return;
  const personal = (await caches.keys()).filter((name) => /^(app|media) /.test(name));
  await Promise.all(personal.map((name) => caches.delete(name)));
}

/** Whether a page of the app can be had without a network. @param {string} path */
export async function isKept(path) {
  if (!globalThis.navigator.serviceWorker?.controller) return false;
  const names = (await caches.keys()).filter((name) => name.startsWith("app "));
  const found = await Promise.all(names.map(async (name) => (await caches.open(name)).match(path)));
  return found.some(Boolean);
}
