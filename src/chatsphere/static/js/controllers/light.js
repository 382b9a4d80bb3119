/** The light of a room, chosen by whoever sits in it, for all. Loaded when somebody first wants it. */
import { icon, make, vary } from "../helpers/dom.js";
import { call, get } from "../models/api.js";
import { palette } from "../models/light.js";
import { t } from "../models/words.js";

/** @import {Light} from "../models/light.js" */
/** @import {Conversation} from "../models/shapes.js" */

/** Let somebody choose. @param {Conversation} conversation */
export async function chooseLight({ id, chosen_hue }) {
  const beats = /** @type {{hue: number | null}[]} */ (await get(`/conversations/${id}/score`).catch(() => []));
  const had = beats.map(({ hue }) => hue).reverse();
  const hues = /** @type {number[]} */ ([chosen_hue, ...had].filter((hue) => hue !== null));
  const refusal = make("p", { class: "refusal", role: "alert" });
  const form = make("form", { class: "inside light" }, ...choices(palette(hues), chosen_hue), refusal);
  const close = { type: "button", class: "icon-button", "data-close": true, "aria-label": t("Close") };
  const head = make("div", { class: "head" }, make("h2", { id: "light-name" }, t("Light of the room")));
  head.append(make("button", close, icon("x")));
  const dialog = /** @type {HTMLDialogElement} */ (
    make("dialog", { class: "dialog small", "aria-labelledby": "light-name" }, head, form)
  );
  form.addEventListener("change", async (event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    const hue = value === "" ? null : Number(value);
    const problem = await call("PUT", `/conversations/${id}`, { hue }).catch((error) => error);
    refusal.textContent = problem instanceof Error ? problem.message : "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {Light[]} lights @param {number | null} chosen */
function choices(lights, chosen) {
  const own = lights.filter((light) => light.own);
  const from = option({ value: "", name: t("From its pictures"), on: chosen === null, kind: "hue own-light" });
  const rows = (/** @type {Light[]} */ some) => some.map((light) => shown(light, chosen));
  const about = make("p", { class: "soft" }, t("For everybody here. Whoever has one hue everywhere keeps to that."));
  if (!own.length) return [about, group(t("Light of the room"), "vh", [from, ...rows(lights)])];
  const others = rows(lights.filter((light) => !light.own));
  return [about, group(t("Hues of its pictures"), "", [from, ...rows(own)]), group(t("Others"), "", others)];
}

/** @param {string} name @param {string} how @param {HTMLElement[]} rows */
function group(name, how, rows) {
  return make("fieldset", {}, make("legend", { class: how }, name), make("div", { class: "hues" }, ...rows));
}

/** @param {Light} light @param {number | null} chosen */
function shown({ hue, name }, chosen) {
  return vary(option({ value: String(hue), name, on: hue === chosen, kind: "hue" }), { "--of": hue });
}

/** @param {{value: string, name: string, on: boolean, kind: string}} how */
function option({ value, name, on, kind }) {
  const input = make("input", { class: "vh", type: "radio", name: "light", value, ...(on ? { checked: true } : {}) });
  return make("label", { class: kind }, input, make("span", { class: "disc", "aria-hidden": "true" }), name);
}
