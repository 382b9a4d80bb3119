"""Blocking, muting and who may write first, as people see it; and what is folded away."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Person
from tests.browser.test_pages import violations, width_to_spare

Arrives = Callable[..., Person]

NARROW = {"width": 390, "height": 844}
sizes = pytest.mark.parametrize("how", [{}, NARROW], ids=["desktop", "phone"])


def details(person: Person) -> None:
    """Open what there is to know about the conversation; on a wide screen it stands beside it."""
    button = person.page.get_by_role("button", name="Conversation details")
    if not wide(person.page) and button.get_attribute("aria-expanded") == "false":
        button.click()
    expect(button).to_have_attribute("aria-expanded", "true")


def wide(page: Page) -> bool:
    return bool(page.viewport_size and page.viewport_size["width"] >= 1240)


def decides(person: Person, about: Person, choice: str) -> None:
    """Choose something in the menu at somebody's name."""
    details(person)
    person.page.get_by_role("button", name=f"What to do with {about.name}").click()
    person.page.get_by_role("menuitem", name=choice).click()


def blocks(person: Person, about: Person) -> None:
    decides(person, about, "Block…")
    person.page.get_by_role("dialog", name=f"Block {about.name}?").get_by_role("button", name="Block").click()


def has_no_faults(page: Page) -> None:
    assert violations(page) == []
    assert width_to_spare(page) <= 0


def back_to_the_conversation(person: Person) -> None:
    """On a phone what there is to know lies over it."""
    if not wide(person.page):
        person.page.get_by_role("button", name="Close details").click()


@sizes
def test_a_block_ends_what_two_can_write_until_it_is_lifted(arrives: Arrives, how: dict[str, Any]) -> None:
    ada, bo = arrives("ada", **how), arrives("bo")
    ada.starts(bo)
    bo.opens(ada.name)
    bo.says("buy something")
    ada.sees("buy something")
    blocks(ada, bo)
    expect(ada.page.get_by_role("list").get_by_text("blocked")).to_be_visible()
    back_to_the_conversation(ada)
    expect(ada.composer).to_be_hidden()
    expect(ada.page.get_by_text(f"You blocked {bo.name}.")).to_be_visible()
    has_no_faults(ada.page)
    bo.says("please buy something")
    expect(bo.sees("please buy something").get_by_text("You cannot write to this person.")).to_be_visible()
    expect(bo.page.get_by_text(f"@{ada.name}").first).to_be_visible()
    ada.page.get_by_role("button", name="Unblock").click()
    expect(ada.composer).to_be_focused()
    bo.page.get_by_role("button", name="Retry").click()
    ada.sees("please buy something")
    ada.says("no, thank you")
    bo.sees("no, thank you")


@sizes
def test_in_a_group_their_messages_are_folded_away_until_one_asks(arrives: Arrives, how: dict[str, Any]) -> None:
    ada, bo = arrives("ada", **how), arrives("bo")
    cy = arrives("cy")
    ada.starts(bo, cy, title=f"Tea with {ada.name}")
    bo.opens(f"Tea with {ada.name}")
    bo.says("something rude")
    ada.sees("something rude")
    blocks(ada, bo)
    back_to_the_conversation(ada)
    expect(ada.messages.filter(has_text="something rude")).to_have_count(0)
    veiled = ada.sees("A message from someone you blocked")
    has_no_faults(ada.page)
    bo.says("something else")
    expect(ada.messages.filter(has_text="A message from someone you blocked")).to_have_count(2)
    ada.says("I can still write")
    bo.sees("I can still write")
    veiled.first.get_by_role("button", name="Show").click()
    ada.sees("something rude")
    expect(ada.messages.filter(has_text="something else")).to_have_count(0)
    bo.says("the last word")
    if how:
        ada.page.get_by_role("link", name="Back to conversations").click()
    row = ada.page.get_by_role("link", name=re.compile(f"Tea with {ada.name}"))
    expect(row.get_by_text("A message from someone you blocked")).to_be_visible()
    cy.opens(f"Tea with {ada.name}")
    cy.sees("something rude")


def test_who_is_muted_is_not_counted_and_another_tab_follows(arrives: Arrives) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy")
    ada.starts(cy)
    ada.starts(bo)
    second = ada.page.context.new_page()
    second.goto("/")
    expect(second.get_by_role("link", name=re.compile(bo.name))).to_be_visible()
    decides(ada, bo, "Mute")
    expect(ada.page.get_by_text("online · muted")).to_be_visible()
    ada.opens(cy.name)
    second.evaluate("window.dispatchEvent(new Event('focus'))")
    row = second.get_by_role("link", name=re.compile(bo.name))
    expect(row.get_by_text("muted")).to_be_attached()
    bo.opens(ada.name)
    bo.says("hello?")
    expect(row.get_by_text("unread")).to_be_attached()
    expect(second).to_have_title("ChatSphere")
    expect(ada.page.get_by_role("log", name="New messages")).to_have_text("")


@sizes
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_who_may_write_first_is_chosen_on_a_page_of_its_own(arrives: Arrives, how: dict[str, Any], dark: bool) -> None:
    ada, bo = arrives("ada", dark=dark, **how), arrives("bo")
    page = ada.page
    page.goto("/settings/privacy")
    has_no_faults(page)
    page.get_by_role("radio", name=re.compile("^Nobody")).check()
    page.get_by_role("region", name="Who may write to you first").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Kept.")).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("^Nobody"))).to_be_checked()
    bo.page.get_by_role("button", name="New conversation").click()
    dialog = bo.page.get_by_role("dialog", name="New conversation")
    dialog.get_by_role("searchbox", name="People").fill(ada.name)
    dialog.get_by_role("option", name=ada.name).click()
    dialog.get_by_role("button", name="Start").click()
    expect(dialog.get_by_text("You cannot write to this person.")).to_be_visible()


@sizes
def test_whom_one_has_blocked_is_found_and_let_in_again_in_the_settings(arrives: Arrives, how: dict[str, Any]) -> None:
    ada, bo = arrives("ada", **how), arrives("bo")
    ada.starts(bo)
    blocks(ada, bo)
    expect(ada.page.get_by_role("list").get_by_text("blocked")).to_be_visible()
    decides(ada, bo, "Mute")
    expect(ada.page.get_by_text("blocked · muted")).to_be_visible()
    page = ada.page
    page.goto("/settings/privacy")
    has_no_faults(page)
    page.get_by_role("button", name=f"Unmute {bo.name}").click()
    expect(page.get_by_text("You have muted nobody.")).to_be_visible()
    page.get_by_role("button", name=f"Unblock {bo.name}").click()
    expect(page.get_by_text("You have blocked nobody.")).to_be_visible()
    page.goto("/")
    ada.opens(bo.name)
    ada.says("hello again")
    bo.opens(ada.name)
    bo.sees("hello again")
