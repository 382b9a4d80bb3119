/** The app's page: everything is made here and told of each other. */
import { Actions } from "./controllers/actions.js";
import { badge } from "./controllers/badge.js";
import { banner } from "./controllers/banner.js";
import { Composer } from "./controllers/composer.js";
import { Details } from "./controllers/details.js";
import { closers } from "./controllers/dialog.js";
import { Header } from "./controllers/header.js";
import { keeping } from "./controllers/keeping.js";
import { Keyboard } from "./controllers/keyboard.js";
import { List } from "./controllers/list.js";
import { Log } from "./controllers/log.js";
import { Navigation } from "./controllers/navigation.js";
import { Pins } from "./controllers/pins.js";
import { Reading } from "./controllers/reading.js";
import { sheets } from "./controllers/sheets.js";
import { Stave } from "./controllers/stave.js";
import { themeSwitch } from "./controllers/theme.js";
import { Viewing } from "./controllers/viewing.js";
import { Walking } from "./controllers/walking.js";
import { all, make, one } from "./helpers/dom.js";
import { fetched, late } from "./helpers/fetched.js";
import { failed } from "./helpers/notice.js";
import { tellZone } from "./helpers/zone.js";
import { Answers } from "./models/answers.js";
import { get, line, post, signInAgain, tellDraft } from "./models/api.js";
import { Contacts } from "./models/contacts.js";
import { Conversations } from "./models/conversations.js";
import { Drafts } from "./models/drafts.js";
import { Live } from "./models/live.js";
import { Newest } from "./models/newest.js";
import { Outbox } from "./models/outbox.js";
import { Pager } from "./models/pager.js";
import { picturesOf } from "./models/pictures.js";
import { files, shelf } from "./models/shelf.js";
import { Trays } from "./models/trays.js";
import { Uploader } from "./models/uploader.js";

/** @type {import("./models/shapes.js").Boot} */
const boot = JSON.parse(one("#boot").textContent ?? "");
const conversations = new Conversations(boot);
const pager = new Pager(conversations);
const live = new Live(conversations, pager);
const contacts = new Contacts(boot.contacts, boot.me.id);
const drafts = new Drafts(boot.me.id, { tell: tellDraft });
const trays = new Trays(boot.me.id, files, new BroadcastChannel(`chatsphere/trays/${boot.me.id}`));
const uploader = new Uploader({
  line,
  changed: (upload) => {
    trays.keep(upload);
    trays.tell("upload", upload);
  },
  moved: (upload) => trays.tell("upload", upload),
  kept: files.get,
  lock: alone,
});
trays.uploader = uploader;
const outbox = new Outbox({
  user_id: boot.me.id,
  shelf,
  lock: alone,
  send: (outgoing) => post(outgoing, uploader),
  dropped: (outgoing) => {
    for (const upload of outgoing.files) {
      if (outgoing.state === "failed") uploader.stop(upload);
      files.drop(upload.key).catch(() => undefined);
    }
  },
  changed: (outgoing) => conversations.tell("outbox", outgoing?.conversation_id ?? null),
  stored: (outgoing, message) => {
    conversations.stored(outgoing.conversation_id, message);
    const state = conversations.state(outgoing.conversation_id);
    if (!state || state.conversation.last_seq >= message.id) outbox.drop(outgoing.client_id);
  },
});

const answers = new Answers(conversations);
const newest = new Newest(conversations, contacts, get);
if (boot.conversation) answers.pinned.set(boot.conversation.id, boot.pins);
if (boot.conversation && boot.pictures) newest.told(boot.conversation.id, boot.pictures);

/** Everything that a controller may need. */
const world = {
  boot,
  answers,
  contacts,
  conversations,
  newest,
  pager,
  live,
  drafts,
  outbox,
  trays,
  uploader,
  me: boot.me,
};

/** @typedef {typeof world} World */

const viewing = new Viewing({
  me: boot.me.id,
  person: (id) => conversations.person(id),
  path: () => `/conversations/${navigation.current}/pictures`,
  known: (picture) => {
    const { conversation_id, message_id } = picture;
    const state = conversations.state(conversation_id);
    const seen = (/** @type {import("./models/shapes.js").Message} */ one) =>
      one.id === message_id || (state !== undefined && !contacts.veils(state.conversation, one));
    const here = (state?.messages ?? []).filter(seen).flatMap(picturesOf);
    // One that hangs beside the conversation may be of long ago.
    return here.some(({ attachment }) => attachment.id === picture.attachment.id) ? here : [picture];
  },
  find: ({ message_id }) => log.call(message_id),
  reply: ({ conversation_id, message_id, attachment }) =>
    get(`/conversations/${conversation_id}/messages/${message_id}`).then(
      (message) => composer.answer(message, message.attachments.length > 1 ? attachment.id : null),
      failed,
    ),
  hear: (hear) => conversations.on("room", (_id, event) => event?.message && hear(event.message)),
});
const log = new Log(world, viewing);
const composer = new Composer(world, log);
/** Dialogs come with the first wish for one. */
const reporting = wanted(() => fetched(() => import("./controllers/report.js")).then(({ Report }) => new Report()));
const starting = wanted(() =>
  fetched(() => import("./controllers/start.js")).then(({ Start }) => new Start(world, navigation)),
);
const details = new Details(world, viewing, (user) => reporting().then((report) => report.ofPerson(user), failed));
const navigation = new Navigation(world, [
  new Header(world),
  log,
  composer,
  details,
  new Pins(world, log),
  new Reading(world, log),
  new Stave(world, log),
]);
new List(world, navigation);
for (const button of all("#start-open, #rows-none button")) {
  button.addEventListener("pointerenter", () => void starting().catch(() => undefined), { once: true });
  button.addEventListener("click", () => starting().then((start) => start.open(), failed));
}
const announcing = wanted(() =>
  fetched(() => import("./controllers/announcer.js")).then(({ Announcer }) => new Announcer(world)),
);
conversations.on("room", (id, event) => {
  // As it is now: once the rest has come, it may have been read.
  const conversation = event?.kind === "message.posted" && conversations.state(id)?.conversation;
  if (conversation)
    announcing().then(
      (announcer) => announcer.hear(conversation, event.message),
      () => undefined,
    );
});
log.onReply = (message) => composer.answer(message);
log.onReplies = (message) =>
  late(
    () => import("./controllers/replies.js"),
    ({ showReplies }) => showReplies(world, { log, composer, details }, message),
  );
log.onReport = (message) =>
  reporting().then((report) => report.ofMessage(message, conversations.person(message.sender_id)), failed);

const keyboard = new Keyboard();
new Actions(world, log, composer, keyboard);
const walking = new Walking(keyboard, navigation, log);
sheets(world, keyboard, navigation, (body) => starting().then((start) => start.begin(body)));
closers();
tellZone();
themeSwitch();
banner(world);
badge(world, navigation);
navigation.begin();
viewing.begin();
live.on("signed-out", signInAgain);
contacts.on("changed", (id) => {
  conversations.tell("person", id);
  conversations.tell("list");
});
addEventListener("focus", () => refresh());
live.on("resumed", () => {
  newest.doubt();
  refresh();
});
addEventListener("online", again);
live.on("status", (status) => status === "open" && again());
conversations.on("room", (id, event) => {
  if (event?.message?.client_id) outbox.drop(event.message.client_id);
  /** @type {import("./models/shapes.js").Attachment[]} */
  const came = (event?.kind === "message.posted" && event.message?.attachments) || [];
  const ids = came.map((one) => one.id);
  if (ids.length) trays.sent(id, ids);
});
drafts.on("draft", () => conversations.tell("list"));
drafts.hear(boot.drafts);
addEventListener("pagehide", () => drafts.hurry());
trays.on("upload", (upload) => outbox.moved(upload));
outbox.recall().catch(() => undefined);
trays.recall().catch(() => undefined);
live.start();
// Whatever it has to fetch waits until the page is there.
addEventListener("load", () => keeping(world).catch(() => undefined), { once: true });

// Until now nobody would have heard them.
for (const control of all("[data-wakes]")) control.removeAttribute("disabled");
delete one("#app").dataset.waking;

/** Made when it is first wanted; where it could not be fetched, the next wish fetches it. @template T @param {() => Promise<T>} make */
function wanted(make) {
  /** @type {Promise<T> | undefined} */
  let made;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** There may be a network again: what waits goes on, and what another tab left behind too. */
function again() {
  uploader.hurry();
  outbox.flush();
  outbox.recall().catch(() => undefined);
}

/** What this person may have decided or begun on another device. */
function refresh() {
  contacts.refresh().catch(() => undefined);
  get("/drafts").then(
    (told) => drafts.hear(told),
    () => undefined,
  );
}

/** One tab at a time; where browsers have no locks, which is so without https, the server tells twice from once. @param {string} name @param {() => Promise<void>} task */
async function alone(name, task) {
  if (navigator.locks) await navigator.locks.request(name, task);
  else await task();
}

/** What only somebody needs who does something, once they begin to, and its styles; these also whoever has come by a link to it. */
const beginnings = ["pointermove", "pointerdown", "keydown", "focusin"];
function dress() {
  for (const beginning of beginnings) removeEventListener(beginning, dress);
  document.head.append(make("link", { rel: "stylesheet", href: one("#app").dataset.late }));
  walking.wake();
}
for (const beginning of beginnings) addEventListener(beginning, dress);
if (location.hash) dress();
