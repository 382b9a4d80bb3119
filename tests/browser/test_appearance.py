"""How it looks is chosen once: seen at once, there in the first byte of the next page, and on other devices too."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.people import Person
from tests.browser.test_pages import picture, talk, violations, width_to_spare

__all__ = ["picture"]

Arrives = Callable[..., Person]
Window = Callable[..., Page]
HUE = "getComputedStyle(document.documentElement).getPropertyValue('--h')"


def whiteness(page: Page) -> float:
    """How much of the screen is white, from 0 to 1."""
    shown = Image.open(io.BytesIO(page.screenshot())).convert("L")
    counts = shown.histogram()
    return sum(counts[250:]) / sum(counts)


def chooses(page: Page, kind: str, name: str) -> None:
    """Choose one, and wait until it is kept."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role(kind, name=name).check(force=True)  # type: ignore[arg-type]


def test_what_is_chosen_is_seen_at_once_and_comes_along_to_another_device(arrives: Arrives, window: Window) -> None:
    ada = arrives("ada")
    page, root = ada.page, ada.page.locator("html")
    page.goto("/settings/appearance")
    assert violations(page) == []
    chooses(page, "radio", "Dark")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(page.get_by_text("Kept.")).to_be_visible()
    chooses(page, "radio", "Compact")
    chooses(page, "radio", "Moss")
    # It turns there, the short way round.
    page.wait_for_function(f"() => (Number({HUE}) + 720) % 360 === 130")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("slider", name="Size of text").fill("130")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20.8px"
    assert violations(page) == []
    elsewhere = Person(window(width=390), ada.name)
    elsewhere.signs_in()
    for name, value in (("theme", "dark"), ("density", "compact"), ("size", "130"), ("own-hue", "130")):
        expect(elsewhere.page.locator("html")).to_have_attribute(f"data-{name}", value)
    # Neither script nor a second look is needed for it.
    quiet = window(java_script_enabled=False, storage_state=page.context.storage_state())
    quiet.goto("/settings/devices")
    assert whiteness(quiet) < 0.01
    assert int(float(quiet.evaluate(HUE))) == 130
    # And the other way round, this device has been told for itself.
    elsewhere.page.get_by_role("button", name="Change theme").click()
    page.reload()
    expect(root).to_have_attribute("data-theme", "dark")


def test_without_scripts_there_is_a_button(window: Window, arrives: Arrives) -> None:
    ada = arrives("ada")
    page = window(java_script_enabled=False, storage_state=ada.page.context.storage_state())
    page.goto("/settings/appearance")
    page.get_by_role("radio", name="Light", exact=True).check(force=True)
    page.get_by_role("checkbox", name="single letters").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.locator("html")).to_have_attribute("data-letters", "off")


def test_the_largest_text_fits_the_smallest_screen(arrives: Arrives, picture: Path) -> None:
    page = talk(arrives, picture, width=320, height=640).page
    room = page.url
    page.goto("/settings/appearance")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("slider", name="Size of text").fill("150")
    assert width_to_spare(page) <= 0
    for path in (room, "/", "/settings", "/settings/security", "/settings/devices"):
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("data-size", "150")
        assert width_to_spare(page) <= 0, path
    page.goto(room)
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_in_viewport(ratio=1)
    assert violations(page) == []
