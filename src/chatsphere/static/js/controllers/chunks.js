/** The chunks of the log on the page. What is out of sight is not laid out: its height is known, and kept true. */
import { arrange, make, vary } from "../helpers/dom.js";

/** No custom property: that would have the style of all that is inside worked out anew. */
const HEIGHT = "contain-intrinsic-block-size";

/** @typedef {{id: number, children: Element[]}} Filled */

export class Chunks {
  /** @param {HTMLElement} list @param {() => void} moved told when a height has changed */
  constructor(list, moved) {
    this.list = list;
    this.moved = moved;
    /** @type {Map<number, HTMLElement>} */
    this.elements = new Map();
    /** @type {WeakSet<Element>} those that have been measured */
    this.known = new WeakSet();
    this.width = 0;
    this.changes = new MutationObserver((records) => this.#measure(this.#touched(records)));
    this.changes.observe(list, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ["class", "hidden"],
    });
    this.sizes = new ResizeObserver(() => this.#resized());
    this.sizes.observe(list);
  }

  clear() {
    this.fill([]);
  }

  /** Put these chunks, and only these, on the page. @param {Filled[]} chunks */
  fill(chunks) {
    const wanted = new Set(chunks.map(({ id }) => id));
    for (const [id, element] of this.elements) {
      if (wanted.has(id)) continue;
      this.sizes.unobserve(element);
      this.elements.delete(id);
    }
    arrange(
      this.list,
      chunks.map(({ id }) => this.#element(id)),
    );
    for (const { id, children } of chunks) arrange(this.#element(id), children);
    this.#measure(this.#touched(this.changes.takeRecords()));
  }

  /** @param {number} id */
  #element(id) {
    const element = this.elements.get(id) ?? make("div", { class: "chunk" });
    this.elements.set(id, element);
    return element;
  }

  /** @param {MutationRecord[]} records @returns {Set<HTMLElement>} */
  #touched(records) {
    const touched = new Set();
    for (const { target, addedNodes, type } of records) {
      if (target === this.list) for (const node of addedNodes) touched.add(node);
      else if (type !== "attributes" || !(/** @type {Element} */ (target).matches(".chunk")))
        touched.add((target instanceof Element ? target : target.parentElement)?.closest(".chunk"));
    }
    return new Set([...touched].filter((chunk) => chunk?.isConnected));
  }

  /** Lay these out once, whether or not they are in sight, and keep how high they are. @param {Iterable<HTMLElement>} chunks */
  #measure(chunks) {
    // Of those in sight the browser itself tells how high they have become.
    const all = [...chunks].filter((chunk) => !this.known.has(chunk) || !shown(chunk));
    for (const chunk of all) chunk.classList.add("whole");
    const heights = all.map((chunk) => chunk.getBoundingClientRect().height);
    all.forEach((chunk, at) => {
      vary(chunk, { [HEIGHT]: `${heights[at]}px` });
      chunk.classList.remove("whole");
      this.sizes.observe(chunk);
      this.known.add(chunk);
    });
    this.changes.takeRecords();
  }

  #resized() {
    const width = this.list.clientWidth;
    if (width !== this.width) {
      this.known = new WeakSet();
      this.#measure(this.elements.values());
    }
    this.width = width;
    for (const chunk of this.elements.values())
      if (shown(chunk)) vary(chunk, { [HEIGHT]: `${chunk.getBoundingClientRect().height}px` });
    this.moved();
  }
}

/** Whether the browser lays it out now. @param {Element} chunk */
export function shown(chunk) {
  const first = chunk.firstElementChild;
  return Boolean(first?.checkVisibility({ contentVisibilityAuto: true }));
}
