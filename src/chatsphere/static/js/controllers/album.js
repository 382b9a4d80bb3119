/**
 * The pictures of one message: a mosaic whose geometry is known before the first byte of them.
 *
 * @import {Attachment, Upload} from "../models/shapes.js"
 */
import { all, make, one, vary } from "../helpers/dom.js";
import { awaits, picture, placeholder } from "../helpers/picture.js";
import { MOST, mosaic } from "../models/mosaic.js";
import { t, tn } from "../models/words.js";

const WIDE = 480;
const ALONE = 400;
const TALLEST = 460;
const LEAST = 160;

/**
 * One thing to show: what is stored, or what is on its way.
 * @typedef {{width: number, height: number, label: string, alt: string, hue: number | null, attachment?: Attachment,
 *   url?: string}} Frame
 */

/** @param {Attachment} attachment @param {string} unnamed what it is called without a description @returns {Frame} */
export function stored(attachment, unnamed) {
  const { width, height, alt, hue } = attachment;
  return { width: width ?? 1, height: height ?? 1, label: alt || unnamed, alt, hue, attachment };
}

/** @param {Upload} upload @returns {Frame} */
export function leaving(upload) {
  const { width, height, alt, url, name } = upload;
  // Whoever is quick sends it before it is known how large it is.
  return { width: width || 4, height: height || 3, label: alt || name, alt, hue: null, url };
}

/**
 * Fill a mosaic. The pictures that stood there before stay under the new ones until those have come; the same ones stay
 * where they are, and may be called otherwise.
 * @param {HTMLElement} box @param {Frame[]} frames
 */
export function fillMosaic(box, frames) {
  const key = frames.map(({ attachment, url }) => attachment?.id ?? url).join();
  if (box.dataset.key === key) {
    for (const [at, tile] of all(":scope > .tile", box).entries()) named(tile, frames[at].label, at);
    return;
  }
  box.dataset.key = key;
  const before = /** @type {HTMLImageElement[]} */ ([...box.querySelectorAll("img[src^='blob:']")]);
  const { ratio, tiles } = mosaic(frames);
  const alone = frames.length === 1;
  box.classList.toggle("single", alone);
  box.style.aspectRatio = String(ratio);
  // A picture of few pixels is not blown up.
  const own = Math.max(LEAST, Math.min(ALONE, TALLEST * ratio, frames[0].width));
  vary(box, { "--w": alone ? `${Math.round(own)}px` : null });
  box.setAttribute(
    "aria-label",
    alone ? t("Picture") : tn("Album, {count} picture", "Album, {count} pictures", frames.length),
  );
  const shown = tiles.map((place, at) => {
    const sizes = `${Math.ceil(WIDE * place.width)}px`;
    const tile = makeTile(frames[at], at, { eager: at in before, sizes, under: before[at], moving: true });
    return vary(tile, {
      "--x": `${place.x * 100}%`,
      "--y": `${place.y * 100}%`,
      "--tw": `${place.width * 100}%`,
      "--th": `${place.height * 100}%`,
    });
  });
  if (frames.length > MOST)
    shown[MOST - 1].append(make("span", { class: "more", "data-n": `+${frames.length - MOST}` }));
  box.replaceChildren(...shown);
}

/**
 * @param {Frame} frame @param {number} at
 * @param {{eager?: boolean, sizes: string, under?: HTMLImageElement, moving?: boolean}} how
 */
export function makeTile(frame, at, { eager, sizes, under, moving }) {
  const tile = make("button", { type: "button", class: "tile", "data-id": frame.attachment?.id });
  vary(named(tile, frame.label, at), { "--ph": frame.hue });
  if (frame.url) tile.append(make("img", { src: frame.url, alt: "", draggable: "false" }));
  if (frame.attachment) {
    tile.append(...layers(frame.attachment, sizes, { eager, under, moving, late: true }));
    if (!under) awaits(tile, frame.attachment.thumbhash);
  }
  return tile;
}

/** @param {HTMLElement} tile @param {string} what it shows @param {number} at */
export function named(tile, what, at) {
  tile.dataset.at = String(at);
  tile.ariaLabel = t("Open picture: {what}", { what });
  return tile;
}

/**
 * A picture over what stands for it until it has come: what stood there before, or its blurred colours.
 * @param {Attachment} attachment @param {string} sizes
 * @param {{eager?: boolean, sharp?: boolean, under?: HTMLImageElement, moving?: boolean, late?: boolean}} [how] `late`:
 * its colours are painted only where it turns out that they are needed
 */
export function layers(attachment, sizes, { eager, sharp, under, moving, late } = {}) {
  const real = picture(attachment, sizes, { eager, sharp, moving });
  const image = one("img", real);
  const colours = late ? null : attachment.thumbhash;
  const below = under ? still(under) : colours ? placeholder(colours) : null;
  const came = () => {
    real.parentElement?.querySelector(":scope > canvas")?.remove();
    real.parentElement?.classList.add("come");
  };
  // What nothing shows through keeps it: a picture that comes back into view is painted again only after a moment.
  if (attachment.content_type !== "image/jpeg")
    image.addEventListener("load", () => setTimeout(came, 300), { once: true });
  return below ? [below, real] : [real];
}

/** The picture that stood there, as a canvas: there is one image per picture, always. @param {HTMLImageElement} image */
function still(image) {
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, WIDE / Math.max(image.naturalWidth, image.naturalHeight, 1));
  canvas.width = Math.max(1, image.naturalWidth * scale);
  canvas.height = Math.max(1, image.naturalHeight * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/**
 * What of the pictures is in view is fetched at once, and the first one before anything else; what is above waits.
 * @param {HTMLElement} box what scrolls @param {HTMLElement} list its chunks
 */
export function hasten(box, list) {
  const { top, bottom } = box.getBoundingClientRect();
  const inView = (/** @type {Element} */ element) => {
    const place = element.getBoundingClientRect();
    return place.bottom > top && place.top < bottom;
  };
  // Only chunks in view are looked into: the others are not laid out.
  const chunks = /** @type {HTMLElement[]} */ ([...list.children].filter(inView));
  const images = chunks.flatMap((chunk) => all(".tile", chunk).filter(inView)).flatMap((tile) => all("img", tile));
  images[0]?.setAttribute("fetchpriority", "high");
  for (const image of images) image.setAttribute("loading", "eager");
}
