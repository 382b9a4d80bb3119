"""What a phone under a finger does otherwise: holding, drawing, lines, the camera."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.people import Person
from tests.browser.test_answers import chip, has_no_faults
from tests.browser.test_pages import SETTLED

Arrives = Callable[..., Person]
PHONE = {"width": 390, "height": 700, "has_touch": True, "is_mobile": True}
SCREEN = 700
MOUSE: dict[str, object] = {"pointerId": 7, "pointerType": "mouse", "buttons": 2}
FINGER: dict[str, object] = {"pointerId": 7, "pointerType": "touch", "buttons": 0}


class Finger:
    """The finger of somebody who has a phone."""

    def __init__(self, one: Person) -> None:
        self._page = one.page
        self._touch = one.page.context.new_cdp_session(one.page)
        self.sheet = one.page.get_by_role("dialog", name="What to do with this message")

    def _does(self, kind: str, *points: tuple[float, float]) -> None:
        told = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        self._touch.send("Input.dispatchTouchEvent", told)

    def holds(self, message: Locator) -> None:
        """Stay on a message until its sheet is there."""
        self._page.evaluate(SETTLED)
        self._does("touchStart", middle(message))
        expect(self.sheet).to_be_visible()
        self._does("touchEnd")

    def draws(self, message: Locator, far: float) -> None:
        """Draw a message aside by so many pixels."""
        x, y = middle(message)
        self._does("touchStart", (x, y))
        for step in range(1, 6):
            self._does("touchMove", (x + far * step / 5, y))
        self._does("touchEnd")


def middle(message: Locator) -> tuple[float, float]:
    box = message.locator(".bubble").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
def test_a_finger_holds_for_more_and_draws_to_answer(arrives: Arrives, rtl: bool) -> None:
    ada, bo = arrives("ada"), arrives("bo", **PHONE)
    ada.starts(bo)
    ada.says("hold on to this")
    bo.opens(ada.name)
    if rtl:
        bo.page.evaluate("document.documentElement.dir = 'rtl'")
    said, finger = bo.sees("hold on to this"), Finger(bo)
    finger.holds(said)
    has_no_faults(bo.page)
    finger.sheet.get_by_role("button", name="React with ❤️").click()
    expect(finger.sheet).to_be_hidden()
    expect(chip(ada.sees("hold on to this"), "❤️, 1")).to_be_visible()
    stop = bo.page.get_by_role("button", name=re.compile("^Do not answer"))
    for far, answers in ((14, False), (60, True)):
        finger.draws(said, -far if rtl else far)
        expect(stop).to_be_visible(visible=answers)
    stop.click()
    finger.holds(said)
    finger.sheet.get_by_role("button", name="Reply", exact=True).click()
    expect(bo.composer).to_be_focused()
    bo.says("as tight as I can")
    expect(ada.sees("as tight as I can").get_by_role("button", name="hold on to this")).to_be_visible()
    finger.holds(bo.sees("as tight as I can"))
    finger.sheet.get_by_role("button", name="Delete message").click()
    bo.page.get_by_role("dialog", name="Delete this message?").get_by_role("button", name="Delete").click()
    expect(ada.messages.last).to_contain_text("Message deleted")


def test_enter_begins_a_line_and_thirty_lines_leave_the_messages_in_sight(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo", **PHONE)
    ada.starts(bo)
    ada.says("what do we need?")
    bo.opens(ada.name)
    bo.sees("what do we need?")
    for number in range(30):
        bo.composer.press_sequentially(f"{number} spoons")
        bo.page.keyboard.press("Enter")
    assert bo.composer.input_value().count("\n") == 30
    expect(bo.messages).to_have_count(1)
    assert bo.composer.bounding_box()["height"] <= 0.4 * SCREEN + 1  # type: ignore[index]
    assert bo.composer.evaluate("field => field.scrollHeight > field.clientHeight + 100")
    for size in ("100", "85"):
        bo.page.evaluate("size => document.documentElement.dataset.size = size", size)
        assert bo.composer.evaluate("field => parseFloat(getComputedStyle(field).fontSize)") >= 16
    expect(bo.messages.last).to_be_in_viewport()
    bo.page.get_by_role("button", name="Send").click()
    ada.sees("29 spoons")


def test_the_camera_is_at_hand_and_emoji_alone_are_large(arrives: Arrives, tmp_path: Path) -> None:
    photo = tmp_path / "dusk.png"
    Image.new("RGB", (300, 200), (200, 80, 60)).save(photo)
    ada, bo = arrives("ada"), arrives("bo", **PHONE)
    ada.starts(bo)
    ada.says("where are you?")
    bo.opens(ada.name)
    camera = bo.page.get_by_label("Take a picture")
    expect(camera).to_have_attribute("capture", "environment")
    expect(camera.locator("..")).to_be_visible()
    expect(ada.page.get_by_label("Take a picture").locator("..")).to_be_hidden()
    camera.set_input_files(photo)
    expect(bo.page.get_by_role("list", name="To be sent").get_by_role("listitem")).to_have_count(1)
    bo.says("from up here")
    expect(ada.sees("from up here").get_by_role("button", name="Open picture")).to_be_visible()
    # One to three emoji are words enough; among words they are as large as these.
    sizes = []
    for words in ("🎉 👩‍👩‍👧 🇫🇷", "well 🎉", "🎉🎊🥳🎈"):
        bo.says(words)
        sizes.append(ada.sees(words).locator(".text").evaluate("text => parseFloat(getComputedStyle(text).fontSize)"))
    assert sizes[0] > 2 * sizes[1] == 2 * sizes[2]


# A row is held, and asks for its menu; says how many menus there are two frames later.
HELD = """async (touch) => {
  const row = document.querySelector("#rows a.row"), told = { ...touch, bubbles: true, cancelable: true };
  for (const kind of ["pointerdown", "contextmenu"]) row.dispatchEvent(new PointerEvent(kind, told));
  for (const _ of "12") await new Promise(requestAnimationFrame);
  return document.querySelectorAll("[role=menu]").length;
}"""
ENDED = "(kind) => document.body.dispatchEvent(new PointerEvent(kind, { pointerId: 7, bubbles: true }))"


def test_the_menu_of_a_row_comes_when_what_holds_it_is_gone_whichever_way(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo", **PHONE)
    ada.starts(bo)
    bo.page.goto("/")
    expect(bo.page.get_by_role("link", name=ada.name)).to_be_visible()
    menu = bo.page.get_by_role("menu")
    # The first time it has to be fetched.
    for how, end in ((MOUSE, "pointercancel"), (FINGER, "pointerup"), (FINGER, "pointercancel"), (MOUSE, "pointerup")):
        assert bo.page.evaluate(HELD, how) == 0
        bo.page.evaluate(ENDED, end)
        expect(menu).to_be_visible()
        bo.page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
