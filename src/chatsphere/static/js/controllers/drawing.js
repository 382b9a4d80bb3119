/** When the log is drawn: what many ask for in one breath is drawn once, and what is too much for one frame in the next. */

/** So many lines are drawn in one frame, so that no frame takes long. */
const AT_ONCE = 12;
/** What the next frame is asked for: what has joined, or all that is there anew. */
const NOTHING = 0;
const SOME = 1;
const ALL = 2;

export class Drawing {
  /** @param {(whole: boolean, most?: number) => void} draw */
  constructor(draw) {
    this.draw = draw;
    this.asked = NOTHING;
    /** Whether only a part of what is here is on the page. */
    this.partly = false;
    /** What waits until all of it is. @type {(() => void) | null} */
    this.after = null;
  }

  /** Draw in the next frame. @param {boolean} [whole] whether what looked so before may look otherwise now */
  soon(whole = false) {
    const { asked } = this;
    this.asked = Math.max(asked, whole ? ALL : SOME);
    if (asked) return;
    const draw = () => this.asked && this.draw(false, AT_ONCE);
    // Nobody paints for a page that is not seen.
    if (document.visibilityState === "visible") requestAnimationFrame(draw);
    else setTimeout(draw);
  }

  /** Draw at once what waits for that. */
  now() {
    if (this.asked || this.partly) this.draw(false);
  }

  /** It is drawn now, and nobody waits for it any more; returns whether all is to be drawn anew. @param {boolean} whole */
  begin(whole) {
    const anew = whole || this.asked === ALL;
    this.asked = NOTHING;
    return anew;
  }

  /** @param {boolean} partly whether there is more than what was drawn */
  end(partly) {
    this.partly = partly;
    // What is here is painted before more of it is worked on.
    if (partly) requestAnimationFrame(() => setTimeout(() => this.partly && this.soon()));
    this.#follow();
  }

  /** Do this once all that is here is on the page. @param {() => void} act */
  once(act) {
    this.after = act;
    this.#follow();
  }

  #follow() {
    if (this.asked || this.partly) return;
    const { after } = this;
    this.after = null;
    after?.();
  }
}
