"""The generated picture of whoever has none."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

import pytest

from chatsphere.outside.colour import oklab
from chatsphere.outside.sphere import initials, sphere


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mara Lindqvist", "ML"),
        ("alex", "A"),
        ("Inês Carolina Duarte", "ID"),
        ("  Jun   Park ", "JP"),
        ("Grandma & co", "GC"),
        ("14B", "1"),
        ("Łukasz Żak", "ŁŻ"),
        ("ßtern straße", "SS"),
        ("محمد علي", "مع"),
        ("😀", "😀"),
        ("!!!", "!"),
        ("\u200b", ""),
    ],
)
def test_initials_are_at_most_two(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "& <", "</text><a href='x'>", "\x00\x01", "]]>", "\ud800"]
)
def test_a_name_is_never_markup(name: str) -> None:
    made = ET.fromstring(sphere(name, 22))  # noqa: S314 — our own
    assert {each.tag.split("}")[1] for each in made.iter()} == {"svg", "radialGradient", "stop", "circle", "text"}


def test_the_sphere_is_lit_in_its_hue_as_the_pages_draw_it() -> None:
    stops = re.findall(r'offset="(\d+)%" stop-color="#([0-9a-f]{6})"', sphere("Mara", 350).decode())
    assert [offset for offset, _ in stops] == ["0", "52", "100"]
    for (_, colour), (lightness, hue) in zip(stops, ((0.95, 350), (0.83, 350), (0.70, 372)), strict=True):
        shown, a, b = oklab(*(((part / 255 + 0.055) / 1.055) ** 2.4 for part in bytes.fromhex(colour)))
        assert shown == pytest.approx(lightness, abs=0.01)
        assert math.degrees(math.atan2(b, a)) % 360 == pytest.approx(hue % 360, abs=3)


def test_everybody_has_a_sphere_of_their_own() -> None:
    assert len({sphere("Mara", hue) for hue in range(0, 360, 10)}) == 36


def test_a_sphere_names_no_other_place() -> None:
    assert re.findall(rb"(?:href|src|url)\W+(\S+?)[)\"]", sphere("Mara", 3)) == [b"light"]
