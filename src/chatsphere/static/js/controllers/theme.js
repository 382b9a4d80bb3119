/** The rail's button, which turns light to dark and back. */
import $ from "jquery";
import { setIcon } from "../helpers/dom.js";
import { keep } from "../helpers/look.js";
import { isDark } from "../helpers/theme.js";

/** Listen, and show what it would turn to. */
export function themeSwitch() {
  const button = $("#theme");
  const show = () => {
    for (const svg of button.find("svg").get()) setIcon(/** @type {any} */ (svg), isDark() ? "sun" : "moon");
  };
  button.on("click", () => {
    keep({ theme: isDark() ? "light" : "dark" });
    show();
  });
  show();
}
