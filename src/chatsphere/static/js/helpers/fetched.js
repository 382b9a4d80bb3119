/** What comes only when somebody wants it: fetched then, and where it cannot be had, asked for again with the next wish. */
import { t } from "../models/words.js";
import { failed } from "./notice.js";

/** By the address under which it did not come. @type {Map<string, Promise<any>>} */
const anew = new Map();
let tries = 0;

/**
 * A module; or an error with a sentence for the reader. Browsers keep it in mind that a module did not come, and do not ask
 * for it again: what they say of it names its address, under which with another ending it is asked for anew.
 * @template T @param {() => Promise<T>} load @returns {Promise<T>}
 */
export function fetched(load) {
  return load()
    .catch((error) => {
      const address = /https?:\S+/.exec(error.message)?.[0];
      if (!address) throw error;
      tries += 1;
      const coming = anew.get(address) ?? import(`${address}?${tries}`);
      anew.set(address, coming);
      coming.catch(() => anew.delete(address));
      return coming;
    })
    .catch((cause) => {
      throw new Error(t("The server cannot be reached just now."), { cause });
    });
}

/** Do something with what is fetched for it; where it cannot be had, or what is done with it does not work, that is said. @template T @param {() => Promise<T>} load @param {(module: T) => unknown} act */
export function late(load, act) {
  return fetched(load).then(act).catch(failed);
}
