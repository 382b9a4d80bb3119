"""The demo's pictures: drawn by code from a seed, so that nobody's photographs are shipped with the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from random import Random

from chatsphere.demo import land, still, town
from chatsphere.demo.brush import Size, grained
from chatsphere.demo.land import Painted
from chatsphere.demo.light import HOURS, Hour

Painter = Callable[[Random, Size, Hour], Painted]

LANDSCAPE, PORTRAIT, SQUARE, PANORAMA = (1600, 1067), (1200, 1500), (1360, 1360), (1920, 820)
SIZES: tuple[Size, ...] = (LANDSCAPE, LANDSCAPE, PORTRAIT, LANDSCAPE, SQUARE, LANDSCAPE, PANORAMA)
PAINTERS: dict[str, Painter] = {
    "ridge": land.ridges,
    "lake": land.lake,
    "woods": land.woods,
    "dunes": land.dunes,
    "sea": land.sea,
    "stars": land.stars,
    "aurora": land.aurora,
    "dahlia": still.flower,
    "coffee": still.coffee,
    "fruit": still.fruit,
    "poster": town.poster,
    "city": town.city,
}
"""What can be painted, and by whom."""


@dataclass(frozen=True, slots=True)
class Painting:
    """A picture as somebody would upload it: a JPEG with a name, and what it shows in words."""

    name: str
    subject: str
    alt: str
    data: bytes


def paint(subject: str, seed: int) -> Painting:
    """Paint one of `PAINTERS`; the same seed gives the same picture."""
    rng = Random(f"{subject} {seed}")
    hour = HOURS[(seed * 4 + list(PAINTERS).index(subject)) % len(HOURS)]
    size = SIZES[seed % len(SIZES)]
    picture, alt = PAINTERS[subject](rng, size, hour)
    into = BytesIO()
    grained(rng, picture).save(into, "JPEG", quality=88)
    return Painting(f"{subject}-{seed}.jpg", subject, alt, into.getvalue())
