/** What is shown once to be passed on: copied, or printed. */

import { all, one } from "../helpers/dom.js";
import { t } from "../models/words.js";

export function passing() {
  for (const button of all("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(String(button.dataset.copies)));
  }
  for (const button of all("[data-prints]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

/** @param {string} id */
async function copy(id) {
  const box = one(`#${id}`);
  try {
    await navigator.clipboard.writeText(box.textContent ?? "");
    one(`#${id}-said`).textContent = t("Copied.");
  } catch {
    // Over plain http from another machine there is no clipboard.
    getSelection()?.selectAllChildren(box);
    one(`#${id}-said`).textContent = t("Your browser does not let us copy. It is selected: copy it yourself.");
  }
}
