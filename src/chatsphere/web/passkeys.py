"""Passkeys on pages: added, named and removed; and as a way in, as the second step of it, and to confirm who one is.

A browser's script asks twice: first for what to ask the device, then with the device's answer.
"""

from __future__ import annotations

from typing import Any

import flask
from flask import jsonify, make_response, request
from werkzeug.wrappers import Response

from chatsphere.core import challenges, passkeys, second, sessions
from chatsphere.core.errors import NotFound, Unauthenticated
from chatsphere.http import limits, passkeys as door
from chatsphere.http.credentials import device
from chatsphere.http.entry import here
from chatsphere.http.identity import house, me, require_confirmed, signed_in, viewer
from chatsphere.http.problems import BadRequest
from chatsphere.http.responses import Response as Answer
from chatsphere.web.arrival import settle, waiting
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import pages, sets_up, wanted_page
from chatsphere.web.settings import changed

_MOST_BYTES = 64 * 1024

pages.add_app_template_global(door.site, "passkey_site")


@pages.post("/settings/passkeys/options")
@sets_up
def passkey_options() -> Response:
    """What the browser needs to make one; asks who one is."""
    signed_in()
    require_confirmed()
    limits.check("passkey")
    return _json(door.creation(viewer()))


@pages.post("/settings/passkeys")
@sets_up
def add_passkey() -> Response:
    """The one that the browser has made; asks who one is."""
    signed_in()
    require_confirmed()
    limits.check("passkey")
    given = _given()
    made = door.created(given.get("credential"), me())
    house().chat.do(passkeys.add, me(), made, str(given.get("name") or "").strip() or device())
    return _onward("/settings/security?done=passkeys#passkeys")


@pages.post("/settings/passkeys/<passkey_id>/name")
def rename_passkey(passkey_id: str) -> Response:
    """Call it something else."""
    form = sent("passkeys", "name")
    return changed("security", form, lambda: house().chat.do(passkeys.rename, me(), passkey_id, form.values["name"]))


@pages.post("/settings/passkeys/<passkey_id>/end")
def end_passkey(passkey_id: str) -> Response:
    """Remove it; asks who one is."""

    def end() -> None:
        require_confirmed()
        house().chat.do(passkeys.remove, me(), passkey_id)

    return changed("security", Form("passkeys"), end)


@pages.post("/login/passkey/options")
def sign_in_options() -> Response:
    """What the browser needs to find a passkey for this site, whosever it is."""
    limits.check("passkey")
    return _json(door.asking("passkey-in"))


@pages.post("/login/passkey")
def sign_in_by_passkey() -> Response:
    """Sign in without name and password."""
    limits.check("passkey")
    used = door.used(_credential(), "passkey-in")
    opened = house().chat.do(passkeys.enter, used.passkey.id, used.sign_count, here())
    return settle(_onward(wanted_page()), opened)


@pages.post("/login/second/passkey/options")
def second_step_options() -> Response:
    """What the browser needs to use a passkey of whose sign-in waits here."""
    limits.check("passkey")
    return _json(door.asking("passkey-second", _who_waits()))


@pages.post("/login/second/passkey")
def second_step_by_passkey() -> Response:
    """Take the second step of signing in."""
    limits.check("passkey")
    used = door.used(_credential(), "passkey-second", _who_waits())
    try:
        opened = house().chat.do(second.enter_by_passkey, waiting(), used.passkey.id, used.sign_count, here())
    except NotFound:
        raise _too_late() from None
    return settle(_onward(wanted_page()), opened)


@pages.post("/confirm/passkey/options")
@sets_up
def confirm_options() -> Response:
    """What the browser needs to use a passkey of whoever sits there."""
    signed_in()
    limits.check("passkey")
    return _json(door.asking("passkey-confirm", me()))


@pages.post("/confirm/passkey")
@sets_up
def confirm_by_passkey() -> Response:
    """Show once more that it is oneself."""
    signed_in()
    limits.check("confirm")
    used = door.used(_credential(), "passkey-confirm", me())
    house().chat.do(passkeys.use, used.passkey.id, used.sign_count)
    house().chat.do(sessions.confirm, me(), signed_in().session.id)
    return _onward(wanted_page())


def _who_waits() -> str:
    try:
        user_id = house().chat.ask(challenges.find, waiting(), second.PURPOSE).user_id
    except NotFound:
        user_id = None
    if user_id is None:
        raise _too_late()
    return user_id


def _too_late() -> Unauthenticated:
    return Unauthenticated("This sign-in took too long. Please start again.")


def _given() -> dict[str, Any]:
    request.max_content_length = _MOST_BYTES
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadRequest("The request could not be read.")
    return body


def _credential() -> Any:
    return _given().get("credential")


def _json(text: str) -> flask.Response:
    return Answer(text, content_type="application/json")


def _onward(path: str) -> flask.Response:
    """Where the script leads on to."""
    return make_response(jsonify(next=path))
