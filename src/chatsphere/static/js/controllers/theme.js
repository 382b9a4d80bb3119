/** The theme's buttons: on the rail, and in the settings. */
import $ from "jquery";
import { setIcon } from "../helpers/dom.js";
import { chooseTheme, isDark } from "../helpers/theme.js";

/** The settings' three buttons change the look at once instead of fetching the page again. */
export function themes() {
  $("#themes").on("click", "button", (event) => {
    event.preventDefault();
    chooseTheme(event.currentTarget.value);
    $("#themes button").attr("aria-pressed", "false");
    $(event.currentTarget).attr("aria-pressed", "true");
  });
}

/** The rail's button turns light to dark and back. */
export function themeSwitch() {
  const button = $("#theme");
  const show = () => {
    for (const svg of button.find("svg").get()) setIcon(/** @type {any} */ (svg), isDark() ? "sun" : "moon");
  };
  button.on("click", () => {
    chooseTheme(isDark() ? "light" : "dark");
    show();
  });
  show();
}
