"""Coming in: from the proof of who somebody is to their session, the same for every way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import g, request

from chatsphere.core import challenges, devices, people, second, sessions
from chatsphere.core.errors import SecondFactorNeeded, Unauthenticated
from chatsphere.core.sessions import Opened
from chatsphere.core.values import User
from chatsphere.http import limits
from chatsphere.http.credentials import device
from chatsphere.http.identity import device_token, house

Way = Literal["password", "passkey", "provider", "link", "sign-up"]

# A passkey is two factors in one, and whoever signs up has none yet.
_ENOUGH = ("passkey", "sign-up")


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first factor was right; the second finishes the challenge with this token."""

    token: str


def admit(user_id: str, way: Way, *, confirmed: bool = True) -> Opened | Waiting:
    """Let somebody in who has shown who they are in this way, or ask for their second factor first.

    Not `confirmed`: they showed it a while ago, elsewhere, and show it once more before what matters.
    """
    if _open(user_id).second_factor and way not in _ENOUGH:
        return Waiting(house().chat.do(challenges.begin, user_id, second.PURPOSE, way=way))
    return enter(user_id, confirmed=confirmed)


def admit_program(user_id: str, code: str | None) -> Opened:
    """Let somebody in who has sent all there is to show at once: the right password and, if needed, a code."""
    if _open(user_id).second_factor:
        if code is None:
            raise SecondFactorNeeded("Send the code of your second factor along.")
        check_code(user_id, code)
        if not house().chat.do(second.accept, user_id, code):
            raise Unauthenticated
    return enter(user_id, page=False)


def check_code(user_id: str, code: str) -> None:
    """Refuse where too many codes were tried. A recovery code is too long to be guessed, and gets through."""
    if second.is_short(code):
        limits.check_code(user_id)


def enter(user_id: str, *, page: bool = True, confirmed: bool = True) -> Opened:
    """Open a session for somebody who has shown all there is to show; `identity.sign_in` puts it into the cookie.

    A browser that comes by a page gets a token to be known by the next time. A program that comes by the API is known
    by what it says it is and where it comes from, in words with blanks, which no browser's token has.
    """
    _open(user_id)
    here, address = device(), request.remote_addr or ""
    if page:
        g.device_token = device_token() or devices.new_token()
    token = g.device_token if page else f"{here} at {address}"
    return house().chat.do(sessions.enter, user_id, token, device=here, address=address, confirmed=confirmed)


def _open(user_id: str) -> User:
    """The account, while anybody may sign in to it."""
    user = house().chat.ask(people.find, user_id, user_id)
    if user.is_disabled or user.is_deleted:
        raise Unauthenticated("Nobody can sign in to this account any more.")
    return user
