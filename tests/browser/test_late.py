"""What comes when it is first needed: nothing is lost until it is there, and where it does not come, that is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.people import Person
from tests.browser.test_touch import Finger

Arrives = Callable[..., Person]
AWAY = "The server cannot be reached just now."


class Module:
    """A part of the page that comes late: held on its way until it is let go, or cut off until it is mended."""

    def __init__(self, page: Page, name: str, folder: str = "controllers") -> None:
        self.page, self.where = page, f"**/{folder}/{name}.*js*"
        self.held: list[Route] = []
        self.asked = 0

    def waits(self) -> None:
        """From now on it is on its way."""
        self.page.route(self.where, self.holds)

    def holds(self, route: Route) -> None:
        """Keep it back."""
        self.held.append(route)

    def comes(self) -> None:
        """It is there."""
        # Routes are told of while one speaks to the page.
        while not self.held:
            self.page.evaluate("document.readyState")
        for route in self.held:
            route.continue_()
        self.page.unroute(self.where)

    def fails(self) -> None:
        """Until it is mended it cannot be had."""
        self.page.route(self.where, self.refuses)

    def refuses(self, route: Route) -> None:
        """Not now."""
        self.asked += 1
        route.abort()

    def mends(self) -> None:
        """It can be had again."""
        self.page.unroute(self.where)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture."""
    path = tmp_path / "hill.png"
    Image.radial_gradient("L").convert("RGB").save(path)
    return path


def notice(one: Person) -> Locator:
    return one.page.locator(".notice", has_text=AWAY)


def begins_anew(one: Person) -> None:
    """Load the page again, and wait until it hears."""
    one.page.reload()
    expect(one.page.locator("#app:not([data-waking])")).to_be_attached()


def test_keys_that_are_faster_than_what_they_do_are_pressed_again_once_it_is_there(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    for words in ("one", "two", "three"):
        ada.says(words)
    expect(ada.sees("three").get_by_text("sent")).to_be_attached()
    steps = Module(ada.page, "steps")
    steps.waits()
    begins_anew(ada)
    expect(ada.messages).to_have_count(3)
    ada.page.locator("#scroll").focus()
    ada.page.keyboard.press("ArrowUp")
    ada.page.keyboard.press("ArrowUp")
    expect(ada.page.locator("#scroll")).to_be_focused()
    steps.comes()
    expect(ada.messages.nth(1)).to_be_focused()

    # And where it cannot be had, one is told, and the next key asks for it again.
    steps.fails()
    begins_anew(ada)
    ada.page.locator("#scroll").focus()
    ada.page.keyboard.press("ArrowUp")
    expect(notice(ada)).to_be_visible()
    steps.mends()
    ada.page.keyboard.press("ArrowUp")
    expect(ada.messages.last).to_be_focused()


def test_a_picture_goes_along_though_its_tile_could_not_come(arrives: Arrives, picture: Path) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    tiles = Module(ada.page, "tiles")
    tiles.fails()
    pick, waiting = ada.page.get_by_label("Pictures and files"), ada.page.get_by_role("list", name="To be sent")
    with ada.page.expect_response(lambda answer: answer.request.method == "PATCH"):
        pick.set_input_files(picture)
    expect(notice(ada)).to_be_visible()
    expect(ada.composer).to_have_attribute("placeholder", "Add a caption…")
    # Once, and once more under another address; not for each piece that has left.
    assert tiles.asked == 2
    tiles.mends()
    pick.set_input_files(picture)
    expect(waiting.get_by_role("listitem", name="hill.png")).to_have_count(2)
    ada.says("both of them")
    bo.opens(ada.name)
    expect(bo.sees("both of them").locator("img")).to_have_count(2)


def test_who_wants_an_emoji_or_a_name_is_told_once_that_it_cannot_be_had(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    # What it lists is fetched by the picker, which is there.
    book = Module(ada.page, "emoji", "vendor")
    book.fails()
    opener = ada.page.get_by_role("button", name="Emoji", exact=True)
    opener.click()
    expect(notice(ada)).to_be_visible()
    book.mends()
    opener.click()
    expect(ada.page.get_by_role("dialog", name="Emoji", exact=True)).to_be_visible()
    ada.page.keyboard.press("Escape")

    suggest = Module(ada.page, "suggest")
    suggest.fails()
    ada.composer.press_sequentially(f"@{bo.name[:1]}")
    # Under its own address and under another; what was said of the emoji may still be there.
    while suggest.asked < 2:
        ada.page.evaluate("document.readyState")
    expect(notice(ada)).to_be_visible()
    ada.composer.press_sequentially(bo.name[1:])
    suggest.mends()
    ada.composer.press_sequentially(f" @{bo.name[:1]}")
    expect(ada.page.get_by_role("option", name=bo.name)).to_be_visible()
    assert suggest.asked == 2


def test_a_finger_asks_again_for_what_it_does(arrives: Arrives) -> None:
    ada, bo = arrives("ada", width=390, height=700, has_touch=True, is_mobile=True), arrives("bo")
    bo.starts(ada)
    bo.says("come up")
    ada.opens(bo.name)
    gestures = Module(ada.page, "gestures")
    gestures.fails()
    begins_anew(ada)
    expect(notice(ada)).to_be_visible()
    gestures.mends()
    finger = Finger(ada)
    with ada.page.expect_response(re.compile("gestures")):
        ada.sees("come up").tap()
    finger.holds(ada.sees("come up"))
