/** The way to a date where no score fits: a list of months, from the day that floats over the log. */
import $ from "jquery";
import { make, one } from "../helpers/dom.js";
import { get } from "../models/api.js";
import { months } from "../models/score.js";
import { monthName } from "../models/time.js";
import { tn } from "../models/words.js";

/** Let somebody choose a month, and go there. @param {import("./log.js").Log} log */
export async function chooseMonth(log) {
  const { id } = log;
  const dialog = /** @type {HTMLDialogElement} */ (one("#months"));
  const beats = await get(`/conversations/${id}/score`);
  if (dialog.open || id !== log.id) return;
  const choices = months(beats).map(({ began_at, message_id, count }) =>
    make(
      "button",
      { type: "button", class: "month", "data-message": message_id },
      make("b", {}, monthName(began_at)),
      make("small", {}, tn("{count} message", "{count} messages", count)),
    ),
  );
  $("#months-list")
    .empty()
    .append(...choices)
    .off("click")
    .on("click", "button", (event) => {
      dialog.close();
      log.call(Number(event.currentTarget.dataset.message));
    });
  dialog.showModal();
}
