/**
 * What was gathered to go along with the next message, by conversation: kept through a reload, alike in every tab.
 *
 * @import {Upload} from "./shapes.js"
 * @import {Uploader} from "./uploader.js"
 */
import { Emitter } from "../helpers/emitter.js";
import { uuid } from "../helpers/uuid.js";
import { awake } from "./outbox.js";

/** Topics: `tray` (conversation id, whether it was done elsewhere) when one has other files in it, `upload` (upload) when one of them moved. */
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
    /** @type {WeakSet<Upload>} what was taken out, and is not put down again */
    this.gone = new WeakSet();
    /** @type {Promise<unknown>} what is on its way to the shelf */
    this.written = Promise.resolve();
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
      const rows = kept.filter((one) => one.conversation_id === id).map((one) => here.get(one.key) ?? awake(one));
      const elsewhere = this.of(id).filter((one) => !one.file && !rows.some((row) => row.id === one.id));
      this.trays.set(id, [...rows, ...elsewhere]);
      this.tell("tray", id, true);
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
      caption: "",
      width: 0,
      height: 0,
      taken: null,
    };
    const going = { id: null, arrived: 0, state: "waiting", problem: null };
    return /** @type {Upload} */ ({ ...fresh, ...going, ...about });
  }

  /** What another device put there; its bytes are on the server. @param {string} id @param {import("./drafts.js").Attached[]} attached */
  adopt(id, attached) {
    const here = this.of(id);
    const known = new Set(here.map((one) => one.id));
    const wanted = new Set(attached.map((one) => one.id));
    const still = here.filter((one) => one.file || (one.id && wanted.has(one.id)));
    // What another tab has brought there is on its way here too, and has no number yet.
    const coming = (/** @type {import("./drafts.js").Attached} */ { name, size }) =>
      here.some((own) => !own.id && own.name === name && own.size === size);
    const fresh = attached.filter((one) => !known.has(one.id) && !coming(one));
    if (!fresh.length && still.length === here.length) return;
    const last = here.at(-1)?.at ?? 0;
    const added = fresh.map(({ id: upload_id, alt, caption = "", name, content_type, size }, n) => {
      const about = { id: upload_id, file: null, url: "", image: content_type.startsWith("image/") };
      return this.#upload(id, {
        ...about,
        alt,
        caption,
        name,
        type: content_type,
        size,
        arrived: size,
        state: "ready",
        at: last + 1 + n,
      });
    });
    this.trays.set(id, [...still, ...added]);
    this.tell("tray", id, true);
  }

  /** What of it may go along from any device. @param {string | null} id @returns {import("./drafts.js").Attached[]} */
  attached(id) {
    const ready = this.of(id).filter((one) => one.state === "ready" && one.id);
    return ready.map(({ id: upload_id, alt, caption, name, type, size }) => ({
      id: upload_id ?? "",
      alt,
      caption,
      name,
      content_type: type,
      size,
    }));
  }

  /** They went along with a message from elsewhere. @param {string} id @param {string[]} upload_ids */
  sent(id, upload_ids) {
    for (const one of this.of(id)) if (one.id && upload_ids.includes(one.id)) this.#leave(one, true);
  }

  /** Another file in its place, cut out of it. @param {Upload} before @param {Pick<Upload, "file" | "size" | "type" | "url">} after */
  replace(before, after) {
    const { conversation_id: id, name, alt, caption, at, asked } = before;
    const one = this.#upload(id, { name, alt, caption, at, asked, image: true, ...after });
    this.trays.set(
      id,
      this.of(id).map((other) => (other === before ? one : other)),
    );
    this.uploader?.stop(before);
    this.#forget(before);
    this.keep(one);
    this.#changed(id);
    this.uploader?.start(one);
    return one;
  }

  /** @param {Upload} upload */
  remove(upload) {
    this.uploader?.stop(upload);
    this.#leave(upload);
  }

  /** @param {Upload} upload @param {boolean} [elsewhere] */
  #leave(upload, elsewhere = false) {
    const id = upload.conversation_id;
    this.trays.set(
      id,
      this.of(id).filter((one) => one !== upload),
    );
    this.#forget(upload);
    this.#changed(id, elsewhere);
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

  /** The first picture that nobody has been asked to describe, asked for from now on. @param {string | null} id */
  unasked(id) {
    const next = this.of(id).find(({ url, alt, asked, state }) => url && !alt && !asked && state !== "failed");
    if (!next) return undefined;
    next.asked = true;
    this.keep(next);
    return next;
  }

  /** It has changed, or moved on. @param {Upload} upload */
  keep(upload) {
    // What lies on another device comes from there again.
    if (upload.file && !this.gone.has(upload)) this.#writes(this.shelf.put(upload));
  }

  /** @param {Upload} upload */
  #forget(upload) {
    this.gone.add(upload);
    if (upload.url) URL.revokeObjectURL(upload.url);
    this.#writes(this.shelf.drop(upload.key));
  }

  /** @param {Promise<unknown>} task */
  #writes(task) {
    this.written = Promise.allSettled([this.written, task]);
  }

  /** @param {string} id @param {boolean} [elsewhere] */
  #changed(id, elsewhere = false) {
    this.tell("tray", id, elsewhere);
    // A tab that asked the shelf at once would not find yet what is on its way there.
    this.written.then(() => this.channel.postMessage(id));
  }
}
