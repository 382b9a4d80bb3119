"""Emoji, picked while one writes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.test_pages import SETTLED, violations

Arrives = Callable[..., Person]


def test_an_emoji_is_found_by_its_name_and_by_the_arrows(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.composer.fill("well done ")
    opener = ada.page.get_by_role("button", name="Emoji", exact=True)
    opener.click()
    picker = ada.page.get_by_role("dialog", name="Emoji", exact=True)
    expect(picker.get_by_role("searchbox", name="Search emoji")).to_be_focused()
    assert violations(ada.page) == []
    ada.page.keyboard.type("tada")
    expect(picker.get_by_role("status")).to_have_text("1 emoji found")
    ada.page.keyboard.press("Enter")
    expect(picker).to_be_hidden()
    expect(ada.composer).to_be_focused()
    expect(ada.composer).to_have_value("well done 🎉")

    opener.click()
    expect(picker.get_by_role("searchbox", name="Search emoji")).to_be_focused()
    ada.page.keyboard.press("ArrowDown")
    expect(picker.get_by_role("button", name="party popper").first).to_be_focused()
    ada.page.keyboard.press("Escape")
    expect(picker).to_be_hidden()
    expect(ada.composer).to_have_value("well done 🎉")

    opener.click()
    picker.get_by_role("button", name="No skin tone").click()
    picker.get_by_role("searchbox").fill("raising hands")
    picker.get_by_role("button", name="raising hands").click()
    expect(ada.composer).to_have_value("well done 🎉🙌🏻")


def test_an_emoji_is_put_where_one_was_and_one_is_back_there(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.composer.fill("well done")
    opener = ada.page.get_by_role("button", name="Emoji", exact=True)
    picker = ada.page.get_by_role("dialog", name="Emoji", exact=True)
    ada.composer.press("Home")
    opener.click()
    picker.get_by_role("searchbox").fill("tada")
    picker.get_by_role("button", name="party popper").click()
    expect(ada.composer).to_be_focused()
    opener.click()
    expect(picker.get_by_role("searchbox")).to_be_focused()
    ada.page.keyboard.press("Escape")
    expect(ada.composer).to_be_focused()
    ada.page.keyboard.type(" ")
    expect(ada.composer).to_have_value("🎉 well done")
    opener.click()
    expect(picker.get_by_role("searchbox")).to_be_focused()
    find = ada.page.get_by_role("searchbox", name="Find a conversation")
    find.click()
    expect(picker).to_have_count(0)
    ada.page.keyboard.type("a")
    expect(find).to_have_value("a")


def test_the_button_that_opens_the_picker_shuts_it_too(arrives: Arrives) -> None:
    ada = arrives("ada")
    ada.starts(arrives("bo"))
    opener = ada.page.get_by_role("button", name="Emoji", exact=True)
    picker = ada.page.get_by_role("dialog", name="Emoji", exact=True)
    for _ in range(2):
        opener.click()
        expect(picker).to_be_visible()
        opener.click()
        expect(picker).to_have_count(0)
        # Where it would come again it had come by now.
        ada.page.evaluate(SETTLED)
        expect(picker).to_have_count(0)
