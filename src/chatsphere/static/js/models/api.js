/**
 * The HTTP API from the page: JSON in, JSON out, problems as errors.
 *
 * @import {Message, Outgoing, Problem} from "./shapes.js"
 */

import { t } from "./words.js";

/** What the server answered instead of what was asked for; `status` 0: it did not answer. */
export class Refused extends Error {
  /** @param {Problem} problem @param {number} [retryAfter] seconds */
  constructor(problem, retryAfter = 0) {
    super(problem.said ?? problem.errors?.[0]?.message ?? problem.detail);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

const BASE = "/api/v1";
const AWAY = {
  type: "about:blank",
  title: "Not reached",
  status: 0,
  detail: t("The server cannot be reached just now."),
};

/**
 * @param {string} method @param {string} path @param {unknown} [body] @param {boolean} [keepalive]
 * @returns {Promise<{data: any, next: string | null}>} `next`: the path that leads on, where there is more
 */
export async function call(method, path, body, keepalive = false) {
  const response = await fetch(path.startsWith("/api/") ? path : BASE + path, {
    method,
    keepalive,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw new Refused(AWAY);
  });
  const text = await response.text();
  if (!response.ok) throw refused(response.status, text, Number(response.headers.get("Retry-After")));
  return { data: text ? JSON.parse(text) : null, next: onward(response.headers.get("Link")) };
}

/** @param {string} path */
export async function get(path) {
  return (await call("GET", path)).data;
}

/** @param {number} status @param {string} text @param {number} retryAfter */
function refused(status, text, retryAfter) {
  if (status === 401) signInAgain();
  if (text.includes('"/problems/second-factor-required"')) location.assign("/settings/security#second-factor");
  try {
    return new Refused({ ...AWAY, ...JSON.parse(text), status }, retryAfter);
  } catch {
    return new Refused({ ...AWAY, status, detail: t("The server gave no answer that could be read.") }, retryAfter);
  }
}

/** The session is over: the page that says so leads back here. */
export function signInAgain() {
  location.assign(`/login?ended=1&next=${encodeURIComponent(location.pathname)}`);
}

/** @param {string | null} link */
function onward(link) {
  return link?.match(/<([^>]+)>;\s*rel="?next"?/)?.[1] ?? null;
}

/**
 * Tell the server what is begun; a request of the page's last moment goes on without it.
 * @param {string} id @param {import("./drafts.js").Draft} draft @param {boolean} last
 */
export async function tellDraft(id, { text, reply_to, reply_attachment, uploads }, last) {
  const alt = uploads.map((one) => one.alt);
  const caption = uploads.map((one) => one.caption ?? "");
  const body = { content: text, reply_to, reply_attachment, uploads: uploads.map((one) => one.id), alt, caption };
  await call("PUT", `/conversations/${id}/draft`, body, last);
}

/** How an upload is spoken of with the server: see docs/api.md. @type {import("./uploader.js").Line} */
export const line = {
  begin: async ({ conversation_id, size, name, type }) =>
    (await call("POST", "/uploads", { conversation_id, length: size, name, type })).data,
  ask: (id) => get(`/uploads/${id}`),
  send: piece,
  drop: (id) => call("DELETE", `/uploads/${id}`),
};

/**
 * Post one message, once its files have arrived.
 * @param {Outgoing} one @param {import("./uploader.js").Uploader} uploader @returns {Promise<Message>}
 */
export async function post(one, uploader) {
  const { content, client_id, reply_to, reply_attachment = null, conversation_id } = one;
  const body = { content, client_id, reply_to, reply_attachment };
  const path = `/conversations/${conversation_id}/messages`;
  if (!one.files.length) return (await call("POST", path, body)).data;
  const uploads = await Promise.all(one.files.map((upload) => uploader.whole(upload)));
  try {
    const words = { alt: one.files.map(({ alt }) => alt), caption: one.files.map(({ caption }) => caption ?? "") };
    return (await call("POST", path, { ...body, uploads, ...words })).data;
  } catch (/** @type {any} */ error) {
    if (error.problem?.errors?.[0]?.field !== "uploads" || one.files.some(({ file }) => !file)) throw error;
    // They waited for too long and are gone there, and still here.
    for (const upload of one.files) uploader.renew(upload);
    throw Object.assign(error, { again: one.tries < 3 });
  }
}

/**
 * Only XMLHttpRequest tells how much of a body has left.
 * @param {string} id @param {number} start @param {Blob} body @param {(bytes: number) => void} moved
 * @param {AbortSignal} signal @returns {Promise<any>}
 */
function piece(id, start, body, moved, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PATCH", `${BASE}/uploads/${id}`);
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
    request.setRequestHeader("Upload-Offset", String(start));
    request.upload.onprogress = ({ loaded }) => moved(loaded);
    request.onerror = request.onabort = () => reject(new Refused(AWAY));
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) resolve(JSON.parse(responseText));
      // Another place than we thought: it is asked for before the next piece.
      else
        reject(
          Object.assign(refused(status, responseText, Number(request.getResponseHeader("Retry-After"))), {
            again: status === 409,
          }),
        );
    };
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}
