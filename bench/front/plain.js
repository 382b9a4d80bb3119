/**
 * The page that ours is compared with: the same frame, the same styles and the same template for each message, but all
 * messages are simply there, one after the other; one more is put at the end.
 */
import { separator } from "../../src/chatsphere/static/js/controllers/beside.js";
import { render } from "../../src/chatsphere/static/js/controllers/message.js";
import { all, copy, one } from "../../src/chatsphere/static/js/helpers/dom.js";
import { lines } from "../../src/chatsphere/static/js/models/grouping.js";
import { asSaid } from "../../src/chatsphere/static/js/models/said.js";

/** @import {Said} from "../../src/chatsphere/static/js/models/grouping.js" */

/** @type {import("../../src/chatsphere/static/js/models/shapes.js").Boot} */
const boot = JSON.parse(one("#boot").textContent ?? "");
/** @type {Record<string, Said[]>} */
const rooms = await (await fetch("/bench/messages.json")).json();
const people = new Map(
  boot.conversations.flatMap(({ participants }) => participants.map(({ user }) => [user.id, user])),
);
/** @type {import("../../src/chatsphere/static/js/controllers/message.js").View} */
const view = {
  me: boot.me.id,
  person: (id) => people.get(id) ?? boot.me,
  named: () => undefined,
  find: () => undefined,
  isRead: () => false,
  readers: () => [],
  outgoing: () => undefined,
  veils: () => false,
};
const [list, box, text] = [one("#log"), one("#scroll"), /** @type {HTMLTextAreaElement} */ (one("#text"))];
let here = boot.conversation?.id ?? "";
const line = new WebSocket(`ws://${location.host}/api/v1/socket`);

/** @param {import("../../src/chatsphere/static/js/models/grouping.js").Line} line */
function made(line) {
  if (line.kind === "message") return render(line, view);
  return separator(/** @type {import("../../src/chatsphere/static/js/models/grouping.js").Day} */ (line));
}

/** @param {string} id */
function show(id) {
  here = id;
  const conversation = boot.conversations.find((one) => one.id === id);
  one("#title").textContent = conversation?.title ?? "";
  list.replaceChildren(...lines(rooms[id]).map(made));
  box.scrollTop = box.scrollHeight;
}

/** @param {Said} message */
function put(message) {
  const known = list.querySelector(`[data-client="${message.client_id}"]`);
  const said = rooms[here];
  if (known) said.pop();
  said.push(message);
  const next = /** @type {any} */ (lines(said.slice(-2)).at(-1));
  if (known) render(next, view, /** @type {HTMLElement} */ (known));
  else list.append(render(next, view));
  box.scrollTop = box.scrollHeight;
}

text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const [content, client_id] = [text.value, crypto.randomUUID()];
  text.value = "";
  const begun = { created_at: new Date().toISOString(), state: "pending", reply_to: null, files: [] };
  put(asSaid(/** @type {any} */ ({ ...begun, content, client_id, conversation_id: here, user_id: boot.me.id }), false));
  line.send(JSON.stringify({ type: "post", ref: 1, conversation_id: here, reply_to: null, client_id, content }));
});

line.onmessage = ({ data }) => {
  const frame = JSON.parse(data);
  if (frame.type === "hello") {
    const seqs = Object.fromEntries(boot.conversations.map(({ id, last_seq }) => [id, last_seq]));
    line.send(JSON.stringify({ type: "resume", ref: 0, epoch: frame.epoch, seqs }));
  }
  if (frame.kind === "message.posted" && frame.conversation_id === here) put(frame.message);
};

one("#rows").replaceChildren(
  ...boot.conversations.map(({ id, title }) => {
    const item = copy("row");
    const link = /** @type {HTMLAnchorElement} */ (one("a", item));
    link.href = `/c/${id}`;
    one(".name", item).textContent = title;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(id);
    });
    return item;
  }),
);
show(here);
for (const control of all("[data-wakes]")) control.removeAttribute("disabled");
delete one("#app").dataset.waking;
