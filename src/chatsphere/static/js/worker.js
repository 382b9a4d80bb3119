/**
 * What of ChatSphere is there without a network: its own files, the conversations that this browser's reader saw last,
 * and the pictures in them. It is kept for one person at a time, and goes when somebody else is here or nobody is.
 */

const worker = /** @type {any} */ (self);
/** The server puts it before this file. @type {{version: string, shell: string[], offline: string}} */
const release = worker.release;

const SHELL = `shell ${release.version}`;
/** Whose page it is, and of which release: the name of the cache that its words are in. */
const KEPT_AS = "ChatSphere-Kept-As";
const PAGE = "/kept-page";
const APP = /^\/(c\/[^/]+)?$/;
const MEDIA = /^\/api\/v1\/(conversations\/[^/]+\/files\/[^/]+\/[^/]+|users\/[^/]+\/image)$/;
const MOST_BYTES = 200 * 2 ** 20;
const MOST_ROOMS = 20;
/** After how many milliseconds what is kept is shown, and the network's answer is for the next time. */
const PATIENCE = 3000;

/** One after the other: while something is put where another thing was, for a moment neither is there. */
let line = Promise.resolve();
/** @template T @param {() => Promise<T>} act @returns {Promise<T>} */
function inTurn(act) {
  const done = line.then(act);
  line = done.then(
    () => undefined,
    () => undefined,
  );
  return done;
}

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(release.shell)));
});

worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(begin()));

worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(inTurn(() => told(event.data))));

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || request.headers.has("Range")) return;
  if (pathname.startsWith("/static/")) event.respondWith(own(request));
  else if (request.destination === "image" && MEDIA.test(pathname)) event.respondWith(picture(event));
  else if (request.mode === "navigate" && APP.test(pathname)) event.respondWith(app(event, pathname));
  else if (request.mode === "navigate" && !pathname.startsWith("/api/")) event.respondWith(page(event, pathname));
});

/**
 * What a page has to say, which may be on its way out and could not see to it itself: what is to be kept for whom, which
 * conversation's pictures are to be forgotten; and, from the worker before this one, that nobody needs that any more.
 * @param {{keep?: string, pages?: Record<string, unknown>, forget?: string, gone?: boolean, begin?: boolean}} said
 */
async function told({ keep: name, pages = {}, forget: id, gone, begin: now }) {
  if (now) await worker.skipWaiting();
  if (!name || !ours(name)) return;
  const cache = await caches.open(`app ${name}`);
  for (const [path, data] of Object.entries(pages)) await cache.put(path, Response.json(data));
  await limit(cache);
  if (!id) return;
  if (gone) await cache.delete(`/c/${id}`);
  const media = await caches.open(mediaOf(name));
  for (const { url } of await media.keys()) if (url.includes(`/conversations/${id}/files/`)) await media.delete(url);
}

/** What older releases kept goes: their pages ask for files that are no longer there. */
async function begin() {
  for (const name of await caches.keys()) {
    if ((name.startsWith("shell ") && name !== SHELL) || (name.startsWith("app ") && !ours(name)))
      await caches.delete(name);
  }
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
  await fetch("/").then(
    (answer) => keep(answer, "/"),
    () => undefined,
  );
}

/** @param {string} name of a cache */
const ours = (name) => name.endsWith(` ${release.version}`);

/** @param {string} name whose, and of which release */
const mediaOf = (name) => `media ${name.split(" ")[0]}`;

/** A file of ours says in its name what is in it: once it is here it never changes. @param {Request} request */
async function own(request) {
  const kept = await caches.match(request);
  return kept ?? fetch(request);
}

/** A page of the app: the network's, or what is kept where that is slow or gone. @param {any} event @param {string} path */
async function app(event, path) {
  const answer = network(event).then((found) => inTurn(() => keep(found, path)));
  event.waitUntil(answer.then(relieve, () => undefined));
  const kept = await inTurn(() => remembered(path));
  if (!kept) return answer.catch(nowhere);
  const waited = new Promise((done) => setTimeout(done, PATIENCE));
  const first = await Promise.race([answer, waited]).catch(() => undefined);
  return first && first.status < 502 ? first : kept;
}

/** Any other page; that of a guest says that nobody is signed in any more. @param {any} event @param {string} path */
async function page(event, path) {
  const answer = await network(event).catch(() => undefined);
  if (answer?.ok && path === "/login") await forget();
  return answer ?? nowhere();
}

/** @param {any} event @returns {Promise<Response>} */
async function network(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

/** Keep a page of the app for whom it is, and nothing of anybody else. @param {Response} answer @param {string} path */
async function keep(answer, path) {
  if (answer.type === "opaqueredirect" || answer.status >= 500) return answer;
  const name = answer.headers.get(KEPT_AS);
  if (name) await forget(name.split(" ")[0]);
  else if (path === "/") await forget();
  if (name && answer.ok) await (await caches.open(`app ${name}`)).put(PAGE, answer.clone());
  return answer;
}

/** Everything personal goes, but for what is this person's. @param {string} [user] */
async function forget(user) {
  for (const name of await caches.keys()) {
    const [kind, whose] = name.split(" ");
    if (kind !== "shell" && whose !== user) await caches.delete(name);
  }
}

/** The app's page with what was last seen there as its data. @param {string} path @returns {Promise<Response | undefined>} */
async function remembered(path) {
  const name = (await caches.keys()).find((one) => one.startsWith("app ") && ours(one));
  const cache = name && (await caches.open(name));
  const [frame, list, room] = cache ? await Promise.all([PAGE, "/", path].map((one) => cache.match(one))) : [];
  if (!frame || !list || !room) return undefined;
  const boot = { ...(await list.json()), ...(await room.json()) };
  const data = JSON.stringify(boot).replaceAll("<", "\\u003c");
  const html = (await frame.text()).replace(/(<script[^>]* id="boot">)[^<]*/, (_, tag) => tag + data);
  const headers = new Headers(frame.headers);
  for (const one of ["Content-Encoding", "Content-Length"]) headers.delete(one);
  return new Response(html, { headers });
}

async function nowhere() {
  return (await caches.match(release.offline)) ?? Response.error();
}

/** A picture never changes under its address: whoever has seen it need not ask again. @param {any} event */
async function picture(event) {
  const name = (await caches.keys()).find((one) => one.startsWith("app ") && ours(one));
  if (!name) return fetch(event.request);
  const cache = await caches.open(mediaOf(name.slice("app ".length)));
  const kept = await cache.match(event.request);
  if (kept) {
    event.waitUntil(refresh(cache, event.request, kept.clone()));
    return kept;
  }
  const answer = await fetch(event.request);
  if (answer.status === 200 && answer.headers.get("Content-Type")?.startsWith("image/"))
    event.waitUntil(store(cache, event.request, answer.clone()));
  return answer;
}

/** What was looked at once while this worker lives is younger than all that was not. @type {Set<string>} */
const looked = new Set();
/** @type {Promise<number> | undefined} how many bytes of pictures there are */
let bytes;

/** @param {Cache} cache @param {Request} request @param {Response} kept */
async function refresh(cache, request, kept) {
  if (looked.has(request.url)) return;
  looked.add(request.url);
  // A cache lists what was put last at its end.
  await cache.put(request, kept).catch(() => undefined);
}

/** @param {Cache} cache @param {Request} request @param {Response} answer */
async function store(cache, request, answer) {
  looked.add(request.url);
  bytes ??= total(cache);
  const size = Number(answer.headers.get("Content-Length"));
  const sum = (await bytes) + size;
  bytes = Promise.resolve(sum);
  await cache.put(request, answer).catch(() => trim(cache, sum / 2));
  if (sum > MOST_BYTES) await trim(cache, MOST_BYTES * 0.9);
}

/** @param {Cache} cache */
async function total(cache) {
  const sizes = (await cache.matchAll()).map((one) => Number(one.headers.get("Content-Length")));
  return sizes.reduce((sum, one) => sum + one, 0);
}

/** The pictures that were looked at longest ago go first. @param {Cache} cache @param {number} most */
async function trim(cache, most) {
  let sum = await total(cache);
  for (const request of await cache.keys()) {
    if (sum <= most) break;
    const kept = await cache.match(request);
    if (await cache.delete(request)) sum -= Number(kept?.headers.get("Content-Length"));
  }
  bytes = Promise.resolve(sum);
}

/** Where only one page is open, and that is being loaded anew, the next release's worker may as well begin. */
async function relieve() {
  const { waiting } = worker.registration;
  if (waiting && (await worker.clients.matchAll({ type: "window" })).length < 2) waiting.postMessage({ begin: true });
}

/** The conversations that were seen longest ago are kept no more. @param {Cache} cache */
async function limit(cache) {
  const rooms = (await cache.keys()).filter((one) => new URL(one.url).pathname.startsWith("/c/"));
  for (const room of rooms.slice(0, -MOST_ROOMS)) await cache.delete(room);
}
