/** The settings' page of looks: what is chosen is seen at once, and kept without a button. */
import $ from "jquery";
import { keep, show } from "../helpers/look.js";
import { tint } from "../helpers/theme.js";
import { t } from "../models/words.js";

const SAID_FOR = 2_000;

/** Listen, where the page is there. */
export function appearance() {
  const form = $("#looks");
  if (!form.length) return;
  $("#looks-save").prop("hidden", true);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  form.on("input", "input", (event) => {
    const look = chosen(event.currentTarget);
    show(look);
    if (look.size) $("#size-said").text(t("{size} %", { size: Number(look.size) }));
    if ("hue" in look) tint(document.documentElement.dataset.hue);
  });
  form.on("change", "input", async (event) => {
    await keep(chosen(event.currentTarget));
    clearTimeout(timer);
    $("#looks-kept").text(t("Kept."));
    timer = setTimeout(() => $("#looks-kept").text(""), SAID_FOR);
  });
}

/** @param {HTMLInputElement} input @returns {import("../helpers/look.js").Look} */
function chosen({ name, type, value, checked }) {
  return { [name]: type === "checkbox" && !checked ? "off" : value };
}
