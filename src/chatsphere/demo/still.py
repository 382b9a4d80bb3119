"""Painters of things near by: flowers, coffee and fruit."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from chatsphere.demo.brush import (
    FINE,
    SMOOTH,
    Colour,
    Point,
    Size,
    blurred,
    curve,
    glow,
    lit,
    noise,
    ramp,
    rgb,
    shade,
    washed,
)
from chatsphere.demo.land import Painted
from chatsphere.demo.light import HOURS, Hour

BLOOMS: tuple[tuple[str, Colour, Colour], ...] = (
    ("An orange dahlia", (0.74, 0.16, 55), (0.16, 0.04, 190)),
    ("A crimson dahlia", (0.58, 0.21, 24), (0.15, 0.05, 20)),
    ("A pink dahlia", (0.76, 0.14, 352), (0.20, 0.05, 300)),
    ("A violet dahlia", (0.60, 0.18, 305), (0.15, 0.04, 265)),
    ("A pale yellow dahlia", (0.89, 0.12, 95), (0.26, 0.06, 150)),
    ("A blue cornflower", (0.62, 0.17, 265), (0.93, 0.03, 90)),
    ("A white dahlia", (0.95, 0.02, 95), (0.30, 0.05, 160)),
    ("A coral dahlia", (0.72, 0.17, 32), (0.24, 0.05, 240)),
)


CHINA: tuple[Colour, ...] = (
    (0.95, 0.015, 90),
    (0.55, 0.09, 230),
    (0.80, 0.08, 20),
    (0.48, 0.06, 160),
    (0.86, 0.09, 85),
)
CHINA_RINGS = (
    (1.55, -0.10),
    (1.51, 0.0),
    (1.20, -0.07),
    (1.17, -0.03),
    (1.06, -0.18),
    (1.0, 0.02),
    (0.965, 0.05),
    (0.90, -0.22),
)
"""Radius in cups, and how much lighter: each disc as it lies on the one before."""
SAUCER = ((1.55, -0.10), (1.51, 0.0), (1.20, -0.07), (1.17, -0.03))
CUP = ((1.06, -0.18), (1.0, 0.02), (0.965, 0.05), (0.90, -0.22))
"""Radius in cups, and how much lighter: each disc as it lies on the one before."""
FRUIT: tuple[tuple[str, Colour, Colour], ...] = (
    ("Mandarins", (0.75, 0.17, 58), (0.45, 0.09, 235)),
    ("Yellow tomatoes", (0.86, 0.16, 95), (0.52, 0.09, 225)),
    ("Purple tomatoes", (0.48, 0.15, 318), (0.86, 0.06, 85)),
    ("Tomatoes", (0.60, 0.21, 29), (0.86, 0.04, 140)),
    ("Green tomatoes", (0.74, 0.16, 130), (0.88, 0.05, 40)),
)


def flower(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint one bloom from above, ring within ring."""
    words, petal, ground = BLOOMS[HOURS.index(hour) % len(BLOOMS)]
    picture = ramp(size, [(0, shade(ground, 0.08)), (1, shade(ground, -0.06))])
    leaves = curve(noise(rng, (size[0] // 8, size[1] // 8), (4, 4), 3), lambda value: (value - 0.5) * 2.5)
    picture = washed(picture, leaves.resize(size, SMOOTH), shade(ground, 0.12, 1.4), 0.5)
    reach = min(size) * rng.uniform(0.40, 0.47)
    centre = (size[0] * rng.uniform(0.44, 0.56), size[1] * rng.uniform(0.46, 0.54))
    shadow = glow((size[0] // 8, size[1] // 8), (centre[0] / 8 + 4, centre[1] / 8 + 10), reach / 6.6, 0.8)
    picture = washed(picture, shadow.resize(size, SMOOTH), shade(ground, -0.14), 0.8)
    side = 2 * round(reach * 1.04)
    bloom = _bloom(rng, side, petal)
    picture.paste(bloom, (round(centre[0] - side / 2), round(centre[1] - side / 2)), bloom)
    light = glow((size[0] // 8, size[1] // 8), (centre[0] / 8 - reach / 20, centre[1] / 8 - reach / 16), reach / 8, 1.5)
    return lit(picture, light.resize(size, SMOOTH), (0.9, 0.05, petal[2]), 0.22), f"{words} in full bloom, from above"


def _bloom(rng: Random, side: int, petal: Colour) -> Image.Image:
    scale = 1.5
    wide = round(side * scale)
    bloom = Image.new("RGBA", (wide, wide), (*rgb(petal), 0))
    draw = ImageDraw.Draw(bloom)
    rings, around = rng.choice(((9, 18), (11, 21), (13, 26))), rng.uniform(0.20, 0.34)
    count = rings[1]
    for ring in range(rings[0]):
        share = ring / (rings[0] - 1)
        reach = wide / 2 * 0.95 * (1 - share) ** 0.86 + wide * 0.012
        start = ring * pi / count + rng.uniform(-0.02, 0.02)
        for at in range(count):
            _petal(draw, wide / 2, reach * rng.uniform(0.975, 1.02), start + 2 * pi * at / count, around, petal, share)
    heart = wide * 0.03
    box = (wide / 2 - heart, wide / 2 - heart, wide / 2 + heart, wide / 2 + heart)
    draw.ellipse(box, fill=(*rgb(shade(petal, -0.2, 1.1, -18)), 255))
    return bloom.resize((side, side), FINE)


def _petal(
    draw: ImageDraw.ImageDraw, middle: float, reach: float, angle: float, around: float, petal: Colour, share: float
) -> None:
    """Draw a petal as nested shapes, from its dark rim to its bright heart."""
    for step in range(4):
        inner = 1 - step * 0.17
        tone = shade(petal, -0.15 * share + 0.035 * step - 0.055, 1 + 0.12 * share, -16 * share)
        outline = [_on_petal(middle, reach, angle, around * inner, n / 14, 1 - step * 0.035) for n in range(-14, 15)]
        draw.polygon(outline, fill=(*rgb(tone), 255))


def _on_petal(middle: float, reach: float, angle: float, around: float, at: float, length: float) -> Point:
    along = reach * length * (1 - abs(at) ** 2.2 * 0.62)
    turn = angle + around * sin(at * pi / 2) * (1.15 - 0.5 * abs(at))
    return middle + along * cos(turn), middle + along * sin(turn)


def coffee(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint a cup of coffee on a table, from above."""
    table = _table(rng, size)
    reach = min(size) * rng.uniform(0.27, 0.32)
    x, y = size[0] * rng.uniform(0.42, 0.58), size[1] * rng.uniform(0.46, 0.54)
    china = CHINA[HOURS.index(hour) % len(CHINA)]
    dark = glow((size[0] // 8, size[1] // 8), ((x + reach * 0.22) / 8, (y + reach * 0.3) / 8), reach * 1.75 / 8, 0.9)
    table = washed(table, dark.resize(size, SMOOTH), (0.10, 0.03, 40), 0.85)
    table = _discs(table, (x, y), reach, china)
    side = round(reach * 0.86) * 2
    brew = _brew(rng, side)
    table.paste(brew, (round(x - side / 2), round(y - side / 2)), brew)
    steam = curve(noise(rng, (size[0] // 8, size[1] // 8), (3, 2), 4), lambda value: (value - 0.52) * 2.4)
    near = glow((size[0] // 8, size[1] // 8), (x / 8, (y - reach) / 8), reach * 1.7 / 8, 1.0)
    haze = ImageChops.multiply(blurred(steam, 2), near).resize(size, SMOOTH)
    return washed(table, haze, (0.97, 0.01, 80), 0.5), "A cup of coffee with a heart in its foam, from above"


def _table(rng: Random, size: Size) -> Image.Image:
    wood: Colour = rng.choice(((0.42, 0.08, 52), (0.56, 0.08, 66), (0.34, 0.03, 250), (0.70, 0.05, 80)))
    across = rng.random() < 0.5
    grain = noise(rng, (size[0] // 4, size[1] // 4), (2, 60) if across else (60, 2), 3, 0.6)
    table = washed(
        Image.new("RGB", size, rgb(wood)),
        curve(grain, lambda value: (value - 0.35) * 1.7).resize(size, SMOOTH),
        shade(wood, -0.12, 1.1, -8),
        0.75,
    )
    seams = ImageDraw.Draw(table)
    for part in range(1, 5):
        at = (size[1] if across else size[0]) * part / 5 + rng.uniform(-20, 20)
        ends = [(0, at), (size[0], at)] if across else [(at, 0), (at, size[1])]
        seams.line(ends, fill=rgb(shade(wood, -0.2)), width=3)
    light = glow((size[0] // 8, size[1] // 8), (0, 0), size[0] / 8, 1.2).resize(size, SMOOTH)
    return lit(table, light, (0.85, 0.07, 80), 0.35)


def _discs(table: Image.Image, at: Point, reach: float, china: Colour) -> Image.Image:
    """Lay saucer, cup and handle, each a disc with its own light."""
    side = round(reach * 3.4)
    part = Image.new("RGBA", (side * 2, side * 2), (*rgb(china), 0))
    draw = ImageDraw.Draw(part)
    for radius, lighter in SAUCER + CUP:
        if radius == CUP[0][0]:
            draw.rounded_rectangle(
                (side + reach * 1.5, side - reach * 0.22, side + reach * 3.1, side + reach * 0.22),
                reach * 0.2,
                fill=(*rgb(shade(china, 0.03)), 255),
                outline=(*rgb(shade(china, -0.16)), 255),
                width=round(reach * 0.045),
            )
        edge = 2 * radius * reach
        draw.ellipse((side - edge, side - edge, side + edge, side + edge), fill=(*rgb(shade(china, lighter)), 255))
    part = part.resize((side, side), FINE).rotate(-38, SMOOTH)
    table.paste(part, (round(at[0] - side / 2), round(at[1] - side / 2)), part)
    shine = glow((table.width // 8, table.height // 8), ((at[0] - reach) / 8, (at[1] - reach) / 8), reach / 5, 1.4)
    return lit(table, shine.resize(table.size, SMOOTH), (0.95, 0.03, 80), 0.35)


def _brew(rng: Random, side: int) -> Image.Image:
    """Draw the coffee itself, and the hearts that were poured into it."""
    wide = side * 2
    brew = Image.new("RGB", (wide, wide), rgb((0.36, 0.08, 48)))
    crema = glow((side // 4, side // 4), (side / 8, side / 8), side / 7.2, 0.7).resize((wide, wide), SMOOTH)
    brew = washed(brew, curve(crema, lambda value: 1 - value), (0.60, 0.12, 62), 0.85)
    milk = Image.new("L", (wide, wide), 0)
    draw = ImageDraw.Draw(milk)
    middle = wide / 2
    # A tulip: a heart within a heart within a heart, each poured below the one before.
    for reach, lower in ((0.36, 0.02), (0.31, 0.02), (0.25, 0.0), (0.20, 0.0), (0.13, -0.03)):
        heart = [_on_heart(middle, middle + wide * lower, wide * reach, at * pi / 40) for at in range(80)]
        draw.polygon(heart, fill=0 if reach in (0.31, 0.20) else 255)
    milk = milk.rotate(rng.uniform(-40, 40), SMOOTH).filter(ImageFilter.GaussianBlur(wide / 160))
    brew = washed(brew, milk, (0.93, 0.04, 82), 0.92)
    rim = Image.new("L", (wide, wide), 0)
    ImageDraw.Draw(rim).ellipse((2, 2, wide - 2, wide - 2), fill=255)
    brew.putalpha(rim)
    return brew.resize((side, side), FINE)


def _on_heart(x: float, y: float, reach: float, turn: float) -> Point:
    across = sin(turn) ** 3
    down = (13 * cos(turn) - 5 * cos(2 * turn) - 2 * cos(3 * turn) - cos(4 * turn)) / 16
    return x + reach * across, y - reach * 0.12 - reach * down


def fruit(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint a table full of round fruit."""
    words, colour, ground = FRUIT[HOURS.index(hour) % len(FRUIT)]
    picture = ramp(size, [(0, shade(ground, 0.06)), (1, shade(ground, -0.10))])
    picture = lit(picture, glow(size, (0, 0), size[0] * 0.8, 1.5), (0.9, 0.05, 80), 0.3)
    radius = min(size) * rng.uniform(0.11, 0.15)
    ball = _ball(round(radius * 2), colour)
    for x, y in _packed(rng, size, radius):
        shadow = glow((ball.width, ball.width), (ball.width / 2, ball.width / 2), radius * 0.98, 0.6)
        picture.paste(rgb(shade(ground, -0.22)), (round(x - radius * 0.72), round(y - radius * 0.62)), shadow)
        turned = (
            ball
            if rng.random() < 0.5
            else _ball(ball.width, shade(colour, rng.uniform(-0.05, 0.03), 1, rng.uniform(-9, 6)))
        )
        picture.paste(turned, (round(x - radius), round(y - radius)), turned)
        _stalk(rng, picture, (x + radius * rng.uniform(-0.25, 0.3), y + radius * rng.uniform(-0.2, 0.3)), radius)
    return picture, f"{words} laid out on a table, from above"


def _stalk(rng: Random, picture: Image.Image, at: Point, radius: float) -> None:
    side = round(radius * 0.9)
    mask = Image.new("L", (side * 3, side * 3), 0)
    turn, middle = rng.uniform(0, 2 * pi), side * 1.5
    points = []
    for tip in range(10):
        reach = side * (1.2 * rng.uniform(0.8, 1.05) if tip % 2 == 0 else 0.34)
        angle = turn + tip * pi / 5
        points.append((middle + reach * cos(angle), middle + reach * sin(angle)))
    ImageDraw.Draw(mask).polygon(points, fill=255)
    mask = mask.reduce(3)
    place = (round(at[0] - mask.width / 2), round(at[1] - mask.height / 2))
    picture.paste(rgb((0.30, 0.08, 130)), (place[0] + 3, place[1] + 4), curve(mask, lambda value: value * 0.5))
    picture.paste(rgb((0.52, 0.12, 135)), place, mask)


def _packed(rng: Random, size: Size, radius: float) -> list[Point]:
    placed: list[Point] = []
    for _ in range(500):
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        if all((x - a) ** 2 + (y - b) ** 2 > (2.08 * radius) ** 2 for a, b in placed):
            placed.append((x, y))
        if len(placed) > 26:
            break
    return placed


def _ball(side: int, colour: Colour) -> Image.Image:
    """Draw a lit sphere, the house's own shape."""
    ball = Image.new("RGB", (side, side), rgb(shade(colour, -0.26, 0.95, -14)))
    ball = washed(ball, glow((side, side), (side * 0.44, side * 0.42), side * 0.62, 0.75), colour)
    ball = washed(ball, glow((side, side), (side * 0.33, side * 0.29), side * 0.34, 1.3), shade(colour, 0.17, 0.6), 0.9)
    rim = Image.new("L", (side * 2, side * 2), 0)
    ImageDraw.Draw(rim).ellipse((2, 2, side * 2 - 3, side * 2 - 3), fill=255)
    ball.putalpha(rim.reduce(2))
    return ball
