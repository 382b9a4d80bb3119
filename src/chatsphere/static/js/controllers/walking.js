/**
 * Going about by keys: from part to part of the window, from conversation to conversation, from message to message.
 * The log is one stop on the way of Tab, and so is the list. What is listened to is here from the start; the steps
 * themselves come once somebody stirs.
 */
import { all, one } from "../helpers/dom.js";
import { fetched, late } from "../helpers/fetched.js";

/** What the keymap calls those that are taken here. @type {string[]} */
const STEPS = [
  ...["next", "previous", "next-unread", "previous-unread", "region", "region-back"],
  ...["walk", "leap", "ends", "enter", "back", "reply", "react", "copy", "pin"],
];

const load = () => import("./steps.js");

export class Walking {
  /**
   * @param {import("./keyboard.js").Keyboard} keyboard @param {import("./navigation.js").Navigation} navigation
   * @param {import("./log.js").Log} log
   */
  constructor(keyboard, navigation, log) {
    this.log = log;
    /** @type {HTMLElement | null} the message that one left */
    this.last = null;
    this.tabbed = false;
    /** @type {import("./steps.js").Steps | undefined} */
    this.steps = undefined;
    this.navigation = navigation;
    for (const step of STEPS) keyboard.on(step, (event) => this.#step(step, event));
    keyboard.on("upload", () => one("#files").click());
    this.#listen();
  }

  /** Somebody stirs: there may soon be a key. */
  wake() {
    fetched(load).then(
      (module) => this.#begin(module),
      () => undefined,
    );
  }

  /** @param {typeof import("./steps.js")} module */
  #begin({ Steps }) {
    this.steps ??= new Steps(this.navigation, this.log);
  }

  #listen() {
    const scroll = one("#scroll");
    document.addEventListener("keydown", (event) => {
      const target = /** @type {Element} */ (event.target);
      this.tabbed = event.key === "Tab";
      if (event.key === "Tab" && scroll.contains(target)) this.#step("tab", event);
      else if (alongRows(event, target)) this.#step("along", event);
      else this.#type(event);
    });
    document.addEventListener("pointerdown", () => {
      this.tabbed = false;
    });
    scroll.addEventListener("focusin", (event) => this.#arrived(event));
  }

  /** @param {string} step @param {KeyboardEvent} event @returns {unknown} `false`: it is somebody else's key */
  #step(step, event) {
    const target = /** @type {Element} */ (event.target);
    if (step === "back" && (document.querySelector(":popover-open") || !target.closest("#scroll"))) return false;
    // A letter that stands for nothing is meant for the field.
    if (event.key.length === 1 && !target.closest(".message")) return false;
    if (step === "enter" && !target.matches(".message")) return false;
    if (this.steps) return this.steps.take(step, event);
    // Whoever wants to leave by Tab is not kept.
    if (event.key === "Tab") return false;
    // A key that is faster than they are is pressed again once they are there, where the focus is by then.
    event.preventDefault();
    const press = new KeyboardEvent(event.type, event);
    late(load, (module) => {
      this.#begin(module);
      (document.activeElement ?? document.body).dispatchEvent(press);
    });
    return true;
  }

  /** Tab comes to the log as to one thing: to the message that one left, or the last. @param {FocusEvent} event */
  #arrived(event) {
    const message = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".message"));
    const inside = one("#scroll").contains(/** @type {Node | null} */ (event.relatedTarget));
    if (this.tabbed && !inside) (this.last?.isConnected ? this.last : all(".message", this.log.list).at(-1))?.focus();
    else if (message) this.last = message;
  }

  /** What one types at the messages was meant for the field. @param {KeyboardEvent} event */
  #type(event) {
    const target = /** @type {Element} */ (event.target);
    const field = one("#text");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    const here = target.matches("#title, #scroll, .message");
    if (here && plain && /^[^\s\p{C}]$/u.test(event.key) && !event.defaultPrevented && field.offsetParent)
      field.focus();
  }
}

/** Whether a key goes from row to row of the list, or into it. @param {KeyboardEvent} event @param {Element} target */
function alongRows({ key, altKey, ctrlKey, metaKey }, target) {
  if (target.matches("#list-find")) return key === "ArrowDown";
  return target.matches("#rows a.row") && !(altKey || ctrlKey || metaKey) && /^(Arrow(Up|Down)|Home|End)$/.test(key);
}
