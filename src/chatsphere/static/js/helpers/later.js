/** Something that is worth doing once things have calmed down: `soon` puts it off, `now` does what was put off. */

/** @param {number} pause in milliseconds @param {() => unknown} act */
export function later(pause, act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const now = () => {
    if (waiting === undefined) return;
    clearTimeout(waiting);
    waiting = undefined;
    act();
  };
  const soon = () => {
    waiting ??= setTimeout(now, pause);
  };
  return { soon, now };
}
