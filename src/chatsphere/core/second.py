"""The second step of signing in: what waits after the password is finished by a code or a passkey, once."""

from __future__ import annotations

import re

from chatsphere.core import authenticators, challenges, passkeys, recovery, sessions
from chatsphere.core.chat import Tx
from chatsphere.core.errors import NotFound, Unauthenticated
from chatsphere.core.sessions import Opened, Place

PURPOSE = "second-factor"
"""The purpose of a challenge that a second factor finishes."""

_SHOWN = re.compile(rf"[0-9]{{{authenticators.DIGITS}}}", re.ASCII)


def is_short(code: str) -> bool:
    """Whether this is a code of an app: six digits can be guessed, a recovery code cannot."""
    return _SHOWN.fullmatch(_plain(code)) is not None


def accept(tx: Tx, user_id: str, code: str) -> bool:
    """Whether an app shows this code now, or it is a recovery code; it is used up then."""
    if is_short(code):
        return authenticators.verify(tx, user_id, _plain(code))
    return recovery.use(tx, user_id, code)


def begin(tx: Tx, user_id: str, way: str, proven: str | None = None) -> str:
    """The first step was right, by the password with this hash or in another way; the token to finish it with."""
    sessions.hold(tx, user_id, proven)
    return challenges.begin(tx, user_id, PURPOSE, way=way)


def enter_with_code(tx: Tx, user_id: str, code: str, place: Place, proven: str) -> Opened:
    """Sign somebody in who has sent both at once, the password with this hash and a code."""
    sessions.hold(tx, user_id, proven)
    if not accept(tx, user_id, code):
        raise Unauthenticated
    return sessions.enter(tx, user_id, place, proven=proven, whole=True)


def enter_by_code(tx: Tx, token: str, code: str, place: Place) -> Opened:
    """Finish a sign-in by a code, and sign in: nothing comes between."""
    return sessions.enter(tx, by_code(tx, token, code), place, whole=True)


def enter_by_passkey(tx: Tx, token: str, passkey_id: str, sign_count: int, place: Place) -> Opened:
    """The same by a passkey that the door has checked."""
    return sessions.enter(tx, by_passkey(tx, token, passkey_id, sign_count), place, whole=True)


def by_code(tx: Tx, token: str, code: str) -> str:
    """Finish a sign-in by a code; returns whose it is. Unauthenticated where the code is wrong."""
    # Held before the code is spent: whoever else has it in hand waits, and finds nothing.
    user_id = _owner(challenges.hold(tx, token, PURPOSE).user_id)
    sessions.hold(tx, user_id)
    if not accept(tx, user_id, code):
        raise Unauthenticated("This code is not right, or it was used before.")
    challenges.finish(tx, token, PURPOSE)
    return user_id


def by_passkey(tx: Tx, token: str, passkey_id: str, sign_count: int) -> str:
    """Finish a sign-in by a passkey that the door has checked; returns whose it is."""
    user_id = _owner(challenges.hold(tx, token, PURPOSE).user_id)
    sessions.hold(tx, user_id)
    if user_id not in {one.user_id for one in passkeys.mine(tx, user_id) if one.id == passkey_id}:
        raise Unauthenticated("This passkey belongs to another account.")
    passkeys.use(tx, passkey_id, sign_count)
    challenges.finish(tx, token, PURPOSE)
    return user_id


def _owner(user_id: str | None) -> str:
    if user_id is None:
        raise NotFound
    return user_id


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code)
