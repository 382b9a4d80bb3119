"""Coming by an invitation: who invites, into what, and the way in right there."""

from __future__ import annotations

import flask
from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from chatsphere.core import challenges, conversations, invitations
from chatsphere.core.errors import NotFound, Refusal
from chatsphere.core.invitations import Invitation
from chatsphere.http import limits
from chatsphere.http.identity import house, me
from chatsphere.web.arrival import arrive
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, is_guest, pages
from chatsphere.web.register import FIELDS, open_account, refused

PAGE = "/invite"
"""Where one comes back to who goes to sign in first: the token is in a cookie, and in no other address."""


@pages.get("/invite/<invitation>")
def invite(invitation: str) -> Response:
    """What one is invited to; looking uses nothing up."""
    limits.check("link")
    found = _look(invitation)
    if found is None or found.state != "holds":
        return _gone(found)
    return _page(invitation, found, Form("invite"))


@pages.get(PAGE)
def invited() -> Response:
    """Back from signing in, to the invitation that this browser was shown last."""
    return go(f"{PAGE}/{carried()}" if carried() else "/")


@pages.post("/invite/<invitation>")
def came(invitation: str) -> Response:
    """Come in by it: with a new account, or as who is signed in here."""
    limits.check("link")
    found = _look(invitation)
    if found is None or found.state != "holds":
        return _gone(found)
    if not is_guest():
        return _accepted(invitation)
    form = sent("invite", *FIELDS)
    try:
        user = open_account(form, invitation)
    except Refusal as refusal:
        now = _look(invitation)
        # Somebody else may have been quicker with its last use.
        return (
            _gone(now)
            if now is None or now.state != "holds"
            else _page(invitation, now, refused(form, refusal), refusal.status)
        )
    return arrive_invited(user.id)


def carried(wanted: str = PAGE) -> str | None:
    """The token of the invitation that this browser was shown last, where it is what somebody wanted to go on to."""
    return request.cookies.get(_cookie()) or None if wanted == PAGE else None


def arrive_invited(user_id: str) -> Response:
    """Let a newcomer in who has used an invitation, into the conversation that it has brought them into."""
    found = house().chat.ask(conversations.mine, user_id, 1).items
    return _forgotten(arrive(user_id, "sign-up", f"/c/{found[0].id}" if found else "/"))


@pages.after_app_request
def withhold_invitation(response: flask.Response) -> flask.Response:
    """The address of this page holds the token, so that no request that leaves it may name it, whatever the answer."""
    if request.path.startswith(f"{PAGE}/"):
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _look(token: str) -> Invitation | None:
    try:
        return house().chat.ask(invitations.look, token)
    except NotFound:
        return None


def _accepted(token: str) -> Response:
    try:
        groups = house().chat.do(invitations.accept, me(), token)
    except Refusal:
        return _gone(_look(token))
    return _forgotten(go(f"/c/{groups[0]}" if groups else "/"))


def _page(token: str, found: Invitation, form: Form, status: int = 200) -> Response:
    is_in = not is_guest() and house().chat.ask(invitations.is_in, me(), token)
    closed = house().settings.signup == "closed"
    html = render_template(
        "user/invite.html", token=token, found=found, form=form, guest=is_guest(), is_in=is_in, closed=closed, next=PAGE
    )
    response = make_response(html, status)
    _keep(response, token)
    return response


def _gone(found: Invitation | None) -> Response:
    return _forgotten(make_response(render_template("user/uninvited.html", found=found), NotFound.status))


def _cookie() -> str:
    # On https its prefix keeps any other host from planting one here.
    return f"{house().settings.cookie_name}-invitation"


def _keep(response: Response, token: str) -> None:
    secure, lasts = house().settings.secure, challenges.LASTS
    response.set_cookie(_cookie(), token, max_age=lasts, path="/", secure=secure, httponly=True, samesite="Lax")


def _forgotten(response: Response) -> Response:
    response.delete_cookie(_cookie(), path="/", secure=house().settings.secure, httponly=True, samesite="Lax")
    return response
