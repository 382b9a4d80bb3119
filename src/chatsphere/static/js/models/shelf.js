/**
 * A place in IndexedDB for what waits to be sent: messages, and the files that belong to them or to none yet. Where the
 * browser has none, nothing is kept.
 *
 * @import {Outgoing, Upload} from "./shapes.js"
 */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/** What each store is kept by. */
const STORES = { outbox: "client_id", uploads: "key" };

/** @param {keyof typeof STORES} name @param {IDBTransactionMode} mode */
async function store(name, mode) {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("chatsphere", 2);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES))
        if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => {
      // A newer page in another tab is not kept waiting.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return (await opened).transaction(name, mode).objectStore(name);
}

/** Files by key: what is in a tray, and what belongs to a message that waits. */
export const files = {
  /** @returns {Promise<Upload[]>} in the order in which they were added, until somebody moved them */
  async all() {
    const found = /** @type {Upload[]} */ (await done((await store("uploads", "readonly")).getAll()));
    return found.sort((a, b) => a.at - b.at);
  },

  /** @param {string} key @returns {Promise<Upload | undefined>} */
  async get(key) {
    return done((await store("uploads", "readonly")).get(key));
  },

  /** @param {Upload} one */
  async put(one) {
    await done((await store("uploads", "readwrite")).put(one));
  },

  /** @param {string} key */
  async drop(key) {
    await done((await store("uploads", "readwrite")).delete(key));
  },
};

/** Messages; their files lie beside them, each once. */
export const shelf = {
  /** @returns {Promise<Outgoing[]>} in the order in which they were said */
  async all() {
    const found = /** @type {any[]} */ (await done((await store("outbox", "readonly")).getAll()));
    const kept = new Map((await files.all()).map((one) => [one.key, one]));
    const whole = found.map((one) => ({ ...one, files: one.files.map((/** @type {string} */ key) => kept.get(key)) }));
    return whole
      .map((one) => ({ ...one, files: one.files.filter(Boolean) }))
      .sort((a, b) => a.created_at.localeCompare(b.created_at));
  },

  /** @param {string} client_id whether it is still waiting, as far as any tab knows */
  async has(client_id) {
    return (await done((await store("outbox", "readonly")).count(client_id))) > 0;
  },

  /** @param {Outgoing} one */
  async put(one) {
    await done((await store("outbox", "readwrite")).put({ ...one, files: one.files.map(({ key }) => key) }));
  },

  /** @param {string} client_id */
  async drop(client_id) {
    await done((await store("outbox", "readwrite")).delete(client_id));
  },
};
