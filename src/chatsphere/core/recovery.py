"""Recovery codes: ten words on paper, each of which stands in for a second factor once.

A code has 80 random bits in sixteen letters and digits, without those that look alike. So its plain SHA-256 is enough
to keep: nobody guesses it, and it still holds where the installation's key was lost and no seal opens any more.
"""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import delete, func, insert, select

from chatsphere.core import audit, jobs
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict
from chatsphere.core.tables import recovery_codes, users

r = recovery_codes.c

CODES = 10
_LETTERS, _GROUPS, _GROUP = "0123456789abcdefghjkmnpqrstvwxyz", 4, 4
# Whoever reads one aloud, or types it from paper, means these.
_MEANT = str.maketrans("oil", "011")


def renew(tx: Tx, user_id: str) -> tuple[str, ...]:
    """Ten new codes, told once; the older ones are worthless from now on."""
    there = select(users.c.second_factor).where(users.c.id == user_id).with_for_update()
    if not tx.execute(there).scalar_one_or_none():
        raise Conflict("Recovery codes stand in for a second factor. Add one first.")
    drop(tx, user_id)
    codes = tuple(_code() for _ in range(CODES))
    tx.execute(
        insert(recovery_codes),
        [{"user_id": user_id, "code_hash": _hash(code), "created_at": tx.now} for code in codes],
    )
    audit.record(tx, user_id, "recovery.made", user_id)
    jobs.write(tx, user_id, "account-changed", what="recovery-codes")
    return codes


def use(tx: Tx, user_id: str, code: str) -> bool:
    """Whether this is one of the user's codes; it is gone then. Of many who try at once one succeeds."""
    mine = (r.user_id == user_id, r.code_hash == _hash(code))
    if not tx.execute(delete(recovery_codes).where(*mine)).rowcount:
        return False
    audit.record(tx, user_id, "recovery.used", user_id)
    jobs.write(tx, user_id, "account-changed", what="recovery-code-used")
    return True


def left(db: Db, user_id: str) -> int:
    """How many codes a user has not used yet."""
    mine = select(func.count()).select_from(recovery_codes).where(r.user_id == user_id)
    return int(db.execute(mine).scalar_one())


def drop(tx: Tx, user_id: str) -> None:
    """None of this user's codes holds any more."""
    tx.execute(delete(recovery_codes).where(r.user_id == user_id))


def _code() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _hash(code: str) -> bytes:
    meant = "".join(one for one in code.lower() if one.isalnum()).translate(_MEANT)
    return hashlib.sha256(meant.encode("utf-8", "surrogatepass")).digest()
