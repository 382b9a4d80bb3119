/**
 * Every key that does something, said once: what is handled and what the sheet of shortcuts shows are the same list.
 *
 * `Mod` is Control, on a Mac Command. `where` is in what a key works: `anywhere`, in a `room`, on a `message` of its
 * log, in the `composer`, or in a `list` of things. What has no `id` the browser or the part itself does; it is here to
 * be shown.
 */
import { t } from "./words.js";

/** @typedef {"anywhere" | "room" | "message" | "composer" | "list"} Where */
/** @typedef {{id?: string, keys: string[], where: Where, label: () => string}} Binding */
/** @typedef {{name: () => string, bindings: Binding[]}} Group */

/** @type {Group[]} */
export const KEYMAP = [
  {
    name: () => t("Getting about"),
    bindings: [
      { id: "palette", keys: ["Mod+K"], where: "anywhere", label: () => t("Go to anybody or anything") },
      { id: "previous", keys: ["Alt+ArrowUp"], where: "anywhere", label: () => t("Previous conversation") },
      { id: "next", keys: ["Alt+ArrowDown"], where: "anywhere", label: () => t("Next conversation") },
      { id: "previous-unread", keys: ["Alt+Shift+ArrowUp"], where: "anywhere", label: () => t("Previous unread one") },
      { id: "next-unread", keys: ["Alt+Shift+ArrowDown"], where: "anywhere", label: () => t("Next unread one") },
      { id: "region", keys: ["F6"], where: "anywhere", label: () => t("Next part of the window") },
      { id: "region-back", keys: ["Shift+F6"], where: "anywhere", label: () => t("Part before it") },
      { id: "shortcuts", keys: ["Mod+/"], where: "anywhere", label: () => t("These shortcuts") },
    ],
  },
  {
    name: () => t("Writing"),
    bindings: [
      { keys: ["Enter"], where: "composer", label: () => t("Send") },
      { keys: ["Shift+Enter"], where: "composer", label: () => t("New line") },
      { id: "edit-last", keys: ["ArrowUp"], where: "composer", label: () => t("Change what you said last") },
      { keys: ["Mod+B"], where: "composer", label: () => t("Bold") },
      { keys: ["Mod+I"], where: "composer", label: () => t("Italic") },
      { keys: ["Mod+E"], where: "composer", label: () => t("Code") },
      { id: "upload", keys: ["Mod+U"], where: "room", label: () => t("Add pictures or files") },
    ],
  },
  {
    name: () => t("In the messages"),
    bindings: [
      { id: "find", keys: ["Mod+F"], where: "room", label: () => t("Find in this conversation") },
      { id: "walk", keys: ["ArrowUp", "ArrowDown"], where: "message", label: () => t("From message to message") },
      { id: "leap", keys: ["PageUp", "PageDown"], where: "message", label: () => t("A screen at a time") },
      { id: "ends", keys: ["Home", "End"], where: "message", label: () => t("First and last one here") },
      {
        id: "enter",
        keys: ["Enter"],
        where: "message",
        label: () => t("Into the message, to what can be done with it"),
      },
      { id: "reply", keys: ["R"], where: "message", label: () => t("Reply") },
      { id: "react", keys: ["E"], where: "message", label: () => t("React") },
      { id: "copy", keys: ["C"], where: "message", label: () => t("Copy") },
      { id: "pin", keys: ["P"], where: "message", label: () => t("Pin") },
      { id: "back", keys: ["Escape"], where: "room", label: () => t("One step back") },
    ],
  },
];

const BINDINGS = KEYMAP.flatMap((group) => group.bindings);

/** @typedef {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean}} Press */

/** A press as the list writes it: `Mod+Shift+K`. @param {Press} press @param {boolean} mac */
export function chord({ key, ctrlKey, metaKey, altKey, shiftKey }, mac) {
  const letter = /^\p{L}$/u.test(key);
  const mods = [
    (mac ? metaKey : ctrlKey) && "Mod",
    (mac ? ctrlKey : metaKey) && "Other",
    altKey && "Alt",
    // On many keyboards a sign is only there with Shift.
    shiftKey && (letter || key.length > 1) && "Shift",
  ];
  return [...mods.filter(Boolean), letter ? key.toUpperCase() : key].join("+");
}

/**
 * What a press asks for.
 * @param {Press} press @param {{mac: boolean, where: Where[], letters: boolean}} how in what it happened, and whether
 * single letters count
 * @returns {string | undefined}
 */
export function wanted(press, { mac, where, letters }) {
  const pressed = chord(press, mac);
  if (!letters && /^\p{L}$/u.test(pressed)) return undefined;
  return BINDINGS.find((one) => where.includes(one.where) && one.keys.includes(pressed))?.id;
}

const SIGNS = /** @type {Record<string, string>} */ ({ ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" });

/** A chord as it stands on the keys. @param {string} keys @param {boolean} mac @returns {string[]} */
export function caps(keys, mac) {
  const mod = mac ? "⌘" : "Ctrl";
  const own = /** @type {Record<string, string>} */ ({ ...SIGNS, Mod: mod, ...(mac ? { Alt: "⌥", Shift: "⇧" } : {}) });
  return keys.split("+").map((key) => own[key] ?? key);
}

/** The same for `aria-keyshortcuts`. @param {string} id @param {boolean} mac */
export function spoken(id, mac) {
  const found = BINDINGS.find((one) => one.id === id);
  return (found?.keys ?? []).join(" ").replaceAll("Mod", mac ? "Meta" : "Control");
}
