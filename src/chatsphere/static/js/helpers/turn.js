/** From one view to the next as one movement, where the browser can and nobody minds or waits for it. */
import { one } from "./dom.js";

/** The picture of what leaves may take so long, in milliseconds; and so many in a row that took longer are enough to know. */
const SWIFT = 50;
const ENOUGH = 2;

/** Ways in which the stage may move: across on wide screens, in and out on a phone. @typedef {"across" | "in" | "out"} Way */

/** @param {Way} way @param {() => void} change what puts the next view there @returns {Promise<void>} once it stands */
export async function turn(way, change) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const plain = still || !document.startViewTransition || document.visibilityState !== "visible";
  if (plain || slow >= ENOUGH) {
    // What was pressed is painted first: whoever has a slow machine sees at once that it was.
    if (!plain) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    change();
    return;
  }
  const root = document.documentElement;
  root.dataset.turning = way;
  // Of the stage alone, where the browser can: for the whole document it works out every style twice.
  const stage = /** @type {any} */ (one("#stage"));
  const scope = way === "across" && stage.startViewTransition ? stage : document;
  const begun = performance.now();
  const transition = scope.startViewTransition(() => {
    // Where it takes long, without a GPU or on a busy machine, everybody would wait for an ornament.
    slow = performance.now() - begun > SWIFT ? slow + 1 : 0;
    change();
  });
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

let slow = 0;
/** @type {ViewTransition | null} */
let turning = null;
