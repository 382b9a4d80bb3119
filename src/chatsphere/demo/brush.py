"""What the demo's painters share: ramps of colour, noise, light and crests, all with Pillow alone.

What is smooth is drawn small and enlarged, which is fast and costs nothing one could see; only edges are drawn large.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from math import cos, pi
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from chatsphere.outside.colour import oklch

Size = tuple[int, int]
Colour = tuple[float, float, float]
"""Lightness 0-1, chroma, hue in degrees."""
Rgb = tuple[int, int, int]
Point = tuple[float, float]
Line = list[float]

SMOOTH = Image.Resampling.BICUBIC
FINE = Image.Resampling.LANCZOS


def rgb(colour: Colour) -> Rgb:
    """Return the sRGB of a colour."""
    return oklch(*colour)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return what lies between two colours; the hue takes the shorter way round."""
    turn = (other[2] - one[2] + 180) % 360 - 180
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        (one[2] + turn * share) % 360,
    )


def shade(colour: Colour, lighter: float = 0.0, stronger: float = 1.0, turn: float = 0.0) -> Colour:
    """Return a colour made lighter (or darker), more colourful, or turned around the wheel."""
    return max(0.0, min(1.0, colour[0] + lighter)), colour[1] * stronger, (colour[2] + turn) % 360


def ramp(size: Size, stops: Sequence[tuple[float, Colour]]) -> Image.Image:
    """Return a picture that goes from colour to colour, downwards; stops are at 0-1 from the top."""
    column = Image.new("RGB", (1, 64))
    column.putdata([rgb(_at(stops, row / 63)) for row in range(64)])
    return column.resize(size, SMOOTH)


def _at(stops: Sequence[tuple[float, Colour]], place: float) -> Colour:
    for (start, one), (end, other) in pairwise(stops):
        if place <= end:
            share = (place - start) / (end - start) if end > start else 1.0
            return mix(one, other, max(0.0, share))
    return stops[-1][1]


def noise(rng: Random, size: Size, grain: Size, octaves: int = 4, sharpness: float = 0.55) -> Image.Image:
    """Return cloudy grey: `grain` is how many lumps across and down the coarsest octave has."""
    made = Image.new("L", size, 128)
    share = 0.9
    for octave in range(octaves):
        across, down = max(2, grain[0] << octave), max(2, grain[1] << octave)
        lumps = Image.frombytes("L", (across, down), rng.randbytes(across * down)).resize(size, SMOOTH)
        made = Image.blend(made, lumps, share)
        share *= sharpness
    return made


def curve(picture: Image.Image, change: Callable[[float], float]) -> Image.Image:
    """Return a grey picture with every value (0-1) changed."""
    return picture.point([round(255 * max(0.0, min(1.0, change(value / 255)))) for value in range(256)])


@cache
def _disc() -> Image.Image:
    return ImageChops.invert(Image.radial_gradient("L"))


def glow(size: Size, centre: Point, radius: float, fall: float = 2.0, flat: float = 1.0) -> Image.Image:
    """Return a mask of light around a point: 255 there, nothing `radius` away; `flat` squeezes it to the horizon."""
    mask = Image.new("L", size, 0)
    width, height = max(2, round(2 * radius)), max(2, round(2 * radius * flat))
    # Pillow's gradient reaches into the corners; on the circle that touches the sides it stands at 29 %.
    light = curve(_disc(), lambda value: max(0.0, (value - 0.2929) / 0.7071) ** fall).resize((width, height), SMOOTH)
    mask.paste(light, (round(centre[0] - width / 2), round(centre[1] - height / 2)))
    return mask


def lit(picture: Image.Image, mask: Image.Image, colour: Colour, strength: float = 1.0) -> Image.Image:
    """Return a picture with light of a colour added where the mask is bright."""
    light = Image.new("RGB", picture.size, rgb(colour))
    dim = curve(mask, lambda value: value * strength)
    return ImageChops.screen(picture, Image.composite(light, Image.new("RGB", picture.size), dim))


def washed(picture: Image.Image, mask: Image.Image, colour: Colour, strength: float = 1.0) -> Image.Image:
    """Return a picture covered by a colour where the mask is bright: haze, cloud, shadow."""
    return Image.composite(
        Image.new("RGB", picture.size, rgb(colour)), picture, curve(mask, lambda value: value * strength)
    )


def crest(rng: Random, points: int, lumps: int, octaves: int = 5, roughness: float = 0.5) -> Line:
    """Return heights (0-1) along a line, as ridges have them: `lumps` large ones, and ever smaller ones on them."""
    heights = [0.0] * points
    share, total = 1.0, 0.0
    for octave in range(octaves):
        knots = [rng.random() for _ in range((lumps << octave) + 2)]
        step = (lumps << octave) / (points - 1)
        for at in range(points):
            heights[at] += share * _between(knots, at * step)
        total += share
        share *= roughness
    return [height / total for height in heights]


def _between(knots: Line, place: float) -> float:
    index = min(int(place), len(knots) - 2)
    share = (1 - cos(pi * (place - index))) / 2
    return knots[index] * (1 - share) + knots[index + 1] * share


def below(size: Size, line: Line, finer: int = 2) -> Image.Image:
    """Return a mask of everything below a line of heights in pixels from the top, with smooth edges."""
    width, height = size
    wide = Image.new("L", (width * finer, height * finer), 0)
    step = (width * finer) / (len(line) - 1)
    edge = [(at * step, place * finer) for at, place in enumerate(line)]
    ImageDraw.Draw(wide).polygon([*edge, (width * finer, height * finer), (0, height * finer)], fill=255)
    return wide.reduce(finer) if finer > 1 else wide


def grained(rng: Random, picture: Image.Image, strength: float = 0.1) -> Image.Image:
    """Return a picture with a little film grain, which also keeps wide ramps from banding."""
    tile = Image.frombytes("L", (256, 256), rng.randbytes(65_536))
    grain = Image.new("L", picture.size)
    for left in range(0, picture.width, 256):
        for top in range(0, picture.height, 256):
            grain.paste(tile.transpose(Image.Transpose(rng.randrange(4))), (left, top))
    return Image.blend(picture, ImageChops.soft_light(picture, Image.merge("RGB", [grain] * 3)), strength)


def blurred(picture: Image.Image, radius: float) -> Image.Image:
    """Return a picture blurred; wide blurs are made on a smaller one."""
    shrink = max(1, int(radius / 4))
    if shrink == 1:
        return picture.filter(ImageFilter.GaussianBlur(radius))
    small = picture.reduce(shrink).filter(ImageFilter.GaussianBlur(radius / shrink))
    return small.resize(picture.size, SMOOTH)
