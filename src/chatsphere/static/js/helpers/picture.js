/**
 * Pictures: renditions by size and format, and a thumbhash painted where the picture will be.
 *
 * @import {Attachment, Rendition} from "../models/shapes.js"
 */
import { thumbHashToRGBA } from "../../vendor/thumbhash.js";
import { make } from "./dom.js";

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
 * A <picture> that takes what fits: AVIF in several sizes, else the JPEG.
 * @param {Attachment} attachment @param {string} sizes
 * @param {{eager?: boolean, alt?: string, sharp?: boolean}} [how] `sharp`: rather the JPEG than too small an AVIF
 */
export function picture(attachment, sizes, { eager = false, alt = "", sharp = false } = {}) {
  const { avif, others } = byFormat(attachment);
  const element = document.createElement("picture");
  const enough = !sharp || (avif.at(-1)?.width ?? 0) > 0.75 * (others.at(-1)?.width ?? 0);
  if (avif.length && enough) element.append(make("source", { type: "image/avif", srcset: srcset(avif), sizes }));
  const fallback = others.at(-1)?.url ?? attachment.url;
  const image = make("img", {
    alt,
    sizes,
    srcset: others.length > 1 ? srcset(others) : null,
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
