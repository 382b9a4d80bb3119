"""The public shapes, word for word from the contract, and a way to hold a value against one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Check = Callable[[Any], bool]
Json = dict[str, Any]


def fits(value: Any, shape: Any, at: str = "$") -> None:
    """Fail, naming the place, unless a JSON value has exactly this shape."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), f"{at} is no object: {value!r}"
        assert value.keys() == shape.keys(), f"{at}: {sorted(value.keys() ^ shape.keys())} differ"
        for name, inner in shape.items():
            fits(value[name], inner, f"{at}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), f"{at} is no array: {value!r}"
        for index, item in enumerate(value):
            fits(item, shape[0], f"{at}[{index}]")
    elif callable(shape):
        assert shape(value), f"{at} is {value!r}"
    else:
        assert value == shape, f"{at} is {value!r}, not {shape!r}"


def _matches(pattern: str) -> Check:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def or_null(check: Check) -> Check:
    """A check that null passes too."""
    return lambda value: value is None or check(value)


def _number(least: int, most: float = float("inf")) -> Check:
    return lambda value: type(value) is int and least <= value <= most


def _text(value: Any) -> bool:
    return isinstance(value, str)


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def role(value: Any) -> bool:
    """A participant's role."""
    return value in ("owner", "admin", "member")


identifier = _matches(r"[A-Za-z0-9._~-]{1,36}")
moment = _matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
path = _matches(r"/(?!/)\S*")
count, seq, hue = _number(0), _number(1), _number(0, 359)

USER: Json = {
    "id": identifier,
    "user_name": _text,
    "display_name": _text,
    "image_url": path,
    "hue": hue,
    "is_deleted": flag,
    "created_at": moment,
}
ONESELF = USER | {"email": _text, "email_verified": flag, "is_admin": flag}
TO_ADMIN = USER | {"is_admin": flag, "is_disabled": flag}
ADMIN_ONESELF = ONESELF | TO_ADMIN

SESSION: Json = {
    "id": identifier,
    "device": _text,
    "address": _text,
    "created_at": moment,
    "last_seen_at": moment,
    "current": flag,
}

RENDITION: Json = {"width": seq, "height": seq, "content_type": _matches(r"image/[a-z]+"), "url": path}
FILE: Json = {
    "id": identifier,
    "kind": "file",
    "name": _text,
    "content_type": _text,
    "size": count,
    "width": None,
    "height": None,
    "thumbhash": None,
    "hue": None,
    "alt": _text,
    "caption": _text,
    "reactions": [{"emoji": _text, "user_ids": [identifier]}],
    "url": path,
    "renditions": lambda value: value == [],
}
PICTURE = FILE | {
    "kind": "image",
    "content_type": _matches(r"image/[a-z]+"),
    "width": seq,
    "height": seq,
    "thumbhash": _matches(r"[A-Za-z0-9+/]+=*"),
    "hue": or_null(hue),
    "renditions": [RENDITION],
}


def attachment(value: Any) -> bool:
    """An attachment of either kind."""
    fits(value, PICTURE if value["kind"] == "image" else FILE)
    return True


MESSAGE: Json = {
    "id": _number(2),
    "conversation_id": identifier,
    "sender_id": identifier,
    "client_id": or_null(_matches(r"[A-Za-z0-9._~-]{1,64}")),
    "content": _text,
    "html": _text,
    "attachments": [attachment],
    "reply_to": or_null(_number(2)),
    "reply_attachment": or_null(identifier),
    "forwarded": flag,
    "pinned": flag,
    "previews": lambda value: value == [],
    "reply_count": count,
    "last_reply": or_null(_number(2)),
    "reactions": [{"emoji": _text, "user_ids": [identifier]}],
    "created_at": moment,
    "edited_at": or_null(moment),
    "deleted_at": or_null(moment),
}
PARTICIPANT: Json = {"user": USER, "role": role, "read_seq": count}


def _message_or_null(value: Any) -> bool:
    if value is not None:
        fits(value, MESSAGE)
    return True


def _somebody(value: Any) -> bool:
    """A participant's user, who may be told more of themself."""
    fits(value, ONESELF if "email" in value else USER)
    return True


SHARED: Json = {
    "id": identifier,
    "kind": lambda value: value in ("direct", "group"),
    "title": or_null(_text),
    "hue": hue,
    "chosen_hue": or_null(hue),
    "participants": [PARTICIPANT],
    "created_at": moment,
    "last_activity_at": moment,
    "last_seq": seq,
    "message_count": count,
}
CONVERSATION = SHARED | {
    "participants": [PARTICIPANT | {"user": _somebody}],
    "last_message": _message_or_null,
    "unread_count": count,
    "role": role,
    "read_seq": count,
    "muted": flag,
    "marked_unread": flag,
}
EVENT: Json = {
    "conversation_id": identifier,
    "seq": seq,
    "kind": _text,
    "actor_id": identifier,
    "created_at": moment,
}
FRAME: Json = EVENT | {"type": "event"}
BESIDES: dict[str, Json] = {
    "conversation.created": {"conversation": SHARED},
    "conversation.changed": {"conversation": SHARED},
    "conversation.lit": {"conversation": SHARED},
    "conversation.deleted": {},
    "participant.joined": {"participant": PARTICIPANT},
    "participant.left": {"participant": PARTICIPANT},
    "participant.changed": {"participant": PARTICIPANT},
    "message.posted": {"message": MESSAGE},
    "message.deleted": {"message": MESSAGE},
}
"""What an event carries besides, by its kind."""


def event(value: Json) -> Json:
    """An event as the API lists it, once it fits its kind."""
    fits(value, EVENT | BESIDES[value["kind"]])
    return value


def frame(value: Json) -> Json:
    """An event as a socket hears it, once it fits its kind."""
    fits(value, FRAME | BESIDES[value["kind"]])
    return value
