"""What comes when it is first needed: nothing is lost until it is there, and where it does not come, that is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.people import Person

Arrives = Callable[..., Person]
AWAY = "The server cannot be reached just now."


class Module:
    """A part of the page that comes late: held on its way until it is let go, or cut off until it is mended."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.where = page, f"**/controllers/{name}.*.js*"
        self.held: list[Route] = []

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
        self.page.route(self.where, lambda route: route.abort())

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
    pick.set_input_files(picture)
    expect(notice(ada)).to_be_visible()
    expect(ada.composer).to_have_attribute("placeholder", "Add a caption…")
    tiles.mends()
    pick.set_input_files(picture)
    expect(waiting.get_by_role("listitem", name="hill.png")).to_have_count(2)
    ada.says("both of them")
    bo.opens(ada.name)
    expect(bo.sees("both of them").locator("img")).to_have_count(2)
