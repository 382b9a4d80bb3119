/**
 * What conversations and messages are called, in words.
 *
 * @import {Conversation, Message, User} from "./shapes.js"
 */

import { locale, t, tn } from "./words.js";

const names = new Intl.ListFormat(locale, { style: "long", type: "conjunction" });

/** @param {User} user */
export function nameOf(user) {
  return user.is_deleted ? t("Deleted user") : user.display_name || user.user_name;
}

/** A user name as it is shown, kept in one piece between words of another direction. @param {User} user */
export function handle(user) {
  return `\u2068@${user.user_name}\u2069`;
}

/** The other one of a direct conversation. @param {Conversation} conversation @param {string} me @returns {User | undefined} */
export function other(conversation, me) {
  if (conversation.kind !== "direct") return undefined;
  return conversation.participants.find((one) => one.user.id !== me)?.user;
}

/** @param {Conversation} conversation @param {string} me */
export function titleOf(conversation, me) {
  const user = other(conversation, me);
  return conversation.title ?? (user ? nameOf(user) : t("Conversation"));
}

/** One letter, for a person's sphere. @param {string} name */
export function initial(name) {
  return [...initials(name)][0] ?? "";
}

/** One or two letters for a sphere. @param {string} name */
export function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...word][0]?.toLocaleUpperCase() ?? "").join("");
}

/** A message in a line. @param {Pick<Message, "content" | "attachments" | "deleted_at">} message */
export function gist(message) {
  if (message.deleted_at) return t("Message deleted");
  const words = plain(message.content);
  if (words) return words;
  const pictures = message.attachments.filter((one) => one.kind === "image").length;
  if (pictures) return tn("Picture", "{count} pictures", pictures);
  return message.attachments.length === 1
    ? message.attachments[0].name
    : tn("File", "{count} files", message.attachments.length);
}

/** Markdown's marks are noise where only a line is shown. @param {string} content */
export function plain(content) {
  return content
    .replace(/\|\|(?=\S)[\s\S]*?\S\|\|/g, "▒▒▒")
    .replace(/```\w*\n?|[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}|^\s*[>#]+\s*/gm, "")
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** @param {string[]} people */
export function listed(people) {
  return names.format(people);
}

/** Who is typing, in a sentence. @param {string[]} people */
export function typingLine(people) {
  const [name] = people;
  if (people.length < 2) return people.length ? t("{name} is typing", { name }) : "";
  if (people.length === 2) return t("{names} are typing", { names: listed(people) });
  return tn("{name} and {count} other are typing", "{name} and {count} others are typing", people.length - 1, { name });
}

/**
 * What happened beside the messages, in a sentence; languages say it otherwise of oneself than of somebody.
 * @param {import("./conversation.js").Aside} aside @param {string} me
 * @param {(id: string) => string} name of somebody
 */
export function asideLine({ act, actor_id, user_id, title }, me, name) {
  const [own, mine] = [actor_id === me, user_id === me];
  const they = { who: name(actor_id), whom: name(user_id ?? ""), title: title ?? "" };
  const lines = {
    added: [t("You added {whom}", they), t("{who} added you", they), t("{who} added {whom}", they)],
    joined: [t("You joined"), "", t("{who} joined", they)],
    left: [t("You left"), "", t("{who} left", they)],
    removed: [t("You removed {whom}", they), t("{who} removed you", they), t("{who} removed {whom}", they)],
    admin: [
      t("You made {whom} an admin", they),
      t("{who} made you an admin", they),
      t("{who} made {whom} an admin", they),
    ],
    owner: [
      t("You made {whom} the owner", they),
      t("{who} made you the owner", they),
      t("{who} made {whom} the owner", they),
    ],
    named: [t("You named it “{title}”", they), "", t("{who} named it “{title}”", they)],
  }[act];
  return lines[own ? 0 : mine && lines[1] ? 1 : 2];
}

/** Whether a message is folded until somebody asks for all of it. @param {string} content */
export function isLong(content) {
  return content.length > 2500 || content.trimEnd().split("\n").length > 40;
}

/** @param {number} bytes */
export function sizeOf(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const how = { style: "unit", unit: units[power], unitDisplay: "short", maximumFractionDigits: power > 1 ? 1 : 0 };
  return new Intl.NumberFormat(locale, /** @type {Intl.NumberFormatOptions} */ (how)).format(bytes / 1000 ** power);
}

/** Up to three emoji and nothing else are shown large. @param {string} content */
export function isJumbo(content) {
  // As long as three of the longest emoji there are; and what has letters is spared being cut, which takes long.
  if (content.length > 120 || /\p{L}/u.test(content)) return false;
  const marks = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(content.replace(/\s/g, ""))];
  return (
    marks.length > 0 &&
    marks.length <= 3 &&
    marks.every(({ segment }) => /^(?![©®™])(\p{Extended_Pictographic}|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3)/u.test(segment))
  );
}
