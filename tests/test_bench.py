"""How what is to be measured is named."""

from __future__ import annotations

import pytest

from bench.__main__ import chosen

PARTS = {"screen": ("enter", "scroll"), "engine": ("pairs", "storm")}


@pytest.mark.parametrize(
    ("only", "picked"),
    [
        ("", {"screen": ["enter", "scroll"], "engine": ["pairs", "storm"]}),
        ("engine", {"engine": ["pairs", "storm"]}),
        ("storm,enter", {"screen": ["enter"], "engine": ["storm"]}),
        ("screen, pairs", {"screen": ["enter", "scroll"], "engine": ["pairs"]}),
    ],
)
def test_parts_and_scenarios_are_picked_by_name(only: str, picked: dict[str, list[str]]) -> None:
    assert chosen(only, PARTS) == picked


def test_what_nobody_measures_is_said() -> None:
    with pytest.raises(LookupError, match="There is no haste; there are engine, enter, pairs, screen, scroll, storm"):
        chosen("enter,haste", PARTS)
