/** The score: a stave at the edge of the log, with all of a history in 64 beats. One sees where, and goes there. */
import { make, one, vary } from "../helpers/dom.js";
import { smallest } from "../helpers/picture.js";
import { get } from "../models/api.js";
import { beatOf, longest, monthOf, stepped } from "../models/score.js";
import { dayName } from "../models/time.js";
import { t, tn } from "../models/words.js";
import { FEWEST } from "./stave.js";

/** @import {Beat} from "../models/score.js" */

/** What is said meanwhile is drawn once it has been quiet for so long. */
const QUIET = 3_000;
/** A card's pictures are asked for once somebody stays. */
const STAY = 160;
/** Between two names of months there is room for so many beats. */
const APART = 5;

export class Score {
  /** @param {import("../app.js").World} world @param {import("./log.js").Log} log */
  constructor(world, log) {
    this.world = world;
    this.log = log;
    this.stave = one("#score");
    this.frame = make("span", { class: "window" });
    this.card = one("#score-card");
    /** @type {Beat[]} */
    this.beats = [];
    /** @type {string | null} */
    this.id = null;
    this.at = 0;
    /** @type {number | null} where to go, while one is on the way elsewhere */
    this.next = null;
    this.going = false;
    /** @type {number | null} where one last wanted to go, as long as it is in sight */
    this.chosen = null;
    /** @type {Map<string, import("../models/shapes.js").Attachment[]>} */
    this.pictures = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.stay = undefined;
    this.#listen();
  }

  #listen() {
    const { stave } = this;
    stave.addEventListener("keydown", (event) => this.#pressed(event));
    stave.addEventListener("pointerdown", (event) => stave.setPointerCapture(event.pointerId));
    stave.addEventListener("pointermove", (event) => this.#show(this.#under(event)));
    stave.addEventListener("pointerup", (event) => this.#go(this.#under(event)));
    for (const name of ["pointerleave", "blur"]) stave.addEventListener(name, () => this.#hide());
    one("#scroll").addEventListener("scroll", () => this.#follow(), { passive: true });
    this.world.conversations.on("room", (id, event) => id === this.id && event && this.#stale());
  }

  /** @param {string | null} id */
  async show(id) {
    this.id = id;
    this.beats = [];
    this.stave.hidden = true;
    this.#hide();
    await this.#load();
  }

  async #load() {
    const { id } = this;
    if (id === null) return;
    const beats = /** @type {Beat[]} */ (await get(`/conversations/${id}/score`).catch(() => []));
    if (id !== this.id) return;
    this.beats = beats;
    const said = beats.reduce((sum, beat) => sum + beat.count, 0);
    this.stave.hidden = said < FEWEST;
    this.#draw();
  }

  #stale() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#load(), QUIET);
  }

  #draw() {
    const most = longest(this.beats);
    let labelled = -APART;
    const marks = this.beats.map((beat, n) => {
      const element = make("i", { class: beat.pictures ? "pictured" : beat.unread ? "new" : null });
      vary(element, { "--long": `${4 + Math.round((16 * beat.count) / most)}px`, "--ph": beat.hue });
      const name = n > 0 && n < this.beats.length - 2 ? monthOf(this.beats, n) : null;
      if (name === null || n - labelled < APART) return element;
      labelled = n;
      element.append(make("span", {}, name));
      return element;
    });
    this.stave.replaceChildren(...marks, this.frame);
    this.#follow();
  }

  /** The frame stands around what is in view. */
  #follow() {
    if (!this.beats.length || this.stave.hidden) return;
    const first = Number(this.log.scroller.first()?.dataset.id ?? 0);
    if (!first) return;
    const end = this.log.scroller.atEnd;
    // Near the ends a message cannot be brought to the middle: where one wanted to go is where one is, while it is in sight.
    if (this.chosen !== null && !this.#sees(this.beats[this.chosen]?.message_id)) this.chosen = null;
    this.at = this.chosen ?? beatOf(this.beats, end ? Number.POSITIVE_INFINITY : first);
    vary(this.frame, { "--at": this.at / this.beats.length });
    this.#say(this.at);
  }

  /** @param {number | undefined} id */
  #sees(id) {
    const line = this.log.list.querySelector(`[data-id="${id}"]`)?.getBoundingClientRect();
    const view = this.log.scroller.box.getBoundingClientRect();
    return line !== undefined && line.bottom > view.top && line.top < view.bottom;
  }

  /** @param {number} at */
  #say(at) {
    const beat = this.beats[at];
    this.stave.ariaValueNow = String(at + 1);
    this.stave.ariaValueText = beat ? `${dayName(beat.began_at)}, ${counts(beat)}` : "";
  }

  /** @param {PointerEvent} event */
  #under({ clientY }) {
    const { top, height } = this.stave.getBoundingClientRect();
    return Math.min(this.beats.length - 1, Math.max(0, Math.floor(((clientY - top) / height) * this.beats.length)));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const to = stepped(this.beats, this.next ?? this.at, event.key);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#show(to);
    this.#go(to);
  }

  /** One way at a time: whoever presses on ends where they pressed last. @param {number} to */
  async #go(to) {
    this.next = to;
    this.#say(to);
    if (this.going) return;
    this.going = true;
    while (this.next !== null) {
      /** @type {number} */
      const at = this.next;
      const last = at === this.beats.length - 1;
      await (last ? this.log.toEnd() : this.log.call(this.beats[at].message_id));
      this.chosen = at;
      if (this.next === at) this.next = null;
    }
    this.going = false;
    this.#follow();
  }

  /** What was said there, on a card beside it. @param {number} at */
  #show(at) {
    const beat = this.beats[at];
    if (!beat) return;
    const words = make("p", {}, dayName(beat.began_at), make("small", {}, counts(beat)));
    this.card.replaceChildren(...this.#thumbs(beat), words);
    this.card.hidden = false;
    vary(this.card, { "--at": at / this.beats.length });
    clearTimeout(this.stay);
    const { picture_id } = beat;
    if (picture_id && !this.pictures.has(picture_id)) this.stay = setTimeout(() => this.#fetch(picture_id, at), STAY);
  }

  /** @param {Beat} beat */
  #thumbs({ picture_id }) {
    const shown = (picture_id && this.pictures.get(picture_id)) || [];
    const images = shown.map((one) => make("img", { src: smallest(one), alt: "", width: 58, height: 58 }));
    return images.length ? [make("div", {}, ...images)] : [];
  }

  /** @param {string} picture_id @param {number} at */
  async #fetch(picture_id, at) {
    const path = `/conversations/${this.id}/pictures?around=${picture_id}&limit=3`;
    const found = await get(path).catch(() => []);
    this.pictures.set(
      picture_id,
      found.map((/** @type {{attachment: import("../models/shapes.js").Attachment}} */ one) => one.attachment),
    );
    if (!this.card.hidden && this.beats[at]?.picture_id === picture_id) this.#show(at);
  }

  #hide() {
    clearTimeout(this.stay);
    this.card.hidden = true;
  }
}

/** @param {Beat} beat */
function counts({ count, pictures }) {
  const said = tn("{count} message", "{count} messages", count);
  return pictures
    ? t("{said}, {pictures}", { said, pictures: tn("{count} picture", "{count} pictures", pictures) })
    : said;
}
