/** Where the reader stands in a scrolled box, and how to leave them there while its content changes. */

const END = 100;

export class Scroller {
  /** @param {HTMLElement} box what scrolls @param {HTMLElement} content whose children are stood on */
  constructor(box, content) {
    this.box = box;
    this.content = content;
    this.atEnd = true;
    this.onScroll = () => {};
    box.addEventListener("scroll", () => {
      this.atEnd = this.fromEnd < END;
      this.onScroll();
    });
    // The keyboard comes, the composer grows: whoever was at the end stays there.
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(box);
  }

  get fromTop() {
    return this.box.scrollTop;
  }

  get fromEnd() {
    return this.box.scrollHeight - this.box.clientHeight - this.box.scrollTop;
  }

  toEnd() {
    this.atEnd = true;
    this.box.scrollTo({ top: this.box.scrollHeight, behavior: "instant" });
  }

  /** A quarter from the top. @param {HTMLElement} element */
  toQuarter(element) {
    this.#to(element, 0.25);
  }

  /** @param {HTMLElement} element */
  toMiddle(element) {
    this.#to(element, 0.5 - element.offsetHeight / this.box.clientHeight / 2);
  }

  /** Change the content and leave the reader where they were: at the end, or at the message they see first. @param {() => void} change */
  keeping(change) {
    const end = this.atEnd;
    const anchor = end ? undefined : this.#anchor();
    const before = anchor?.getBoundingClientRect().top ?? 0;
    change();
    if (end) this.toEnd();
    else if (anchor?.isConnected) {
      const moved = anchor.getBoundingClientRect().top - before;
      if (Math.abs(moved) > 0.5) this.box.scrollTo({ top: this.box.scrollTop + moved, behavior: "instant" });
    }
  }

  /** The first child that is at least partly in view. */
  #anchor() {
    const top = this.box.getBoundingClientRect().top;
    return [...this.content.children].find((child) => child.getBoundingClientRect().bottom > top);
  }

  /** @param {HTMLElement} element @param {number} part of the box's height above it */
  #to(element, part) {
    const offset = element.getBoundingClientRect().top - this.box.getBoundingClientRect().top;
    const top = this.box.scrollTop + offset - this.box.clientHeight * Math.max(0, part);
    this.box.scrollTo({ top, behavior: "instant" });
    this.atEnd = this.fromEnd < END;
  }
}
