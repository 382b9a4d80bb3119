/** What fingers, a mouse and a wheel do to the picture that is looked at: closer, aside, on to the next, away. */
import { vary } from "../helpers/dom.js";
import { fit, meant, mostOf, moved, toggled, WHOLE, zoomed } from "../models/zoom.js";

/** @import {Attachment} from "../models/shapes.js" */

const LEAST = 160;
const SLOP = 8;
const TWICE = 300;

/**
 * @typedef {object} Deeds
 * @property {(by: number) => boolean} step whether there was one
 * @property {() => void} close
 * @property {(scale: number) => void} closer
 */

export class Fingers {
  /** @param {HTMLElement} box @param {Deeds} deeds */
  constructor(box, deeds) {
    this.box = box;
    this.dialog = /** @type {HTMLDialogElement} */ (box.closest("dialog"));
    this.deeds = deeds;
    this.look = { ...WHOLE };
    /** @type {HTMLElement | null} */
    this.slide = null;
    this.own = { width: 1, height: 1 };
    this.shown = { width: 1, height: 1 };
    this.aside = { x: 0, y: 0 };
    /** @type {Map<number, {x: number, y: number}>} */
    this.down = new Map();
    /** @type {{x: number, y: number, at: number, way: "" | "pan" | "x" | "y" | "pinch"} | null} */
    this.drag = null;
    /** Whether the last touch was more than a tap. */
    this.dragged = false;
    this.tapped = { at: 0, x: 0, y: 0 };
    box.addEventListener("pointerdown", (event) => this.#pressed(event));
    box.addEventListener("pointermove", (event) => this.#moved(event));
    for (const end of ["pointerup", "pointercancel"])
      box.addEventListener(end, (event) => this.#lifted(/** @type {PointerEvent} */ (event)));
    box.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  /** Look at this one. @param {HTMLElement} slide @param {Attachment} attachment */
  hold(slide, attachment) {
    this.slide = slide;
    this.own = { width: attachment.width ?? 1, height: attachment.height ?? 1 };
    this.shown = this.fit(attachment);
  }

  /** How large a picture is, whole. @param {Pick<Attachment, "width" | "height">} attachment */
  fit(attachment) {
    const { clientWidth: width, clientHeight: height } = this.box;
    const own = { width: attachment.width ?? 1, height: attachment.height ?? 1 };
    return fit(own, { width: width || innerWidth, height: height || innerHeight }, Math.max(LEAST, own.width));
  }

  get bounds() {
    const box = { width: this.box.clientWidth, height: this.box.clientHeight };
    return { box, picture: this.shown, most: mostOf(this.own, this.shown, devicePixelRatio) };
  }

  /** Whole again. */
  rest() {
    this.shown = this.fit(this.own);
    this.#see(WHOLE);
    this.#shift(0, 0);
    this.box.classList.remove("dragging");
  }

  toggle(point = { x: 0, y: 0 }) {
    this.#see(toggled(this.look, point, this.bounds));
  }

  /** About the middle; 0 is whole. @param {number} factor */
  zoom(factor) {
    this.#see(factor ? zoomed(this.look, factor, { x: 0, y: 0 }, this.bounds) : WHOLE);
  }

  /** Grow out of where it stands small. @param {HTMLElement | null} from */
  enter(from) {
    const start = from && this.#over(from);
    if (start) this.#frame?.animate([{ transform: start }, { transform: "none" }], { duration: 220, easing: EASE });
  }

  /** Shrink back into it. @param {HTMLElement | null | undefined} from */
  async leave(from) {
    const end = from?.isConnected ? this.#over(from) : null;
    const rest = this.#frame && getComputedStyle(this.#frame).transform;
    if (!end || !this.#frame || !this.dialog.open) return;
    this.dialog.classList.add("leaving");
    const how = { duration: 180, easing: EASE };
    await this.#frame.animate([{ transform: rest ?? "none" }, { transform: end }], how).finished.catch(() => undefined);
    this.dialog.classList.remove("leaving");
  }

  /** @returns {HTMLElement | null} */
  get #frame() {
    return this.slide?.querySelector(".frame") ?? null;
  }

  /** The transform that puts the picture over a tile; none where nothing is to move. @param {HTMLElement} tile */
  #over(tile) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || !this.#frame) return null;
    const to = tile.getBoundingClientRect();
    const box = this.box.getBoundingClientRect();
    if (to.bottom < 0 || to.top > innerHeight || !to.width) return null;
    const x = to.left + to.width / 2 - (box.left + box.width / 2) - this.aside.x;
    const y = to.top + to.height / 2 - (box.top + box.height / 2) - this.aside.y;
    const scale = Math.max(to.width / this.shown.width, to.height / this.shown.height);
    return `translate(${x}px, ${y}px) scale(${scale})`;
  }

  /** @param {import("../models/zoom.js").Look} look */
  #see(look) {
    const closer = look.scale !== this.look.scale;
    this.look = look;
    this.box.classList.toggle("close", look.scale > 1.01);
    if (this.slide) vary(this.slide, { "--zs": look.scale, "--zx": `${look.x}px`, "--zy": `${look.y}px` });
    if (closer) this.deeds.closer(look.scale);
  }

  /** From the middle of the box. @param {{x: number, y: number}} point */
  #from({ x, y }) {
    const box = this.box.getBoundingClientRect();
    return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
  }

  /** @param {PointerEvent} event */
  #pressed(event) {
    if (event.button > 0 || /** @type {Element} */ (event.target).closest("button")) return;
    this.down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.down.size === 1) {
      this.dragged = false;
      this.drag = { x: event.clientX, y: event.clientY, at: event.timeStamp, way: "" };
    } else if (this.drag) {
      this.drag.way = "pinch";
      this.#shift(0, 0);
    }
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    const before = this.down.get(event.pointerId);
    if (!before || !this.drag) return;
    const now = { x: event.clientX, y: event.clientY };
    if (this.drag.way === "pinch") this.#pinch(event.pointerId, now);
    else this.#dragTo(now, before, event);
    this.down.set(event.pointerId, now);
  }

  /** @param {{x: number, y: number}} now @param {{x: number, y: number}} before @param {PointerEvent} event */
  #dragTo(now, before, event) {
    const drag = /** @type {NonNullable<Fingers["drag"]>} */ (this.drag);
    const [dx, dy] = [now.x - drag.x, now.y - drag.y];
    if (!drag.way) {
      if (Math.hypot(dx, dy) < SLOP) return;
      drag.way = this.#wayOf(event, dx, dy);
      this.dragged = true;
      this.box.setPointerCapture(event.pointerId);
      this.box.classList.add("dragging");
    }
    if (drag.way === "pan") this.#see(moved(this.look, now.x - before.x, now.y - before.y, this.bounds));
    else if (drag.way === "x") this.#shift(dx, 0);
    else this.#shift(0, dy);
  }

  /** All of it aside, with the finger. @param {number} x @param {number} y */
  #shift(x, y) {
    this.aside = { x, y };
    const away = Math.min(1, Math.abs(y) / 300);
    vary(this.box, { "--dx": x ? `${x}px` : null, "--dy": y ? `${y}px` : null });
    vary(this.dialog, { "--away": away || null });
  }

  /** @param {PointerEvent} event @param {number} dx @param {number} dy @returns {"pan" | "x" | "y"} */
  #wayOf(event, dx, dy) {
    if (this.look.scale > 1.01 || event.pointerType === "mouse") return "pan";
    return Math.abs(dx) > Math.abs(dy) ? "x" : "y";
  }

  /** @param {number} id of the finger that moves @param {{x: number, y: number}} now */
  #pinch(id, now) {
    const before = [...this.down.values()];
    const after = [...this.down].map(([one, point]) => (one === id ? now : point));
    const factor = apart(after) / Math.max(1, apart(before));
    const [was, is] = [this.#from(centre(before)), this.#from(centre(after))];
    this.dragged = true;
    const look = zoomed(this.look, factor, was, this.bounds);
    this.#see(moved(look, is.x - was.x, is.y - was.y, this.bounds));
  }

  /** @param {PointerEvent} event */
  #lifted(event) {
    const { drag } = this;
    if (!this.down.delete(event.pointerId) || !drag) return;
    if (this.down.size) {
      // One finger of two is left: it goes on from here.
      const [{ x, y }] = this.down.values();
      this.drag = { x, y, at: event.timeStamp, way: this.look.scale > 1.01 ? "pan" : "pinch" };
      return;
    }
    this.drag = null;
    this.box.classList.remove("dragging");
    if (!drag.way && event.type === "pointerup") this.#tapped(event);
    const moved = { dx: event.clientX - drag.x, dy: event.clientY - drag.y, ms: event.timeStamp - drag.at };
    if (drag.way !== "x" && drag.way !== "y") return;
    this.#dropped(event.type === "pointerup" ? meant(moved, this.bounds.box) : null);
  }

  /** @param {"back" | "on" | "close" | null} what */
  #dropped(what) {
    const toward = getComputedStyle(this.box).direction === "rtl" ? -1 : 1;
    if (what === "close") return this.deeds.close();
    if (what) this.deeds.step(what === "on" ? toward : -toward);
    return this.#shift(0, 0);
  }

  /** A mouse's click and a finger's second tap look closer. @param {PointerEvent} event */
  #tapped({ clientX: x, clientY: y, timeStamp: at, pointerType, target }) {
    const second = at - this.tapped.at < TWICE && Math.hypot(x - this.tapped.x, y - this.tapped.y) < 40;
    this.tapped = second ? { at: 0, x: 0, y: 0 } : { at, x, y };
    const onIt = /** @type {Element} */ (target).closest(".frame");
    if (onIt && (pointerType === "mouse" || second)) this.toggle(this.#from({ x, y }));
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const factor = Math.exp((-event.deltaY * lines) / (event.ctrlKey ? 100 : 320));
    this.#see(zoomed(this.look, factor, this.#from({ x: event.clientX, y: event.clientY }), this.bounds));
  }
}

const EASE = "cubic-bezier(0.2, 0.8, 0.2, 1)";

/** @param {{x: number, y: number}[]} points */
function apart([a, b]) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** @param {{x: number, y: number}[]} points */
function centre([a, b]) {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
