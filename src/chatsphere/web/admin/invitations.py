"""Everybody's invitations, for administrators; the titles of groups that are not theirs stay out of it."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from chatsphere.core import invitations
from chatsphere.core.phrases import phrase
from chatsphere.http.identity import house, me
from chatsphere.web.admin.desk import DESKS, Desk, administrators_only, changed, show
from chatsphere.web.forms import Form
from chatsphere.web.pages import pages

_AT_ONCE = 50

DESKS["invitations"] = Desk("invitations", "/admin/invitations", phrase("Invitations"), "ticket")


@pages.get("/admin/invitations")
@administrators_only
def list_invitations() -> Response:
    """Everybody's, the latest first."""
    return _page()


@pages.post("/admin/invitations/<invitation_id>/revoke")
@administrators_only
def revoke_any_invitation(invitation_id: str) -> Response:
    """Nobody comes in by it any more."""
    return changed(
        "invitations",
        Form("invitations"),
        lambda: house().chat.do(invitations.revoke, me(), invitation_id),
        _page,
    )


def _page(refused: Form | None = None, status: int = 200) -> Response:
    page = house().chat.ask(invitations.everybodys, _AT_ONCE, request.args.get("after") or None)
    more: dict[str, Any] = {"invitations": page.items, "next": page.next, "form": refused or Form("invitations")}
    return show("invitations", status, signup=house().settings.signup, **more)
