"""Coming in: from the proof of who somebody is to their session, the same for every way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import g, request

from chatsphere.core import challenges, devices, people, sessions
from chatsphere.core.sessions import Opened
from chatsphere.http.credentials import device
from chatsphere.http.identity import device_token, house

Way = Literal["password", "passkey", "provider", "link", "sign-up"]
SECOND_FACTOR = "second-factor"
"""The purpose of a challenge that a second factor finishes."""

# A passkey is two factors in one, and whoever signs up has none yet.
_ENOUGH = ("passkey", "sign-up")


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first factor was right; the second finishes the challenge with this token."""

    token: str


def admit(user_id: str, way: Way, *, page: bool = True) -> Opened | Waiting:
    """Let somebody in who has shown who they are in this way, or ask for their second factor first."""
    user = house().chat.ask(people.find, user_id, user_id)
    if user.second_factor and way not in _ENOUGH:
        return Waiting(house().chat.do(challenges.begin, user_id, SECOND_FACTOR, way=way))
    return enter(user_id, page=page)


def enter(user_id: str, *, page: bool = True) -> Opened:
    """Open a session for somebody who has shown all there is to show; `identity.sign_in` puts it into the cookie.

    A browser that comes by a page gets a token to be known by the next time. A program that comes by the API is known
    by what it says it is and where it comes from, in words with blanks, which no browser's token has.
    """
    here, address = device(), request.remote_addr or ""
    if page:
        g.device_token = device_token() or devices.new_token()
    token = g.device_token if page else f"{here} at {address}"
    return house().chat.do(sessions.enter, user_id, token, device=here, address=address)
