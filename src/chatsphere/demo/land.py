"""Painters of the open country: ridges, lakes, dunes, woods, the sea, stars and northern lights."""

from __future__ import annotations

from math import pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from chatsphere.demo.brush import (
    SMOOTH,
    Colour,
    Line,
    Size,
    below,
    blurred,
    crest,
    curve,
    glow,
    lit,
    mix,
    noise,
    ramp,
    rgb,
    shade,
    washed,
)
from chatsphere.demo.light import Hour, sky, sun_disc

Painted = tuple[Image.Image, str]


def ridges(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint mountains behind mountains, mist between them."""
    width, height = size
    horizon = height * rng.uniform(0.50, 0.62)
    sun = (width * rng.uniform(0.2, 0.8), horizon - height * rng.uniform(0.02, 0.22))
    picture = sun_disc(sky(rng, size, hour, horizon, sun), sun, height * rng.uniform(0.022, 0.04), hour.glow)
    layers = rng.choice((4, 5, 6))
    for layer in range(layers):
        depth = layer / (layers - 1)
        picture = _ridge(rng, picture, hour, horizon, depth, sun[0])
    return picture, f"{layers} ridgelines {hour.words}, the sun low behind them"


def _ridge(rng: Random, picture: Image.Image, hour: Hour, horizon: float, depth: float, sun: float) -> Image.Image:
    width, height = picture.size
    middle = horizon + (height * 0.90 - horizon) * depth**1.25
    rise = height * (0.20 - 0.07 * depth)
    line = [middle + rise * (0.55 - 1.25 * one) for one in crest(rng, 420, 3 + round(3 * depth), 6, 0.48)]
    top, tall = min(line), height - min(line)
    colour = mix(hour.far, hour.near, depth**1.1)
    haze = mix(colour, mix(hour.low, hour.far, 0.35), 0.62 - 0.42 * depth)
    fill = Image.new("RGB", picture.size)
    mist_at = min(1.0, height * 0.26 / tall)
    fill.paste(ramp((width, round(tall) + 1), [(0, colour), (mist_at, haze), (1, haze)]), (0, round(top)))
    warm = glow((width // 4, height // 4), (sun / 4, horizon / 4), width * 0.14, 1.6)
    fill = lit(fill, warm.resize(picture.size, SMOOTH), hour.glow, 0.30 * (1 - depth))
    picture.paste(fill, mask=below(picture.size, line))
    return _mist(rng, picture, hour, top + height * 0.12, depth)


def _mist(rng: Random, picture: Image.Image, hour: Hour, place: float, depth: float) -> Image.Image:
    if depth > 0.9:
        return picture
    width, height = picture.width // 8, picture.height // 8
    band = Image.new("L", (width, height), 0)
    tall = max(2, round(height * 0.24))
    hump = curve(Image.linear_gradient("L"), lambda value: sin(pi * value) ** 1.5).resize((width, tall))
    band.paste(hump, (0, round(place / 8 - tall * 0.25)))
    mask = ImageChops.multiply(band, curve(noise(rng, (width, height), (3, 5), 3), lambda value: (value - 0.2) * 1.7))
    return washed(picture, mask.resize(picture.size, SMOOTH), mix(hour.low, hour.far, 0.3), 0.42)


def lake(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint a still lake that gives the shore back."""
    width, height = size
    shore = round(height * rng.uniform(0.52, 0.60))
    sun = (width * rng.uniform(0.25, 0.75), shore * rng.uniform(0.35, 0.75))
    upper = sun_disc(sky(rng, size, hour, shore, sun), sun, width * 0.028, hour.glow)
    for depth, rise, lumps in ((0.12, 0.34, 3), (0.45, 0.24, 4)):
        line = [shore - height * rise * max(0.02, one - 0.12) for one in crest(rng, 420, lumps, 6, 0.5)]
        colour = mix(hour.far, hour.near, depth)
        fill = ramp(size, [(0, colour), (shore / height - 0.22, colour), (shore / height, mix(colour, hour.low, 0.5))])
        upper.paste(fill, mask=below(size, line))
    _pines(rng, upper, [shore, shore], hour.near, height * 0.10)
    return _mirrored(rng, upper, shore, hour), f"A still lake {hour.words}, pines and peaks mirrored in it"


def _mirrored(rng: Random, picture: Image.Image, shore: int, hour: Hour) -> Image.Image:
    width, height = picture.size
    deep = height - shore
    mirror = picture.crop((0, max(0, shore - deep), width, shore)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = mirror.resize((width, deep), SMOOTH).filter(ImageFilter.BoxBlur((0, 3)))
    mirror = washed(mirror, ramp((width, deep), [(0, (0, 0, 0)), (1, (0.8, 0, 0))]).convert("L"), hour.top, 0.55)
    ripples = curve(noise(rng, (width // 4, deep // 2), (4, 60), 3), lambda value: abs(value - 0.5) * 2.2)
    mirror = washed(mirror, ripples.resize((width, deep), SMOOTH), mix(hour.low, hour.middle, 0.3), 0.32)
    picture.paste(mirror, (0, shore))
    line = Image.new("L", picture.size, 0)
    ImageDraw.Draw(line).rectangle((0, shore - 1, width, shore + 1), fill=140)
    return washed(picture, line.filter(ImageFilter.GaussianBlur(2)), hour.low)


def _pines(rng: Random, picture: Image.Image, ground: Line, colour: Colour, tall: float, gap: float = 0.35) -> None:
    """Draw a row of firs that stand on a line, in clumps."""
    mask = Image.new("L", picture.size, 0)
    draw = ImageDraw.Draw(mask)
    clumps = crest(rng, 200, 5, 3)
    place = -tall * 0.2
    while place < picture.width + tall * 0.2:
        along = min(1.0, max(0.0, place / picture.width))
        clump = clumps[round(along * 199)]
        size = tall * rng.uniform(0.45, 1.0) * max(0.25, (clump - 0.25) * 1.9)
        _pine(rng, draw, place, ground[round(along * (len(ground) - 1))] + 3, size)
        place += size * gap * rng.uniform(0.5, 1.2) + 2
    picture.paste(rgb(colour), mask=mask.filter(ImageFilter.GaussianBlur(0.7)))


def _pine(rng: Random, draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float) -> None:
    tiers = max(4, min(11, round(tall / 9)))
    left: list[tuple[float, float]] = [(x, foot - tall)]
    right: list[tuple[float, float]] = []
    for tier in range(1, tiers + 1):
        y = foot - tall * (1 - tier / tiers)
        half = tall * 0.19 * (tier / tiers) ** 0.85 * rng.uniform(0.85, 1.15)
        left += [(x - half, y), (x - half * 0.45, y - tall / tiers * 0.18)]
        right += [(x + half, y), (x + half * 0.45, y - tall / tiers * 0.18)]
    draw.polygon([*left, *reversed(right)], fill=255)


def woods(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint a slope of firs that fades into fog."""
    width, height = size
    picture = sky(rng, size, hour, height * 0.8, (width * rng.uniform(0.3, 0.7), height * 0.2))
    for layer in range(5):
        depth = layer / 4
        ground = height * (0.46 + 0.52 * depth)
        slope = Image.new("RGB", size)
        colour = mix(mix(hour.far, hour.low, 0.35), hour.near, depth**0.9)
        line = [ground + height * 0.16 * (one - 0.5) for one in crest(rng, 200, 2, 4)]
        slope.paste(rgb(colour), (0, 0, width, height))
        _pines(rng, picture, line, colour, height * (0.13 + 0.22 * depth), 0.27)
        picture.paste(slope, mask=below(size, line, 1))
        picture = _mist(rng, picture, hour, ground, depth)
    return picture, f"Firs on a slope fading into fog {hour.words}"


def dunes(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint dunes, each with a lit and a shaded side."""
    width, height = size
    horizon = height * rng.uniform(0.36, 0.48)
    sun = (width * rng.uniform(0.15, 0.85), horizon - height * 0.12)
    picture = sun_disc(sky(rng, size, hour, horizon, sun), sun, height * 0.03, hour.glow)
    sand = mix(hour.glow, (0.70, 0.12, 58), 0.55)
    for layer in range(4):
        depth = layer / 3
        middle = horizon + (height * 0.86 - horizon) * depth
        line = [middle + height * 0.17 * (0.5 - one) for one in crest(rng, 300, 2, 3, 0.3)]
        picture = _dune(rng, picture, line, mix(sand, shade(sand, -0.12, 1.1, -12), depth))
    return picture, f"Dunes with sharp crests {hour.words}"


def _dune(rng: Random, picture: Image.Image, line: Line, colour: Colour) -> Image.Image:
    width, height = picture.size
    top = min(line)
    bright = ramp(
        picture.size, [(0, shade(colour, 0.08)), (top / height, shade(colour, 0.08)), (1, shade(colour, -0.2))]
    )
    body = below(picture.size, line)
    dark = shade(colour, -0.24, 0.9, -18)
    edge, depth = [], 0.0
    for before, at in zip(line[:1] + line, line, strict=False):
        # The shade begins at a crest, widens while the crest falls, and runs out behind it.
        depth = depth * 0.985 + max(0.0, at - before) * 2.6
        edge.append(at + depth)
    shaded = ImageChops.subtract(body, blurred(below(picture.size, edge), 2))
    bright = washed(bright, shaded, dark, 0.75)
    ripples = curve(noise(rng, (width // 4, height // 2), (6, 70), 2), lambda value: (value - 0.45) * 1.6)
    bright = washed(bright, ripples.resize(picture.size, SMOOTH), dark, 0.16)
    picture.paste(bright, mask=body)
    return picture


def sea(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint the open sea and the sun's path on it."""
    width, height = size
    horizon = round(height * rng.uniform(0.42, 0.55))
    sun = (width * rng.uniform(0.3, 0.7), horizon - height * rng.uniform(0.03, 0.16))
    picture = sun_disc(sky(rng, size, hour, horizon, sun), sun, height * 0.035, hour.glow)
    deep = height - horizon
    water = ramp(
        (width, deep), [(0, mix(hour.low, hour.middle, 0.55)), (0.3, mix(hour.middle, hour.near, 0.45)), (1, hour.near)]
    )
    for band, (grain, strength) in enumerate((((3, 90), 0.26), ((3, 40), 0.30), ((2, 16), 0.34))):
        swell = noise(rng, (width // 4, deep // 2), grain, 3).resize((width, deep), SMOOTH)
        rows = ramp((width, deep), [(0, (1 - band * 0.4, 0, 0)), (1, (0.2 + band * 0.4, 0, 0))]).convert("L")
        lines = ImageChops.multiply(curve(swell, lambda value: (abs(value - 0.5) * 5) ** 1.4), rows)
        water = washed(water, lines, mix(hour.low, hour.middle, 0.35), strength)
    picture.paste(_glitter(rng, water, sun[0], hour), (0, horizon))
    return picture, f"The sea {hour.words}, a path of light towards the sun"


def _glitter(rng: Random, water: Image.Image, sun: float, hour: Hour) -> Image.Image:
    width, deep = water.size
    small = (width // 2, deep)
    path = Image.new("L", small, 0)
    draw = ImageDraw.Draw(path)
    y = 1.0
    while y < deep:
        share = y / deep
        for _ in range(rng.choice((1, 2, 3))):
            middle = sun / 2 + rng.gauss(0, 1) * small[0] * (0.018 + 0.055 * share)
            half = small[0] * (0.008 + 0.03 * share) * rng.uniform(0.3, 1.2)
            draw.ellipse((middle - half, y, middle + half, y + 1 + 5 * share), fill=rng.randrange(120, 255))
        y += 2.2 + 9 * share
    path = path.filter(ImageFilter.GaussianBlur(0.8)).resize(water.size, SMOOTH)
    halo = glow((width // 8, max(2, deep // 8)), (sun / 8, 0), width * 0.07, 1.6, 2.2).resize(water.size, SMOOTH)
    return lit(lit(water, halo, hour.glow, 0.5), path, hour.glow, 0.75)


def stars(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint a night of stars over a dark ridge."""
    picture = _night(rng, size, hour)
    band = curve(noise(rng, (size[0] // 4, size[1] // 4), (5, 5), 5, 0.62), lambda value: 0.25 + (value - 0.35) * 1.7)
    dust = ImageChops.multiply(band, _belt(rng, band.size)).resize(size, SMOOTH)
    picture = lit(picture, dust, (0.72, 0.10, hour.top[2] + 20), 0.85)
    picture = _sprinkled(rng, picture, dust)
    _foreground(rng, picture, hour)
    return picture, "The Milky Way over a dark ridge"


def _belt(rng: Random, size: Size) -> Image.Image:
    # Drawn on twice the sky, so that turning it leaves no corner empty.
    wide = (2 * size[0], 2 * size[1])
    belt = glow(wide, size, size[0] * 1.1, 1.3, 0.27).rotate(rng.choice((-52, -38, 35, 50)), SMOOTH)
    return belt.crop((size[0] // 2, size[1] // 2, size[0] // 2 + size[0], size[1] // 2 + size[1]))


def _night(rng: Random, size: Size, hour: Hour) -> Image.Image:
    hue = hour.top[2]
    low = mix((0.42, 0.09, hue - 18), hour.glow, 0.22)
    stops = [(0.0, (0.11, 0.04, hue)), (0.5, (0.19, 0.07, hue)), (0.86, low), (1.0, low)]
    return ramp((size[0] // 4, size[1] // 4), stops).resize(size, SMOOTH)


def _sprinkled(rng: Random, picture: Image.Image, dust: Image.Image) -> Image.Image:
    width, height = picture.size
    mask = Image.new("L", picture.size, 0)
    draw = ImageDraw.Draw(mask)
    for _ in range(3600):
        x, y = rng.randrange(width), rng.randrange(height)
        if rng.random() * 255 > 60 + dust.getpixel((x, y)) * 1.6:  # type: ignore[operator]  # a grey pixel is one number
            continue
        draw.rectangle((x, y, x + 1, y + 1), fill=rng.randrange(40, 190))
        if rng.random() < 0.05:
            size = rng.uniform(0.8, 2.3)
            draw.ellipse((x - size, y - size, x + size, y + size), fill=rng.randrange(150, 255))
    soft = mask.filter(ImageFilter.GaussianBlur(0.7))
    halo = curve(blurred(mask, 5), lambda value: value * 3)
    return lit(lit(picture, halo, (0.80, 0.07, 250), 0.6), curve(soft, lambda value: value * 1.7), (0.97, 0.02, 250))


def _foreground(rng: Random, picture: Image.Image, hour: Hour) -> None:
    dark = (0.10, 0.03, hour.top[2])
    _silhouette(rng, picture, 0.84, mix(dark, (0.3, 0.06, hour.top[2]), 0.5))
    _pines(rng, picture, _silhouette(rng, picture, 0.93, dark), dark, picture.height * 0.13, 0.3)


def _silhouette(rng: Random, picture: Image.Image, middle: float, colour: Colour) -> Line:
    line = [picture.height * (middle + 0.16 * (0.5 - one)) for one in crest(rng, 400, 3, 6)]
    picture.paste(rgb(colour), mask=below(picture.size, line))
    return line


def aurora(rng: Random, size: Size, hour: Hour) -> Painted:
    """Paint northern lights over a frozen shore."""
    picture = _night(rng, size, hour)
    hue = rng.choice((150, 165, 175, 320))
    for sheet in range(3):
        veil = _veil(rng, (size[0] // 8, size[1] // 8), 0.55 + 0.12 * sheet)
        colour = (0.80, 0.17, (hue + 38 * sheet * (1 if hue < 300 else -1)) % 360)
        picture = lit(picture, veil.resize(size, SMOOTH), colour, 0.85 - 0.18 * sheet)
    picture = _sprinkled(rng, picture, Image.new("L", size, 20))
    _foreground(rng, picture, hour)
    return picture, "Northern lights above dark firs"


def _veil(rng: Random, size: Size, foot: float) -> Image.Image:
    """Draw one curtain: columns that end along a wandering line, bright at the foot and fading upwards."""
    width, height = size
    veil = Image.new("L", size, 0)
    feet = crest(rng, width, 2, 3, 0.4)
    bright = crest(rng, width, 6, 5, 0.75)
    column = Image.new("L", (1, 64))
    column.putdata([round(255 * (row / 63) ** 2.4 * (1 if row < 60 else (63 - row) / 4)) for row in range(64)])
    for x in range(width):
        tall = round(height * (0.30 + 0.45 * bright[x]))
        end = round(height * (foot + 0.5 * (feet[x] - 0.6)))
        lit_column = column.resize((1, tall), SMOOTH)
        veil.paste(curve(lit_column, lambda value, x=x: value * max(0.0, bright[x] - 0.15) * 1.5), (x, end - tall))  # type: ignore[misc]
    return veil.filter(ImageFilter.GaussianBlur(1.1))
