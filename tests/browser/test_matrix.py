"""Every page, light and dark, wide and narrow, from either side: nothing for axe to find, nothing scrolls sideways.

Four combinations hold every pair of theme, width, direction and hue. What does not depend on them is looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.people import Person
from tests.browser.test_pages import AXE, SETTLED, TAGS, picture, talk, width_to_spare

__all__ = ["picture"]

Arrives = Callable[..., Person]
Window = Callable[..., Page]

COMBINATIONS = [
    ("light", 1440, "ltr", 22),
    ("light", 390, "rtl", 130),
    ("dark", 1440, "rtl", 215),
    ("dark", 390, "ltr", 300),
]
# What may be another at another width or in other colours; the rest is the same page.
VARYING = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}}
DRESS = """([dir, hue]) => {
  document.documentElement.dir = dir;
  document.documentElement.style.setProperty("--h", hue);
}"""
ENDLESS = """() => document.getAnimations()
  .filter((one) => one.playState === "running" && one.effect.getComputedTiming().endTime === Infinity).length"""
VIOLATIONS = """(how) => axe.run(how).then(({violations}) => violations.flatMap(
  ({id, nodes}) => nodes.map(({html, failureSummary}) => `${id}: ${html.slice(0, 140)} ${failureSummary}`)))"""
GUESTS = ["/", "/login", "/login?ended=1", "/register", "/forgot", "/nowhere"]
OWN = ["/settings", "/settings/appearance", "/settings/security", "/settings/privacy", "/settings/devices"]
OWN += ["/settings/tokens", "/settings/invitations", "/settings/data", "/", "/gallery"]
DESKS = ["/admin", "/admin/people", "/admin/invitations", "/admin/reports", "/admin/storage", "/admin/retention"]
DESKS += ["/admin/settings", "/admin/audit"]


def faults(page: Page) -> Iterator[str]:
    """What is wrong with the page that is open, in each combination."""
    page.evaluate(AXE.read_text())
    for at, (theme, width, direction, hue) in enumerate(COMBINATIONS):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(DRESS, [direction, hue])
        page.evaluate(SETTLED)
        where = f"{urlsplit(page.url).path} {theme} {width} {direction}"
        if width_to_spare(page) > 0:
            yield f"{where}: scrolls sideways"
        if page.evaluate(ENDLESS):
            yield f"{where}: something moves for ever, though less motion was asked for"
        how = VARYING if at else {"runOnly": TAGS}
        yield from (f"{where}: {fault}" for fault in page.evaluate(VIOLATIONS, how))


def walks(page: Page, paths: list[str]) -> list[str]:
    """What is wrong with any of these pages."""
    found: list[str] = []
    for path in paths:
        page.goto(path)
        found += faults(page)
    return found


def test_the_pages_before_one_is_in(window: Window) -> None:
    assert walks(window(reduced_motion="reduce"), GUESTS) == []


def test_the_pages_that_are_ones_own(arrives: Arrives, picture: Path) -> None:
    page = talk(arrives, picture, reduced_motion="reduce").page
    room = page.url
    assert walks(page, [room, *OWN, f"{room}/gallery"]) == []
    page.locator(".shots").get_by_role("link").first.click()
    expect(page.get_by_role("dialog").get_by_text("1 of 3")).to_be_visible()
    assert list(faults(page)) == []


def test_the_pages_of_whoever_looks_after_it(arrives: Arrives, site: Site) -> None:
    ada = arrives("ada", reduced_motion="reduce")
    ada.looks_after(site)
    assert walks(ada.page, DESKS) == []


def edge(element: Locator) -> str:
    """How an element is set off where colours are the system's."""
    return str(element.evaluate("one => getComputedStyle(one).borderStyle + getComputedStyle(one).outlineStyle"))


def test_where_the_system_gives_the_colours_things_still_have_edges(arrives: Arrives, picture: Path) -> None:
    page = talk(arrives, picture).page
    page.emulate_media(forced_colors="active")
    for selector in (".bubble", ".row[aria-current]", ".chip[aria-pressed='true']", ".composer .box"):
        assert "solid" in edge(page.locator(selector).first), selector
    page.keyboard.press("Tab")
    assert "solid" in edge(page.locator(":focus"))


def test_whoever_asks_for_more_contrast_gets_it(arrives: Arrives, window: Window) -> None:
    arrives("ada")
    page = window(contrast="more", reduced_motion="reduce")
    page.goto("/login")
    quiet = page.get_by_text("Your conversations are where you left them.")
    ink = page.evaluate("getComputedStyle(document.body).color")
    expect(quiet).to_have_css("color", ink)
    assert list(faults(page)) == []
    page.emulate_media(contrast="no-preference", color_scheme="light")
    expect(quiet).not_to_have_css("color", page.evaluate("getComputedStyle(document.body).color"))


@pytest.mark.parametrize("width", [1440, 390])
def test_whoever_was_signed_out_elsewhere_is_told_and_led_back(arrives: Arrives, window: Window, width: int) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    room = urlsplit(ada.page.url).path
    elsewhere = Person(window(width=width), ada.name)
    elsewhere.signs_in()
    elsewhere.page.goto(room)
    ada.page.goto("/settings/devices")
    ada.page.get_by_role("button", name="Sign out everywhere else").click()
    expect(elsewhere.page.get_by_text("You were signed out here.")).to_be_visible()
    elsewhere.page.get_by_label("User name").fill(ada.name)
    elsewhere.page.get_by_label("Password").fill("seven purple lanterns")
    elsewhere.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(elsewhere.page).to_have_url(re.compile(f"{room}$"))
    expect(elsewhere.composer).to_be_visible()


def test_a_list_without_what_one_looks_for_leads_on(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    page = ada.page
    expect(page.get_by_role("heading", name=f"Hello, {ada.name}")).to_be_visible()
    ada.starts(bo)
    page.get_by_role("button", name="Unread").click()
    expect(page.get_by_text("Nothing unread. Enjoy the quiet.")).to_be_visible()
    page.get_by_role("button", name="All", exact=True).click()
    page.get_by_role("searchbox", name="Find a conversation").fill("priv")
    expect(page.get_by_text("No conversation here is called that.")).to_be_visible()
    page.get_by_role("button", name="Look among people and pages").click()
    expect(page.get_by_role("combobox", name="Go to")).to_have_value("priv")
    expect(page.get_by_role("option", name="Privacy")).to_be_visible()
