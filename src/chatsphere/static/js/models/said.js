/**
 * What is said in a conversation, from whatever it is known by: stored, or still on its way. Pure.
 *
 * @import {Outgoing} from "./shapes.js"
 * @import {Line, Said} from "./grouping.js"
 */
import { firstLink } from "./links.js";

/** What is on its way, as a message. @param {Outgoing} one @param {boolean} looks at links @returns {Said} */
export function asSaid(one, looks) {
  const { client_id, conversation_id, user_id: sender_id, content, reply_to, created_at, state, message } = one;
  const { reply_attachment = null } = one;
  const said = { client_id, conversation_id, sender_id, content, reply_to, reply_attachment, created_at, state };
  return {
    ...said,
    id: message?.id ?? Number.MAX_SAFE_INTEGER,
    html: "",
    attachments: [],
    forwarded: false,
    pinned: false,
    reactions: [],
    edited_at: null,
    deleted_at: null,
    previews: message?.previews ?? (looks ? awaited(content) : []),
  };
}

/** The place that a link will have. @param {string} content @returns {import("./shapes.js").Preview[]} */
function awaited(content) {
  const url = firstLink(content);
  return url === null ? [] : [{ url, state: "waiting", site: "", title: "", description: "", image: null }];
}

/** Those that belong to the stretch that is here. @param {import("./conversation.js").State} state */
export function asidesOf({ asides, messages, latest, oldest }) {
  const [first, last] = [messages[0]?.id ?? 0, messages.at(-1)?.id ?? 0];
  return asides.filter(({ seq }) => (oldest || seq > first) && (latest || seq < last));
}

/** Whether two lines are of the same message in the same place. @param {Line} one @param {Line} other */
export function alike(one, other) {
  if (one.kind !== "message" || other.kind !== "message" || other.message.state) return false;
  return one.message === other.message && one.first === other.first && one.last === other.last;
}
