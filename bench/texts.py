"""The texts that are sent: a hundred bytes without markup, which begin with the message's number."""

from __future__ import annotations

LENGTH = 100
_MARK = b"^"
_DIGITS = 9
_REST = " the quick brown fox jumps over the lazy dog while the benchmark counts what arrives, where and when"


def text(number: int) -> str:
    """The text of the message of this number."""
    return f"^{number:0{_DIGITS}d}{_REST}"[:LENGTH]


def number_in(data: bytes) -> int:
    """The number of the first message in these bytes, -1 where there is none."""
    at = data.find(_MARK)
    digits = data[at + 1 : at + 1 + _DIGITS]
    return int(digits) if at >= 0 and len(digits) == _DIGITS and digits.isdigit() else -1
