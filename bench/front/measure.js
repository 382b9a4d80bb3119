/** Put into each page that is measured: when something was asked for, and when what it led to was painted. */
(() => {
  const LONGEST = 60_000;
  const now = () => performance.timeOrigin + performance.now();
  /** What comes in a task of its own comes after what is painted now. @returns {Promise<void>} */
  const task = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done();
      port2.postMessage(null);
    });

  /** The moment after the paint that has what `found` looks for. @param {() => unknown} found @returns {Promise<number>} */
  function painted(found) {
    return new Promise((done, fail) => {
      let [over, framing] = [false, false];
      const late = setTimeout(() => end(() => fail(new Error("It was not painted within a minute."))), LONGEST);
      const end = (/** @type {() => void} */ then) => {
        over = true;
        clearTimeout(late);
        watching.disconnect();
        then();
      };
      const tell = () => void task().then(() => done(now()));
      const look = () => {
        if (over || !found()) return;
        // Whatever changes within a frame is painted at its end, all else with the next one.
        end(() => (framing ? tell() : requestAnimationFrame(tell)));
      };
      const tick = () => {
        framing = true;
        task().then(() => {
          framing = false;
        });
        if (!over) requestAnimationFrame(tick);
      };
      const watching = new MutationObserver(look);
      watching.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      requestAnimationFrame(tick);
      look();
    });
  }

  /** What is said last in the log. */
  function last() {
    let one = document.querySelector("#log")?.lastElementChild;
    while (one && !one.matches("[role=listitem]")) one = one.lastElementChild ?? one.previousElementSibling;
    return one;
  }

  /** From what somebody does to what is then painted. @param {string} kind of event @param {() => unknown} found */
  function led(kind, found) {
    return new Promise((done, fail) => {
      const begin = (/** @type {Event} */ event) =>
        painted(found).then((end) => done([performance.timeOrigin + event.timeStamp, end]), fail);
      addEventListener(kind, begin, { capture: true, once: true });
    });
  }

  const says = (/** @type {string} */ words) => () => last()?.textContent?.includes(words);

  /** The picture that is close up. */
  const which = () => document.querySelector("#lightbox-view img")?.getAttribute("src");

  /** Give the first picture of the latest album a caption; tells when that began. @param {string} caption */
  async function caption(caption) {
    const begun = now();
    const room = `/api/v1/conversations/${location.pathname.split("/")[2]}/messages`;
    const id = /** @type {HTMLElement} */ (last()).dataset.id;
    const message = await (await fetch(`${room}/${id}`)).json();
    const attachments = [{ id: message.attachments[0].id, caption }];
    const headers = { "Content-Type": "application/json" };
    await fetch(`${room}/${id}`, { method: "PUT", headers, body: JSON.stringify({ attachments }) });
    return begun;
  }

  /** How long it takes from frame to frame, until it is told to stop. */
  function frames() {
    /** @type {number[]} */
    const gaps = [];
    let [before, on] = [performance.now(), true];
    const tick = () => {
      const at = performance.now();
      gaps.push(at - before);
      before = at;
      if (on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    return () => {
      on = false;
      return gaps.slice(1);
    };
  }

  /** @type {Record<"events" | "shifts" | "largest", PerformanceEntry[]>} */
  const { events, shifts, largest } = { events: [], shifts: [], largest: [] };
  /** @param {string} type @param {PerformanceEntry[]} into */
  const observe = (type, into) =>
    new PerformanceObserver((list) => into.push(...list.getEntries())).observe(
      /** @type {PerformanceObserverInit} */ ({ type, buffered: true, durationThreshold: 16 }),
    );
  observe("event", events);
  observe("layout-shift", shifts);
  observe("largest-contentful-paint", largest);

  const values = (/** @type {PerformanceEntry[]} */ list, /** @type {string} */ name) =>
    list.map((one) => Number(/** @type {any} */ (one)[name]));

  Object.assign(globalThis, {
    bench: {
      entered: (/** @type {string} */ words) => led("keydown", says(words)),
      heard: (/** @type {string} */ words) => painted(says(words)),
      /** @param {string} title @param {string} words */
      switched: (title, words) =>
        led("click", () => document.querySelector("#title")?.textContent === title && says(words)()),
      /** @param {string} kind @param {string} selector */
      shown: (kind, selector) => led(kind, () => document.querySelector(selector)),
      /** From an arrow key to another picture close up. */
      turned: () => {
        const before = which();
        return led("keydown", () => which() !== before);
      },
      captioned: (/** @type {string} */ words) =>
        painted(() => last()?.querySelector(".captions")?.textContent?.includes(words)),
      caption,
      frames,
      last: () => last()?.querySelector(".text")?.textContent?.slice(0, 40) ?? "",
      /** The longest that an interaction took until the next paint; those under 16 ms are not told of. */
      interaction: () => Math.max(16, ...values(events.splice(0), "duration")),
      shift: () => values(shifts, "value").reduce((sum, one) => sum + one, 0),
      largest: () => values(largest, "startTime").at(-1) ?? 0,
    },
  });
})();
