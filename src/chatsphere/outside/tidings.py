"""Tidings: the frames of a few events as they travel beside their bell, sealed, for whoever stands right before them.

They may be lost like any note, and are worth nothing where they do not go on from what was read: then the log is read.
Nobody between two processes can read them, or say something that no process of this installation has said.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_SALT, _NONCE = 16, 12
_FRESH = 10.0
"""Seconds after which nobody believes them any more, nor from the future: they would be somebody's copy."""
_SENDERS = 256


@dataclass(frozen=True, slots=True)
class Tidings:
    """The events of one conversation from the number `first` on, as they go to its listeners, in a log's life."""

    conversation_id: str
    first: int
    frames: tuple[bytes, ...]
    epoch: str

    @property
    def size(self) -> int:
        """Their bytes."""
        return sum(map(len, self.frames))


class Seal:
    """Closes and opens what the processes of one installation tell each other; without a secret, nothing travels."""

    def __init__(self, secret: bytes, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._clock = clock
        # Each process has a key of its own, so that counting is enough to say no two things under the same number.
        self._salt = secrets.token_bytes(_SALT)
        self._count = 0
        self._key = lru_cache(maxsize=_SENDERS)(self._made)

    def close(self, tidings: Sequence[Tidings]) -> str:
        """What travels; empty where there is nothing, or no secret."""
        if not self._secret or not tidings:
            return ""
        self._count += 1
        nonce = self._count.to_bytes(_NONCE, "big")
        said = _written(self._clock(), tidings)
        return b64encode(self._salt + nonce + self._key(self._salt).encrypt(nonce, said, None)).decode()

    def open(self, said: str) -> list[Tidings]:
        """What somebody with the same secret closed just now; nothing, if nobody did."""
        try:
            data = b64decode(said, validate=True)
            nonce = data[_SALT : _SALT + _NONCE]
            then, found = _read(self._key(data[:_SALT]).decrypt(nonce, data[_SALT + _NONCE :], None))
            return found if abs(self._clock() - then) < _FRESH else []
        except (InvalidTag, ValueError, TypeError, KeyError):
            return []

    def _made(self, salt: bytes) -> AESGCM:
        if not self._secret:
            raise ValueError("without a secret nothing can be opened")
        return AESGCM(hmac.digest(self._secret, b"chatsphere tidings" + salt, hashlib.sha256))


def _written(now: float, tidings: Iterable[Tidings]) -> bytes:
    """When it is said, whose and how long each is in a line of JSON, then all frames as they are."""
    head = [now, *([one.conversation_id, one.first, one.epoch, *map(len, one.frames)] for one in tidings)]
    frames = [frame for one in tidings for frame in one.frames]
    return b"".join((json.dumps(head, separators=(",", ":")).encode(), b"\n", *frames))


def _read(data: bytes) -> tuple[float, list[Tidings]]:
    head, _, rest = data.partition(b"\n")
    found, at = [], 0
    then, *each = json.loads(head)
    for conversation_id, first, epoch, *sizes in each:
        edges = list(accumulate(sizes, initial=at))
        at = edges[-1]
        found.append(Tidings(conversation_id, first, tuple(rest[a:b] for a, b in pairwise(edges)), epoch))
    return then, found
