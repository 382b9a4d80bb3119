/** How much waits for one, wherever it is shown: in the title, on the tab's picture, in the rail and on the app's own. */
import $ from "jquery";
import { one } from "../helpers/dom.js";
import { waiting } from "../models/conversation.js";
import { titleOf } from "../models/naming.js";
import { t, tn } from "../models/words.js";

const MOST = 99;

/** @param {import("../app.js").World} world @param {import("./navigation.js").Navigation} navigation */
export function badge(world, navigation) {
  const { conversations, contacts, me } = world;
  const icon = /** @type {HTMLLinkElement} */ (one("link[rel=icon]"));
  const [calm, calling] = [icon.href, icon.dataset.unread ?? icon.href];
  let shown = -1;

  // Counted anew each time from how far one has read: nothing is added up that could stick.
  const draw = () => {
    const loud = conversations.list().filter((conversation) => !contacts.quiets(conversation));
    const count = loud.reduce((sum, conversation) => sum + waiting(conversation), 0);
    document.title = entitled(count);
    if (count === shown) return;
    shown = count;
    icon.href = count ? calling : calm;
    // Painted only: the link is called by the whole count.
    $("#badge")
      .attr("data-count", count > MOST ? `${MOST}+` : count)
      .prop("hidden", !count);
    $("#chats").attr("aria-label", count ? tn("Chats, {count} unread", "Chats, {count} unread", count) : t("Chats"));
    // Not everywhere an app has a picture of its own.
    navigator.setAppBadge?.(count).catch(() => undefined);
  };

  /** @param {number} count */
  const entitled = (count) => {
    const state = navigation.current === null ? undefined : conversations.state(navigation.current);
    const name = state ? `${titleOf(state.conversation, me.id)} · ` : "";
    return `${count ? `(${count}) ` : ""}${name}ChatSphere`;
  };

  conversations.on("list", draw);
  draw();
  if ("requestIdleCallback" in window) requestIdleCallback(() => conversations.listRest().catch(() => undefined));
  else setTimeout(() => conversations.listRest().catch(() => undefined), 2_000);
}
