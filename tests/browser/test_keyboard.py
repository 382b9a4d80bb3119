"""Without a mouse: one field that leads everywhere, keys that are all written down, and a log that is one stop."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Person
from tests.browser.test_layout import begins
from tests.browser.test_pages import violations, width_to_spare

Arrives = Callable[..., Person]

HERE = """() => {
  const here = document.activeElement;
  return here.closest(".message") ? "a message" : here.id || here.classList[0] || here.tagName;
}"""

IN_COMPOSER = "() => Boolean(document.activeElement.closest('#composer'))"


def here(page: Page) -> str:
    """What has the focus."""
    return str(page.evaluate(HERE))


@pytest.mark.parametrize("width", [1440, 390])
def test_one_field_leads_to_rooms_people_pages_and_deeds(arrives: Arrives, width: int) -> None:
    ada, bo, cy = arrives("ada", width=width), arrives("bo"), arrives("cyrus")
    begins(ada, bo, "Ridge Walkers", "Bridge club", "Film club")
    page = ada.page
    palette, field = page.get_by_role("dialog", name="Go to"), page.get_by_role("combobox", name="Go to")
    page.get_by_role("button", name="Go to anybody or anything").click()
    expect(field).to_be_focused()
    expect(palette.get_by_role("option", name="Ridge Walkers")).to_be_visible()
    assert violations(page) == []
    assert width_to_spare(page) <= 0
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    page.keyboard.press("Control+k")
    field.press_sequentially("rid")
    expect(palette.get_by_role("option")).to_contain_text(["Ridge Walkers", "Bridge club"])
    expect(palette.get_by_role("status")).to_have_text("2 results")
    expect(field).to_have_attribute("aria-activedescendant", "palette-0")
    page.keyboard.press("ArrowDown")
    expect(palette.get_by_role("option", name="Bridge club")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Bridge club")).to_be_focused()
    expect(page).to_have_url(re.compile("/c/"))
    # Somebody whom nobody here has met is found where the server is asked.
    page.keyboard.press("Control+k")
    field.fill(cy.name)
    palette.get_by_role("option", name=cy.name).click()
    expect(page.get_by_role("heading", level=1, name=cy.name)).to_be_visible()
    expect(ada.composer).to_be_focused()


def test_what_was_said_is_found_by_its_words_and_leads_to_where_it_was(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo", width=390)
    begins(ada, bo, "Ridge Walkers")
    ada.opens("Ridge Walkers")
    bo.opens("Ridge Walkers")
    bo.says("the Kettle is in the ||red|| tent")
    for number in range(3):
        ada.says(f"rope {number}")
    bo.sees("rope 2")
    page = ada.page
    page.goto("/")
    palette, field = page.get_by_role("dialog", name="Go to"), page.get_by_role("combobox", name="Go to")
    page.get_by_role("button", name="Go to anybody or anything").click()
    field.press_sequentially("kettle")
    hit = palette.get_by_role("option", name=re.compile(f"{bo.name} in Ridge Walkers"))
    expect(hit).to_contain_text("the Kettle is in the ▒▒▒▒▒▒▒ tent")
    expect(hit.locator("mark")).to_have_text("Kettle")
    expect(palette.get_by_role("status")).to_have_text("1 result")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/c/.*\?at=2$"))
    ada.sees("the Kettle is in the")
    # On a phone, too.
    bo.page.goto("/")
    bo.page.get_by_role("button", name="Go to anybody or anything").click()
    theirs = bo.page.get_by_role("dialog", name="Go to")
    bo.page.get_by_role("combobox", name="Go to").fill("rope")
    expect(theirs.get_by_role("option", name=re.compile(f"{ada.name} in Ridge Walkers"))).to_have_count(3)
    assert violations(bo.page) == []
    assert width_to_spare(bo.page) <= 0


def test_words_are_looked_for_in_one_conversation_alone(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo", width=390, dark=True)
    begins(ada, bo, "Cake", "Tea")
    for room in ("Tea", "Cake"):
        ada.opens(room)
        ada.says(f"the kettle of {room}")
        expect(ada.sees("the kettle").get_by_text("sent")).to_be_attached()
    page, name = ada.page, "Find in this conversation"
    box, field = page.get_by_role("dialog", name=name), page.get_by_role("combobox", name=name)
    page.keyboard.press("Control+f")
    expect(box.get_by_text("Type some of the words.")).to_be_visible()
    assert violations(page) == []
    field.press_sequentially("kettle")
    expect(box.get_by_role("option")).to_have_count(1)
    expect(box.get_by_role("option")).to_contain_text("the kettle of Cake")
    field.fill("kettles")
    expect(box.get_by_text("Nobody said “kettles” here.")).to_be_visible()
    expect(box.get_by_role("option")).to_have_count(0)
    field.fill("kettle")
    expect(box.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/c/.*\?at=2$"))
    # A phone has no such keys: the way there is among the deeds.
    bo.opens("Tea")
    bo.page.goto(bo.page.url)
    bo.page.keyboard.press("Control+k")
    bo.page.get_by_role("combobox", name="Go to").fill("find in")
    bo.page.get_by_role("option", name=name).click()
    bo.page.get_by_role("combobox", name=name).fill("k")
    theirs = bo.page.get_by_role("dialog", name=name)
    expect(theirs.get_by_role("option")).to_contain_text("the kettle of Tea")
    assert violations(bo.page) == []
    assert width_to_spare(bo.page) <= 0


def test_where_it_finds_nothing_it_says_so_and_its_deeds_are_done(arrives: Arrives) -> None:
    page = arrives("ada").page
    palette, field = page.get_by_role("dialog", name="Go to"), page.get_by_role("combobox", name="Go to")
    page.get_by_role("button", name="Go to anybody or anything").click()
    field.fill("qqqq")
    expect(palette.get_by_text("Nothing here is called “qqqq”.")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    page.keyboard.press("Control+k")
    field.fill("new conv")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="New conversation")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    field.fill("devices")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/settings/devices$"))
    # On a phone the row of pages begins where one is.
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    expect(page.get_by_role("link", name="Devices", exact=True)).to_be_in_viewport(ratio=1)


def goes_round(page: Page) -> None:
    """Go from region to region, and one back."""
    seen = []
    for _ in range(6):
        page.keyboard.press("F6")
        seen.append(here(page))
    # The log, the field, the details, the rail, the row, the title again.
    assert seen[0] == "a message"
    assert seen[1] == "text"
    assert seen[3:] == ["chats", "row", "title"]
    page.keyboard.press("Shift+F6")
    assert here(page) == "row"


def test_what_keys_do_is_written_down_and_rooms_and_regions_are_walked(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    begins(ada, bo, "Cake", "Tea")
    bo.page.goto("/")
    bo.opens("Cake")
    bo.says("sponge or crumble?")
    page, title = ada.page, ada.page.get_by_role("heading", level=1)
    expect(page.get_by_role("link", name=re.compile("unread: 1"))).to_be_visible()
    page.keyboard.press("Control+/")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet.get_by_text("Go to anybody or anything")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Control+/")
    expect(sheet).to_be_hidden()
    ada.opens("Tea")
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(title).to_have_text("Cake")
    page.keyboard.press("Alt+ArrowDown")
    expect(title).to_have_text("Tea")
    page.keyboard.press("Alt+ArrowUp")
    expect(title).to_be_focused()
    expect(title).to_have_text("Cake")
    goes_round(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(title).to_have_text("Tea")
    # The list is one stop.
    page.get_by_role("button", name="Groups").focus()
    page.keyboard.press("Tab")
    assert here(page) == "row"
    page.keyboard.press("Tab")
    assert here(page) not in ("row", "BODY")


def test_the_log_is_one_stop_and_its_messages_are_walked_with_arrows(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    for words in ("one https://example.org", "two", "three"):
        ada.says(words)
    expect(ada.sees("three").get_by_text("sent")).to_be_attached()
    page = ada.page
    page.get_by_role("button", name="Conversation details").focus()
    page.keyboard.press("Tab")
    expect(ada.messages.last).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(IN_COMPOSER)
    page.keyboard.press("Shift+Tab")
    expect(ada.messages.last).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(ada.messages.nth(1)).to_be_focused()
    page.keyboard.press("Home")
    expect(ada.messages.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(ada.messages.first.get_by_role("button", name=re.compile("^React with")).first).to_be_focused()
    page.keyboard.press("Escape")
    expect(ada.messages.first).to_be_focused()
    page.keyboard.press("PageDown")
    expect(ada.messages.last).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_role("button", name=re.compile("^Do not answer"))).to_be_visible()
    expect(ada.composer).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+F6")
    page.keyboard.press("x")
    expect(ada.composer).to_be_focused()
    expect(ada.composer).to_have_value("x")
    # Whoever speaks to the machine may not want letters to do things.
    page.keyboard.press("Shift+F6")
    page.evaluate("document.documentElement.dataset.letters = 'off'")
    page.keyboard.press("r")
    expect(ada.composer).to_have_value("xr")
    expect(page.get_by_role("button", name=re.compile("^Do not answer"))).to_be_hidden()


def test_letters_do_things_with_the_message_that_has_the_focus(arrives: Arrives) -> None:
    ada, bo = arrives("ada", permissions=["clipboard-read", "clipboard-write"]), arrives("bo")
    ada.starts(bo)
    ada.says("bring the **long** rope")
    said, page = ada.sees("bring the"), ada.page
    expect(said.get_by_text("sent")).to_be_attached()
    with page.expect_file_chooser():
        # The browser is told to give choosers to the scene, and keys overtake that: what the page answers does not.
        page.evaluate("document.readyState")
        page.keyboard.press("Control+u")
    said.focus()
    page.keyboard.press("c")
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('long')")
    said.focus()
    page.keyboard.press("p")
    expect(page.locator("#pin-bar")).to_have_accessible_name(re.compile("bring the long rope"))
    said.focus()
    page.keyboard.press("e")
    picker = page.get_by_role("dialog", name="Emoji")
    picker.get_by_role("searchbox").fill("mountain")
    picker.get_by_role("button").filter(has_text="⛰").first.click()
    expect(said.get_by_role("button", name=re.compile("^⛰"))).to_have_attribute("aria-pressed", "true")
    # Its menu has the way to it as well, which leads whoever may read it there.
    for what, in_it in (("Copy link", "/c/"), ("Copy text", "^bring the .*long.* rope$")):
        ada.chooses(said, what)
        copied = page.wait_for_function(
            "async (what) => (await navigator.clipboard.readText()).match(what)?.input", arg=in_it
        )
        if what == "Copy link":
            bo.page.goto(copied.json_value())
            expect(bo.sees("bring the")).to_be_in_viewport()
