/** Where the reader stands in a scrolled box, and how they are left there while what is around them changes. */

import { vary } from "../helpers/dom.js";

const END = 100;
/** Where there is no more room than this, what floats beside a message has none. */
const SLIM = 700;
/** What the browser rounds when it scrolls. */
const ROUNDING = 1;

export class Scroller {
  /** @param {HTMLElement} box what scrolls @param {HTMLElement} content its chunks, whose children are stood on */
  constructor(box, content) {
    this.box = box;
    this.content = content;
    /** Whether the reader is so near to the end that what is new takes them along: they decide it, never a scroll event that nobody asked for. */
    this.atEnd = true;
    /** Whether there is more than what is here, so that the end of the box is none. */
    this.goesOn = false;
    /** Whether their hands are on it. */
    this.hands = false;
    /** Where the box was last put from here. */
    this.put = 0;
    /** How wide what is in the box may be. */
    this.width = 0;
    /** @type {{element: Element, top: number} | null} what the reader sees first, and how far down; none at the very end */
    this.place = null;
    /** @type {(asked: boolean) => void} whether the reader asked for it */
    this.onScroll = () => undefined;
    for (const name of ["wheel", "touchmove", "keydown", "pointerdown"])
      box.addEventListener(name, () => this.#taken(), { passive: true });
    box.addEventListener("scroll", () => this.#moved());
    box.addEventListener("scrollend", () => this.#rested());
    // The keyboard comes, the composer grows, a picture's words arrive: nobody is moved by it.
    new ResizeObserver(() => {
      this.#fit();
      if (this.atEnd) this.toEnd();
      else this.hold();
    }).observe(box);
  }

  get fromEnd() {
    return this.box.scrollHeight - this.box.clientHeight - this.box.scrollTop;
  }

  /** Of something else than before, the end is wanted until one knows better. */
  begin() {
    this.atEnd = true;
    this.place = null;
    if (!this.width) this.#fit();
  }

  toEnd() {
    this.begin();
    this.#scroll(this.box.scrollHeight);
  }

  /** A quarter from the top. @param {HTMLElement} element */
  toQuarter(element) {
    this.toOffset(element, this.box.clientHeight * 0.25);
  }

  /** @param {HTMLElement} element */
  toMiddle(element) {
    this.toOffset(element, Math.max(0, (this.box.clientHeight - element.offsetHeight) / 2));
  }

  /** So far below the box's upper edge. @param {HTMLElement} element @param {number} offset */
  toOffset(element, offset) {
    this.#scroll(this.box.scrollTop + element.getBoundingClientRect().top - this.top - offset);
    this.atEnd = this.#isEnd();
    // What was meant, not what rounding has made of it: else each reload would add its own.
    this.place = this.#isEnd(ROUNDING) ? null : { element, top: offset };
  }

  /** Change the content and leave the reader where they were: at the end, or at the message they see first. @param {() => void} change */
  keeping(change) {
    if ((this.place || !this.atEnd) && !this.#stands()) this.#remember();
    const last = this.#last();
    change();
    if (this.atEnd && this.#last() !== last) this.toEnd();
    else this.hold();
  }

  /** Bring the reader back to where they are meant to be, after whatever has changed. */
  hold() {
    if (this.atEnd && !this.place) {
      this.toEnd();
      return;
    }
    if (!this.place?.element.isConnected) {
      this.#remember();
      return;
    }
    const moved = this.place.element.getBoundingClientRect().top - this.top - this.place.top;
    // Not `scrollTop =`: a phone's swing would stop.
    if (Math.abs(moved) > 0.5) this.#scroll(this.box.scrollTop + moved);
  }

  /** The box's upper edge. */
  get top() {
    return this.box.getBoundingClientRect().top;
  }

  /** The message that is first in view, at least in part. @returns {HTMLElement | undefined} */
  first() {
    const top = this.top;
    const below = (/** @type {Element} */ one) => one.getBoundingClientRect().bottom > top;
    // Only the chunk in view is looked into: the others are not laid out.
    const chunks = [...this.content.children];
    const from = chunks.findIndex(below);
    const lines = chunks.slice(from, from + 2).flatMap((chunk) => [...chunk.children]);
    const stands = (/** @type {Element} */ one) => below(one) && one.matches(".message");
    return /** @type {HTMLElement | undefined} */ (lines.find(stands) ?? lines.find(below));
  }

  /** Tell the styles how much room messages have. */
  #fit() {
    const { clientWidth } = /** @type {HTMLElement} */ (this.box.lastElementChild);
    // Out of sight it has none.
    if (!clientWidth || clientWidth === this.width) return;
    this.width = clientWidth;
    vary(this.box, { "--p": `${clientWidth / 100}px` });
    this.box.classList.toggle("slim", clientWidth <= SLIM);
  }

  #taken() {
    this.hands = true;
  }

  #moved() {
    const ours = this.#ours();
    if (this.hands) this.atEnd = this.#isEnd();
    if (!ours || this.hands) this.#remember();
    this.onScroll(!ours);
  }

  /** Also what no hand has done, such as finding in the page or a screen reader, is the reader's wish. */
  #rested() {
    const ours = this.#ours();
    if (this.hands || !ours) this.atEnd = this.#isEnd();
    this.hands = false;
    this.onScroll(!ours);
  }

  /** @param {number} [near] */
  #isEnd(near = END) {
    return !this.goesOn && this.fromEnd <= near;
  }

  #last() {
    return this.content.lastElementChild?.lastElementChild;
  }

  #ours() {
    return Math.abs(this.box.scrollTop - this.put) <= ROUNDING;
  }

  /** Whether the place is still where it was remembered. */
  #stands() {
    const place = this.place;
    if (!place?.element.isConnected) return false;
    return Math.abs(place.element.getBoundingClientRect().top - this.top - place.top) <= ROUNDING;
  }

  #remember() {
    const element = this.#isEnd(ROUNDING) ? null : this.first();
    this.place = element ? { element, top: element.getBoundingClientRect().top - this.top } : null;
  }

  /** @param {number} top */
  #scroll(top) {
    this.box.scrollTo({ top, behavior: "instant" });
    this.put = this.box.scrollTop;
  }
}
