"""Painters of the town: posters on its walls, and its windows at night."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw, ImageFilter

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
    mix,
    noise,
    rgb,
    shade,
    washed,
)
from chatsphere.demo.land import Painted
from chatsphere.demo.light import EVENINGS, HOURS, Hour, sky


def poster(rng: Random, size: Size, _hour: Hour) -> Painted:
    """Paint a poster of discs, arcs and bars on soft paper."""
    hue = rng.choice((22, 52, 140, 205, 264, 310, 350))
    paper: Colour = (0.95, 0.025, hue + 30) if rng.random() < 0.6 else (0.22, 0.05, hue + 240)
    inks = [(0.66, 0.17, hue), (0.80, 0.13, hue + 55), (0.45, 0.13, hue + 200), (0.72, 0.12, hue + 130)]
    scale = 2
    wide = (size[0] * scale, size[1] * scale)
    picture = Image.new("RGB", wide, rgb(paper))
    draw = ImageDraw.Draw(picture)
    cells = rng.choice((3, 4))
    side = min(wide) / (cells + 0.8)
    columns, rows = int(wide[0] / side - 0.4), int(wide[1] / side - 0.4)
    left, top = (wide[0] - columns * side) / 2, (wide[1] - rows * side) / 2
    for column in range(columns):
        for row in range(rows):
            ink, other = rng.sample(inks, 2)
            _tile(rng, draw, (left + column * side, top + row * side), side, ink, other)
    picture = picture.resize(size, FINE)
    light = glow((size[0] // 8, size[1] // 8), (size[0] / 16, 0), size[0] / 8, 1.2).resize(size, SMOOTH)
    return lit(picture, light, (0.9, 0.04, hue), 0.12), "A poster of discs, arcs and bars, one in every square"


def _tile(rng: Random, draw: ImageDraw.ImageDraw, at: Point, side: float, ink: Colour, other: Colour) -> None:
    gap = side * 0.04
    x, y = at[0] + gap, at[1] + gap
    box = (x, y, x + side - 2 * gap, y + side - 2 * gap)
    inner = side - 2 * gap
    kind = rng.randrange(6)
    if kind == 0:
        draw.ellipse(box, fill=rgb(ink))
    elif kind == 1:
        start = rng.choice((0, 90, 180, 270))
        corner = {0: (-inner, -inner), 90: (0, -inner), 180: (0, 0), 270: (-inner, 0)}[start]
        for share, tone in ((1.0, ink), (0.66, other), (0.33, ink)):
            cx, cy = x + corner[0] + inner, y + corner[1] + inner
            reach = inner * share
            draw.pieslice((cx - reach, cy - reach, cx + reach, cy + reach), start, start + 90, fill=rgb(tone))
    elif kind == 2:
        for bar in range(4):
            tall = inner * rng.uniform(0.25, 1.0)
            left, right = x + bar * inner / 4, x + (bar + 0.7) * inner / 4
            draw.rounded_rectangle(
                (left, y + inner - tall, right, y + inner),
                inner * 0.08,
                fill=rgb(ink),
            )
    elif kind == 3:
        draw.rectangle(box, fill=rgb(other))
        draw.ellipse((x + inner * 0.2, y + inner * 0.2, x + inner * 0.8, y + inner * 0.8), fill=rgb(ink))
    elif kind == 4:
        draw.pieslice((x, y - inner / 2, x + inner, y + inner / 2), 0, 180, fill=rgb(ink))
        draw.pieslice((x, y, x + inner, y + inner), 0, 180, fill=rgb(other))
    else:
        for ring, tone in enumerate((ink, other, ink, other)):
            inset = inner * 0.125 * ring
            draw.ellipse((x + inset, y + inset, x + inner - inset, y + inner - inset), fill=rgb(tone))


def city(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint a city at dusk, windows lit, twice in the water where there is some."""
    width, height = size
    hour = EVENINGS[HOURS.index(hour) % len(EVENINGS)]
    ground = round(height * 0.86)
    picture = sky(rng, size, hour, ground * 0.92, (width * rng.uniform(0.25, 0.75), ground * 0.8))
    windows = Image.new("L", size, 0)
    for layer in range(4):
        depth = layer / 3
        colour = mix(mix(hour.far, hour.low, 0.25), shade(hour.near, -0.05), depth**0.8)
        _street(rng, picture, windows, ground, colour, depth)
    warm = curve(blurred(windows, 9), lambda value: value * 1.6)
    picture = lit(lit(picture, warm, (0.75, 0.15, 62), 0.6), windows, (0.90, 0.11, 85), 0.9)
    deep = height - ground
    mirror = picture.crop((0, ground - deep, width, ground)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = mirror.filter(ImageFilter.BoxBlur((1, 9)))
    ripples = curve(noise(rng, (width // 4, deep // 2), (4, 30), 3), lambda value: abs(value - 0.5) * 2.6)
    picture.paste(washed(mirror, ripples.resize((width, deep), SMOOTH), hour.top, 0.5), (0, ground))
    return picture, f"A city by the water {hour.words}, its windows lit"


def _street(rng: Random, picture: Image.Image, windows: Image.Image, ground: int, colour: Colour, depth: float) -> None:
    width, height = picture.size
    houses, lights = ImageDraw.Draw(picture), ImageDraw.Draw(windows)
    x = -rng.uniform(0, width * 0.05)
    while x < width:
        wide = width * rng.uniform(0.035, 0.085) * (0.7 + 0.6 * depth)
        tall = height * rng.choice((0.18, 0.26, 0.34, 0.48, 0.58)) * rng.uniform(0.8, 1.1) * (1 - 0.45 * depth)
        box = (round(x), round(ground - tall), round(x + wide), ground)
        houses.rectangle(box, fill=rgb(shade(colour, rng.uniform(-0.02, 0.02))))
        lights.rectangle(box, fill=0)
        if rng.random() < 0.25:
            houses.line(
                [((box[0] + box[2]) // 2, box[1]), ((box[0] + box[2]) // 2, box[1] - height // 18)],
                fill=rgb(colour),
                width=3,
            )
        if depth > 0.3:
            _windows(rng, lights, box, 5 + round(5 * depth), depth)
        x += wide * rng.uniform(0.9, 1.15)


def _windows(rng: Random, lights: ImageDraw.ImageDraw, box: tuple[int, int, int, int], pane: int, depth: float) -> None:
    awake = rng.uniform(0.15, 0.5)
    for y in range(box[1] + pane * 2, box[3] - pane * 2, round(pane * 2.6)):
        for x in range(box[0] + pane, box[2] - pane, round(pane * 1.9)):
            if rng.random() < awake:
                lights.rectangle(
                    (x, y, x + pane * 0.8, y + pane * 1.2), fill=round(rng.uniform(90, 235) * (0.5 + 0.5 * depth))
                )
