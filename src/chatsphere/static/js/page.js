/** What the plain pages gain from scripts; all of them work without. */

import { appearance } from "./controllers/appearance.js";
import { codes } from "./controllers/codes.js";
import { exporting } from "./controllers/exporting.js";
import { passing } from "./controllers/passing.js";
import { passkeys } from "./controllers/passkeys.js";
import { portrait } from "./controllers/portrait.js";
import { all } from "./helpers/dom.js";
import { wipe } from "./helpers/kept.js";
import { tint } from "./helpers/theme.js";
import { date, full, moment } from "./models/time.js";

tint(document.documentElement.dataset.hue);
appearance();
portrait();
codes();
passkeys();
passing();
exporting();
// On a phone the pages of the settings are a row that is longer than the screen.
for (const here of all('nav [aria-current="page"]')) here.scrollIntoView({ block: "nearest", inline: "center" });
// These are shown to guests alone.
if (all(".landing, form[action='/login']").length) wipe();
/** How a page wants its times said. @type {Record<string, (time: string) => string>} */
const ways = { date, moment };
for (const time of all("time[datetime]")) {
  const at = time.getAttribute("datetime") ?? "";
  // How long ago it was needs no time zone; the exact time is there for whoever points at it.
  if (time.dataset.as === "ago") time.title = full(at);
  else time.textContent = (ways[time.dataset.as ?? ""] ?? full)(at);
}
