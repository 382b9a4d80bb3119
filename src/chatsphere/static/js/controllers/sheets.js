/** The palette and the sheet of shortcuts: what opens them is here from the start, they themselves come when wanted. */
import $ from "jquery";
import { fetched } from "../helpers/fetched.js";
import { failed } from "../helpers/notice.js";
import { caps, spoken } from "../models/keymap.js";
import { mac } from "./keyboard.js";

/**
 * @param {import("../app.js").World} world @param {import("./keyboard.js").Keyboard} keyboard
 * @param {import("./navigation.js").Navigation} navigation @param {(body: {participants: string[]}) => Promise<void>} begin
 */
export function sheets(world, keyboard, navigation, begin) {
  const shortcuts = () => fetched(() => import("./shortcuts.js")).then(({ toggle }) => toggle(keyboard), failed);
  const palette = (words = "", /** @type {string | null} */ room = null) => {
    // What is typed before it is there was meant for its field, not for a message.
    const typed = (/** @type {KeyboardEvent} */ event) => {
      if (event.key.length > 1 || event.ctrlKey || event.metaKey) return;
      words += event.key;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener("keydown", typed, true);
    void fetched(() => import("./palette.js"))
      .then(({ toggle }) => toggle({ world, navigation, begin, shortcuts, find, failed }, words, room))
      .catch(failed)
      .then(() => removeEventListener("keydown", typed, true));
  };
  const find = () => palette("", navigation.current);
  keyboard.on("palette", () => palette());
  keyboard.on("find", find);
  keyboard.on("shortcuts", () => void shortcuts());
  const button = $("#palette-open");
  // Painted only: the control is called otherwise, and by one name.
  button.find("span").attr("data-keys", caps("Mod+K", mac).join(" "));
  button.attr("aria-keyshortcuts", spoken("palette", mac));
  button.on("click", () => palette());
  $("#rows-elsewhere").on("click", () => palette(String($("#list-find").val())));
  // Whoever points at it may want it at once.
  button.one("pointerenter focus", () => void import("./palette.js").catch(() => undefined));
}
