/**
 * A place in IndexedDB for what waits to be sent, pictures included. Where the browser has none, nothing is kept.
 *
 * @import {Outgoing} from "./shapes.js"
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

/** @param {IDBTransactionMode} mode */
async function store(mode) {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("chatsphere", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("outbox", { keyPath: "client_id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return (await opened).transaction("outbox", mode).objectStore("outbox");
}

export const shelf = {
  /** @returns {Promise<Outgoing[]>} in the order in which they were said */
  async all() {
    const found = /** @type {Outgoing[]} */ (await done((await store("readonly")).getAll()));
    return found.sort((a, b) => a.created_at.localeCompare(b.created_at));
  },

  /** @param {Outgoing} one */
  async put(one) {
    await done((await store("readwrite")).put(one));
  },

  /** @param {string} client_id */
  async drop(client_id) {
    await done((await store("readwrite")).delete(client_id));
  },
};
