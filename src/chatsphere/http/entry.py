"""Coming in: from the proof of who somebody is to their session, the same for every way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import g, request

from chatsphere.core import devices, people, second, sessions
from chatsphere.core.errors import SecondFactorNeeded, Unauthenticated
from chatsphere.core.sessions import Opened, Place
from chatsphere.core.values import User
from chatsphere.http import limits
from chatsphere.http.credentials import Shown, device
from chatsphere.http.identity import device_token, house

# A passkey is none of these: it is two factors in one, and `passkeys.enter` asks for no second.
Way = Literal["password", "provider", "link", "sign-up"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first factor was right; the second finishes the challenge with this token."""

    token: str


def admit(user_id: str, way: Way, proven: str | None = None, *, confirmed: bool = True) -> Opened | Waiting:
    """Let somebody in who has shown who they are in this way, or ask for their second factor first.

    `proven` is the hash of the password that they know or have just set. Not `confirmed`: they showed it a while ago,
    elsewhere, and show it once more before what matters. What is looked up here may be old: the operation looks again.
    """
    if _open(user_id).second_factor:
        return Waiting(house().chat.do(second.begin, user_id, way, proven))
    return house().chat.do(sessions.enter, user_id, here(), proven=proven, confirmed=confirmed)


def admit_program(shown: Shown, code: str | None) -> Opened:
    """Let somebody in who has sent all there is to show at once: the right password and, if needed, a code."""
    if not _open(shown.user_id).second_factor:
        return house().chat.do(sessions.enter, shown.user_id, here(page=False), proven=shown.proven)
    if code is None:
        raise SecondFactorNeeded("Send the code of your second factor along.")
    check_code(shown.user_id, code)
    return house().chat.do(second.enter_with_code, shown.user_id, code, here(page=False), shown.proven)


def check_code(user_id: str, code: str) -> None:
    """Refuse where too many codes were tried. A recovery code is too long to be guessed, and gets through."""
    if second.is_short(code):
        limits.check_code(user_id)


def here(*, page: bool = True) -> Place:
    """Where this request signs somebody in; `identity.sign_in` then puts the session into the cookie.

    A browser that comes by a page gets a token to be known by the next time. A program that comes by the API is known
    by what it says it is and where it comes from, in words with blanks, which no browser's token has.
    """
    what, address = device(), request.remote_addr or ""
    if page:
        g.device_token = device_token() or devices.new_token()
    return Place(g.device_token if page else f"{what} at {address}", what, address)


def _open(user_id: str) -> User:
    """The account, while anybody may sign in to it."""
    user = house().chat.ask(people.find, user_id, user_id)
    if user.is_disabled or user.is_deleted:
        raise Unauthenticated("Nobody can sign in to this account any more.")
    return user
