"""The app: the list of conversations and one of them, with the first page of its messages as data in the document."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from flask import after_this_request, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from chatsphere import shapes, writing
from chatsphere.core import contacts, conversations, drafts, gallery, log, messages, pins, retention, rules
from chatsphere.core.values import Conversation, Message, Page, User
from chatsphere.http import assets
from chatsphere.http.identity import house, me, viewer
from chatsphere.http.words import gettext, spoken
from chatsphere.web.pages import is_guest, pages, sign_in_first
from chatsphere.web.settings import settings_pages

_MOST_FILES = 20
_MOST_SPHERES = 3
# What hangs beside a conversation.
_BESIDE = gallery.Wanted(limit=9)
# Ember: the hue of a page that shows no conversation.
_HUE = 22


@pages.get("/c/<conversation_id>")
def conversation(conversation_id: str) -> str | Response:
    """One conversation, at its end, where one left off, or at the message that `at` names."""
    if is_guest():
        return sign_in_first()
    at = request.args.get("at", "")
    return app(conversation_id, int(at) if at.isascii() and at.isdigit() and len(at) < 16 else None)


def app(conversation_id: str | None = None, at: int | None = None) -> str:
    """The app's page, as the signed-in user sees it."""
    listed = house().chat.ask(conversations.mine, me())
    begun = [writing.draft(one) for one in house().chat.ask(drafts.mine, me())]
    boot = {
        "me": shapes.user(viewer(), viewer()),
        "epoch": house().chat.ask(log.epoch),
        "conversations": [shapes.conversation(one, viewer()) for one in listed.items],
        "more": f"/api/v1/users/conversations/me?after={quote(str(listed.next))}" if listed.next else None,
        "contacts": [shapes.contact(one) for one in house().chat.ask(contacts.mine, me())],
        "limits": {"files": _MOST_FILES, "bytes": house().settings.max_upload_bytes},
        "retention": {"usual": house().chat.ask(rules.retention_days), "own": house().chat.ask(retention.mine, me())},
        "drafts": begun,
        "at": at,
        "kept_as": _kept_as(),
        "pages": _pages(),
        "previews": house().settings.link_previews and viewer().previews,
        "shows": {"presence": viewer().presence, "receipts": viewer().receipts},
        **_nothing(),
    }
    shown = None
    if conversation_id is not None:
        # First the conversation, then its page: so the page is never behind it.
        shown = house().chat.ask(conversations.get, me(), conversation_id)
        boot |= _room(shown, _stretch(shown, at))
    return render_template(
        "conversation/app.html",
        boot=_as_data(boot),
        boot_list=bool(listed.items),
        view="list" if shown is None else "conversation",
        hue=_HUE if shown is None else shown.hue,
        title=_title(shown, viewer()),
        spheres=_spheres(shown),
        pinned=bool(boot["pins"]),
        begun=next((one["content"] for one in begun if one["conversation_id"] == conversation_id), ""),
        me=viewer(),
    )


def _pages() -> list[dict[str, str]]:
    """Where one may go from the palette: every page that is one's own, and the house's for whoever runs it."""
    own = [{"path": leaf.path, "name": spoken(leaf.name), "icon": leaf.icon} for leaf in settings_pages()]
    desks = [{"path": "/admin", "name": gettext("Administration"), "icon": "server"}] if viewer().is_admin else []
    return [{"path": "/gallery", "name": gettext("All pictures"), "icon": "images"}, *own, *desks]


def _kept_as() -> str:
    """Whose page this is and of which release, said to the page and, in a header, to the browser's worker."""
    name = f"{me()} {assets.version()}"

    def say(response: Response) -> Response:
        response.headers["ChatSphere-Kept-As"] = name
        return response

    after_this_request(say)
    return name


def _nothing() -> dict[str, Any]:
    return {"conversation": None, "messages": [], "pins": [], "pictures": None, "older": False, "newer": False}


def _stretch(shown: Conversation, at: int | None) -> Page[Message]:
    around = at
    mine = shown.mine
    if around is None and mine and mine.unread_count > 40:
        # Far behind: begin where reading stopped, not at the end.
        around = mine.read_seq
    return house().chat.ask(messages.page, me(), shown.id, around=around)


def _room(shown: Conversation, page: Page[Message]) -> dict[str, Any]:
    last = shown.last_message
    return {
        "conversation": shapes.conversation(shown, viewer()),
        "messages": [shapes.message(one) for one in page.items],
        "pins": [shapes.pin(one) for one in house().chat.ask(pins.of, me(), shown.id)],
        "pictures": [shapes.picture(one) for one in house().chat.ask(gallery.page, me(), shown.id, _BESIDE).items],
        "older": page.next is not None,
        "newer": bool(last and (not page.items or page.items[-1].id < last.id)),
    }


def _title(shown: Conversation | None, user: User) -> str:
    if shown is None:
        return ""
    others = [one.user.display_name for one in shown.participants if one.user.id != user.id]
    return shown.title or ", ".join(others)


def _spheres(shown: Conversation | None) -> int:
    """How many spheres stand before the title, so that it keeps its place once they have come."""
    if shown is None:
        return 0
    return 1 if shown.kind == "direct" else min(len(shown.participants) - 1, _MOST_SPHERES)


def _as_data(value: dict[str, Any]) -> Markup:
    """JSON that no text in it can end early: it stands in a script element."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - no `<` is left  # nosec B704
