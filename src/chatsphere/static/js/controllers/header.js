/** Over the messages: who is here, and who is typing. */
import $ from "jquery";
import { make, one, vary } from "../helpers/dom.js";
import { equaliser } from "../helpers/equaliser.js";
import { roomSphere, sphere } from "../helpers/sphere.js";
import { tint } from "../helpers/theme.js";
import { handle, nameOf, other, titleOf, typingLine } from "../models/naming.js";
import { t, tn } from "../models/words.js";

export class Header {
  /** @param {import("../app.js").World} world */
  constructor(world) {
    this.world = world;
    /** @type {string | null} */
    this.id = null;
    world.conversations.on("room", (id) => id === this.id && this.#draw());
    world.conversations.on("person", () => this.#draw());
    for (const topic of ["typing", "presence"]) world.live.on(topic, () => this.#draw());
  }

  /** @param {string | null} id */
  show(id) {
    this.id = id;
    this.#draw();
  }

  #draw() {
    const conversation = this.id && this.world.conversations.state(this.id)?.conversation;
    if (!conversation) return;
    const { me, live, conversations } = this.world;
    const title = titleOf(conversation, me.id);
    tint(conversation.hue);
    $("#title").text(title);
    $("#stage").attr("aria-label", title);
    one("#stack").replaceChildren(...this.#spheres(conversation));
    const typists = live.typists(conversation.id).map((id) => nameOf(conversations.person(id)).split(" ")[0]);
    const words = typists.length ? typingLine(typists) : this.#presence(conversation);
    const bars = typists.length ? [equaliser()] : [];
    one("#subtitle").replaceChildren(...bars, make("span", {}, words));
  }

  /** @param {import("../models/shapes.js").Conversation} conversation */
  #spheres(conversation) {
    const { me } = this.world;
    if (conversation.kind === "direct") return [roomSphere(conversation, me.id)];
    const others = conversation.participants.filter(({ user }) => user.id !== me.id);
    return others.slice(0, 3).map(({ user }) => vary(sphere(user), {}));
  }

  /** @param {import("../models/shapes.js").Conversation} conversation */
  #presence(conversation) {
    const { live, me } = this.world;
    const user = other(conversation, me.id);
    if (user?.is_deleted) return t("no longer here");
    if (user) return live.online.has(user.id) ? t("online") : handle(user);
    const online = conversation.participants.filter(
      ({ user: one }) => one.id !== me.id && live.online.has(one.id),
    ).length;
    const people = tn("{count} person", "{count} people", conversation.participants.length);
    return online ? t("{people}, {count} online", { people, count: online }) : people;
  }
}
