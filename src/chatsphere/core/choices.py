"""What people choose for themselves about how ChatSphere meets them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from chatsphere.core import people, sessions
from chatsphere.core.chat import Tx
from chatsphere.core.tables import users
from chatsphere.core.values import User

u = users.c


def begin(tx: Tx, /, language: str, *names: str | None, **terms: Any) -> User:
    """A new account as `people.register` makes it, written to in this language from its first letter on."""
    user = people.register(tx, *names, **terms)  # type: ignore[arg-type]  # its own names say which may be none
    if language:
        speak(tx, user.id, language)
    return people.find(tx, user.id, user.id)


def speak(tx: Tx, me: str, language: str) -> None:
    """From now on pages and letters speak this language to me, by its code; "" is what each browser asks for."""
    tx.execute(update(users).where(u.id == me, u.deleted_at.is_(None)).values(language=language))
    sessions.changed(tx, me)


def appear(tx: Tx, me: str, look: str) -> None:
    """From now on pages look so to me, as `looks.written` has it, in each browser that was not told otherwise."""
    tx.execute(update(users).where(u.id == me, u.deleted_at.is_(None)).values(look=look))
    sessions.changed(tx, me)
