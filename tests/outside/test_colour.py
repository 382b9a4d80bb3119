"""The hue that a picture is remembered by, and the blur that stands in for it."""

from __future__ import annotations

import base64
import json
import subprocess
import time
from pathlib import Path
from random import Random

import pytest
from PIL import Image

import chatsphere
from chatsphere.outside.colour import hex_of, key_hue, oklch
from chatsphere.outside.thumbhash import SIDE, thumbhash

NODE = str(Path(__file__).parents[2] / "bin" / "with-node")
DECODER = Path(chatsphere.__file__).parent / "static" / "vendor" / "thumbhash.js"
RED, GREEN, BLUE = 29, 142, 264
"""The hues of sRGB's own red, green and blue in OKLCH."""


@pytest.mark.parametrize(("colour", "hue"), [("#ff0000", RED), ("#00ff00", GREEN), ("#0000ff", BLUE)])
def test_a_picture_of_one_colour_has_its_hue(colour: str, hue: int) -> None:
    assert key_hue(Image.new("RGB", (64, 64), colour)) == hue


@pytest.mark.parametrize("colour", ["black", "white", "#808080", "#7f8080", "#0a0000"])
def test_a_picture_without_colour_has_no_hue(colour: str) -> None:
    assert key_hue(Image.new("RGB", (64, 64), colour)) is None


def test_a_strong_colour_outweighs_much_grey_and_what_is_seen_through_does_not_count() -> None:
    picture = Image.new("RGBA", (90, 90), (128, 128, 128, 255))
    picture.paste((200, 40, 30, 255), (0, 0, 30, 30))
    picture.paste((30, 40, 255, 0), (30, 0, 90, 90))
    assert key_hue(picture) == pytest.approx(RED, abs=4)


def test_reds_on_both_sides_of_zero_do_not_meet_in_cyan() -> None:
    picture = Image.new("RGB", (64, 64), oklch(0.65, 0.15, 1))
    picture.paste(oklch(0.65, 0.15, 6), (0, 0, 64, 32))
    assert key_hue(picture) == pytest.approx(3, abs=2)


def test_the_hue_of_a_large_picture_takes_no_time() -> None:
    picture = Image.effect_noise((1280, 960), 90).convert("RGB")
    began = time.process_time()
    key_hue(picture)
    assert time.process_time() - began < 0.1


def test_colours_come_out_as_css_has_them() -> None:
    # What Chromium computes for oklch(.628 .2577 29.23) and its like: sRGB's own primaries.
    assert [hex_of(0.628, 0.2577, 29.23), hex_of(1, 0, 0), hex_of(0, 0, 0)] == ["#ff0000", "#ffffff", "#000000"]


def test_a_colour_that_no_screen_shows_keeps_its_lightness_and_hue() -> None:
    red, green, blue = oklch(0.7, 0.4, 150)
    assert 0 <= red < 60 < blue < green <= 255


def javascript(expression: str, data: list[int]) -> list[int]:
    """What the pages' own decoder makes of numbers."""
    script = (
        f"import {{thumbHashToRGBA, rgbaToThumbHash, thumbHashToAverageRGBA}} from '{DECODER.as_uri()}';"
        f"const data = {json.dumps(data)}; console.log(JSON.stringify(Array.from({expression})))"
    )
    node = [NODE, "node", "--no-warnings", "--input-type=module", "-e", script]
    told = subprocess.run(node, capture_output=True, text=True, check=True)
    return [int(number) for number in json.loads(told.stdout)]


def blurry(width: int, height: int, alpha: bool) -> Image.Image:
    rng = Random(width * height)
    bands = 4 if alpha else 3
    lumps = Image.frombytes("RGBA" if alpha else "RGB", (4, 4), rng.randbytes(16 * bands))
    return lumps.resize((width, height), Image.Resampling.BICUBIC)


@pytest.mark.parametrize(("width", "height"), [(SIDE, 32), (32, SIDE), (SIDE, SIDE), (SIDE, 7), (1, 1), (3, 2)])
@pytest.mark.parametrize("alpha", [False, True])
def test_the_blur_is_byte_for_byte_what_the_formats_author_makes(width: int, height: int, alpha: bool) -> None:
    picture = blurry(width, height, alpha)
    pixels = list(picture.convert("RGBA").tobytes())
    assert list(thumbhash(picture)) == javascript(f"rgbaToThumbHash({width}, {height}, data)", pixels)


def test_the_pages_decode_the_blur_to_the_picture_it_stands_for() -> None:
    picture = Image.new("RGB", (900, 600), (200, 60, 40))
    picture.paste((30, 60, 190), (450, 0, 900, 600))
    decoded = javascript("thumbHashToRGBA(data).rgba", list(thumbhash(picture)))
    width = 32
    left, right = decoded[4 * 5 : 4 * 5 + 3], decoded[4 * (width - 6) : 4 * (width - 6) + 3]
    assert left[0] > left[2] + 80
    assert right[2] > right[0] + 80


def test_the_blur_is_some_thirty_letters() -> None:
    assert len(base64.b64encode(thumbhash(blurry(640, 480, alpha=False)))) <= 36
