/** What waits in the tray, as one sees it: a tile for each, to be described, cropped, moved and taken out. Loaded with the first. */
import $ from "jquery";
import { all, copy, icon, make, one, vary } from "../helpers/dom.js";
import { late } from "../helpers/fetched.js";
import { t } from "../models/words.js";

/** @import {Upload} from "../models/shapes.js" */

/** How far a tile is pulled before it is meant to be moved. */
const PULLED = 8;

export class Tiles {
  /** @param {import("./tray.js").Tray} tray */
  constructor(tray) {
    this.tray = tray;
    /** @type {import("./captioning.js").Captioning | null} */
    this.captioning = null;
    $("#tray")
      .on("click", "button", (event) => this.#clicked(event.currentTarget))
      .on("dblclick", ".upload", (event) => this.#crop(this.#of(event.currentTarget)))
      .on("keydown", ".upload", (event) => this.#key(/** @type {any} */ (event.originalEvent)))
      .on("pointerdown", ".upload", (event) => this.#pull(/** @type {any} */ (event.originalEvent)));
  }

  /** @param {string} [focus] the key of the tile that had it */
  draw(focus = this.#focused()) {
    const tray = one("#tray");
    tray.hidden = !this.tray.size;
    const known = new Map(all(".upload", tray).map((element) => [element.dataset.key, element]));
    tray.replaceChildren(...this.tray.uploads.map((upload) => known.get(upload.key) ?? tile(upload)));
    for (const upload of this.tray.uploads) this.moved(upload);
    if (focus) this.#tile(focus)?.focus();
  }

  #focused() {
    const tile = /** @type {HTMLElement | null} */ (document.activeElement?.closest("#tray .upload") ?? null);
    return tile === document.activeElement ? tile?.dataset.key : undefined;
  }

  /** @param {string} key @returns {HTMLElement | null} */
  #tile(key) {
    return document.querySelector(`#tray [data-key="${key}"]`);
  }

  /** One of them is further, or not. @param {Upload} upload */
  moved(upload) {
    const element = this.#tile(upload.key);
    if (element) fill(element, upload);
  }

  /** @param {HTMLElement} element @returns {Upload | undefined} */
  #of(element) {
    const { key } = /** @type {HTMLElement} */ (element.closest(".upload")).dataset;
    return this.tray.uploads.find((upload) => upload.key === key);
  }

  /** @param {HTMLElement} button */
  #clicked(button) {
    const upload = this.#of(button);
    if (!upload) return;
    const act = button.dataset.do;
    if (act === "describe") this.describe(upload);
    else if (act === "crop") this.#crop(upload);
    else if (act === "again") this.tray.trays.uploader?.start(upload);
    else {
      this.tray.trays.remove(upload);
      one("#text").focus();
    }
  }

  /** @param {Upload | undefined} upload */
  #crop(upload) {
    if (!upload?.url) return;
    late(
      () => import("./crop.js"),
      async ({ crop }) => {
        const cut = await crop(upload);
        const here = this.tray.trays.of(upload.conversation_id).includes(upload);
        if (cut && here)
          this.tray.measure(this.tray.trays.replace(upload, { ...cut, url: URL.createObjectURL(cut.file) }));
      },
    );
  }

  /** Alt and an arrow move a tile; Delete takes it out. @param {KeyboardEvent} event */
  #key(event) {
    const upload = this.#of(/** @type {HTMLElement} */ (event.target));
    if (!upload) return;
    if (event.key === "Delete") this.tray.trays.remove(upload);
    else if (!event.altKey || !event.key.startsWith("Arrow")) return;
    else {
      const on = getComputedStyle(one("#tray")).direction === "rtl" ? -1 : 1;
      const step = { ArrowRight: on, ArrowLeft: -on }[event.key];
      if (step) this.#move(upload, step);
    }
    // Alt and an arrow would leave the page, or the conversation.
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Upload} upload @param {number} step */
  #move(upload, step) {
    const place = this.tray.uploads.indexOf(upload) + step;
    if (place < 0 || place >= this.tray.size) return;
    this.tray.trays.move(upload, place);
    this.#tile(upload.key)?.focus();
    const where = { name: upload.name, place: place + 1, count: this.tray.size };
    one("#status").textContent = t("{name} is {place} of {count} now", where);
  }

  /** Pulled sideways, a tile changes places with those it comes over. @param {PointerEvent} event */
  #pull(event) {
    const element = /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.target).closest(".upload"));
    const upload = this.#of(element);
    // A finger scrolls the tray; the dialog has buttons for it.
    if (!upload || event.button !== 0 || event.pointerType === "touch") return;
    const stop = new AbortController();
    const begin = event.clientX;
    let pulled = false;
    const follow = (/** @type {PointerEvent} */ move) => {
      const away = move.clientX - begin;
      if (!pulled && Math.abs(away) < PULLED) return;
      pulled = true;
      element.classList.add("pulled");
      vary(element, { "--pulled": `${away}px` });
    };
    const end = (/** @type {PointerEvent} */ up) => {
      stop.abort();
      element.classList.remove("pulled");
      vary(element, { "--pulled": null });
      if (!pulled) return;
      addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
      this.tray.trays.move(upload, placeOf(element, up.clientX));
    };
    addEventListener("pointermove", follow, { signal: stop.signal });
    addEventListener("pointerup", end, { signal: stop.signal });
    addEventListener("pointercancel", end, { signal: stop.signal });
  }

  /** @param {Upload} upload @param {() => void} [after] what waits for it */
  describe(upload, after) {
    late(
      () => import("./captioning.js"),
      ({ Captioning }) => {
        this.captioning ??= new Captioning(this.tray.trays, (changed) => {
          this.moved(changed);
          this.tray.changed();
        });
        this.captioning.open(upload, after);
      },
    );
  }
}

/** Where among its neighbours a tile was let go. @param {HTMLElement} element @param {number} x */
function placeOf(element, x) {
  const others = all(".upload", one("#tray")).filter((other) => other !== element);
  const rtl = getComputedStyle(element).direction === "rtl";
  const middle = (/** @type {HTMLElement} */ other) => {
    const { left, width } = other.getBoundingClientRect();
    return left + width / 2;
  };
  return others.filter((other) => (rtl ? middle(other) > x : middle(other) < x)).length;
}

/** @param {Upload} upload */
function tile(upload) {
  const element = copy("upload");
  element.dataset.key = upload.key;
  element.setAttribute("aria-label", upload.name);
  one(".remove", element).setAttribute("aria-label", t("Remove {name}", { name: upload.name }));
  one(".crop", element).setAttribute("aria-label", t("Crop {name}", { name: upload.name }));
  one("progress", element).setAttribute("aria-label", t("Uploading {name}", { name: upload.name }));
  one(".again", element).setAttribute("aria-label", t("Try again: {name}", { name: upload.name }));
  return element;
}

/** @param {HTMLElement} element @param {Upload} upload */
function fill(element, upload) {
  const failed = upload.state === "failed";
  show(element, upload);
  one(".crop", element).hidden = !upload.url || failed || upload.type === "image/gif";
  const describe = one(".describe", element);
  describe.hidden = !upload.url || failed;
  describe.textContent = upload.alt || t("Describe");
  const { alt, name } = upload;
  describe.setAttribute(
    "aria-label",
    alt ? t("{alt}: description of {name}", { alt, name }) : t("Describe {name}", { name }),
  );
  const bar = /** @type {HTMLProgressElement} */ (one("progress", element));
  bar.hidden = upload.state === "ready" || failed;
  bar.value = upload.size ? upload.arrived / upload.size : 0;
  element.classList.toggle("failed", failed);
  one(".why", element).textContent = failed ? (upload.problem ?? "") : "";
  one(".again", element).hidden = !failed;
}

/** @param {HTMLElement} element @param {Upload} upload */
function show(element, upload) {
  const shown = element.querySelector("img");
  if (upload.url && shown) return;
  if (upload.url) element.prepend(make("img", { src: upload.url, alt: "", width: 96, height: 96, draggable: "false" }));
  else if (!element.querySelector(".kind")) {
    shown?.remove();
    element.prepend(make("span", { class: "kind" }, icon(upload.image ? "image" : "file"), upload.name));
  }
}
