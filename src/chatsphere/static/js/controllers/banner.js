/** One quiet line at the top while the connection is away. */
import $ from "jquery";
import { icon, make } from "../helpers/dom.js";
import { t } from "../models/words.js";

const QUIET_FOR = 1_500;

/** @param {import("../app.js").World} world */
export function banner({ live, outbox, conversations }) {
  const line = $("#banner");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let away = false;

  const show = () => {
    if (!away) return;
    const offline = !navigator.onLine;
    line.empty().append(offline ? icon("wifi-off") : equaliser(), offline ? gone(outbox.size) : back(outbox.size));
    line.prop("hidden", false);
  };
  const hide = () => {
    away = false;
    line.prop("hidden", true);
  };
  // The network may be gone long before the line is known to be.
  addEventListener("offline", () => {
    away = true;
    show();
  });
  addEventListener("online", () => (live.status === "open" ? hide() : show()));
  live.on("status", (/** @type {string} */ status) => {
    clearTimeout(timer);
    if (status === "open") hide();
    else if (!away) {
      // A blink is not worth a word.
      timer = setTimeout(() => {
        away = true;
        show();
      }, QUIET_FOR);
    } else show();
  });
  conversations.on("outbox", show);
}

/** @param {number} count */
function gone(count) {
  return count ? t("Offline: {count} waiting", { count }) : t("Offline");
}

/** @param {number} count */
function back(count) {
  return count ? t("Reconnecting: {count} waiting", { count }) : t("Reconnecting");
}

function equaliser() {
  const marks = [1, 2, 3, 4].map(() => make("i"));
  return make("span", { class: "equaliser", "aria-hidden": "true" }, ...marks);
}
