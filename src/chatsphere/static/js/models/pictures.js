/** @import {Message, Picture} from "./shapes.js" */

/** A message's pictures, as the gallery has them; only the server knows their places. @param {Message} message @returns {Picture[]} */
export function picturesOf(message) {
  const { id: message_id, conversation_id, sender_id, content, html, created_at } = message;
  return message.attachments
    .filter((one) => one.kind === "image")
    .map((attachment) => ({ conversation_id, message_id, sender_id, content, html, created_at, attachment }));
}
