"""Inviting people: making a link that is shown once, and the list of one's own."""

from __future__ import annotations

from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from chatsphere.core import invitations
from chatsphere.core.errors import Forbidden
from chatsphere.core.invitations import Invitation
from chatsphere.core.phrases import phrase
from chatsphere.http import limits
from chatsphere.http.identity import house, me
from chatsphere.http.signup import may_invite
from chatsphere.http.words import spoken
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import is_guest, pages, sign_in_first
from chatsphere.web.qr import drawing
from chatsphere.web.settings import changed, show, tried

# Hours, and how they are said.
LASTS = {
    1: phrase("an hour"),
    24: phrase("a day"),
    168: phrase("a week"),
    720: phrase("30 days"),
    2160: phrase("90 days"),
}
_USUALLY = {"uses": "1", "hours": "168"}

pages.add_app_template_global(may_invite)


@pages.get("/settings/invitations")
def own_invitations() -> Response:
    """Those that one has made, and the form for one more; `into` chooses a group for it."""
    return sign_in_first() if is_guest() else _page()


@pages.post("/settings/invitations")
def make_invitation() -> Response:
    """Make one; its link is shown this once."""
    form, made = sent("invitations", "note", "hours", "uses"), list[str]()

    def make() -> None:
        limits.check("invite")
        if not may_invite():
            raise Forbidden("Only administrators invite people here.")
        lasts = timedelta(hours=_number(form.values["hours"]))
        into, uses = request.form.getlist("into"), _number(form.values["uses"])
        made.append(house().chat.do(invitations.make, me(), form.values["note"], lasts, uses, into))

    return tried("invitations", form, make, _page) or _page(token=made[0])


@pages.post("/settings/invitations/<invitation_id>/revoke")
def revoke_invitation(invitation_id: str) -> Response:
    """Nobody comes in by it any more."""
    return changed(
        "invitations",
        Form("invitations"),
        lambda: house().chat.do(invitations.revoke, me(), invitation_id),
        _page,
    )


def said(one: Invitation) -> str:
    """What has become of an invitation, in a few words; after the last two it is said since when, or until when."""
    if one.state == "used":
        return spoken(phrase("used up"))
    what = {
        "revoked": phrase("{uses} of {most} used · revoked", uses=one.uses, most=one.most_uses),
        "expired": phrase("{uses} of {most} used · expired", uses=one.uses, most=one.most_uses),
        "holds": phrase("{uses} of {most} used · holds until", uses=one.uses, most=one.most_uses),
    }
    return spoken(what[one.state])


pages.add_app_template_filter(said, "said_of_invitation")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _page(refused: Form | None = None, status: int = 200, token: str | None = None) -> Response:
    link = None if token is None else f"{_origin()}/invite/{token}"
    return show(
        "invitations",
        refused or Form("invitations", _USUALLY),
        status,
        invitations=house().chat.ask(invitations.mine, me()),
        made=house().chat.ask(invitations.look, token) if token else None,
        link=link,
        near=house().settings.base_url is None,
        code=drawing(link) if link else "",
        groups=house().chat.ask(invitations.open_groups, me()),
        chosen=request.form.getlist("into") if refused else request.args.getlist("into"),
        lasts=LASTS,
    )


def _origin() -> str:
    """Where people come to: the address in the settings, else the loopback name that this browser has used."""
    here, known = request.host_url.rstrip("/"), house().settings.origins()
    return here if here in known else house().settings.address
