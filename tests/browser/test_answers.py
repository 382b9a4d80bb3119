"""Messages that live: people react, answer, say things otherwise, pin and forward, at a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.people import Person
from tests.browser.test_pages import violations, width_to_spare

Arrives = Callable[..., Person]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("pictures")
    for name, colour in (("leaf", (20, 160, 60)), ("rose", (220, 40, 80))):
        Image.new("RGB", (300, 200), colour).save(folder / f"{name}.png")
    return folder / "leaf.png", folder / "rose.png"


def has_no_faults(page: Page) -> None:
    assert violations(page) == []
    assert width_to_spare(page) == 0


def chip(message: Locator, name: str) -> Locator:
    return message.get_by_role("group", name="Reactions").get_by_role("button", name=name, exact=True)


def test_reactions_come_and_go_for_all_and_are_taken_back_where_they_are_refused(arrives: Arrives) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy", width=390, dark=True)
    ada.starts(bo, cy, title=f"Cake of {ada.name}")
    ada.says("cake?")
    for one in (bo, cy):
        one.opens(f"Cake of {ada.name}")
    said = bo.sees("cake?")
    assert said.evaluate("message => message.querySelectorAll('*').length + 1") <= 22
    said.hover()
    said.get_by_role("button", name="React with 👍").click()
    expect(chip(said, "👍, 1, you reacted")).to_have_attribute("aria-pressed", "true")
    own = ada.sees("cake?")
    chip(own, "👍, 1").click()
    expect(chip(own, "👍, 2, you reacted")).to_be_visible()
    expect(chip(cy.sees("cake?"), "👍, 2")).to_have_attribute("title", re.compile(f"{bo.name}.*{ada.name}"))
    chip(said, "👍, 2, you reacted").click()
    expect(chip(own, "👍, 1, you reacted")).to_be_visible()
    said.get_by_role("button", name="Add reaction").click()
    bo.page.get_by_role("searchbox", name="Search emoji").fill("party")
    bo.page.get_by_role("dialog", name="Emoji").get_by_role("button", name="party popper").click()
    expect(chip(own, "🎉, 1")).to_be_visible()

    def refuse(route: Route) -> None:
        problem = '{"type": "about:blank", "title": "No", "status": 409, "detail": "Enough of it."}'
        route.fulfill(status=409, content_type="application/problem+json", body=problem)

    ada.page.route("**/reactions/**", refuse)
    chip(own, "🎉, 1").click()
    expect(ada.page.get_by_text("Enough of it.")).to_be_visible()
    expect(chip(own, "🎉, 1")).to_have_attribute("aria-pressed", "false")
    for one in (ada, cy):
        has_no_faults(one.page)


@pytest.mark.parametrize("how", [{}, {"width": 390, "dark": True}], ids=["desk", "phone"])
def test_what_one_said_last_is_said_otherwise_and_what_it_said_before_is_there(
    arrives: Arrives, how: dict[str, Any]
) -> None:
    ada, bo = arrives("ada", **how), arrives("bo")
    bo.starts(ada)
    ada.opens(bo.name)
    ada.says("tea at fuor")
    bo.sees("tea at fuor")
    field = ada.page.get_by_role("textbox", name="Edit message")
    ada.composer.press("ArrowUp")
    expect(field).to_be_focused()
    has_no_faults(ada.page)
    field.press("Escape")
    expect(ada.composer).to_be_focused()
    ada.composer.press("ArrowUp")
    field.fill("tea at **four**")
    field.press("Enter")
    changed = bo.sees("tea at four")
    expect(changed.locator("strong")).to_have_text("four")
    expect(bo.messages).to_have_count(1)
    expect(ada.composer).to_be_focused()
    ada.page.reload()
    ada.sees("tea at four").get_by_role("button", name="edited").click()
    dialog = ada.page.get_by_role("dialog", name="said before")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    expect(dialog.get_by_role("listitem").first).to_contain_text("tea at fuor")
    has_no_faults(ada.page)
    ada.page.keyboard.press("Escape")
    expect(changed.get_by_role("button", name="edited")).to_be_visible()
    changed.hover()
    changed.get_by_role("button", name="More").click()
    expect(bo.page.get_by_role("menuitem", name="Edit")).to_have_count(0)


def test_one_picture_of_two_is_described_answered_and_jumped_to(arrives: Arrives, pictures: tuple[Path, ...]) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.shares(*pictures, caption="two of them")
    for number in range(30):
        ada.says(f"and then {number}")
    expect(ada.sees("and then 29").get_by_text("sent")).to_be_attached()
    album = ada.sees("two of them")
    album.scroll_into_view_if_needed()
    ada.chooses(album, "Describe…")
    dialog = ada.page.get_by_role("dialog", name="Describe the pictures")
    dialog.get_by_label("For whoever cannot see it").nth(1).fill("A rose")
    dialog.get_by_label("Caption, for everybody").nth(1).fill("Rose")
    has_no_faults(ada.page)
    dialog.get_by_role("button", name="Save").click()
    expect(album.get_by_role("button", name="Open picture: A rose")).to_be_visible()
    expect(album.get_by_role("button", name="edited")).to_have_count(0)
    bo.opens(ada.name)
    seen = bo.messages.filter(has_text="two of them")
    seen.scroll_into_view_if_needed()
    bo.chooses(seen, "Reply to picture 2")
    bo.says("that one!")
    answer = ada.sees("that one!")
    answer.scroll_into_view_if_needed()
    quote = answer.get_by_role("button", name=re.compile(f"{ada.name}.*Rose"))
    rose = album.get_by_role("button", name="Open picture: A rose").locator("img").get_attribute("src") or ""
    thumb = quote.locator("img").get_attribute("src") or ""
    assert thumb.rsplit("/", 1)[0] == rose.rsplit("/", 1)[0]
    quote.click()
    expect(album).to_be_in_viewport()
    expect(album).to_have_class(re.compile("called"))


def test_what_is_pinned_is_in_sight_for_all_until_it_is_unpinned(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo", width=390)
    ada.starts(bo)
    ada.says("at seven, by the gate")
    bo.opens(ada.name)
    ada.chooses(ada.sees("at seven"), "Pin")
    bar = bo.page.locator("#pin-bar")
    expect(bar).to_have_accessible_name(re.compile(f"Pinned.*{ada.name}: at seven, by the gate"))
    has_no_faults(bo.page)
    # What floats over the messages does not float over it.
    day = bo.page.locator("#day").evaluate_handle("(day) => day.getBoundingClientRect().top")
    assert bar.evaluate("(bar, top) => bar.getBoundingClientRect().bottom <= top", day)
    bar.click()
    expect(bo.sees("at seven")).to_have_class(re.compile("called"))
    details = ada.page.get_by_role("dialog", name="Conversation details")
    expect(details.get_by_text(f"Pinned by {ada.name}")).to_be_visible()
    has_no_faults(ada.page)
    details.get_by_role("button", name="Unpin").click()
    expect(bar).to_be_hidden()


def test_a_picture_goes_on_to_others_and_stays_when_the_first_one_goes(
    arrives: Arrives, pictures: tuple[Path, ...]
) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy")
    bo.starts(cy)
    ada.starts(bo)
    ada.shares(pictures[0], caption="a leaf")
    bo.opens(ada.name)
    bo.chooses(bo.sees("a leaf"), "Forward…")
    dialog = bo.page.get_by_role("dialog", name="Forward message")
    dialog.get_by_role("searchbox").fill(cy.name)
    dialog.get_by_role("checkbox", name=cy.name).check()
    has_no_faults(bo.page)
    dialog.get_by_role("button", name="Forward", exact=True).click()
    expect(bo.page.get_by_text("Forwarded to 1 conversation")).to_be_visible()
    cy.opens(bo.name)
    came = cy.sees("a leaf")
    expect(came.get_by_text("Forwarded")).to_be_visible()
    ada.chooses(ada.sees("a leaf"), "Delete message")
    ada.page.get_by_role("dialog", name="Delete this message?").get_by_role("button", name="Delete").click()
    expect(bo.messages.first).to_contain_text("Message deleted")
    cy.page.reload()
    image = cy.sees("a leaf").get_by_role("button", name="Open picture").locator("img")
    cy.page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())


def test_whoever_is_about_to_leave_an_answer_is_not_moved_by_what_the_other_does(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    bo.starts(ada)
    bo.says("tea?")
    ada.opens(bo.name)
    bo.page.goto("/")
    ada.says("with milk")
    ada.chooses(ada.sees("tea?"), "Reply")
    leave = ada.page.get_by_role("button", name=re.compile("^Do not answer"))
    leave.focus()
    bo.opens(ada.name)
    expect(ada.sees("with milk").get_by_text("read", exact=True)).to_be_attached()
    expect(leave).to_be_focused()
    ada.page.keyboard.press("Enter")
    expect(leave).to_be_hidden()
