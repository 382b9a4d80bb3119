"""The picture of whoever has none: a sphere in their own hue, lit from the top left, with their initials."""

from __future__ import annotations

from html import escape

from chatsphere.outside.colour import hex_of

STOPS = ((0, 0.95, 0.06, 0), (52, 0.83, 0.105, 0), (100, 0.70, 0.12, 22))
"""Offset in percent, lightness, chroma, and how far the hue turns: the pages' own spheres say the same in CSS."""
INK = (0.25, 0.07)


def sphere(name: str, hue: int) -> bytes:
    """Return a square SVG for a person's name and hue (degrees); it needs no font and no style of the page."""
    stops = "".join(
        f'<stop offset="{offset}%" stop-color="{hex_of(lightness, chroma, hue + turn)}"/>'
        for offset, lightness, chroma, turn in STOPS
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 100 100">'
        # CSS draws to the farthest corner of the box, which from 30% 26% is 101.9% away.
        f'<radialGradient id="light" cx=".3" cy=".26" r="1.019">{stops}</radialGradient>'
        '<circle cx="50" cy="50" r="50" fill="url(#light)"/>'
        f'<text x="50" y="50" dy=".36em" text-anchor="middle" font-family="Figtree,system-ui,sans-serif" '
        f'font-size="36" font-weight="680" letter-spacing="-.36" fill="{hex_of(*INK, hue)}">'
        f"{escape(initials(name))}</text></svg>"
    ).encode()


def initials(name: str) -> str:
    """Return the first letters of the first and the last word, or the first sign of a name without letters."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return next((sign for sign in name if sign.isprintable() and not sign.isspace()), "")
    chosen = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in chosen).upper()[:2]
