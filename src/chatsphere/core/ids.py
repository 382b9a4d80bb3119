"""Ids: 16 bytes inside, 32 lower-case hexadecimal digits outside; they cannot be counted or guessed."""

from __future__ import annotations

import hashlib
import re
import secrets
import time

_TEXT = re.compile(r"[0-9a-f]{32}", re.ASCII)


def new_id() -> str:
    """A fresh id: 48 bits of time, so that neighbours in time are neighbours on disk, and 80 random bits."""
    return (time.time_ns() // 1_000_000).to_bytes(6, "big").hex() + secrets.token_hex(10)


def is_id(text: object) -> bool:
    """Whether this could be an id at all; what could not be one names nothing."""
    return isinstance(text, str) and _TEXT.fullmatch(text) is not None


def hue_of(an_id: str) -> int:
    """The hue (0-359 degrees) that belongs to an id, spread evenly over the circle."""
    return int.from_bytes(hashlib.sha256(an_id.encode()).digest()[:4], "big") % 360
