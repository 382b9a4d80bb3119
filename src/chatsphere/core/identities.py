"""Identities: accounts elsewhere that open one here, known by who vouches (issuer) and for whom (subject).

Never by an address: those change hands. An address only says where a new account gets mail, and only a verified one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, exists, insert, select, update

from chatsphere.core import audit, challenges, jobs, logins, people
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, Forbidden, NotFound
from chatsphere.core.ids import new_id
from chatsphere.core.phrases import phrase
from chatsphere.core.tables import identities, passkeys, users
from chatsphere.core.values import User

i, u = identities.c, users.c

MOST = 10
NEWCOMER = "newcomer"
"""The purpose of a challenge that ends with a new account: what it holds is a voucher, and what it came with."""
_NO_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST_NAME = 32


@dataclass(frozen=True, slots=True)
class Identity:
    """An account elsewhere; `email` is what it was last said to be reached by, for its owner to tell it by."""

    id: str
    user_id: str
    issuer: str
    subject: str
    email: str | None
    created_at: datetime
    last_used_at: datetime


@dataclass(frozen=True, slots=True)
class Voucher:
    """What a provider vouches for: who it is, and an address that is theirs, or not known to be (`verified`)."""

    issuer: str
    subject: str
    email: str | None
    verified: bool


def find(db: Db, issuer: str, subject: str) -> Identity:
    """The identity, whosever it is; NotFound where nobody here has it."""
    row = db.execute(select(identities).where(_is(issuer, subject))).one_or_none()
    # MariaDB holds "a" and "a " for equal; we do not.
    if row is None or row.subject != subject:
        raise NotFound
    return _identity(row)


def mine(db: Db, me: str) -> list[Identity]:
    """My accounts elsewhere, the oldest first."""
    return [
        _identity(row) for row in db.execute(select(identities).where(i.user_id == me).order_by(i.created_at, i.id))
    ]


def use(tx: Tx, voucher: Voucher) -> str:
    """Somebody has come by it; returns whose account here it opens. NotFound where there is none (yet)."""
    found = find(tx, voucher.issuer, voucher.subject)
    if tx.execute(select(u.id).where(u.id == found.user_id, _may_sign_in())).first() is None:
        raise Forbidden("Nobody can sign in to this account now.")
    tx.execute(update(identities).where(i.id == found.id).values(email=voucher.email, last_used_at=tx.now))
    return found.user_id


def link(tx: Tx, me: str, voucher: Voucher, provider: str) -> str:
    """From now on this opens my account too; returns the identity's id. Conflict where it opens another's."""
    _hold(tx, me)
    owner = tx.execute(select(i.user_id).where(_is(voucher.issuer, voucher.subject))).scalar_one_or_none()
    if owner is not None:
        if owner == me:
            raise Conflict(phrase("This account at {provider} opens yours here already.", provider=provider))
        raise Conflict(phrase("This account at {provider} opens somebody else's here already.", provider=provider))
    if len(mine(tx, me)) >= MOST:
        raise Conflict(phrase("There can be {most} accounts elsewhere at most. Unlink one first.", most=MOST))
    identity_id = _add(tx, me, voucher)
    audit.record(tx, me, "identity.linked", me, identity=identity_id)
    jobs.write(tx, me, "account-changed", what="identity-linked")
    return identity_id


def unlink(tx: Tx, me: str, identity_id: str, known: Collection[str]) -> None:
    """It opens nothing any more. Refused where nothing else would; `known` are the issuers whose people may come in."""
    _hold(tx, me)
    if identity_id not in [one.id for one in mine(tx, me)]:
        raise NotFound
    if not _has_another_way(tx, me, identity_id, known):
        raise Conflict("You could not sign in any more. Set a password or add a passkey first.")
    tx.execute(delete(identities).where(i.id == identity_id))
    audit.record(tx, me, "identity.unlinked", me, identity=identity_id)
    jobs.write(tx, me, "account-changed", what="identity-unlinked")


def _has_another_way(db: Db, me: str, identity_id: str, known: Collection[str]) -> bool:
    password = exists().where(u.id == me, u.password_hash.is_not(None))
    passkey = exists().where(passkeys.c.user_id == me)
    another = exists().where(i.user_id == me, i.id != identity_id, i.issuer.in_(sorted(known)))
    return db.execute(select(u.id).where(u.id == me, password | passkey | another)).first() is not None


def check_newcomer(db: Db, voucher: Voucher) -> str:
    """The address that a new account may have, or why there is none. Nobody is let into an account by an address.

    Whether it is known is only told to whom it was verified for.
    """
    if not voucher.email or not voucher.verified:
        raise Forbidden("A new account needs an e-mail address that is confirmed to be yours, and yours there is not.")
    people.check(email=voucher.email)
    people.check_free(db, None, None, voucher.email)
    return voucher.email


def join(tx: Tx, token: str, user_name: str, display_name: str, invitation: str | None = None) -> User:
    """A new account that this newcomer's voucher opens, without a password; NotFound where it was used already.

    The caller has made sure that people may come in.
    """
    waiting = challenges.hold(tx, token, NEWCOMER)
    voucher = Voucher(*(waiting.body[name] for name in Voucher.__dataclass_fields__))
    email = check_newcomer(tx, voucher)
    if tx.execute(select(i.id).where(_is(voucher.issuer, voucher.subject))).first() is not None:
        raise Conflict(
            phrase(
                "This account at {provider} opens one here already. Sign in with it.", provider=waiting.body["provider"]
            )
        )
    user = people.register(tx, user_name, email, None, display_name, email_verified=True, invitation=invitation)
    identity_id = _add(tx, user.id, voucher)
    challenges.finish(tx, token, NEWCOMER)
    audit.record(tx, user.id, "identity.linked", user.id, identity=identity_id)
    return user


def suggest(db: Db, wishes: Iterable[str]) -> str:
    """A user name that is free, like the first wish that one can be made of."""
    names = (_NO_NAME.sub("", unicodedata.normalize("NFKD", wish.partition("@")[0])) for wish in wishes)
    wanted = next((name for name in (name.strip("._-")[:_LONGEST_NAME] for name in names) if len(name) > 1), "someone")
    for number in range(1, 100):
        name = wanted if number == 1 else f"{wanted[: _LONGEST_NAME - 2]}{number}"
        if logins.by_login(db, name) is None:
            return name
    return ""


def forget(tx: Tx, user_id: str) -> None:
    """Nothing elsewhere opens this account any more."""
    tx.execute(delete(identities).where(i.user_id == user_id))


def _add(tx: Tx, user_id: str, voucher: Voucher) -> str:
    identity_id = new_id()
    tx.execute(
        insert(identities).values(
            id=identity_id,
            user_id=user_id,
            issuer=voucher.issuer,
            subject=voucher.subject,
            email=voucher.email,
            created_at=tx.now,
            last_used_at=tx.now,
        )
    )
    return identity_id


def _hold(tx: Tx, me: str) -> None:
    """One change of my ways in after the other: two at once could each take away what the other relies on."""
    if tx.execute(select(u.id).where(u.id == me, _may_sign_in()).with_for_update()).one_or_none() is None:
        raise NotFound


def _may_sign_in() -> Any:
    return and_(u.deleted_at.is_(None), u.is_disabled.is_(False))


def _is(issuer: str, subject: str) -> Any:
    return and_(i.issuer == issuer, i.subject == subject)


def _identity(row: Row[Any]) -> Identity:
    return Identity(**{name: getattr(row, name) for name in Identity.__dataclass_fields__})
