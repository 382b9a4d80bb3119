"""A look survives being written down, and what is no look is the usual one."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from chatsphere.core import looks
from chatsphere.core.looks import DENSITIES, LARGEST, SMALLEST, STEP, THEMES, Look

kept = st.builds(
    Look,
    theme=st.sampled_from(THEMES),
    density=st.sampled_from(DENSITIES),
    size=st.sampled_from(range(SMALLEST, LARGEST + 1, STEP)),
    hue=st.none() | st.integers(0, 359),
    letters=st.booleans(),
    enter=st.booleans(),
    remind=st.booleans(),
)


@given(kept)
def test_what_was_written_is_read_again_and_fits_into_its_column(look: Look) -> None:
    assert looks.read(looks.written(look)) == look
    assert len(looks.written(look)) <= 40


@given(st.text(max_size=60) | st.lists(st.text(max_size=6), min_size=5, max_size=6).map("~".join))
def test_whatever_a_cookie_says_a_look_comes_of_it(text: str) -> None:
    look = looks.read(text)
    assert looks.read(looks.written(look)) == look


def test_what_was_kept_before_enter_could_be_chosen_is_still_read() -> None:
    assert looks.read("dark~compact~115~215~off") == Look("dark", "compact", 115, 215, letters=False)
    assert looks.read("dark~compact~115~215") == Look()


@pytest.mark.parametrize(
    ("wanted", "then"),
    [
        ({"theme": "dark"}, Look(theme="dark")),
        ({"theme": "pink"}, Look()),
        ({"size": "150"}, Look(size=150)),
        ({"size": "999"}, Look(size=LARGEST)),
        ({"size": "1"}, Look(size=SMALLEST)),
        ({"size": "112"}, Look(size=110)),
        ({"hue": "215"}, Look(hue=215)),
        ({"hue": "575"}, Look(hue=215)),
        ({"hue": ""}, Look()),
        ({"remind": "on"}, Look(remind=True)),
        ({"density": "compact", "letters": "off"}, Look(density="compact", letters=False)),
        ({"enter": "off"}, Look(enter=False)),
    ],
)
def test_only_what_is_wanted_changes_and_only_to_what_there_is(wanted: dict[str, str], then: Look) -> None:
    assert looks.changed(Look(), wanted) == then


def test_what_was_kept_before_there_was_more_to_choose_is_still_read() -> None:
    assert looks.read("dark~compact~115~215~off") == Look("dark", "compact", 115, 215, letters=False)
