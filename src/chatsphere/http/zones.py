"""In whose days and months pages count: those of the reader's zone, as far as their browser has told it."""

from __future__ import annotations

from datetime import UTC, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import request

COOKIE = "zone"
_LONGEST = 64


def zone() -> tzinfo:
    """The zone of whoever asks; UTC where it is not known here."""
    return _named(request.cookies.get(COOKIE, "")[:_LONGEST])


@lru_cache(maxsize=1024)
def _named(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC
