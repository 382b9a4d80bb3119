/** Cutting a part out of a picture before it is sent, and turning it. Loaded when somebody first wants it. */
import { icon, make, one, vary } from "../helpers/dom.js";
import { held, moved, pulled, WHOLE } from "../models/frame.js";
import { t } from "../models/words.js";

/** @import {Upload} from "../models/shapes.js" */
/** @import {Frame} from "../models/frame.js" */
/** @typedef {{file: File, size: number, type: string}} Cut */

const STEP = 0.02;
const QUALITY = 0.92;
const RATIOS = [
  { ratio: 0, name: () => t("Free") },
  { ratio: 1, name: () => "1:1" },
  { ratio: 4 / 3, name: () => "4:3" },
  { ratio: 16 / 9, name: () => "16:9" },
];
const DONE = "done";
const CORNERS = [
  { end: false, bottom: false },
  { end: true, bottom: false },
  { end: false, bottom: true },
  { end: true, bottom: true },
];

/** Let somebody cut it; null where they thought better of it. @param {Upload} upload @returns {Promise<Cut | null>} */
export async function crop(upload) {
  const image = new Image();
  image.src = upload.url;
  await image.decode();
  return new Cropper(upload, image).open();
}

class Cropper {
  /** @param {Upload} upload @param {HTMLImageElement} image */
  constructor(upload, image) {
    this.upload = upload;
    this.canvas = document.createElement("canvas");
    this.canvas.width = image.naturalWidth;
    this.canvas.height = image.naturalHeight;
    this.canvas.getContext("2d")?.drawImage(image, 0, 0);
    /** @type {Frame} */
    this.frame = WHOLE;
    this.ratio = 0;
    this.turned = false;
    /** @type {Promise<Cut | null> | null} what stays of it, once that is decided */
    this.cut = null;
    this.handle = make("div", { class: "frame", tabindex: 0, role: "group", "aria-label": t("What stays") });
    this.handle.append(...CORNERS.map((_, at) => make("span", { class: "corner", "data-corner": at })));
    this.told = make("p", { class: "told", role: "status" });
    this.dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "dialog crop", "aria-label": t("Crop") }));
    this.#build();
    this.#listen();
    this.#show();
  }

  /** @returns {Promise<Cut | null>} */
  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.handle.focus();
    return new Promise((resolve) => {
      this.dialog.addEventListener("close", () => {
        this.dialog.remove();
        resolve(this.dialog.returnValue === DONE ? this.cut : null);
      });
    });
  }

  #build() {
    const close = make("button", { type: "button", class: "icon-button", "aria-label": t("Close") }, icon("x"));
    close.addEventListener("click", () => this.dialog.close());
    const head = make("div", { class: "head" }, make("h2", {}, t("Crop")), close);
    const view = make("div", { class: "view" }, this.canvas, this.handle);
    const ratios = RATIOS.map(({ name }, at) =>
      make(
        "button",
        { type: "button", class: "chip", "data-ratio": at, "aria-pressed": at === 0 ? "true" : "false" },
        name(),
      ),
    );
    const turn = make("button", { type: "button", class: "icon-button", "aria-label": t("Turn") }, icon("rotate-cw"));
    turn.addEventListener("click", () => this.#turn());
    const row = make("div", { class: "ratios", role: "group", "aria-label": t("Shape") }, ...ratios, turn);
    const inside = make("div", { class: "inside" }, view, row, this.told);
    const done = /** @type {HTMLButtonElement} */ (
      make("button", { type: "button", class: "button primary" }, t("Crop"))
    );
    done.addEventListener("click", () => {
      done.disabled = true;
      // Nobody sends the whole picture while its part is being made.
      const close = () => this.dialog.close(DONE);
      this.cut = this.#cut();
      this.cut.then(close, close);
    });
    this.dialog.append(head, inside, make("div", { class: "foot" }, done));
  }

  #listen() {
    one(".ratios", this.dialog).addEventListener("click", (event) => {
      const { ratio } = /** @type {HTMLElement} */ (event.target).dataset;
      if (ratio !== undefined) this.#hold(Number(ratio));
    });
    this.handle.addEventListener("pointerdown", (event) => this.#pull(event));
    this.handle.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {number} at */
  #hold(at) {
    this.ratio = RATIOS[at].ratio;
    for (const chip of this.dialog.querySelectorAll("[data-ratio]"))
      chip.setAttribute("aria-pressed", String(chip.getAttribute("data-ratio") === String(at)));
    this.#show(held(this.parts));
  }

  /** The ratio, in parts of this picture. */
  get parts() {
    return (this.ratio * this.canvas.height) / this.canvas.width;
  }

  #turn() {
    const { width, height } = this.canvas;
    const before = document.createElement("canvas");
    before.width = width;
    before.height = height;
    before.getContext("2d")?.drawImage(this.canvas, 0, 0);
    this.canvas.width = height;
    this.canvas.height = width;
    const context = this.canvas.getContext("2d");
    context?.translate(height, 0);
    context?.rotate(Math.PI / 2);
    context?.drawImage(before, 0, 0);
    this.turned = true;
    this.#show(held(this.parts));
  }

  /** @param {PointerEvent} event */
  #pull(event) {
    const { corner } = /** @type {HTMLElement} */ (event.target).dataset;
    const { width, height } = this.canvas.getBoundingClientRect();
    const from = { frame: this.frame, x: event.clientX, y: event.clientY };
    const follow = (/** @type {PointerEvent} */ move) => {
      const [dx, dy] = [(move.clientX - from.x) / width, (move.clientY - from.y) / height];
      if (corner === undefined) this.#show(moved(from.frame, dx, dy));
      else this.#show(pulled(from.frame, CORNERS[Number(corner)], dx, dy, this.parts));
    };
    event.preventDefault();
    this.handle.focus();
    this.handle.setPointerCapture(event.pointerId);
    this.handle.addEventListener("pointermove", follow);
    const end = () => this.handle.removeEventListener("pointermove", follow);
    this.handle.addEventListener("lostpointercapture", end, { once: true });
  }

  /** Arrows move it, with Shift they pull at its last corner. @param {KeyboardEvent} event */
  #key(event) {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const [dx, dy] = step.map((one) => one * STEP);
    this.#show(event.shiftKey ? pulled(this.frame, CORNERS[3], dx, dy, this.parts) : moved(this.frame, dx, dy));
  }

  /** @param {Frame} [frame] */
  #show(frame = this.frame) {
    this.frame = frame;
    const { x, y, width, height } = frame;
    const percent = (/** @type {number} */ part) => `${part * 100}%`;
    vary(this.handle, { "--x": percent(x), "--y": percent(y), "--w": percent(width), "--hh": percent(height) });
    const size = { width: Math.round(width * this.canvas.width), height: Math.round(height * this.canvas.height) };
    this.told.textContent = t("{width} by {height} pixels", size);
  }

  /** @returns {Promise<Cut | null>} */
  async #cut() {
    const { x, y, width, height } = this.frame;
    if (width === 1 && height === 1 && !this.turned) return null;
    const part = document.createElement("canvas");
    part.width = Math.max(1, Math.round(width * this.canvas.width));
    part.height = Math.max(1, Math.round(height * this.canvas.height));
    const from = [x * this.canvas.width, y * this.canvas.height];
    part.getContext("2d")?.drawImage(this.canvas, -from[0], -from[1]);
    const type = this.upload.type === "image/png" || this.upload.type === "image/webp" ? "image/png" : "image/jpeg";
    const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) =>
      part.toBlob(resolve, type, QUALITY),
    );
    return blob && { file: new File([blob], this.upload.name, { type }), size: blob.size, type };
  }
}
