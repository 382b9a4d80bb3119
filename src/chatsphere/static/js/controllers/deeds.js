/** What can be done from the palette, by a name: the pages one may go to, and what the controls around do. */

import { one } from "../helpers/dom.js";
import { isDark } from "../helpers/theme.js";
import { t } from "../models/words.js";

/** @typedef {{name: string, icon: string, keys?: string, when?: () => boolean, act: () => unknown}} Deed */

/**
 * What the palette stands in: `shortcuts` shows their sheet, `find` looks for words in the room alone.
 * @typedef {{world: import("../app.js").World, navigation: import("./navigation.js").Navigation,
 *   begin: (body: {participants: string[]}) => Promise<void>, shortcuts: () => void, find: () => void,
 *   failed: (error: Error) => void}} Around
 */

/** @param {Around} around @returns {Deed[]} */
export function deeds({ world, shortcuts, find }) {
  const inRoom = () => !one("#title").closest("[hidden]");
  const click = (/** @type {string} */ selector) => () => one(selector).click();
  return [
    { name: t("New conversation"), icon: "plus", act: click("#start-open") },
    { name: t("Add pictures or files"), icon: "image-plus", keys: "Mod+U", when: inRoom, act: click("#files") },
    { name: t("Find in this conversation"), icon: "search", keys: "Mod+F", when: inRoom, act: find },
    { name: t("Conversation details"), icon: "panel-right", when: inRoom, act: click("#details-open") },
    { name: t("Keyboard shortcuts"), icon: "zap", keys: "Mod+/", act: shortcuts },
    { name: t("Light theme"), icon: "sun", when: isDark, act: click("#theme") },
    { name: t("Dark theme"), icon: "moon", when: () => !isDark(), act: click("#theme") },
    ...world.boot.pages.map(({ path, name, icon }) => ({ name, icon, act: () => location.assign(path) })),
  ];
}
