"""The public shapes of things, word for word as clients see them, for the API, the pages and the sockets."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

from chatsphere.core import values
from chatsphere.core.contacts import Contact
from chatsphere.core.reports import Report
from chatsphere.core.score import Beat
from chatsphere.core.search import Hit

API = "/api/v1"
Json = dict[str, Any]


# What is said in one batch is said at one moment.
@lru_cache(maxsize=1024)
def moment(at: datetime) -> str:
    """RFC 3339 in UTC, with milliseconds and Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def user(one: values.User, viewer: values.User | None = None) -> Json:
    """A user as this viewer may see them; None sees what everybody sees."""
    image = f"{API}/users/{one.id}/image" + (f"?v={one.image[-8:]}" if one.image else "")
    shown: Json = {
        "id": one.id,
        "user_name": one.user_name,
        "display_name": one.display_name,
        "image_url": image,
        "hue": one.hue,
        "is_deleted": one.is_deleted,
        "created_at": moment(one.created_at),
    }
    if viewer is not None and viewer.id == one.id:
        shown |= {"email": one.email, "email_verified": one.email_verified, "is_admin": one.is_admin}
    if viewer is not None and viewer.is_admin:
        shown |= {"is_admin": one.is_admin, "is_disabled": one.is_disabled}
    return shown


def privacy(one: values.User) -> Json:
    """Who may write to somebody first, and what others see of them; for themselves alone."""
    return {"first_contact": one.first_contact, "presence": one.presence, "receipts": one.receipts}


def session(one: values.Session, current_id: str | None) -> Json:
    """A session; `current_id` is the one that asks."""
    return {
        "id": one.id,
        "device": one.device,
        "address": one.address,
        "created_at": moment(one.created_at),
        "last_seen_at": moment(one.last_seen_at),
        "current": one.id == current_id,
    }


def token(one: values.Session) -> Json:
    """A token without its secret."""
    return {
        "id": one.id,
        "name": one.name,
        "created_at": moment(one.created_at),
        "last_seen_at": moment(one.last_seen_at),
    }


def message(one: values.Message) -> Json:
    """A message."""
    return {
        "id": one.id,
        "conversation_id": one.conversation_id,
        "sender_id": one.sender_id,
        "client_id": one.client_id,
        "content": one.content,
        "html": one.html,
        # Hardly any message has these, and making a list of nothing takes longer than seeing that there is none.
        "attachments": [attachment(one.conversation_id, each) for each in one.attachments] if one.attachments else [],
        "reply_to": one.reply_to,
        "reply_attachment": one.reply_attachment,
        "forwarded": one.forwarded,
        "pinned": one.pinned,
        "reactions": [reaction(each) for each in one.reactions] if one.reactions else [],
        "created_at": moment(one.created_at),
        "edited_at": one.edited_at and moment(one.edited_at),
        "deleted_at": one.deleted_at and moment(one.deleted_at),
        "previews": [preview(one.conversation_id, each) for each in one.previews] if one.previews else [],
        "reply_count": one.reply_count,
        "last_reply": one.last_reply,
    }


def message_form(one: values.Message) -> bytes:
    """A message as it leaves, encoded once for all who read it."""
    return to_json(message(one))


def reaction(one: values.Reaction) -> Json:
    """An emoji and who put it there."""
    return {"emoji": one.emoji, "user_ids": list(one.user_ids)}


def former(one: values.Former) -> Json:
    """What a message said before an edit."""
    words = [{"id": each.id, "alt": each.alt, "caption": each.caption} for each in one.attachments]
    return {"content": one.content, "html": one.html, "attachments": words, "said_at": moment(one.said_at)}


def pin(one: values.Pin) -> Json:
    """A pinned message."""
    return {"message": message(one.message), "user_id": one.user_id, "pinned_at": moment(one.pinned_at)}


def preview(conversation_id: str, one: values.Preview) -> Json:
    """What a link leads to, with a picture that is ours."""
    words = {name: getattr(one, name) for name in ("url", "state", "site", "title", "description")}
    return words | {"image": one.image and attachment(conversation_id, one.image)}


def attachment(conversation_id: str, one: values.Attachment) -> Json:
    """An attachment with the paths of its bytes."""
    url = f"{API}/conversations/{conversation_id}/files/{one.id}"
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "content_type": one.content_type,
        "size": one.size,
        "width": one.width,
        "height": one.height,
        "thumbhash": one.thumbhash,
        "hue": one.hue,
        "alt": one.alt,
        "caption": one.caption,
        "reactions": [reaction(each) for each in one.reactions],
        "url": url,
        "renditions": [
            {"width": r.width, "height": r.height, "content_type": r.content_type, "url": f"{url}/{r.name}"}
            for r in one.renditions
        ],
    }


def picture(one: values.Picture) -> Json:
    """A picture in the gallery."""
    return {
        "place": one.place,
        "conversation_id": one.conversation_id,
        "message_id": one.message_id,
        "sender_id": one.sender_id,
        "content": one.content,
        "html": one.html,
        "created_at": moment(one.created_at),
        "attachment": attachment(one.conversation_id, one.attachment),
    }


def hit(one: Hit) -> Json:
    """A message in which words were found."""
    return {
        "conversation_id": one.conversation_id,
        "message_id": one.message_id,
        "sender_id": one.sender_id,
        "created_at": moment(one.created_at),
        "before": one.before,
        "found": one.found,
        "after": one.after,
    }


def beat(one: Beat) -> Json:
    """A beat of the score."""
    return {
        "began_at": moment(one.began_at),
        "message_id": one.message_id,
        "count": one.count,
        "unread": one.unread,
        "pictures": one.pictures,
        "hue": one.hue,
        "picture_id": one.picture_id,
    }


def participant(one: values.Participant, viewer: values.User | None = None) -> Json:
    """Somebody's place in a conversation."""
    return {"user": user(one.user, viewer), "role": one.role, "read_seq": one.read_seq}


def conversation(one: values.Conversation, viewer: values.User | None = None) -> Json:
    """A conversation; with what is the caller's own where the value has it."""
    shown: Json = {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "hue": one.hue,
        "chosen_hue": one.chosen_hue,
        "participants": [participant(each, viewer) for each in one.participants],
        "created_at": moment(one.created_at),
        "last_activity_at": moment(one.last_activity_at),
        "last_seq": one.last_seq,
        "message_count": one.message_count,
    }
    if one.mine is not None:
        shown |= {
            "last_message": one.last_message and message(one.last_message),
            "unread_count": one.mine.unread_count,
            "role": one.mine.role,
            "read_seq": one.mine.read_seq,
            "muted": one.mine.muted,
            "marked_unread": one.mine.marked_unread,
        }
    return shown


def contact(one: Contact) -> Json:
    """What the caller has decided about somebody."""
    return {"user": user(one.user), "blocked": one.blocked, "muted": one.muted}


def report(one: Report) -> Json:
    """A report, as whoever made it sees it."""
    return {"id": one.id, "kind": one.kind, "reason": one.reason, "created_at": moment(one.created_at)}


def event(one: values.Event) -> Json:
    """An event; everybody in the conversation sees the same."""
    shown: Json = {
        "conversation_id": one.conversation_id,
        "seq": one.seq,
        "kind": one.kind,
        "actor_id": one.actor_id,
        "created_at": moment(one.created_at),
    }
    if one.message is not None:
        shown["message"] = message(one.message)
    if one.participant is not None:
        shown["participant"] = participant(one.participant)
    if one.conversation is not None:
        shown["conversation"] = conversation(one.conversation)
    return shown


def event_frame(one: values.Event) -> bytes:
    """The socket's frame for an event, encoded once for all who hear it."""
    return to_json({"type": "event", **event(one)})
