/** From one view to the next as one movement, where the browser can and nobody minds. */
import { one } from "./dom.js";

/** Ways in which the stage may move: across on wide screens, in and out on a phone. @typedef {"across" | "in" | "out"} Way */

/** @param {Way} way @param {() => void} change what puts the next view there @returns {Promise<void>} once it stands */
export async function turn(way, change) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still || !document.startViewTransition || document.visibilityState !== "visible") {
    change();
    return;
  }
  const root = document.documentElement;
  root.dataset.turning = way;
  // Of the stage alone, where the browser can: for the whole document it works out every style twice.
  const stage = /** @type {any} */ (one("#stage"));
  const scope = way === "across" && stage.startViewTransition ? stage : document;
  const transition = scope.startViewTransition(change);
  // It is left out where the window is resized or another follows at once: the change itself is made all the same.
  transition.ready.catch(() => undefined);
  transition.finished
    .catch(() => undefined)
    .then(() => {
      if (turning === transition) delete root.dataset.turning;
    });
  turning = transition;
  await transition.updateCallbackDone;
}

/** @type {ViewTransition | null} */
let turning = null;
