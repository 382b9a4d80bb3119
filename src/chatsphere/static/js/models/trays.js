/**
 * What was gathered to go along with the next message, by conversation: kept through a reload, alike in every tab.
 *
 * @import {Upload} from "./shapes.js"
 * @import {Uploader} from "./uploader.js"
 */
import { Emitter } from "../helpers/emitter.js";
import { uuid } from "../helpers/uuid.js";
import { awake } from "./outbox.js";

/** Topics: `tray` (conversation id) when one has others or other ones in it, `upload` (upload) when one of them moved. */
export class Trays extends Emitter {
  /**
   * @param {string} user_id @param {typeof import("./shelf.js").files} shelf @param {BroadcastChannel} channel
   */
  constructor(user_id, shelf, channel) {
    super();
    this.user_id = user_id;
    this.shelf = shelf;
    this.channel = channel;
    /** @type {Map<string, Upload[]>} */
    this.trays = new Map();
    /** @type {Uploader | null} set once there is one */
    this.uploader = null;
    channel.onmessage = ({ data }) => this.recall(data).catch(() => undefined);
  }

  /** @param {string | null} id */
  of(id) {
    return (id !== null && this.trays.get(id)) || [];
  }

  /** Take up what an earlier page or another tab has put there. @param {string} [only] in this conversation */
  async recall(only) {
    const kept = (await this.shelf.all()).filter((one) => one.user_id === this.user_id && !one.taken);
    const here = new Map([...this.trays.values()].flat().map((one) => [one.key, one]));
    const places = only ? [only] : [...new Set(kept.map((one) => one.conversation_id))];
    for (const id of places) {
      const rows = kept.filter((one) => one.conversation_id === id);
      this.trays.set(
        id,
        rows.map((one) => here.get(one.key) ?? awake(one)),
      );
      this.tell("tray", id);
      for (const one of this.of(id)) if (one.state !== "failed") this.uploader?.start(one);
    }
  }

  /** @param {string} id @param {(Pick<Upload, "file" | "name" | "type" | "size" | "image" | "url">)[]} found */
  add(id, found) {
    const tray = this.of(id);
    const last = tray.at(-1)?.at ?? 0;
    const added = found.map((one, n) => this.#upload(id, { ...one, at: Math.max(Date.now(), last + 1) + n }));
    this.trays.set(id, [...tray, ...added]);
    for (const one of added) this.keep(one);
    this.#changed(id);
    for (const one of added) this.uploader?.start(one);
    return added;
  }

  /** @param {string} id @param {Partial<Upload>} about @returns {Upload} */
  #upload(id, about) {
    const fresh = {
      key: uuid(),
      user_id: this.user_id,
      conversation_id: id,
      alt: "",
      width: 0,
      height: 0,
      taken: null,
    };
    const going = { id: null, arrived: 0, state: "waiting", problem: null };
    return /** @type {Upload} */ ({ ...fresh, ...going, ...about });
  }

  /** Another file in its place, cut out of it. @param {Upload} before @param {Pick<Upload, "file" | "size" | "type" | "url">} after */
  replace(before, after) {
    const { conversation_id: id, name, alt, at } = before;
    const one = this.#upload(id, { name, alt, at, image: true, ...after });
    this.trays.set(
      id,
      this.of(id).map((other) => (other === before ? one : other)),
    );
    this.#forget(before);
    this.keep(one);
    this.#changed(id);
    this.uploader?.start(one);
    return one;
  }

  /** @param {Upload} upload */
  remove(upload) {
    const id = upload.conversation_id;
    this.trays.set(
      id,
      this.of(id).filter((one) => one !== upload),
    );
    this.#forget(upload);
    this.#changed(id);
  }

  /** Put one of them before or behind others. @param {Upload} upload @param {number} place from 0 */
  move(upload, place) {
    const id = upload.conversation_id;
    const others = this.of(id).filter((one) => one !== upload);
    const tray = [...others.slice(0, place), upload, ...others.slice(place)];
    const times = this.of(id).map((one) => one.at);
    tray.forEach((one, n) => {
      one.at = times[n];
      this.keep(one);
    });
    this.trays.set(id, tray);
    this.#changed(id);
  }

  /** Everything goes along with this message. @param {string} id @param {string} client_id @returns {Upload[]} */
  take(id, client_id) {
    const taken = this.of(id);
    this.trays.set(id, []);
    for (const one of taken) {
      one.taken = client_id;
      this.keep(one);
    }
    this.#changed(id);
    return taken;
  }

  /** It has changed, or moved on. @param {Upload} upload */
  keep(upload) {
    this.shelf.put(upload).catch(() => undefined);
  }

  /** @param {Upload} upload */
  #forget(upload) {
    this.uploader?.stop(upload);
    if (upload.url) URL.revokeObjectURL(upload.url);
    this.shelf.drop(upload.key).catch(() => undefined);
  }

  /** @param {string} id */
  #changed(id) {
    this.tell("tray", id);
    // A tab that asks the shelf at once would not find yet what is on its way there.
    setTimeout(() => this.channel.postMessage(id), 100);
  }
}
