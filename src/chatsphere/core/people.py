"""People: register, find, change, delete. Names are compared case-folded, by us, on every database alike."""

from __future__ import annotations

import base64
import re
import unicodedata
from datetime import timedelta
from typing import Any, get_args

from sqlalchemy import ColumnElement, and_, exists, insert, or_, select, update

from chatsphere.core import (
    audit,
    challenges,
    conversations,
    erasure,
    files,
    invitations,
    jobs,
    links,
    mailboxes,
    notices,
    passwords,
    pictures,
    ranks,
    sessions,
)
from chatsphere.core.carried import as_json
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from chatsphere.core.ids import hue_of, new_id
from chatsphere.core.logins import folded
from chatsphere.core.phrases import phrase
from chatsphere.core.tables import meta, users
from chatsphere.core.values import FirstContact, Page, User
from chatsphere.core.writer import lengthy

u, asker = users.c, users.alias("asker").c
_user = as_json(User)
_NAME = re.compile(r"[A-Za-z0-9_.-]{2,32}", re.ASCII)
# Folding makes some letters many: of a name its beginning is enough to find it by.
_LONGEST_KEY = {"user_name": 32, "email": 508, "display_name": 256}

GRACE = timedelta(days=7)
"""How long somebody who leaves may think again."""


def register(
    tx: Tx,
    user_name: str,
    email: str,
    password_hash: str | None,
    display_name: str | None = None,
    *,
    is_admin: bool | None = None,
    by_themself: bool = True,
    invitation: str | None = None,
    only_first: bool = False,
    email_verified: bool = False,
) -> User:
    """A new account, by the invitation with this token or without one. The first of all is an administrator's.

    It is made by whoever it is for, or else by the server. With `only_first` it is Forbidden where somebody is here
    already, with an invitation where that does not hold.
    """
    display_name = user_name if display_name is None else display_name.strip()
    check(user_name=user_name, email=email, display_name=display_name)
    check_free(tx, None, user_name, email)
    first = _is_first(tx)
    if only_first and not first:
        raise Forbidden("Somebody was a moment quicker: the first account is theirs. Yours can follow.")
    if invitation is not None:
        invitations.check(tx, invitation)
    user_id = _enter(
        tx,
        password_hash=password_hash,
        email_verified=email_verified,
        vouched_email=email if email_verified else None,
        is_admin=first if is_admin is None else is_admin,
        **_names(user_name=user_name, email=email, display_name=display_name),
    )
    audit.record(tx, user_id if by_themself else None, "user.created", user_id)
    if invitation is not None:
        invitations.use(tx, invitation, user_id)
    if not email_verified:
        jobs.write(tx, user_id, "confirm-email")
    return find(tx, user_id, user_id)


def _enter(tx: Tx, **columns: Any) -> str:
    user_id = new_id()
    tx.execute(insert(users).values(id=user_id, hue=hue_of(user_id), created_at=tx.now, is_disabled=False, **columns))
    return user_id


def _is_first(tx: Tx) -> bool:
    anybody = select(u.id).limit(1)
    if tx.execute(anybody).first() is not None:
        return False
    # Two who come at once must not both be the first: the later one waits here, and looks again.
    tx.execute(select(meta.c.value).where(meta.c.name == "epoch").with_for_update())
    return tx.execute(anybody).first() is None


def nobody(db: Db) -> bool:
    """Whether nobody has ever had an account here."""
    return db.execute(select(u.id).limit(1)).first() is None


def first_code(db: Db) -> str:
    """What one has to know who makes the first account from elsewhere: the server shows it in its terminal."""
    text = base64.b32encode(db.key("first account")[:5]).decode()
    return f"{text[:4]}-{text[4:]}"


def find(db: Db, _me: str | None, user_id: str) -> User:
    """A user, deleted or not."""
    found = db.recall(sessions.user_key(user_id), lambda: pictures.of_users(db, [user_id]).get(user_id), _user)
    if found is None:
        raise NotFound
    return found


def search(db: Db, me: str, query: str = "", limit: int = 50, after: str | None = None) -> Page[User]:
    """Users whose names begin with this, by user name; `next` is where the next page starts."""
    wanted = select(users).where(u.deleted_at.is_(None), _seen_by(me))
    if query.strip():
        wanted = wanted.where(named(query))
    if after is not None:
        wanted = wanted.where(comes_after(after))
    rows = db.execute(wanted.order_by(u.name_key).limit(limit + 1)).all()
    found = tuple(pictures.user(row) for row in rows[:limit])
    return Page(found, rows[limit - 1].name_key if len(rows) > limit else None)


def comes_after(place: str) -> ColumnElement[bool]:
    """The condition for users who come after a place in the list by user name."""
    if not place.isascii():
        raise Invalid.field("after", "This is not a place in the list.")
    return u.name_key > place


def _seen_by(me: str) -> ColumnElement[bool]:
    # An administrator has to find whom they disabled.
    return or_(u.is_disabled.is_(False), exists().where(asker.id == me, asker.is_admin.is_(True)))


def named(query: str) -> ColumnElement[bool]:
    """The condition for users of whom some name begins with this."""
    literal = re.sub(r"([/%_])", r"/\1", folded(query.strip()))
    patterns = [u.display_key.like(f"{literal}%", escape="/"), u.display_key.like(f"% {literal}%", escape="/")]
    # User names are ASCII, and MariaDB will not compare such a column with anything else.
    return or_(*patterns, *([u.name_key.like(f"{literal}%", escape="/")] if literal.isascii() else []))


def change(
    tx: Tx,
    me: str | None,
    user_id: str,
    *,
    user_name: str | None = None,
    display_name: str | None = None,
    email: str | None = None,
    password_hash: str | None = None,
    keep_session: str | None = None,
    end_tokens: bool = False,
) -> User:
    """Change an account: one's own, or as an administrator somebody's names. A new password ends other sessions."""
    before = check_may_change(tx, me, user_id, private=bool(email or password_hash))
    names = {"user_name": user_name, "email": email, "display_name": display_name and display_name.strip()}
    given = {name: value for name, value in names.items() if value is not None}
    check(**given)
    check_free(tx, user_id, user_name, email)
    values: dict[str, Any] = _names(**given)
    if email not in (None, before.email):
        values["email_verified"] = False
    if password_hash is not None:
        values["password_hash"] = password_hash
    if values:
        _set(tx, user_id, **values)
    if email not in (None, before.email):
        notices.moved(tx, before, keep_session)
    if password_hash is not None:
        notices.rekeyed(tx, me, before, keep_session)
        sessions.end_all(tx, user_id, keep=keep_session, tokens=end_tokens)
    if me != user_id and given.keys() & {"user_name", "display_name"}:
        audit.record(tx, me, "user.renamed", user_id)
    return find(tx, me, user_id)


def vouch(tx: Tx, user_id: str) -> None:
    """The address is read by whoever this account is of: that was shown just now."""
    _set(tx, user_id, email_verified=True, vouched_email=u.email)


def vouched_email(db: Db, user_id: str) -> str | None:
    """The last address that was shown to be theirs. It is kept while they name another, until that is shown as well."""
    return db.execute(select(u.vouched_email).where(u.id == user_id)).scalar_one_or_none()


def check_may_change(db: Db, me: str | None, user_id: str, *, private: bool = False) -> User:
    """The user as they are, where oneself may change this, an administrator what is not private, or the server."""
    user = find(db, me, user_id)
    if user.is_deleted:
        raise NotFound
    if me is not None and me != user_id and (private or not find(db, me, me).is_admin):
        raise Forbidden("Only the person themself can change this.")
    return user


def set_image(tx: Tx, me: str, file_id: str) -> User:
    """A staged file becomes my picture."""
    _lock(tx, me)
    files.portray(tx, me, file_id)
    _set(tx, me, image=file_id)
    return find(tx, me, me)


def set_first_contact(tx: Tx, me: str, whom: FirstContact) -> User:
    """From now on only these may write to me first, or bring me into a group."""
    if whom not in get_args(FirstContact):
        raise Invalid.field("first_contact", "This is none of the choices.")
    _set(tx, me, first_contact=whom)
    return find(tx, me, me)


def rehash(tx: Tx, user_id: str, before: str, password_hash: str) -> bool:
    """At sign-in: the same password, kept better. False where another is kept by now, which stays."""
    same = update(users).where(u.id == user_id, u.password_hash == before)
    return bool(tx.execute(same.values(password_hash=password_hash)).rowcount)


def set_admin(tx: Tx, user_id: str, is_admin: bool) -> None:
    """From now on an administrator, or not any more; who may decide that, the caller has asked."""
    _set(tx, user_id, is_admin=is_admin)


def disable(tx: Tx, user_id: str, disabled: bool = True) -> User:
    """Nobody can sign in to this account for now; whoever is signed in is signed out. The caller asked who may."""
    _set(tx, user_id, is_disabled=disabled)
    if disabled:
        sessions.end_all(tx, user_id)
        links.drop(tx, user_id)
        challenges.drop(tx, user_id)
    return find(tx, user_id, user_id)


def leave(tx: Tx, me: str, keep_session: str | None = None) -> User:
    """My account goes in seven days, unless I think again; I am signed out everywhere else, and so are programs."""
    ranks.keep_an_administrator(tx, me, unless_alone=True)
    _lock(tx, me)
    if find(tx, me, me).leaving_at is None:
        _set(tx, me, leaving_at=tx.now + GRACE)
        audit.record(tx, me, "user.leaving", me)
        jobs.write(tx, me, "leaving")
    sessions.end_all(tx, me, keep=keep_session)
    return find(tx, me, me)


def stay(tx: Tx, me: str) -> User:
    """I have thought again, and keep my account."""
    _lock(tx, me)
    if find(tx, me, me).leaving_at is not None:
        _set(tx, me, leaving_at=None)
        audit.record(tx, me, "user.stayed", me)
    return find(tx, me, me)


def due(db: Db, limit: int = 20) -> list[str]:
    """The ids of those whose account is to go now, for the sweep."""
    over = and_(u.leaving_at <= db.now, u.deleted_at.is_(None))
    return list(db.execute(select(u.id).where(over).order_by(u.leaving_at).limit(limit)).scalars())


def depart(tx: Tx, user_id: str) -> bool:
    """The sweep's part: this account goes, if it still is to; returns whether it did."""
    over = and_(u.id == user_id, u.leaving_at <= tx.now, u.deleted_at.is_(None))
    if tx.execute(select(u.id).where(over).with_for_update()).one_or_none() is None:
        return False
    delete(tx, user_id, user_id)
    return True


@lengthy
def delete(tx: Tx, me: str | None, user_id: str) -> None:
    """The account and its personal data go; its messages stay for the others, under a deleted user's name."""
    check_may_change(tx, me, user_id)
    # Oneself may go whatever one leaves behind: the server can always make another administrator.
    if me != user_id:
        ranks.keep_an_administrator(tx, user_id)
    _lock(tx, user_id)
    sessions.end_all(tx, user_id)
    conversations.leave_all(tx, user_id)
    files.doom_own(tx, user_id)
    # Nobody can know this name beforehand, and take it.
    name = f"deleted-{new_id()[-12:]}"
    _set(
        tx,
        user_id,
        **_names(user_name=name, display_name="Deleted user"),
        **dict.fromkeys(("email", "email_key", "vouched_email", "password_hash", "image", "leaving_at")),
        **dict.fromkeys(("email_verified", "is_admin", "is_disabled", "second_factor"), False),
        first_contact="anyone",
        language="",
        look="",
        presence=True,
        receipts=True,
        deleted_at=tx.now,
    )
    audit.record(tx, me, "user.deleted", user_id)
    # Last: whoever makes something at this moment holds the user's row, or finds that it is deleted.
    erasure.erase(tx, user_id)


def _lock(tx: Tx, user_id: str) -> None:
    """Hold the account until the transaction ends: while it goes, it is given nothing that would stay behind."""
    there = select(u.id).where(u.id == user_id, u.deleted_at.is_(None)).with_for_update()
    if tx.execute(there).one_or_none() is None:
        raise NotFound


def _set(tx: Tx, user_id: str, **values: Any) -> None:
    there = and_(u.id == user_id, u.deleted_at.is_(None))
    if not tx.execute(update(users).where(there).values(**values)).rowcount:
        raise NotFound
    sessions.changed(tx, user_id)


def check(**given: str) -> None:
    """Refuse names, addresses and passwords that nobody may have, each field with its fault."""
    faults = [FieldError(name, wrong) for name, value in given.items() if (wrong := fault(name, value))]
    if faults:
        raise Invalid(faults[0].message, errors=tuple(faults))


def fault(name: str, value: str) -> str | None:
    """What is wrong with this as somebody's user name, address, display name or password."""
    if name == "user_name":
        return None if _NAME.fullmatch(value) else phrase("Use 2 to 32 letters, digits, '_', '-' or '.'.")
    if name == "password":
        return passwords.fault(value)
    if name == "email":
        fits = len(folded(value)) <= _LONGEST_KEY["email"] and mailboxes.fits(value)
        return None if fits else phrase("This is not an e-mail address.")
    unfit = any(unicodedata.category(character) in ("Cc", "Cs") for character in value)
    return phrase("Use 1 to 64 characters.") if unfit or not 1 <= len(value) <= 64 else None


def check_free(db: Db, user_id: str | None, user_name: str | None, email: str | None) -> None:
    """Refuse a name or an address that somebody else has, whatever the case."""
    for column, value, words in (
        (u.name_key, user_name, phrase("This user name is taken.")),
        (u.email_key, email, phrase("There is an account with this address already.")),
    ):
        if value is not None:
            owner = db.execute(select(u.id).where(column == folded(value))).scalar_one_or_none()
            if owner is not None and owner != user_id:
                raise Conflict(words)


def _names(**given: str) -> dict[str, str]:
    keys = {"user_name": "name_key", "email": "email_key", "display_name": "display_key"}
    return {**given, **{keys[name]: folded(value)[: _LONGEST_KEY[name]] for name, value in given.items()}}
