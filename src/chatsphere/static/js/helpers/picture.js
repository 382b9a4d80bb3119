/**
 * Pictures: renditions by size and format, those that move and can stand still, and a thumbhash painted where one will be.
 *
 * @import {Attachment, Rendition} from "../models/shapes.js"
 */
import { thumbHashToRGBA } from "../../vendor/thumbhash.js";
import { all, make } from "./dom.js";

/** So near a picture has to be in sight before what stands for it is painted. */
const NEAR = "300px";
const STILL = "(prefers-reduced-motion: reduce)";

/** @param {Rendition[]} renditions */
function srcset(renditions) {
  return renditions.map(({ url, width }) => `${url} ${width}w`).join(", ");
}

/** @param {Attachment} attachment */
function byFormat(attachment) {
  const sorted = [...attachment.renditions].sort((a, b) => a.width - b.width);
  const avif = sorted.filter((one) => one.content_type === "image/avif");
  return { avif, others: sorted.filter((one) => one.content_type !== "image/avif") };
}

/**
 * A <picture> that takes what fits: AVIF in several sizes, else the JPEG. One that moves does so unless its reader wants
 * things to stand still.
 * @param {Attachment} attachment @param {string} sizes
 * @param {{eager?: boolean, alt?: string, sharp?: boolean, moving?: boolean}} [how] `sharp`: rather the JPEG than too
 * small an AVIF; `moving`: it may move
 */
export function picture(attachment, sizes, { eager = false, alt = "", sharp = false, moving = false } = {}) {
  const { avif, others } = byFormat(attachment);
  const element = document.createElement("picture");
  const moves = moving && canMove(attachment);
  const enough = moves || !sharp || (avif.at(-1)?.width ?? 0) > 0.75 * (others.at(-1)?.width ?? 0);
  const media = moves ? STILL : null;
  if (avif.length && enough) element.append(make("source", { type: "image/avif", srcset: srcset(avif), sizes, media }));
  if (moves && others.length) element.append(make("source", { srcset: srcset(others), sizes, media }));
  const fallback = (moves ? undefined : others.at(-1)?.url) ?? attachment.url;
  const image = make("img", {
    alt,
    sizes,
    srcset: others.length > 1 && !moves ? srcset(others) : null,
    width: attachment.width,
    height: attachment.height,
    loading: eager ? "eager" : "lazy",
    decoding: "async",
    draggable: "false",
  });
  element.append(image);
  // Last: with src set before the sources stand, the browser would begin with the wrong one.
  image.setAttribute("src", fallback);
  return element;
}

/** The server keeps as WebP what moves, and nothing else; its renditions stand still. @param {Attachment} attachment */
export function canMove({ kind, content_type, renditions }) {
  return kind === "image" && content_type === "image/webp" && renditions.length > 0;
}

/** Whether what can move stands still now. @param {Element} inside */
export function isStill(inside) {
  return all("source", inside).some((source) => matchMedia(source.getAttribute("media") ?? "all").matches);
}

/** Let it move, or have it stand still, whatever the system says. @param {Element} inside @param {boolean} moves */
export function move(inside, moves) {
  for (const source of all("source", inside)) source.setAttribute("media", moves ? "not all" : "all");
}

const nearing = new IntersectionObserver(
  (seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      nearing.unobserve(target);
      standIn(/** @type {HTMLElement} */ (target));
    }
  },
  // The second is for what is scrolled inside of the page; browsers that do not know it wait until it is in sight.
  /** @type {IntersectionObserverInit} */ ({ rootMargin: NEAR, scrollMargin: NEAR }),
);

/** Paint its blurred colours under a picture that has not come when it comes near. @param {HTMLElement} box @param {string | null} base64 */
export function awaits(box, base64) {
  if (!base64) return;
  box.dataset.th = base64;
  nearing.observe(box);
}

/** @param {HTMLElement} box */
function standIn(box) {
  const { th } = box.dataset;
  const image = box.querySelector("img");
  delete box.dataset.th;
  // One that could not be fetched is complete too, and has no size.
  if (!th || !image || (image.complete && image.naturalWidth)) return;
  const below = placeholder(th);
  if (below) box.prepend(below);
}

/** Have the browser fetch it for so many pixels of width. @param {Element} inside @param {number} width */
export function sharper(inside, width) {
  for (const one of inside.querySelectorAll("source, img")) one.setAttribute("sizes", `${Math.ceil(width)}px`);
}

/** The smallest rendition's address, for thumbnails. @param {Attachment} attachment */
export function smallest(attachment) {
  const { avif, others } = byFormat(attachment);
  return (avif[0] ?? others[0])?.url ?? attachment.url;
}

/** @param {string} base64 @returns {HTMLCanvasElement | null} */
export function placeholder(base64) {
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const { w, h, rgba } = thumbHashToRGBA(bytes);
    const canvas = document.createElement("canvas");
    canvas.width = w;
    canvas.height = h;
    canvas.getContext("2d")?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0);
    return canvas;
  } catch {
    return null;
  }
}
