"""How ChatSphere meets somebody, and the short text that a cookie and an account keep it as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

THEMES = ("", "light", "dark")
DENSITIES = ("cosy", "compact")
SMALLEST, LARGEST, STEP = 85, 150, 5
"""Sizes of text in per cent of what the browser has it at."""
_OLDEST = 5


@dataclass(frozen=True, slots=True)
class Look:
    """How it is to look, the usual way unless chosen otherwise.

    `theme`: "" is as the system has it; `hue`: of every room, None is each room's own; `letters`: single ones are keys;
    `enter`: it sends, and not only together with Ctrl;
    `remind`: one is asked what one's pictures show before they go.
    """

    theme: str = ""
    density: str = "cosy"
    size: int = 100
    hue: int | None = None
    letters: bool = True
    enter: bool = True
    remind: bool = False


def read(text: str) -> Look:
    """The look that was kept as this; what is not one is the usual look."""
    parts = text.split("~")
    # What browsers and accounts keep from before there was more to choose ends without it.
    if not _OLDEST <= len(parts) <= len(Look.__slots__):
        return Look()
    return changed(Look(), dict(zip(Look.__slots__, parts, strict=False)))


def written(look: Look) -> str:
    """The look as a text, of characters that a cookie may have."""
    hue = "" if look.hue is None else str(look.hue)
    switches = ("on" if on else "off" for on in (look.letters, look.enter, look.remind))
    return "~".join((look.theme, look.density, str(look.size), hue, *switches))


def changed(look: Look, wanted: Mapping[str, str]) -> Look:
    """The look with what is wanted otherwise; what makes no sense stays as it is."""
    theme, density = wanted.get("theme", look.theme), wanted.get("density", look.density)
    size, hue = _number(wanted.get("size", "")), _number(wanted.get("hue", ""))
    return replace(
        look,
        theme=theme if theme in THEMES else look.theme,
        density=density if density in DENSITIES else look.density,
        size=look.size if size is None else min(max(size - size % STEP, SMALLEST), LARGEST),
        hue=look.hue if "hue" not in wanted else None if hue is None else hue % 360,
        letters=look.letters if "letters" not in wanted else wanted["letters"] != "off",
        enter=look.enter if "enter" not in wanted else wanted["enter"] != "off",
        remind=look.remind if "remind" not in wanted else wanted["remind"] == "on",
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None
