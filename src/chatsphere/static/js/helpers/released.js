/**
 * The other button opens a menu as it goes down, on some systems, and a finger while it is held; its coming up would close
 * what is open by then.
 */
const ENDS = ["pointerup", "pointercancel"];
/** What is down. */
const down = new Set();
addEventListener("pointerdown", ({ pointerId }) => down.add(pointerId), true);
for (const end of ENDS)
  addEventListener(end, (event) => down.delete(/** @type {PointerEvent} */ (event).pointerId), true);

/** Once nothing is down any more that has asked for a menu. @param {any} event @returns {Promise<unknown>} */
export function released({ buttons, pointerType }) {
  return new Promise((done) => {
    if (!buttons && !(pointerType === "touch" && down.size)) return done(0);
    const stop = new AbortController();
    const up = () => {
      stop.abort();
      setTimeout(done);
    };
    for (const end of ENDS) addEventListener(end, up, { signal: stop.signal });
  });
}
