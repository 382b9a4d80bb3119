/**
 * The HTTP API from the page: JSON in, JSON out, problems as errors.
 *
 * @import {Message, Outgoing, Problem} from "./shapes.js"
 */

/** What the server answered instead of what was asked for; `status` 0: it did not answer. */
export class Refused extends Error {
  /** @param {Problem} problem @param {number} [retryAfter] seconds */
  constructor(problem, retryAfter = 0) {
    super(problem.errors?.[0]?.message ?? problem.detail);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

const BASE = "/api/v1";
const AWAY = { type: "about:blank", title: "Not reached", status: 0, detail: "The server cannot be reached just now." };

/**
 * @param {string} method @param {string} path @param {unknown} [body]
 * @returns {Promise<{data: any, next: string | null}>} `next`: the path that leads on, where there is more
 */
export async function call(method, path, body) {
  const response = await fetch(path.startsWith("/api/") ? path : BASE + path, {
    method,
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
  if (status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
  if (text.includes('"/problems/second-factor-required"')) location.assign("/settings/security#second-factor");
  try {
    return new Refused({ ...AWAY, ...JSON.parse(text), status }, retryAfter);
  } catch {
    return new Refused({ ...AWAY, status, detail: "The server gave no answer that could be read." }, retryAfter);
  }
}

/** @param {string | null} link */
function onward(link) {
  return link?.match(/<([^>]+)>;\s*rel="?next"?/)?.[1] ?? null;
}

/**
 * Post one message, with its files where it has some.
 * @param {Outgoing} one @param {(part: number) => void} progress from 0 to 1
 * @returns {Promise<Message>}
 */
export async function post(one, progress) {
  const path = `/conversations/${one.conversation_id}/`;
  if (one.files.length) return upload(`${BASE}${path}${one.user_id}/messages/file`, form(one), progress);
  const { content, client_id, reply_to } = one;
  return (await call("POST", `${path}messages`, { content, client_id, reply_to })).data;
}

/** @param {Outgoing} one */
function form(one) {
  const body = new FormData();
  for (const { file, name } of one.files) body.append("file", file, name);
  for (const { alt } of one.files) body.append("alt", alt);
  if (one.content) body.append("content", one.content);
  if (one.reply_to !== null) body.append("reply_to", String(one.reply_to));
  body.append("client_id", one.client_id);
  return body;
}

/**
 * Only XMLHttpRequest tells how much of a body has left.
 * @param {string} url @param {FormData} body @param {(part: number) => void} progress
 * @returns {Promise<any>}
 */
export function upload(url, body, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onerror = request.onabort = () => reject(new Refused(AWAY));
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) resolve(JSON.parse(responseText));
      else reject(refused(status, responseText, Number(request.getResponseHeader("Retry-After"))));
    };
    request.send(body);
  });
}
