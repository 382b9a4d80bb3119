/** What floats over the log: the way to the unread and to the end, and the day that is being read. */
import { make, one } from "../helpers/dom.js";
import { late } from "../helpers/fetched.js";
import { dayName } from "../models/time.js";
import { t, tn } from "../models/words.js";
import { shown } from "./chunks.js";

/** The day stays for so long once the reader has stopped. */
const LINGER = 1_200;

export class Pills {
  /** @param {import("./log.js").Log} log */
  constructor(log) {
    this.log = log;
    this.up = one("#jump-up");
    this.down = one("#jump");
    this.day = one("#day");
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.drawing = false;
    this.up.addEventListener("click", () => log.toFresh());
    // Held or tapped: it is the way to other days where there is no score.
    for (const name of ["click", "contextmenu"])
      this.day.addEventListener(name, (event) => {
        event.preventDefault();
        late(
          () => import("./months.js"),
          ({ chooseMonth }) => chooseMonth(log),
        );
      });
    this.down.addEventListener("click", () => (this.#unread() > 0 ? log.toFresh() : log.toEnd()));
  }

  /** Drawn once a frame, however often something moves. */
  draw() {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.#draw();
    });
  }

  #draw() {
    const { scroller, state, unseen } = this.log;
    const unread = this.#unread();
    this.up.hidden = unread >= 0;
    const count = unseen.missed || (unread > 0 ? (unseen.fresh?.count ?? 0) : 0);
    this.down.hidden = scroller.atEnd && state?.latest !== false;
    this.down.classList.toggle("quiet", !count);
    one("span", this.down).textContent = count ? tn("{count} new", "{count} new", count) : t("Latest");
  }

  /** Where the first unread message is: -1 above what is in view, 1 below, 0 in it or nowhere. */
  #unread() {
    const { state, scroller, list } = this.log;
    const { fresh } = this.log.unseen;
    const [first] = state?.messages ?? [];
    if (!fresh || !first) return 0;
    const divider = list.querySelector(".fresh");
    if (!divider) return fresh.after < first.id ? -1 : 1;
    const chunk = divider.closest(".chunk");
    const box = (chunk && !shown(chunk) ? chunk : divider).getBoundingClientRect();
    const view = scroller.box.getBoundingClientRect();
    if (box.bottom < view.top) return -1;
    return box.top > view.bottom ? 1 : 0;
  }

  /** Say which day is being read while the reader moves through it. */
  passing() {
    const first = this.log.scroller.first();
    const time = first && timeOf(first);
    const own = first?.previousElementSibling;
    // A day's own line says it already.
    if (!time || (own?.matches(".day") && own.getBoundingClientRect().bottom > this.log.scroller.top)) return;
    this.day.replaceChildren(make("time", { datetime: time }, dayName(time)));
    this.day.classList.add("shown");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.day.classList.remove("shown"), LINGER);
  }
}

/** @param {Element | null} line @returns {string | undefined} */
function timeOf(line) {
  return line?.querySelector("time")?.dateTime ?? (line ? timeOf(line.nextElementSibling) : undefined);
}
