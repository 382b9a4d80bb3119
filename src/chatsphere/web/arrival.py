"""Arriving by a page: the session's cookie and the way to where one wanted to go, or to one's second factor first."""

from __future__ import annotations

from urllib.parse import urlencode

import flask
from flask import make_response, request
from werkzeug.wrappers import Response

from chatsphere.core import challenges
from chatsphere.core.sessions import Opened
from chatsphere.http.entry import Waiting, Way, admit
from chatsphere.http.identity import house, sign_in, who
from chatsphere.web.pages import go, wanted_page


def arrive(
    user_id: str, way: Way, wanted: str | None = None, *, proven: str | None = None, confirmed: bool = True
) -> Response:
    """Let somebody in who has shown who they are in this way; `proven` is the hash of their password, if by that."""
    wanted = wanted_page() if wanted is None else wanted
    opened = admit(user_id, way, proven, confirmed=confirmed)
    if isinstance(opened, Waiting):
        response = make_response(go(f"/login/second?{urlencode({'next': wanted})}"))
        _keep(response, opened.token)
        return response
    return let_in(opened, wanted)


def let_in(opened: Opened, wanted: str) -> Response:
    """The session that was opened goes into the cookie, and its owner to where they wanted to go."""
    return settle(make_response(go(wanted)), opened)


def settle(response: flask.Response, opened: Opened) -> Response:
    """Put the session that was opened into the cookie of whatever answers."""
    before = who()
    if before and before.user.id != opened.session.user_id:
        # What waits here to be sent is another's.
        response.headers["Clear-Site-Data"] = '"storage"'
    sign_in(response, opened)
    return stop_waiting(response)


def stop_waiting(response: Response) -> Response:
    """No sign-in waits in this browser any more."""
    response.delete_cookie(_cookie(), path="/", secure=house().settings.secure, httponly=True, samesite="Lax")
    return response


def waiting() -> str:
    """The token of the sign-in that waits in this browser for its second factor; empty where none does."""
    return request.cookies.get(_cookie(), "")


def _cookie() -> str:
    return f"{house().settings.cookie_name}-waiting"


def _keep(response: Response, token: str) -> None:
    # For all paths, as the prefix of its name demands on https: so no other host can plant one here.
    secure, lasts = house().settings.secure, challenges.LASTS
    response.set_cookie(_cookie(), token, max_age=lasts, path="/", secure=secure, httponly=True, samesite="Lax")
