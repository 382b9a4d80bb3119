"""The light of a room is chosen for everybody in it, and turns there before their eyes, unless they want no motion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Person
from tests.browser.test_pages import violations

Arrives = Callable[..., Person]
NOW = "getComputedStyle(document.documentElement).getPropertyValue('--h')"
# What is seen in the moment in which a hue is set: where it turns there, it is not there yet.
AT_ONCE = f"(root => {{ root.style.setProperty('--h', 77); return Number({NOW}) }})(document.documentElement)"


def chooses(person: Person) -> Locator:
    """Open the choice beside the conversation."""
    page = person.page
    details = page.get_by_role("button", name="Conversation details")
    if details.get_attribute("aria-expanded") != "true":
        details.click()
    page.get_by_role("button", name="Light of the room").click()
    dialog = page.get_by_role("dialog", name="Light of the room")
    expect(dialog).to_be_visible()
    return dialog


def is_lit(page: Page, hue: int) -> None:
    """Wait until the room has turned to this hue, whichever way round."""
    page.wait_for_function(f"hue => (Math.round(Number({NOW})) + 1080) % 360 === hue", arg=hue)


def test_who_sits_in_a_room_gives_it_a_light_that_all_see(arrives: Arrives, tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), (20, 160, 60)).save(tmp_path / "leaf.png")
    ada, bo = arrives("ada"), arrives("bo", width=390, height=844, dark=True, reduced_motion="reduce")
    ada.starts(bo)
    bo.opens(ada.name)
    ada.shares(tmp_path / "leaf.png", caption="leaf")
    bo.sees("leaf")
    leaf = int(bo.page.evaluate("document.querySelector('.log .bubble').style.getPropertyValue('--ph')"))
    is_lit(bo.page, leaf)
    dialog = chooses(ada)
    expect(dialog.get_by_role("radio", name="From its pictures")).to_be_checked()
    expect(dialog.get_by_role("group", name="Hues of its pictures").get_by_role("radio")).to_have_count(2)
    assert violations(ada.page) == []
    dialog.get_by_role("radio", name="Lake").check(force=True)
    for person in (ada, bo):
        is_lit(person.page, 215)
    dialog.get_by_role("button", name="Close").click()
    # It stays when there is another picture, and after a reload.
    Image.new("RGB", (300, 200), (220, 40, 80)).save(tmp_path / "rose.png")
    bo.shares(tmp_path / "rose.png", caption="rose")
    ada.sees("rose")
    bo.page.reload()
    is_lit(bo.page, 215)
    here = chooses(bo)
    expect(here.get_by_role("radio", name="Lake")).to_be_checked()
    assert violations(bo.page) == []
    here.get_by_role("radio", name="From its pictures").check(force=True)
    rose = int(ada.sees("rose").locator(".bubble").evaluate("it => it.style.getPropertyValue('--ph')"))
    for person in (ada, bo):
        is_lit(person.page, rose)


def test_a_room_turns_to_its_light_and_is_there_at_once_for_whoever_wants_no_motion(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo", reduced_motion="reduce")
    for person, turns in ((ada, True), (bo, False)):
        assert (person.page.evaluate(AT_ONCE) != 77) is turns
        length = person.page.evaluate("getComputedStyle(document.documentElement).transitionDuration")
        assert (length == "0.6s") is turns
        is_lit(person.page, 77)
