"""Colour as the pages think of it, OKLCH, from and to the sRGB of pictures (Björn Ottosson's Oklab)."""

from __future__ import annotations

from functools import cache
from math import atan2, cos, degrees, hypot, radians, sin

from PIL import Image

BIN = 15
"""Degrees of one hue bin."""

Linear = tuple[float, float, float]


def key_hue(picture: Image.Image) -> int | None:
    """Return the hue, in degrees, that a picture is remembered by; None where it has no colour to speak of."""
    bins = [[0.0, 0.0, 0.0] for _ in range(360 // BIN)]
    for red, green, blue in _sample(picture):
        lightness, a, b = oklab(_linear(red), _linear(green), _linear(blue))
        chroma = hypot(a, b)
        if chroma < 0.03 or not 0.2 <= lightness <= 0.95:
            continue
        weight = chroma * (1 - abs(lightness - 0.65))
        found = bins[int(degrees(atan2(b, a)) % 360 // BIN) % len(bins)]
        found[0] += weight
        # The mean of angles is taken on the circle, or reds at 359° and 1° would meet in cyan.
        found[1] += weight * a / chroma
        found[2] += weight * b / chroma
    weight, a, b = max(bins)
    return round(degrees(atan2(b, a))) % 360 if weight else None


def _sample(picture: Image.Image) -> list[tuple[int, int, int]]:
    small = picture.convert("RGBA").resize((48, 48), Image.Resampling.BOX, reducing_gap=2.0)
    data = small.tobytes()
    return [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data), 4) if data[at + 3] > 127]


def oklab(red: float, green: float, blue: float) -> Linear:
    """Return lightness, a and b of a linear sRGB colour (each 0-1)."""
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def oklch(lightness: float, chroma: float, hue: float) -> tuple[int, int, int]:
    """Return the sRGB bytes of an OKLCH colour; what lies outside sRGB gives up chroma, never hue or lightness."""
    low, high = 0.0, chroma
    best = _rgb(lightness, chroma, hue)
    if _fits(best):
        return _bytes(best)
    for _ in range(12):
        middle = (low + high) / 2
        if _fits(_rgb(lightness, middle, hue)):
            low = middle
        else:
            high = middle
    return _bytes(_rgb(lightness, low, hue))


def hex_of(lightness: float, chroma: float, hue: float) -> str:
    """Return an OKLCH colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*oklch(lightness, chroma, hue))


def _rgb(lightness: float, chroma: float, hue: float) -> Linear:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _fits(rgb: Linear) -> bool:
    return all(-0.0005 <= part <= 1.0005 for part in rgb)


def _bytes(rgb: Linear) -> tuple[int, int, int]:
    red, green, blue = (round(255 * _encoded(min(1.0, max(0.0, part)))) for part in rgb)
    return red, green, blue


def _encoded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


@cache
def _linear(byte: int) -> float:
    part = byte / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
