"""What people choose for themselves about how ChatSphere meets them."""

from __future__ import annotations

from sqlalchemy import update

from chatsphere.core import sessions
from chatsphere.core.chat import Tx
from chatsphere.core.tables import users

u = users.c


def speak(tx: Tx, me: str, language: str) -> None:
    """From now on pages and letters speak this language to me, by its code; "" is what each browser asks for."""
    tx.execute(update(users).where(u.id == me, u.deleted_at.is_(None)).values(language=language))
    sessions.changed(tx, me)


def appear(tx: Tx, me: str, look: str) -> None:
    """From now on pages look so to me, as `looks.written` has it, in each browser that was not told otherwise."""
    tx.execute(update(users).where(u.id == me, u.deleted_at.is_(None)).values(look=look))
    sessions.changed(tx, me)
