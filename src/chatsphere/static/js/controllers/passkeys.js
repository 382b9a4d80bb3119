/** Passkeys: the browser's own methods, between two questions to the server: what to ask the device, and its answer. */
import $ from "jquery";
import { one } from "../helpers/dom.js";
import { t } from "../models/words.js";

const QUIET = ["NotAllowedError", "AbortError"];
const KNOWN = t("This device has a passkey for this account already.");
const AWAY = t("The server cannot be reached just now.");
const BROKEN = t("The browser and the device did not understand each other. Please try again.");

/** Everything on the page that a passkey can do. */
export function passkeys() {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  $("[data-passkey]").prop("hidden", false);
  $("[data-without-passkeys]").prop("hidden", true);
  $("form[data-passkey]").on("submit", (event) => {
    event.preventDefault();
    void goOn(event.currentTarget, create);
  });
  $("div[data-passkey] button").on("click", (event) => {
    void goOn(/** @type {HTMLElement} */ (event.currentTarget.closest("[data-passkey]")), use);
  });
}

/**
 * @param {HTMLElement} place with the path in `data-passkey`, and a line for what went wrong
 * @param {(path: string, place: HTMLElement) => Promise<string>} deed returns where it leads
 */
async function goOn(place, deed) {
  const button = /** @type {HTMLButtonElement} */ (one("button", place));
  const line = one(".refusal", place);
  line.textContent = "";
  button.disabled = true;
  try {
    location.assign(await deed(place.dataset.passkey ?? "", place));
  } catch (error) {
    line.textContent = said(/** @type {Error} */ (error));
    button.disabled = false;
  }
}

/** @param {string} path @param {HTMLElement} place */
async function create(path, place) {
  const asked = await ask(`${path}/options`);
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked);
  const made = await navigator.credentials.create({ publicKey });
  const name = /** @type {HTMLInputElement} */ (one("[name=name]", place)).value;
  return (await ask(path, { credential: json(made), name })).next;
}

/** @param {string} path @param {HTMLElement} place */
async function use(path, place) {
  const asked = await ask(`${path}/options`);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked);
  const found = await navigator.credentials.get({ publicKey });
  const next = encodeURIComponent(place.dataset.next ?? "/");
  return (await ask(`${path}?next=${next}`, { credential: json(found) })).next;
}

/** @param {Credential | null} credential */
function json(credential) {
  return /** @type {PublicKeyCredential} */ (credential).toJSON();
}

/** What the server says no to, in its own words. */
class No extends Error {}

/** @param {string} path @param {unknown} [body] @returns {Promise<any>} */
async function ask(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
  if (!answer) throw new No(AWAY);
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  if (told.type === "/problems/confirm") {
    location.assign(`/confirm?next=${encodeURIComponent("/settings/security#passkeys")}`);
  }
  throw new No(told.said ?? told.errors?.[0]?.message ?? told.detail ?? AWAY);
}

/** @param {Error} error */
function said(error) {
  if (error instanceof No) return error.message;
  if (error.name === "InvalidStateError") return KNOWN;
  return QUIET.includes(error.name) ? t("No passkey was used.") : BROKEN;
}
