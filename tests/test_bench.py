"""How what is to be measured is named."""

from __future__ import annotations

import pytest

from bench.__main__ import chosen
from bench.front.figures import Figure

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


def test_a_budget_is_held_by_the_median_and_a_plain_page_is_told_as_a_ratio() -> None:
    kept = Figure("enter", "Enter until it is there", [20, 30, 400], [90, 60, 70], 50)
    assert kept.holds
    assert kept.row() == (
        "| `enter` | Enter until it is there | **30** ms (20 to 400) | **70** ms (60 to 90) | 2.3 × | ≤ 50 ms | yes |"
    )
    missed = Figure("load", "layout shift", [0.002, 0.002], most=0, unit="")
    assert missed.row() == "| `load` | layout shift | **0.002** | – | – | ≤ 0 | **no** |"
    assert Figure("switch", "fetched first", [1]).holds is None
