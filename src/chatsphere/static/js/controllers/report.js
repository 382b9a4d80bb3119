/** The dialog in which a message, one of its pictures or a person is reported to the administrators. */
import $ from "jquery";
import { make, one } from "../helpers/dom.js";
import { smallest } from "../helpers/picture.js";
import { call } from "../models/api.js";
import { nameOf } from "../models/naming.js";
import { t } from "../models/words.js";

/** @import {Message, User} from "../models/shapes.js" */
/** @typedef {Record<string, unknown>} Thing what the server is told */

export class Report {
  constructor() {
    this.dialog = /** @type {HTMLDialogElement} */ (one("#report"));
    this.form = /** @type {HTMLFormElement} */ (one("#report-form"));
    /** @type {Thing[]} what may be chosen */
    this.things = [];
    $(this.form).on("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  /** @param {Message} message @param {User} sender */
  ofMessage(message, sender) {
    const whole = { kind: "message", conversation_id: message.conversation_id, message_id: message.id };
    const pictures = message.attachments.filter(({ kind }) => kind === "image");
    this.things = [whole, ...pictures.map(({ id }) => ({ ...whole, kind: "picture", attachment_id: id }))];
    const shown = pictures.map((picture, at) => {
      const image = make("img", { src: smallest(picture), alt: "", width: 44, height: 44 });
      return choice(at + 1, t("Picture {number}", { number: at + 1 }), image);
    });
    const title = t("Report a message from {name}", { name: nameOf(sender) });
    this.#open(title, shown.length ? [choice(0, t("The whole message")), ...shown] : []);
  }

  /** @param {User} user */
  ofPerson(user) {
    this.things = [{ kind: "person", user_id: user.id }];
    this.#open(t("Report {name}", { name: nameOf(user) }), []);
  }

  /** @param {string} title @param {HTMLElement[]} choices */
  #open(title, choices) {
    this.form.reset();
    $("#report-name").text(title);
    $("#report-refusal").text("");
    one("#report-things").replaceChildren(...choices);
    one("#report-what").hidden = !choices.length;
    this.#done(false);
    this.dialog.showModal();
  }

  async #send() {
    const said = new FormData(this.form);
    const thing = this.things[Number(said.get("thing") ?? 0)];
    try {
      await call("POST", "/reports", { ...thing, reason: said.get("reason"), words: said.get("words") });
      this.#done(true);
      one("#report-close").focus();
    } catch (error) {
      $("#report-refusal").text(/** @type {Error} */ (error).message);
    }
  }

  /** @param {boolean} done */
  #done(done) {
    $("#report-form, #report-go, #report-cancel").prop("hidden", done);
    $("#report-thanks, #report-close").prop("hidden", !done);
  }
}

/** @param {number} at @param {string} name @param {HTMLElement[]} shown */
function choice(at, name, ...shown) {
  const dot = make("input", { type: "radio", name: "thing", value: at, checked: at === 0 });
  return make("label", { class: "pick" }, dot, ...shown, name);
}
