/** What will go along with the next message: picked, pasted or dropped, shown at once, and on its way already. */
import $ from "jquery";
import { one } from "../helpers/dom.js";
import { late } from "../helpers/fetched.js";
import { sizeOf } from "../models/naming.js";
import { t } from "../models/words.js";

/** @import {Upload} from "../models/shapes.js" */
/** @import {Trays} from "../models/trays.js" */

export class Tray {
  /** @param {Trays} trays @param {{files: number, bytes: number}} limits @param {() => void} changed */
  constructor(trays, limits, changed) {
    this.trays = trays;
    this.limits = limits;
    this.changed = changed;
    /** @type {string | null} */
    this.id = null;
    /** @type {import("./tiles.js").Tiles | undefined} */
    this.tiles = undefined;
    $("#files, #camera").on("change", (event) => {
      const field = /** @type {HTMLInputElement} */ (event.currentTarget);
      this.add([...(field.files ?? [])]);
      field.value = "";
      one("#text").focus();
    });
    $("#text").on("paste", (event) => this.#pasted(/** @type {any} */ (event.originalEvent)));
    trays.on("tray", (id) => id === this.id && this.#draw());
    trays.on("upload", (upload) => this.tiles?.moved(upload));
    this.#dropping();
  }

  get uploads() {
    return this.trays.of(this.id);
  }

  get size() {
    return this.uploads.length;
  }

  /** Each conversation has its own. @param {string | null} id */
  turn(id) {
    this.id = id;
    this.#refuse("");
    this.#draw();
  }

  /** @param {File[]} files */
  add(files) {
    if (this.id === null || !files.length) return;
    const fitting = files.filter((file) => file.size <= this.limits.bytes);
    const room = Math.max(0, this.limits.files - this.size);
    this.#refuse(this.#tooMuch(files, fitting, room));
    for (const upload of this.trays.add(this.id, fitting.slice(0, room).map(found))) this.measure(upload);
  }

  /** @param {File[]} files @param {File[]} fitting @param {number} room */
  #tooMuch(files, fitting, room) {
    const large = files.find((file) => !fitting.includes(file));
    if (large) {
      const values = { name: large.name, size: sizeOf(this.limits.bytes) };
      return t("{name} is too large: a file may have {size}. A smaller copy of it can be sent.", values);
    }
    const most = { count: this.limits.files };
    return fitting.length > room
      ? t("At most {count} files go into one message. Send these, then the others.", most)
      : "";
  }

  /** @param {string} words */
  #refuse(words) {
    one("#composer-refusal").textContent = words;
  }

  /** What a picture's size is; one that this browser cannot show, the server may. @param {Upload} upload */
  async measure(upload) {
    if (!upload.url) return;
    const image = new Image();
    image.src = upload.url;
    try {
      await image.decode();
      Object.assign(upload, { width: image.naturalWidth, height: image.naturalHeight });
    } catch {
      URL.revokeObjectURL(upload.url);
      Object.assign(upload, { url: "", image: false });
    }
    this.trays.keep(upload);
    if (!upload.url) this.#draw();
  }

  /** Their tiles come with the first of them; they themselves are on their way without. */
  #draw() {
    this.changed();
    if (this.tiles) this.tiles.draw();
    else if (this.size) this.#tiled((tiles) => tiles.draw());
  }

  /** @param {(tiles: import("./tiles.js").Tiles) => unknown} act */
  #tiled(act) {
    late(
      () => import("./tiles.js"),
      ({ Tiles }) => {
        this.tiles ??= new Tiles(this);
        act(this.tiles);
      },
    );
  }

  /** Ask for the description of a picture that has none, once for each. @param {() => void} after @returns {boolean} whether somebody is asked */
  asks(after) {
    const upload = this.trays.unasked(this.id);
    if (upload) this.#tiled((tiles) => tiles.describe(upload, after));
    return Boolean(upload);
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

/** A file as a tray takes it; a picture is shown from this very moment on. @param {File} file */
function found(file) {
  const image = file.type.startsWith("image/");
  const { type, size } = file;
  return { file, name: file.name || t("picture"), type, size, image, url: image ? URL.createObjectURL(file) : "" };
}
