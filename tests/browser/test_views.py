"""What a screen reader finds in each main view, word for word and in order; `make views` writes it down anew.

Whatever is another each time is kept under a word of its own: names that were made up, moments, addresses.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Person
from tests.browser.test_pages import picture

__all__ = ["picture"]

Arrives = Callable[..., Person]
VIEWS = Path(__file__).parent / "views"
ANEW = os.environ.get("VIEWS") == "anew"
TRIES = 40
WEEKDAYS = "(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTHS = "(Jan|Febr|March|April|May|June|July|August|Sept|Oct|Nov|Dec)[a-z]*"
MASKS = [
    (r"\b(ada|bo|cy)\d+", r"\1"),
    (r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", "ID"),
    (r"\?v=\w+", ""),
    (r"\b\d{1,2}:\d{2}\b", "TIME"),
    (rf"\b(Today|Yesterday|({WEEKDAYS},? )?\d{{1,2}} {MONTHS}( \d{{4}})?)\b", "DAY"),
]


def masked(snapshot: str) -> str:
    """A view without what is another each time."""
    for pattern, word in MASKS:
        snapshot = re.sub(pattern, word, snapshot)
    return snapshot + "\n"


def reads(view: str, shown: Locator) -> None:
    """Fail unless what is shown reads as it is kept under this name, once it has settled."""
    path = VIEWS / f"{view}.yml"
    if ANEW:
        shown.page.wait_for_load_state("networkidle")
        path.write_text(masked(shown.aria_snapshot()), encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    for _ in range(TRIES):
        if masked(shown.aria_snapshot()) == kept:
            return
        shown.page.wait_for_timeout(250)
    assert masked(shown.aria_snapshot()) == kept


def talk(ada: Person, bo: Person, cy: Person, picture: Path) -> None:
    """Words, an album, an answer, a reaction, a pin and a join: something of everything that a room can hold."""
    bo.starts(ada, cy, title="Ridge Walkers")
    bo.says("Fog in the valley, **sun** above: https://ridge.example")
    bo.shares(picture, picture, picture, caption="From the top")
    expect(bo.sees("From the top").get_by_text("sent")).to_be_attached()
    ada.opens("Ridge Walkers")
    album = ada.sees("From the top")
    album.hover()
    album.get_by_role("button", name="Reply").click()
    ada.says("The middle one!")
    expect(ada.sees("The middle one!").get_by_role("img", name="Read by bo")).to_be_attached()
    fog = ada.sees("Fog in the valley")
    bo.chooses(bo.sees("Fog in the valley"), "Pin")
    fog.hover()
    fog.get_by_role("button", name="React with 👍").click()
    expect(fog.get_by_role("button", name=re.compile("^👍"))).to_be_visible()


def test_the_room_and_what_is_around_it_reads_as_it_is_written_down(arrives: Arrives, picture: Path) -> None:
    ada, bo, cy = (arrives(name, locale="en-GB", timezone_id="UTC") for name in ("ada", "bo", "cy"))
    talk(ada, bo, cy, picture)
    page = ada.page
    page.goto("/")
    ada.opens("Ridge Walkers")
    expect(ada.sees("The middle one!")).to_be_in_viewport()
    page.mouse.move(0, 0)
    reads("conversations", page.get_by_role("navigation", name="Conversations"))
    reads("room", page.get_by_role("main"))
    reads("details", page.locator("#details"))
    page.keyboard.press("Control+k")
    reads("palette", page.get_by_role("dialog", name="Go to"))
    page.keyboard.press("Escape")
    page.keyboard.press("Control+/")
    reads("shortcuts", page.get_by_role("dialog", name="Keyboard shortcuts"))


def test_the_settings_and_the_ways_in_read_as_they_are_written_down(
    arrives: Arrives, window: Callable[..., Page]
) -> None:
    page = arrives("ada", locale="en-GB", timezone_id="UTC").page
    for view, path in {"settings": "/settings", "appearance": "/settings/appearance"}.items():
        page.goto(path)
        reads(view, page.get_by_role("main"))
    guest = window(locale="en-GB")
    for view, path in {"login": "/login?ended=1", "register": "/register"}.items():
        guest.goto(path)
        reads(view, guest.get_by_role("main"))
