/**
 * The contract's shapes, as types. Nothing here runs.
 *
 * @typedef {{id: string, user_name: string, display_name: string, image_url: string, hue: number, is_deleted: boolean,
 *   created_at: string, email?: string, email_verified?: boolean, is_admin?: boolean, is_disabled?: boolean}} User
 * @typedef {"owner" | "admin" | "member"} Role
 * @typedef {{user: User, role: Role, read_seq: number}} Participant
 * @typedef {{width: number, height: number, content_type: string, url: string}} Rendition
 * @typedef {{id: string, kind: "image" | "file", name: string, content_type: string, size: number, width: number | null,
 *   height: number | null, thumbhash: string | null, hue: number | null, alt: string, caption: string,
 *   url: string, renditions: Rendition[], reactions: Reaction[]}} Attachment
 * @typedef {{emoji: string, user_ids: string[]}} Reaction
 * @typedef {{id: number, conversation_id: string, sender_id: string, client_id: string | null, content: string,
 *   html: string, attachments: Attachment[], reply_to: number | null, reply_attachment: string | null,
 *   forwarded: boolean, pinned: boolean, reactions: Reaction[], created_at: string, edited_at: string | null,
 *   deleted_at: string | null, previews: Preview[], reply_count?: number, last_reply?: number | null}} Message
 * @typedef {{content: string, html: string, attachments: {id: string, alt: string, caption: string}[],
 *   said_at: string}} Former
 * @typedef {{message: Message, user_id: string, pinned_at: string}} Pin
 * @typedef {{url: string, state: "waiting" | "ready", site: string, title: string, description: string,
 *   image: Attachment | null}} Preview
 * @typedef {{place?: string, conversation_id: string, message_id: number, sender_id: string, content: string, html: string,
 *   created_at: string, attachment: Attachment}} Picture one of the gallery
 * @typedef {{conversation_id: string, message_id: number, sender_id: string, created_at: string, before: string,
 *   found: string, after: string}} Hit a message with the words that were looked for
 * @typedef {{id: string, kind: "direct" | "group", title: string | null, hue: number, chosen_hue: number | null,
 *   participants: Participant[], created_at: string, last_activity_at: string, last_seq: number, message_count: number}} Room
 * @typedef {Room & {last_message: Message | null, unread_count: number, role: Role, read_seq: number,
 *   muted: boolean, marked_unread: boolean}} Conversation
 * @typedef {{conversation_id: string, seq: number, kind: string, actor_id: string, created_at: string,
 *   message?: Message | null, participant?: Participant | null, conversation?: Room | null}} Event
 * @typedef {{type: string, title: string, status: number, detail: string,
 *   errors?: {field: string, message: string}[], said?: string}} Problem
 *
 * What is on its way: `pending` waits or travels, `sent` is stored but not yet heard back, `failed` was refused.
 * An upload is a file on its way: `waiting` for its turn, `moving`, `ready` to be taken by a message, or `failed`. Its
 * `asked`: whether its description was asked for. `id` is the server's; `file` is null where it lies on another device; `taken` names the message that it belongs to.
 * @typedef {{key: string, user_id: string, conversation_id: string, file: Blob | null, name: string, type: string,
 *   size: number, alt: string, caption: string, asked?: boolean, image: boolean, url: string, width: number, height: number, at: number,
 *   taken: string | null, id: string | null, arrived: number, state: "waiting" | "moving" | "ready" | "failed",
 *   problem: string | null}} Upload
 * @typedef {{client_id: string, conversation_id: string, user_id: string, content: string, reply_to: number | null,
 *   reply_attachment: string | null,
 *   files: Upload[], created_at: string, state: "pending" | "sent" | "failed", tries: number,
 *   progress: number, problem: string | null, message: Message | null}} Outgoing
 *
 * What this person has decided about another.
 * @typedef {{user: User, blocked: boolean, muted: boolean}} Contact
 *
 * What the server wrote into the page.
 * @typedef {{me: User, epoch: string, conversations: Conversation[], more: string | null,
 *   previews: boolean, shows: {presence: boolean, receipts: boolean}, conversation: Conversation | null, messages: Message[], pins: Pin[], pictures: Picture[] | null,
 *   older: boolean, newer: boolean, at: number | null,
 *   limits: {files: number, bytes: number}, contacts: Contact[], drafts: import("./drafts.js").Told[],
 *   pages: {path: string, name: string, icon: string}[],
 *   retention: {usual: number | null, own: Record<string, number>}, kept_as: string}} Boot
 */
export {};
