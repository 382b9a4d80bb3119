/** The sign that something is under way: somebody types, a page loads, a line comes back. */
import { make } from "./dom.js";

/** Said in words elsewhere, where it has to be said. */
export function equaliser() {
  const bars = [1, 2, 3, 4].map(() => make("i"));
  return make("span", { class: "equaliser", "aria-hidden": "true" }, ...bars);
}
