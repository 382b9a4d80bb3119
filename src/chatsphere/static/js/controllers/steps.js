/** The steps that keys take through the window, its conversations and messages; controllers/walking.js listens for them. */
import { all, narrow, one } from "../helpers/dom.js";

const TABBABLE = "a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex='0']";

export class Steps {
  /** @param {import("./navigation.js").Navigation} navigation @param {import("./log.js").Log} log */
  constructor(navigation, log) {
    this.navigation = navigation;
    this.log = log;
    /** By what the keymap calls each. @type {Record<string, (event: KeyboardEvent) => unknown>} */
    this.ways = {
      next: () => this.#room(1, "a.row"),
      previous: () => this.#room(-1, "a.row"),
      "next-unread": () => this.#room(1, "a.row.unread"),
      "previous-unread": () => this.#room(-1, "a.row.unread"),
      region: () => this.#region(1),
      "region-back": () => this.#region(-1),
      walk: (event) => this.#walk(event),
      leap: (event) => this.#leap(event),
      ends: (event) => this.#ends(event),
      enter: (event) => this.#enter(event),
      back: (event) => this.#back(event),
      tab: (event) => this.#tab(event),
      along: (event) => this.#along(event),
    };
  }

  /** @param {string} step @param {KeyboardEvent} event @returns {unknown} `false`: it was none after all */
  take(step, event) {
    return (this.ways[step] ?? (() => this.#do(step, event)))(event);
  }

  /** The messages on the screen, in their order. */
  get messages() {
    return all(".message", this.log.list);
  }

  /** @param {EventTarget | null} target */
  #messageOf(target) {
    return /** @type {HTMLElement | null} */ (/** @type {Element | null} */ (target)?.closest(".message"));
  }

  /** Out of the log, past all that is in it; within a message round and round. @param {KeyboardEvent} event */
  #tab(event) {
    const message = this.#messageOf(event.target);
    const inside = message && message !== event.target ? visible(message, `${TABBABLE}, button`) : [];
    const outside = visible(document, TABBABLE).filter((one) => !one.closest("#log"));
    const stops = inside.length ? inside : outside;
    const at = inside.length
      ? inside.indexOf(/** @type {HTMLElement} */ (event.target))
      : stops.indexOf(one("#scroll"));
    const next = at + (event.shiftKey ? -1 : 1);
    focusOn(stops[inside.length ? (next + stops.length) % stops.length : next], event);
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const step = event.key === "ArrowDown" ? 1 : -1;
    const message = this.#messageOf(event.target);
    if (message && message !== event.target && !(/** @type {Element} */ (event.target).matches(".actions *")))
      return false;
    const messages = this.messages;
    const next = message ? messages[messages.indexOf(message) + step] : messages.at(-1);
    return focusOn(next);
  }

  /** As far as one screen shows. @param {KeyboardEvent} event */
  #leap({ key }) {
    const step = key === "PageDown" ? 1 : -1;
    const from = document.activeElement?.closest(".message")?.getBoundingClientRect().top ?? 0;
    const far = one("#scroll").clientHeight * 0.9;
    const there = this.messages.filter((one) => {
      const moved = (one.getBoundingClientRect().top - from) * step;
      return moved > 0 && moved <= far;
    });
    return focusOn(step > 0 ? there.at(-1) : there[0]);
  }

  /** @param {KeyboardEvent} event */
  #ends(event) {
    if (this.#messageOf(event.target) === null && event.target !== one("#scroll")) return false;
    return focusOn(this.messages.at(event.key === "Home" ? 0 : -1));
  }

  /** @param {KeyboardEvent} event */
  #enter(event) {
    const message = /** @type {HTMLElement} */ (event.target);
    return focusOn(visible(message, ".actions button")[0] ?? visible(message, "button, a[href]")[0]);
  }

  /** Out of a message to the message, from there to where one writes. @param {KeyboardEvent} event */
  #back(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest(".edit-form")) return false;
    const message = this.#messageOf(target);
    if (!message || message === target) return false;
    return focusOn(message);
  }

  /** A single letter stands for a button of the message. @param {string} deed @param {KeyboardEvent} event */
  #do(deed, event) {
    const message = this.#messageOf(event.target);
    const button = /** @type {HTMLElement | null} */ (message?.querySelector(`[data-do="${deed}"]:not([hidden])`));
    if (!button) return false;
    button.click();
    return true;
  }

  /** @param {1 | -1} step @param {string} which */
  #room(step, which) {
    const rows = /** @type {HTMLAnchorElement[]} */ (all("a.row", one("#rows")));
    const at = rows.findIndex((row) => row.dataset.id === this.navigation.current);
    const ahead = step > 0 ? rows.slice(at + 1) : rows.slice(0, Math.max(0, at)).reverse();
    const row = ahead.find((one) => one.matches(which));
    if (!row) return;
    row.scrollIntoView({ block: "nearest" });
    this.navigation.open(row.dataset.id ?? null);
  }

  /** @param {1 | -1} step */
  #region(step) {
    const there = regions().filter(({ element }) => element.checkVisibility());
    const at = there.findIndex(({ element }) => element.contains(document.activeElement));
    const next = there[(at + step + there.length) % there.length];
    if (next) (next.stop() ?? next.element).focus();
  }

  /** @param {KeyboardEvent} event */
  #along(event) {
    const rows = all("a.row", one("#rows"));
    const at = rows.indexOf(/** @type {HTMLElement} */ (event.target));
    const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key] ?? at;
    focusOn(next < 0 ? one("#list-find") : rows[next], event);
  }
}

/** The parts of the window, and where one comes to in each. */
function regions() {
  const found = [
    { element: one(".rail"), stop: () => one("#chats") },
    { element: one(".list"), stop: () => one(".list").querySelector("a.row[tabindex='0']") ?? one("#start-open") },
    { element: one(".top"), stop: () => one("#title") },
    { element: one("#scroll"), stop: () => all("#log .message").at(-1) ?? null },
    { element: one("#composer"), stop: () => visible(one("#composer"), "textarea, button")[0] },
    { element: one("#details"), stop: () => one("#details [data-close]") },
    { element: one("#stage"), stop: () => one("#stage").querySelector("[data-part]:not([hidden]) h1") },
  ];
  // The stage as a whole is a part only where no conversation fills it.
  const empty = one("#app").dataset.view !== "conversation" && !narrow();
  return /** @type {{element: HTMLElement, stop: () => HTMLElement | null}[]} */ (
    found.filter(({ element }) => element.id !== "stage" || empty)
  );
}

/** @param {ParentNode} inside @param {string} selector */
function visible(inside, selector) {
  return all(selector, inside).filter((one) =>
    one.checkVisibility({ visibilityProperty: true, opacityProperty: false }),
  );
}

/** @param {Element | null | undefined} element @param {Event} [event] then that of a key, which has done its work @returns {boolean} */
function focusOn(element, event) {
  if (!element) return false;
  /** @type {HTMLElement} */ (element).focus();
  event?.preventDefault();
  return true;
}
