/**
 * What fingers do with messages: held down for what can be done, drawn towards the end of the line to answer.
 * A mouse does none of it.
 */
import { vary } from "../helpers/dom.js";

const HOLD = 450;
/** So far a finger may tremble. */
const STILL = 10;
const SWIPE = 24;
const FARTHEST = 72;

/** @typedef {{swiped: (element: Element) => void, held: (element: Element, pointed: EventTarget | null) => void}} Ways */

export class Gestures {
  /** @param {HTMLElement} list @param {Ways} ways */
  constructor(list, ways) {
    this.list = list;
    this.ways = ways;
    /** @type {{element: HTMLElement, target: EventTarget | null, x: number, y: number, by: number, swiping: boolean} | null} */
    this.touch = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** Whether the click that ends a touch is to be passed over. */
    this.done = false;
    list.addEventListener("pointerdown", (event) => this.#down(event));
    list.addEventListener("pointermove", (event) => this.#move(event));
    list.addEventListener("pointerup", () => this.#up());
    list.addEventListener("pointercancel", () => this.#end());
    list.addEventListener("click", (event) => this.#click(event), { capture: true });
    // A finger that is held down asks the browser for its own menu too.
    list.addEventListener("contextmenu", (event) => (this.touch || this.done) && event.preventDefault());
  }

  /** @param {PointerEvent} event */
  #down(event) {
    this.done = false;
    const target = /** @type {Element} */ (event.target);
    const element = /** @type {HTMLElement | null} */ (target.closest(".message"));
    const busy = target.closest("textarea, input, .reactions, .state");
    if (event.pointerType === "mouse" || !event.isPrimary || !element || busy) return;
    this.touch = { element, target, x: event.clientX, y: event.clientY, by: 0, swiping: false };
    this.timer = setTimeout(() => this.#hold(), HOLD);
  }

  #hold() {
    if (!this.touch || this.touch.swiping) return;
    const { element, target } = this.touch;
    this.done = true;
    this.#end();
    navigator.vibrate?.(8);
    this.ways.held(element, target);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.touch) return;
    const { touch } = this;
    const forth = getComputedStyle(touch.element).direction === "rtl" ? -1 : 1;
    const [x, y] = [(event.clientX - touch.x) * forth, Math.abs(event.clientY - touch.y)];
    if (Math.abs(x) < STILL && y < STILL && !touch.swiping) return;
    clearTimeout(this.timer);
    if (!touch.swiping && (y > x || x < 0)) return this.#end();
    touch.swiping = this.done = true;
    touch.by = Math.max(0, Math.min(FARTHEST, x - STILL));
    vary(touch.element, { "--swipe": `${touch.by * forth}px`, "--pull": String(Math.min(1, touch.by / SWIPE)) });
    touch.element.classList.add("swiped");
    touch.element.classList.toggle("enough", touch.by >= SWIPE);
  }

  #up() {
    const answered = this.touch?.swiping && this.touch.by >= SWIPE ? this.touch.element : null;
    this.#end();
    if (answered) this.ways.swiped(answered);
  }

  #end() {
    clearTimeout(this.timer);
    const element = this.touch?.element;
    this.touch = null;
    if (!element) return;
    element.classList.remove("swiped", "enough");
    vary(element, { "--swipe": null, "--pull": null });
  }

  /** @param {MouseEvent} event */
  #click(event) {
    if (!this.done) return;
    this.done = false;
    event.preventDefault();
    event.stopPropagation();
  }
}
