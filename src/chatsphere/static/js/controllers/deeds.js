/** What can be done from the palette, by a name: the pages one may go to, and what the controls around do. */

import { one } from "../helpers/dom.js";
import { isDark } from "../helpers/theme.js";
import { t } from "../models/words.js";

/** @typedef {{name: string, icon: string, keys?: string, when?: () => boolean, act: () => unknown}} Deed */

/** @param {import("../app.js").World} world @param {() => void} shortcuts shows their sheet @returns {Deed[]} */
export function deeds({ boot }, shortcuts) {
  const inRoom = () => !one("#title").closest("[hidden]");
  const click = (/** @type {string} */ selector) => () => one(selector).click();
  return [
    { name: t("New conversation"), icon: "plus", act: click("#start-open") },
    { name: t("Add pictures or files"), icon: "image-plus", keys: "Mod+U", when: inRoom, act: click("#files") },
    { name: t("Conversation details"), icon: "panel-right", when: inRoom, act: click("#details-open") },
    { name: t("Keyboard shortcuts"), icon: "zap", keys: "Mod+/", act: shortcuts },
    { name: t("Light theme"), icon: "sun", when: isDark, act: click("#theme") },
    { name: t("Dark theme"), icon: "moon", when: () => !isDark(), act: click("#theme") },
    ...boot.pages.map(({ path, name, icon }) => ({ name, icon, act: () => location.assign(path) })),
  ];
}
