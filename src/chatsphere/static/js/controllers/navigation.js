/** From one conversation to the next without a page load: what is shown, the address, the title, the focus. */
import $ from "jquery";
import { all, beside, narrow, one } from "../helpers/dom.js";
import { isKept } from "../helpers/kept.js";
import { tint } from "../helpers/theme.js";
import { turn } from "../helpers/turn.js";
import { titleOf } from "../models/naming.js";
import { t } from "../models/words.js";
import { kept } from "./place.js";

const EMBER = 22;
/** Waiting that nobody would notice is not shown. */
const PATIENCE = 180;
const LIST_PLACE = "list-place";

/** @typedef {{show: (id: string | null, at?: number | null) => void}} Part */

export class Navigation {
  /** @param {import("../app.js").World} world @param {Part[]} parts told of every change, in order */
  constructor(world, parts) {
    this.world = world;
    this.parts = parts;
    /** @type {string | null} */
    this.current = null;
    /** @type {"room" | "empty" | "waiting" | "failed"} what the stage shows */
    this.standing = "empty";
    /** How far down the list was, which a phone does not show meanwhile. */
    this.listPlace = Number(sessionStorage.getItem(LIST_PLACE) ?? 0);
    $(document).on("click", "a.row, #back, #chats, [data-go]", (event) => this.#follow(event));
    $(document).on("pointerenter focusin", "a.row", (event) => this.#foresee(event.currentTarget));
    $(document).on("pointerdown", "a.row", (event) => this.#prefetch(event.currentTarget));
    $("#again").on("click", () => this.#go(...place()));
    addEventListener("popstate", () => this.#go(...place()));
    addEventListener("pagehide", () => this.#keepPlace());
    world.conversations.on("gone", (id) => id === this.current && this.open(null));
    world.live.on("status", (status) => status === "open" && this.standing === "failed" && this.#go(...place()));
  }

  /** Show what the address says; the server has put it into the page. */
  begin() {
    const [id, at] = place();
    const here = id && this.world.conversations.state(id);
    const arrive = () => place()[0] === id && this.#show(here ? id : null, at);
    const known = here && (at === null || here.messages.some((message) => message.id === at));
    // Where one was before a reload may lie elsewhere than what came with the page.
    if (here && !known && kept(id)) this.#ready(here.conversation.id, at).then(arrive, arrive);
    else arrive();
    one("#rows").scrollTop = this.listPlace;
  }

  /** Go to a conversation, or to the list. @param {string | null} id @param {number | null} [at] */
  open(id, at = null) {
    history.pushState(null, "", id ? `/c/${id}${at ? `?at=${at}` : ""}` : "/");
    return this.#go(id, at);
  }

  /** @param {string | null} id @param {number | null} at */
  async #go(id, at) {
    const begun = performance.now();
    if (id !== null && !(await this.#fetched(id, at))) return;
    const way = !narrow() ? "across" : id === null ? "out" : "in";
    await turn(way, () => this.#show(id, at));
    one(id === null ? "#empty-title" : "#title").focus({ preventScroll: true });
    measure(begun);
  }

  /** Whether it is here now and still wanted; while it takes long, the stage says so, and where it fails, what to do. @param {string} id @param {number | null} at */
  async #fetched(id, at) {
    // Somebody may have gone elsewhere while this was fetched.
    const wanted = () => place()[0] === id;
    const waiting = setTimeout(() => wanted() && this.#stand("waiting", id), PATIENCE);
    try {
      await this.#ready(id, at);
      return wanted();
    } catch (error) {
      const status = /** @type {any} */ (error).problem?.status ?? 0;
      // What cannot be fetched may be kept: then the worker makes a page of it.
      if (wanted() && !status && !at && (await isKept(`/c/${id}`))) location.assign(`/c/${id}`);
      else if (wanted()) this.#failed(id, status);
      return false;
    } finally {
      clearTimeout(waiting);
    }
  }

  /** @param {string} id @param {number | null} at */
  async #ready(id, at) {
    const { conversations, newest, pager } = this.world;
    if (!conversations.state(id)) await conversations.fetch(id);
    // What hangs beside it comes with it, if that takes no longer.
    const wanted = beside().matches && !newest.known.has(id);
    const pictures = wanted && Promise.race([newest.ready(id), patience()]);
    const state = conversations.state(id);
    if (at && !state?.messages.some((message) => message.id === at)) await pager.around(id, at);
    else if (!at) await pager.open(id);
    await pictures;
  }

  /** @param {string | null} id @param {number | null} at */
  #show(id, at) {
    const state = id === null ? undefined : this.world.conversations.state(id);
    this.#stage(state ? "room" : "empty", state ? id : null);
    tint(state ? state.conversation.hue : EMBER);
    for (const part of this.parts) part.show(this.current, at);
    this.world.conversations.tell("list");
  }

  /** What stands in for a conversation that is not here. @param {"waiting" | "failed"} what @param {string} id */
  #stand(what, id) {
    const state = this.world.conversations.state(id);
    $("#waiting-title").text(state ? titleOf(state.conversation, this.world.me.id) : t("Conversation"));
    for (const part of this.parts) part.show(null);
    this.#stage(what, id);
    this.world.conversations.tell("list");
  }

  /** @param {"room" | "empty" | "waiting" | "failed"} what @param {string | null} id */
  #stage(what, id) {
    this.#keepPlace();
    this.current = id;
    this.standing = what;
    one("#app").dataset.view = what === "empty" ? "list" : "conversation";
    for (const part of all("[data-part]")) part.hidden = part.dataset.part !== what;
    one("#stage").setAttribute("aria-busy", String(what === "waiting"));
    if (what === "empty") one("#rows").scrollTop = this.listPlace;
  }

  /** @param {string} id @param {number} status what the server answered; 0: nothing */
  #failed(id, status) {
    const absent = status === 404 || status === 422;
    $("#failed-title").text(absent ? t("This conversation is not here") : t("This did not come through"));
    $("#failed-text").text(
      absent
        ? t("It was deleted, or you are not in it. Whoever sent you here can add you.")
        : t("The server does not answer just now. What you wrote is kept, and the rest comes as soon as it is back."),
    );
    $("#again").prop("hidden", absent);
    this.#stand("failed", id);
    one("#failed-title").focus({ preventScroll: true });
  }

  #keepPlace() {
    const rows = one("#rows");
    if (rows.offsetParent) this.listPlace = rows.scrollTop;
    sessionStorage.setItem(LIST_PLACE, String(this.listPlace));
  }

  /** @param {any} event */
  #follow(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button > 0) return;
    event.preventDefault();
    const id = event.currentTarget.dataset.id ?? null;
    if (id === null && !narrow()) return this.open(null);
    // On the way to another one, or where this one failed, it is gone to anew.
    const here = id === this.current && /room|empty/.test(this.standing) && place()[0] === id;
    return here ? this.#show(id, null) : this.open(id);
  }

  /** Whoever stays over a row for a moment is likely to open it. @param {HTMLElement} row */
  #foresee(row) {
    setTimeout(() => row.matches(":hover, :focus") && this.#prefetch(row), 80);
  }

  /** @param {HTMLElement} row */
  #prefetch(row) {
    const id = row.dataset.id ?? "";
    // Where somebody is reading now, nothing is exchanged under their eyes.
    if (id !== this.current) this.#ready(id, null).catch(() => undefined);
  }
}

function patience() {
  return new Promise((done) => setTimeout(done, PATIENCE / 2));
}

/** How long it took until the conversation was painted; only the last one is kept. @param {number} begun */
function measure(begun) {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.clearMeasures("switch");
      performance.measure("switch", { start: begun, end: performance.now() });
    }),
  );
}

/** What the address says, and where one was when one left it. @returns {[string | null, number | null]} */
function place() {
  const id = location.pathname.match(/^\/c\/([^/]+)$/)?.[1] ?? null;
  const at = Number(new URLSearchParams(location.search).get("at"));
  return [id, kept(id)?.message ?? (Number.isSafeInteger(at) && at > 0 ? at : null)];
}
