"""Plain frames (RFC 6455, section 5.2): final, masked, texts of less than 64 KiB. Clients send hardly any others."""

from __future__ import annotations

from struct import unpack_from

# The one in C where there is one.
from websockets.frames import apply_mask  # type: ignore[attr-defined]

_MASKED, _SIZE = 0x80, 0x7F
_SHORT, _LONG = 126, 127
_FINAL_TEXT = 0x81
_MASK = 4


def end(data: bytes, at: int) -> int | None:
    """Where the frame that begins there ends, or beyond the data if that is not known yet; None: nobody's plain frame.

    Longer ones, and those that are not masked, which no client may send, have no place here.
    """
    if len(data) - at < 2:
        return len(data) + 1
    size = data[at + 1]
    if not size & _MASKED or size & _SIZE == _LONG:
        return None
    if size & _SIZE < _SHORT:
        return at + 2 + _MASK + (size & _SIZE)
    if len(data) - at < 4:
        return len(data) + 1
    return int(at + 4 + _MASK + unpack_from("!H", data, at + 2)[0])


def text(frame: bytes) -> str | None:
    """What a whole frame says; None where it is another kind of frame, or no UTF-8."""
    if frame[0] != _FINAL_TEXT:
        return None
    start = 2 if frame[1] & _SIZE < _SHORT else 4
    try:
        return apply_mask(frame[start + _MASK :], frame[start : start + _MASK]).decode()
    except UnicodeDecodeError:
        return None
