/** What will go along with the next message: picked, pasted or dropped, each shown at once, described or taken out. */
import $ from "jquery";
import { copy, icon, make, one } from "../helpers/dom.js";
import { sizeOf } from "../models/naming.js";

/** @import {Upload} from "../models/shapes.js" */

export class Tray {
  /** @param {{files: number, bytes: number}} limits @param {() => void} changed */
  constructor(limits, changed) {
    this.limits = limits;
    this.changed = changed;
    /** @type {Map<string | null, Upload[]>} what was gathered, by conversation */
    this.kept = new Map();
    /** @type {Upload[]} */
    this.uploads = [];
    /** @type {Upload | null} */
    this.describing = null;
    $("#files").on("change", (event) => {
      const field = /** @type {HTMLInputElement} */ (event.currentTarget);
      this.add([...(field.files ?? [])]);
      field.value = "";
      one("#text").focus();
    });
    $("#text").on("paste", (event) => this.#pasted(/** @type {any} */ (event.originalEvent)));
    $("#tray").on("click", "button", (event) => this.#clicked(event.currentTarget));
    $("#describe-form").on("submit", (event) => this.#described(event));
    this.#dropping();
  }

  get size() {
    return this.uploads.length;
  }

  /** Each conversation has its own. @param {string | null} id */
  turn(id) {
    this.uploads = this.kept.get(id) ?? [];
    this.kept.set(id, this.uploads);
    this.#draw();
  }

  /** Everything, and nothing is left. @returns {Upload[]} */
  take() {
    const taken = this.uploads.splice(0);
    this.#draw();
    return taken;
  }

  /** @param {File[]} files */
  async add(files) {
    const into = this.uploads;
    const fitting = files.filter((file) => file.size <= this.limits.bytes);
    const room = this.limits.files - into.length;
    this.#refuse(files.length > fitting.length ? `A file may have ${sizeOf(this.limits.bytes)}.` : "");
    if (fitting.length > room) this.#refuse(`At most ${this.limits.files} files go into one message.`);
    const uploads = await Promise.all(fitting.slice(0, Math.max(0, room)).map(upload));
    into.push(...uploads);
    this.#draw();
  }

  /** @param {string} words */
  #refuse(words) {
    one("#composer-refusal").textContent = words;
  }

  #draw() {
    const tray = one("#tray");
    tray.hidden = !this.uploads.length;
    tray.replaceChildren(...this.uploads.map(tile));
    this.changed();
  }

  /** @param {HTMLElement} button */
  #clicked(button) {
    const at = Number(/** @type {HTMLElement} */ (button.closest(".upload")).dataset.at);
    if (button.dataset.do === "describe") {
      this.#describe(this.uploads[at]);
      return;
    }
    const [gone] = this.uploads.splice(at, 1);
    if (gone.url) URL.revokeObjectURL(gone.url);
    this.#draw();
    one("#text").focus();
  }

  /** @param {Upload} one_ */
  #describe(one_) {
    this.describing = one_;
    /** @type {HTMLImageElement} */ (one("#describe-shown")).src = one_.url;
    /** @type {HTMLTextAreaElement} */ (one("#describe-text")).value = one_.alt;
    /** @type {HTMLDialogElement} */ (one("#describe")).showModal();
  }

  /** @param {{preventDefault: () => void}} event */
  #described(event) {
    event.preventDefault();
    if (this.describing) this.describing.alt = /** @type {HTMLTextAreaElement} */ (one("#describe-text")).value.trim();
    this.describing = null;
    /** @type {HTMLDialogElement} */ (one("#describe")).close();
    this.#draw();
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.add(files);
  }

  #dropping() {
    const stage = one("#stage");
    const veil = one("#drop-veil");
    const brings = (/** @type {DragEvent} */ event) =>
      Boolean(event.dataTransfer?.types.includes("Files")) && one("#app").dataset.view === "conversation";
    stage.addEventListener("dragover", (event) => {
      if (!brings(event)) return;
      event.preventDefault();
      veil.hidden = false;
    });
    stage.addEventListener("dragleave", (event) => {
      if (!stage.contains(/** @type {Node | null} */ (event.relatedTarget))) veil.hidden = true;
    });
    stage.addEventListener("drop", (event) => {
      veil.hidden = true;
      if (!brings(event)) return;
      event.preventDefault();
      this.add([...(event.dataTransfer?.files ?? [])]);
    });
  }
}

/** A file made ready to show: a picture's size is needed before it is sent. @param {File} file @returns {Promise<Upload>} */
async function upload(file) {
  const plain = { file, name: file.name || "picture", alt: "", image: false, url: "", width: 0, height: 0 };
  if (!file.type.startsWith("image/")) return plain;
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return { ...plain, image: true, url, width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    // The server may know a format that this browser does not.
    URL.revokeObjectURL(url);
    return plain;
  }
}

/** @param {Upload} upload @param {number} at */
function tile(upload, at) {
  const element = copy("upload");
  element.dataset.at = String(at);
  one(".remove", element).setAttribute("aria-label", `Remove ${upload.name}`);
  const describe = one(".describe", element);
  describe.hidden = !upload.image;
  describe.setAttribute("aria-label", `Describe ${upload.name}`);
  if (upload.alt) describe.textContent = upload.alt;
  const shown = upload.image
    ? make("img", { src: upload.url, alt: upload.alt, width: 96, height: 96 })
    : make("span", { class: "kind" }, icon("file"), upload.name);
  element.prepend(shown);
  return element;
}
