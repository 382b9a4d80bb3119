/** The gallery's page: pictures open large where they hang, older ones come as one scrolls, arrows walk among them. */
import { Hall } from "./controllers/gallery.js";
import { one } from "./helpers/dom.js";
import { tint } from "./helpers/theme.js";
import { tellZone } from "./helpers/zone.js";

tellZone();
tint(document.documentElement.dataset.hue);
new Hall(JSON.parse(one("#boot").textContent ?? ""));
