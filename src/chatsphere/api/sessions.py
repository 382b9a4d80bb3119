"""Where somebody is signed in: open a session, list them, end them."""

from __future__ import annotations

import re
from typing import Annotated

from flask import request
from pydantic import Field

from chatsphere import shapes
from chatsphere.api.endpoint import Body, Query, Reply, endpoint
from chatsphere.api.fields import GivenPassword, Limit, paged
from chatsphere.core import passwords, people, sessions
from chatsphere.core.errors import Unauthenticated
from chatsphere.http import limits
from chatsphere.http.identity import house, me, sign_in, sign_out, signed_in
from chatsphere.shapes import SessionOut, SignedInOut

_BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux")
_SPOKEN = {"Edg": "Edge", "OPR": "Opera", "Mac OS X": "macOS", "CrOS": "ChromeOS"}


class SignIn(Body):
    """A user name or an e-mail address, its password and, where there is a second factor, its code."""

    login: Annotated[str, Field(min_length=1, max_length=254)]
    password: GivenPassword
    code: Annotated[str | None, Field(max_length=64)] = None


class SessionQuery(Query):
    """How many at once."""

    limit: Limit = 50
    after: Annotated[str | None, Field(max_length=64, description="Where the last page ended.")] = None


@endpoint("POST", "/sessions", status=201, open=True)
def create(body: SignIn) -> Reply[SignedInOut]:
    """Sign in: answers with the session and sets its cookie."""
    limits.check_sign_in(body.login)
    opened = open_session(body.login, body.password)
    shown = shapes.session(opened.session, opened.session.id)
    user = house().chat.ask(people.find, opened.session.user_id, opened.session.user_id)
    return Reply(shown | {"user": shapes.user(user, user)}, then=lambda answer: sign_in(answer, opened))


@endpoint("GET", "/sessions")
def mine(query: SessionQuery) -> Reply[list[SessionOut]]:
    """List one's own sessions."""
    found = house().chat.ask(sessions.mine, me())
    page, following = paged(found, query.limit, query.after)
    return Reply([shapes.session(one, signed_in().session.id) for one in page], next=following)


@endpoint("DELETE", "/sessions/<session_id>", status=204)
def end(session_id: str) -> Reply[None]:
    """Sign out there; `current` is the session that asks."""
    current = signed_in().session
    ended = current.id if session_id == "current" else session_id
    house().chat.do(sessions.end, me(), ended, current.kind if ended == current.id else "session")
    return Reply(then=sign_out if ended == current.id else None)


def open_session(login: str, password: str) -> sessions.Opened:
    """A new session for whoever knows this password; any other way it is the same 401, in the same time."""
    found = house().chat.ask(people.by_login, login)
    right = passwords.verify(found.password_hash if found else None, password)
    if found is None or not right or found.user.is_disabled or found.user.is_deleted:
        raise Unauthenticated("This name and this password do not belong together.")
    if found.password_hash and passwords.needs_rehash(found.password_hash):
        house().chat.do(people.set_password, found.user.id, passwords.hash(password))
    return house().chat.do(sessions.open, found.user.id, device=device(), address=request.remote_addr or "")


def device() -> str:
    """The browser and system that this request says it comes from, in a few words for the list of sessions."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for name in _BROWSERS if f"{name}/" in agent), None)
    system = next((name for name in _SYSTEMS if name in agent), None)
    if browser is None:
        return re.sub(r"[^\x20-\x7e]", "", agent.partition("/")[0])[:64] or "A program"
    said = _SPOKEN.get(browser, browser)
    return f"{said} on {_SPOKEN.get(system, system)}" if system else said
