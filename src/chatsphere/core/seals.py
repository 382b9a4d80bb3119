"""Seals: secrets that have to be read again, unlike a token's hash. The database alone does not open them.

AES-256-GCM with a key that only this installation knows, another for each purpose. A seal is bound to one user: moved
to another's row it does not open.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chatsphere.core.chat import Db

_NONCE = 12


class Broken(Exception):
    """This was sealed for somebody else, by another installation, or not at all."""


def seal(db: Db, purpose: str, user_id: str, secret: bytes) -> bytes:
    """The secret as it may lie in the database: 28 bytes longer, and never twice the same."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(db, purpose).encrypt(nonce, secret, user_id.encode())


def unseal(db: Db, purpose: str, user_id: str, sealed: bytes) -> bytes:
    """The secret again; Broken where it was not sealed here, for this purpose and for this user."""
    try:
        return _cipher(db, purpose).decrypt(sealed[:_NONCE], sealed[_NONCE:], user_id.encode())
    except (InvalidTag, ValueError) as error:
        raise Broken(f"A seal for {purpose} does not open: was the secret key changed?") from error


def _cipher(db: Db, purpose: str) -> AESGCM:
    return AESGCM(db.key(f"seal {purpose}"))
