/** One's own picture: chosen, sent and shown without leaving the page. */
import $ from "jquery";
import { t } from "../models/words.js";

/** The file field of the settings. */
export function portrait() {
  $("#portrait-file").on("change", async (event) => {
    const file = /** @type {HTMLInputElement} */ (event.currentTarget).files?.[0];
    if (!file) return;
    $("#portrait-refusal").text("");
    const body = new FormData();
    body.append("image", file);
    const answer = await fetch("/api/v1/users/me/upload", { method: "PUT", body }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (answer?.ok) $("#portrait").attr("src", said.image_url);
    else $("#portrait-refusal").text(said?.said ?? said?.detail ?? t("The server cannot be reached just now."));
    $("#portrait-file").val("");
  });
}
