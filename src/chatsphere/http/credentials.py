"""Passwords at the door: who signs in, and whether somebody is still who they were. Pages and data ask the same."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from chatsphere.core import logins, passwords, people
from chatsphere.core.errors import Forbidden, Invalid, Unauthenticated
from chatsphere.http import agents, limits
from chatsphere.http.identity import house, me, require_confirmed, signed_in


@dataclass(frozen=True, slots=True)
class Shown:
    """Who has shown their password, and the hash that it was compared with: it may be another's a moment later."""

    user_id: str
    proven: str


def owner(login: str, password: str) -> Shown:
    """Whose password this is; any other way it is the same 401, in the same time."""
    found = house().chat.ask(logins.by_login, login)
    right = passwords.verify(found.password_hash if found else None, password)
    proven = found.password_hash if found else None
    if found is None or proven is None or not right or found.user.is_disabled or found.user.is_deleted:
        raise Unauthenticated("This name and this password do not belong together.")
    if not passwords.needs_rehash(proven):
        return Shown(found.user.id, proven)
    better = passwords.hash(password)
    if house().chat.do(people.rehash, found.user.id, proven, better):
        return Shown(found.user.id, better)
    # Somebody was quicker: with this password or with a new one.
    return owner(login, password)


def require_password(password: str | None) -> None:
    """Refuse who does not know the caller's password."""
    if not password:
        raise Invalid.field("current_password", "is missing")
    limits.check("confirm")
    if not passwords.verify(house().chat.ask(logins.password_of, me()), password):
        raise Invalid.field("current_password", "is not your password")


def require_self(password: str | None) -> None:
    """Refuse who does not show that they are the caller: by the password or, where there is none, in another way."""
    if has_password():
        require_password(password)
    elif signed_in().session.kind != "session":
        raise Forbidden("A program cannot change this.")
    else:
        require_confirmed()


def has_password() -> bool:
    """Whether the caller's account has a password; one that was opened through a provider or a passkey has none."""
    return house().chat.ask(logins.password_of, me()) is not None


def device() -> str:
    """The browser and system that this request says it comes from, in a few words for the list of sessions."""
    return agents.spoken(request.headers.get("User-Agent", ""))
