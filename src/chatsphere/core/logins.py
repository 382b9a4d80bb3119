"""Logins: whose a user name or an address is that somebody types to be let in, and what they are then compared with."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, select

from chatsphere.core import pictures
from chatsphere.core.chat import Db
from chatsphere.core.tables import users
from chatsphere.core.values import User

u = users.c


@dataclass(frozen=True, slots=True)
class Login:
    """An account that somebody wants to sign in to."""

    user: User
    password_hash: str | None


def by_login(db: Db, login: str) -> Login | None:
    """The account with this user name or address, if anybody may sign in to it."""
    row = db.execute(select(users).where(_is(login), u.deleted_at.is_(None))).one_or_none()
    return None if row is None else Login(pictures.user(row), row.password_hash)


def able(db: Db, login: str) -> str | None:
    """The id of whose login this is, if they may sign in.

    No more of them is read, so that finding somebody takes as long as finding nobody.
    """
    where = (_is(login), u.deleted_at.is_(None), u.is_disabled.is_(False))
    return db.execute(select(u.id).where(*where)).scalar_one_or_none()


def folded_login(login: str) -> str:
    """What counts of a login: neither case, nor form, nor blanks around it."""
    return folded(login.strip())


def folded(text: str) -> str:
    """The form in which names and addresses are compared."""
    return unicodedata.normalize("NFKC", text).casefold()


def password_of(db: Db, user_id: str) -> str | None:
    """The hash of somebody's password, to compare with."""
    return db.execute(select(u.password_hash).where(u.id == user_id)).scalar_one_or_none()


def _is(login: str) -> ColumnElement[bool]:
    key = folded_login(login)
    if "@" in key:
        return u.email_key == key
    # No name has any other letters, and what the database holds equal is not ours to say.
    return u.name_key == key if key.isascii() else false()
