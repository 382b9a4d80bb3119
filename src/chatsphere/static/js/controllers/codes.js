/** Recovery codes: copied by a button; without scripts they can be selected, and saved as a file. */
import $ from "jquery";
import { all } from "../helpers/dom.js";
import { t } from "../models/words.js";

export function codes() {
  $("[data-copies-all]").on("click", async (event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    const lines = all(button.dataset.copiesAll ?? "").map((one) => one.textContent);
    const done = await navigator.clipboard?.writeText(lines.join("\n")).then(
      () => true,
      () => false,
    );
    $(button)
      .find("span")
      .text(done ? t("Copied") : t("Select them, then copy"));
  });
  $("[data-copies-all]").prop("hidden", false);
}
