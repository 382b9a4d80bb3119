/**
 * Pictures that hang in rows. The server made the page, and it works as it is; this is what comes on top.
 *
 * @import {Picture, User} from "../models/shapes.js"
 * @typedef {{me: string, path: string, query: string, people: User[], pictures: Picture[]}} Boot
 */
import { all, one, vary } from "../helpers/dom.js";
import { fragment } from "../helpers/html.js";
import { notify } from "../helpers/notice.js";
import { placeholder } from "../helpers/picture.js";
import { beside } from "../models/grid.js";
import { t } from "../models/words.js";
import { Viewing } from "./viewing.js";

const NEAR = "1200px";

export class Hall {
  /** @param {Boot} boot */
  constructor(boot) {
    /** @type {Map<string, User>} */
    this.people = new Map();
    /** @type {Map<string, Picture>} newest first */
    this.pictures = new Map();
    this.box = one("#pictures");
    this.viewing = new Viewing({
      me: boot.me,
      person: (id) => this.people.get(id) ?? nobody(id),
      path: () => boot.path + (boot.query ? `?${boot.query}` : ""),
      known: () => [...this.pictures.values()].reverse(),
      newestFirst: true,
    });
    this.box.addEventListener("click", (event) => this.#clicked(event));
    this.box.addEventListener("keydown", (event) => this.#pressed(event));
    this.#take(boot);
    this.#rove();
    this.#further();
    this.viewing.begin();
  }

  /** @param {Boot} boot */
  #take(boot) {
    for (const user of boot.people) this.people.set(user.id, user);
    for (const picture of boot.pictures) this.pictures.set(picture.attachment.id, picture);
    for (const shot of this.shots) colour(shot);
  }

  /** @returns {HTMLElement[]} */
  get shots() {
    return all(".shot", this.box);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const shot = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".shot"));
    const picture = this.pictures.get(shot?.dataset.id ?? "");
    if (!shot || !picture || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#rove(shot);
    this.viewing.show(picture, shot);
  }

  /** One stop for Tab; arrows walk. @param {HTMLElement} [to] */
  #rove(to = this.box.querySelector('.shot[tabindex="0"]') ?? this.shots[0]) {
    for (const shot of this.shots) shot.tabIndex = shot === to ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { shots } = this;
    const at = shots.indexOf(/** @type {HTMLElement} */ (/** @type {Element} */ (event.target).closest(".shot")));
    if (at < 0) return;
    const to =
      shots[
        beside(
          event.key,
          at,
          shots.map((shot) => shot.getBoundingClientRect()),
          isRtl(),
        ) ?? -1
      ];
    if (!to) return;
    event.preventDefault();
    this.#rove(to);
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  }

  /** Older pictures hang themselves below before one comes there. */
  #further() {
    const link = /** @type {HTMLAnchorElement | null} */ (this.box.querySelector(".older a"));
    if (!link) return;
    const watch = new IntersectionObserver(([entry]) => entry.isIntersecting && come(), {
      root: this.box,
      rootMargin: NEAR,
    });
    const come = async () => {
      watch.disconnect();
      await this.#older(link).catch(() => {
        notify(t("Older pictures could not be fetched."));
      });
    };
    watch.observe(link);
  }

  /** @param {HTMLAnchorElement} link */
  async #older(link) {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(String(answer.status));
    const page = fragment(await answer.text());
    const boot = JSON.parse(one("#boot", page).textContent ?? "");
    link.parentElement?.remove();
    for (const month of all(".month", page)) this.#hang(month);
    this.box.append(...all(".older", page));
    this.#take(boot);
    this.#rove();
    this.#further();
  }

  /** A month that goes on is one. @param {HTMLElement} month */
  #hang(month) {
    const last = all(".month", this.box).at(-1);
    const when = (/** @type {HTMLElement} */ of) => one("time", of).getAttribute("datetime");
    if (last && when(last) === when(month)) one(".shots", last).append(...one(".shots", month).children);
    else this.box.append(month);
  }
}

/** Its own colours, until it has come. @param {HTMLElement} shot */
function colour(shot) {
  const { th, hue } = shot.dataset;
  if (hue) vary(shot, { "--ph": hue });
  const image = /** @type {HTMLImageElement} */ (one("img", shot));
  delete shot.dataset.th;
  if (!th || image.complete) return;
  const below = placeholder(th);
  if (!below) return;
  shot.prepend(below);
  image.addEventListener("load", () => setTimeout(() => below.remove(), 300), { once: true });
}

function isRtl() {
  return document.documentElement.dir === "rtl";
}

/** @param {string} id @returns {User} */
function nobody(id) {
  return { id, user_name: "", display_name: "…", image_url: "", hue: 0, is_deleted: false, created_at: "" };
}
