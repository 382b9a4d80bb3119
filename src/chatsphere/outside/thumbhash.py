"""A picture's ThumbHash (Evan Wallace's format): some 25 bytes that draw its blur before it has come.

Written here because the package of that name fails on every picture with transparency.
"""

from __future__ import annotations

from math import cos, floor, pi

from PIL import Image

Channel = tuple[float, list[float], float]
SIDE = 48
"""The longer side that is looked at; the hash keeps at most seven waves across, so more adds nothing."""


def thumbhash(picture: Image.Image) -> bytes:
    """Return the hash of a picture; its transparency is part of it."""
    small = picture.convert("RGBA")
    small.thumbnail((SIDE, SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    width, height = small.size
    light, yellow, red, alpha = _channels(small.tobytes())
    see_through = any(part < 1 for part in alpha)
    longest = max(width, height)
    most = 5 if see_through else 7
    across, down = (max(1, _half_up(most * side / longest)) for side in (width, height))
    l_dc, l_ac, l_scale = _encode(light, width, height, max(3, across), max(3, down))
    p_dc, p_ac, p_scale = _encode(yellow, width, height, 3, 3)
    q_dc, q_ac, q_scale = _encode(red, width, height, 3, 3)
    wide = width > height
    head = _half_up(63 * l_dc) | _half_up(31.5 + 31.5 * p_dc) << 6 | _half_up(31.5 + 31.5 * q_dc) << 12
    head |= _half_up(31 * l_scale) << 18 | see_through << 23
    tail = (down if wide else across) | _half_up(63 * p_scale) << 3 | _half_up(63 * q_scale) << 9 | wide << 15
    made = bytearray(head.to_bytes(3, "little") + tail.to_bytes(2, "little"))
    waves = l_ac + p_ac + q_ac
    if see_through:
        a_dc, a_ac, a_scale = _encode(alpha, width, height, 5, 5)
        made.append(_half_up(15 * a_dc) | _half_up(15 * a_scale) << 4)
        waves += a_ac
    return bytes(made + _nibbles(waves))


def _channels(data: bytes) -> tuple[list[float], list[float], list[float], list[float]]:
    """Return lightness, yellow-blue, red-green and opacity, see-through places filled with the average colour."""
    alpha = [part / 255 for part in data[3::4]]
    weight = sum(alpha) or 1.0
    filled = []
    for offset in range(3):
        parts = [a * part / 255 for a, part in zip(alpha, data[offset::4], strict=True)]
        mean = sum(parts) / weight
        filled.append([mean * (1 - a) + part for a, part in zip(alpha, parts, strict=True)])
    pixels = list(zip(*filled, strict=True))
    light = [(r + g + b) / 3 for r, g, b in pixels]
    return light, [(r + g) / 2 - b for r, g, b in pixels], [r - g for r, g, _ in pixels], alpha


def _encode(channel: list[float], width: int, height: int, across: int, down: int) -> Channel:
    """Return the mean, the waves (0-1) and their scale: a cosine transform, of which a triangle is kept."""
    rows = [channel[at : at + width] for at in range(0, width * height, width)]
    waves: list[float] = []
    for cy in range(down):
        fy = [cos(pi / height * cy * (y + 0.5)) for y in range(height)]
        folded = [sum(part * f for part, f in zip(column, fy, strict=True)) for column in zip(*rows, strict=True)]
        for cx in range(across):
            if cx * down >= across * (down - cy):
                break
            waves.append(sum(f * cos(pi / width * cx * (x + 0.5)) for x, f in enumerate(folded)) / (width * height))
    mean, *rest = waves
    scale = max(map(abs, rest), default=0.0)
    return mean, [0.5 + 0.5 / scale * wave if scale else 0.0 for wave in rest], scale


def _nibbles(waves: list[float]) -> bytes:
    levels = [_half_up(15 * wave) for wave in waves] + [0] * (len(waves) % 2)
    return bytes(low | high << 4 for low, high in zip(levels[::2], levels[1::2], strict=True))


def _half_up(value: float) -> int:
    # JavaScript rounds so; Python's own rounding to even would not give the same bytes.
    return floor(value + 0.5)
