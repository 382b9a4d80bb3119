"""The gallery's pages: the pictures of a conversation, or of all, month by month and the newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from flask import render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from chatsphere import shapes
from chatsphere.core import conversations, gallery
from chatsphere.core.gallery import Wanted
from chatsphere.core.values import Conversation, Page, Picture, User
from chatsphere.http import limits
from chatsphere.http.identity import house, me, viewer
from chatsphere.http.zones import zone
from chatsphere.web.pages import is_guest, pages, sign_in_first

_AT_ONCE = 60
# Ember: the hue of a page that is about no one conversation.
_HUE = 22
# Shapes that a row is made of; what is taller or wider is cut to the nearest.
_NARROWEST, _WIDEST = 6, 25


@dataclass(frozen=True, slots=True)
class Filter:
    """Which pictures the address asks for."""

    path: str
    sender_id: str
    has_text: bool

    def link(self, **changed: str) -> str:
        """The address of the same page with something asked otherwise; "" asks for nothing."""
        query = {"sender_id": self.sender_id, "has_text": "true" if self.has_text else "", **changed}
        kept = urlencode({name: value for name, value in query.items() if value})
        return f"{self.path}?{kept}" if kept else self.path


@pages.get("/gallery")
def all_pictures() -> str | Response:
    """Every picture that one may see."""
    if is_guest():
        return sign_in_first()
    limits.check("gallery")
    found = house().chat.ask(gallery.everything, me(), _wanted())
    return _shown(found, house().chat.ask(gallery.senders, me()), None)


@pages.get("/c/<conversation_id>/gallery")
def pictures_of(conversation_id: str) -> str | Response:
    """Those of one conversation."""
    if is_guest():
        return sign_in_first()
    found = house().chat.ask(gallery.page, me(), conversation_id, _wanted())
    people = house().chat.ask(gallery.senders, me(), conversation_id)
    return _shown(found, people, house().chat.ask(conversations.get, me(), conversation_id))


def _filter() -> Filter:
    return Filter(request.path.rstrip("/"), request.args.get("sender_id", ""), bool(request.args.get("has_text")))


def _wanted() -> Wanted:
    asked = _filter()
    before = request.args.get("before") or None
    return Wanted(before=before, sender_id=asked.sender_id or None, has_text=asked.has_text, limit=_AT_ONCE)


def _shown(found: Page[Picture], people: tuple[User, ...], where: Conversation | None) -> str:
    asked = _filter()
    newest_first = found.items[::-1]
    boot = {
        "me": me(),
        "path": f"/conversations/{where.id}/pictures" if where else "/pictures",
        "query": asked.link().partition("?")[2],
        "people": [shapes.user(one) for one in people],
        "pictures": [shapes.picture(one) for one in newest_first],
    }
    return render_template(
        "gallery/index.html",
        boot=Markup(json.dumps(boot, ensure_ascii=False).replace("<", "\\u003c")),  # noqa: S704 - no `<` is left  # nosec B704
        months=[(when, list(some)) for when, some in groupby(newest_first, _month)],
        zone=zone(),
        names={one.id: one for one in people},
        people=people,
        asked=asked,
        where=where,
        title=_title(where),
        older=asked.link(before=str(found.next)) if found.next else "",
        hue=where.hue if where else _HUE,
        shape=shape,
        sources=shapes.attachment,
        user=viewer(),
    )


def _month(picture: Picture) -> datetime:
    """The first moment of the month in which it was sent, where its reader lives."""
    here = picture.created_at.astimezone(zone())
    return here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _title(where: Conversation | None) -> str:
    if where is None:
        return ""
    others = [one.user.display_name for one in where.participants if one.user.id != me()]
    return where.title or ", ".join(others)


def shape(picture: Picture) -> int:
    """A picture's width in tenths of its height, as far as a row takes it: the stylesheet knows each."""
    width, height = picture.attachment.width or 1, picture.attachment.height or 1
    return min(_WIDEST, max(_NARROWEST, round(10 * width / height)))
