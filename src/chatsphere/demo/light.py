"""The hours of the demo's day: what colour the sky has then, and the land under it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from PIL import Image

from chatsphere.demo.brush import (
    SMOOTH,
    Colour,
    Point,
    Size,
    blurred,
    curve,
    glow,
    lit,
    mix,
    noise,
    ramp,
    shade,
    washed,
)


@dataclass(frozen=True, slots=True)
class Hour:
    """One light: the sky from the top down, the sun's glow, and the land from far to near. `words` say it."""

    words: str
    top: Colour
    middle: Colour
    low: Colour
    glow: Colour
    far: Colour
    near: Colour
    dark: bool = False


VIOLET_DAWN = Hour(
    "in violet dawn light",
    (0.34, 0.10, 282), (0.57, 0.11, 308), (0.83, 0.10, 48), (0.90, 0.13, 72), (0.64, 0.08, 318), (0.23, 0.05, 300),
)  # fmt: skip
MAGENTA_DUSK = Hour(
    "under a magenta evening sky",
    (0.23, 0.10, 296), (0.42, 0.16, 338), (0.70, 0.18, 24), (0.86, 0.15, 58), (0.52, 0.14, 8), (0.20, 0.06, 340),
)  # fmt: skip
GREEN_MORNING = Hour(
    "in green morning mist",
    (0.55, 0.07, 225), (0.74, 0.06, 195), (0.90, 0.05, 150), (0.97, 0.06, 105), (0.76, 0.05, 172), (0.27, 0.06, 165),
)  # fmt: skip
BLUE_HOUR = Hour(
    "in the blue hour",
    (0.22, 0.07, 258), (0.40, 0.09, 245), (0.66, 0.08, 220), (0.82, 0.11, 72), (0.48, 0.08, 242), (0.15, 0.04, 245),
    dark=True,
)  # fmt: skip
GOLDEN = Hour(
    "in golden light",
    (0.58, 0.07, 238), (0.80, 0.07, 85), (0.88, 0.13, 72), (0.96, 0.12, 90), (0.76, 0.11, 62), (0.28, 0.07, 42),
)  # fmt: skip
NOON = Hour(
    "on a clear day",
    (0.56, 0.13, 250), (0.74, 0.10, 236), (0.91, 0.04, 218), (0.99, 0.03, 100), (0.68, 0.07, 240), (0.33, 0.09, 150),
)  # fmt: skip
ROSE = Hour(
    "in rose light",
    (0.62, 0.10, 288), (0.78, 0.10, 342), (0.92, 0.07, 38), (0.97, 0.08, 70), (0.76, 0.09, 345), (0.34, 0.09, 325),
)  # fmt: skip
TEAL = Hour(
    "in teal evening light",
    (0.28, 0.07, 225), (0.47, 0.09, 205), (0.76, 0.09, 168), (0.92, 0.12, 108), (0.55, 0.08, 195), (0.17, 0.05, 205),
)  # fmt: skip
EMBER = Hour(
    "at a burning sunset",
    (0.30, 0.09, 330), (0.54, 0.18, 28), (0.80, 0.16, 62), (0.95, 0.15, 88), (0.55, 0.15, 38), (0.19, 0.06, 28),
)  # fmt: skip
HOURS = (VIOLET_DAWN, MAGENTA_DUSK, GREEN_MORNING, BLUE_HOUR, GOLDEN, NOON, ROSE, TEAL, EMBER)
EVENINGS = (VIOLET_DAWN, BLUE_HOUR, MAGENTA_DUSK, TEAL, ROSE, EMBER)
"""Those in which windows are lit."""


def sky(rng: Random, size: Size, hour: Hour, horizon: float, sun: Point | None) -> Image.Image:
    """Return a whole picture of sky: its ramp down to the horizon (in pixels), the sun's light, and clouds."""
    small = (size[0] // 4, size[1] // 4)
    low = horizon / size[1]
    picture = ramp(small, [(0, hour.top), (low * 0.55, hour.middle), (low, hour.low), (1, hour.low)])
    picture = _clouds(rng, picture, hour, low)
    if sun is not None:
        at = (sun[0] / 4, sun[1] / 4)
        picture = lit(picture, glow(small, at, small[0] * 0.85, 2.6), shade(hour.glow, stronger=1.2), 0.55)
        picture = lit(picture, glow(small, at, small[0] * 0.30, 2.2), hour.glow, 0.55)
    return picture.resize(size, SMOOTH)


def _clouds(rng: Random, picture: Image.Image, hour: Hour, low: float) -> Image.Image:
    width, height = picture.size
    wisps = noise(rng, (width, height), (3, 9), 5, 0.62)
    cover = rng.uniform(0.50, 0.58)
    mask = curve(wisps, lambda value: max(0.0, (value - cover) * 3.4) ** 1.2)
    fade = Image.linear_gradient("L").resize((width, max(1, round(height * low))), SMOOTH)
    upper = Image.new("L", (width, height), 0)
    upper.paste(curve(fade, lambda value: 1 - abs(value - 0.55) * 1.7), (0, 0))
    mask = Image.composite(mask, Image.new("L", mask.size), upper)
    lower = mix(hour.low, hour.glow, 0.5) if not hour.dark else mix(hour.middle, hour.low, 0.6)
    return washed(picture, blurred(mask, 1.2), lower, 0.62)


def sun_disc(picture: Image.Image, at: Point, radius: float, colour: Colour) -> Image.Image:
    """Return a picture with the sun (or the moon) itself in it, edges soft."""
    box = (round(at[0] - 2 * radius), round(at[1] - 2 * radius), round(at[0] + 2 * radius), round(at[1] + 2 * radius))
    part = picture.crop(box)
    disc = curve(glow(part.size, (part.width / 2, part.height / 2), radius * 1.08, 1.0), lambda value: value * 14)
    picture.paste(washed(part, disc, mix(colour, (0.99, 0.02, 90), 0.6)), box[:2])
    return picture
