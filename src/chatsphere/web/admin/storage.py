"""Storage: who and what takes room, the largest first. Of a conversation there are numbers, and no word."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from chatsphere.core import rules, storage
from chatsphere.core.phrases import phrase
from chatsphere.http.identity import house
from chatsphere.web.admin.desk import DESKS, Desk, administrators_only, show
from chatsphere.web.pages import pages

DESKS["storage"] = Desk("storage", "/admin/storage", phrase("Storage"), "hard-drive")

_AT_ONCE = 25


@pages.get("/admin/storage")
@administrators_only
def admin_storage() -> Response:
    """By person and by conversation."""
    by = "conversation" if request.args.get("by") == "conversation" else "person"
    after = place(request.args.get("after", ""))
    ask = house().chat.ask
    people = ask(storage.by_person, _AT_ONCE, after) if by == "person" else None
    talks = ask(storage.by_conversation, _AT_ONCE, after) if by == "conversation" else None
    further = (people or talks).next  # type: ignore[union-attr]
    following = f"{DESKS['storage'].path}?by={by}&after={further}" if further else None
    usual, used = ask(rules.retention_days), ask(storage.total)
    return show("storage", by=by, people=people, talks=talks, used=used, usual=usual, following=following)


def place(text: str) -> int:
    """A place in a list as an address says it; anything else is its beginning."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
