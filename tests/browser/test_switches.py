"""What others see of one: the small pictures of who has read so far, and what is gone when somebody hides it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.people import Person
from tests.browser.test_history import room
from tests.browser.test_pages import violations

Arrives = Callable[..., Person]
PHONE: dict[str, Any] = {"width": 390, "height": 780, "dark": True, "has_touch": True, "is_mobile": True}


def readers(message: Locator, *names: str) -> Locator:
    """The small pictures under a message, by what they are called."""
    return message.get_by_role("img", name=f"Read by {' and '.join(names)}")


def turns(person: Person, name: str, on: bool) -> None:
    """Go to the settings and turn a switch."""
    person.page.goto("/settings/privacy")
    section = person.page.get_by_role("region", name="What others see of you")
    section.get_by_role("checkbox", name=name).set_checked(on)
    section.get_by_role("button", name="Save").click()
    expect(section.get_by_role("status")).to_be_visible()
    expect(section.get_by_role("checkbox", name=name)).to_be_checked(checked=on)
    assert violations(person.page) == []


def test_who_has_read_stands_under_it_until_they_hide_it(arrives: Arrives) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy", **PHONE)
    ada.starts(bo, cy, title="Tea")
    tea = f"/c/{room(ada)}"
    ada.says("Milk or lemon?")
    first = ada.sees("Milk or lemon?")
    expect(first.get_by_text("sent")).to_be_attached()
    bo.page.goto(tea)
    expect(readers(first, bo.name)).to_be_visible()
    height = first.bounding_box()
    cy.page.goto(tea)
    expect(readers(first, bo.name, cy.name)).to_be_visible()
    expect(first.get_by_text("read", exact=True)).to_be_attached()
    assert first.bounding_box() == height
    # They go on with what they read, and stand under nothing of their own.
    bo.says("Lemon.")
    second = ada.sees("Lemon.")
    expect(readers(second, cy.name)).to_be_visible()
    expect(readers(cy.sees("Lemon."), ada.name)).to_be_visible()
    expect(first.get_by_role("img", name="Read by")).to_have_count(0)
    for person in (ada, cy):
        assert violations(person.page) == []

    turns(cy, "Others see how far I have read", False)
    expect(second.get_by_role("img", name="Read by")).to_have_count(0)
    expect(first.get_by_text("sent")).to_be_attached()
    cy.page.goto(tea)
    ada.says("So be it.")
    third = cy.sees("So be it.")
    expect(readers(ada.sees("So be it."), bo.name)).to_be_visible()
    for message in (third, cy.sees("Lemon."), cy.sees("Milk or lemon?")):
        expect(message.get_by_role("img", name="Read by")).to_have_count(0)

    turns(cy, "Others see how far I have read", True)
    expect(readers(ada.sees("So be it."), bo.name, cy.name)).to_be_visible()


def test_whoever_hides_is_gone_for_others_and_others_for_them(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    duo = f"/c/{room(ada)}"
    bo.page.goto(duo)
    at = lambda page: page.get_by_role("paragraph").filter(has_text=re.compile("^online$"))  # noqa: E731
    expect(at(ada.page)).to_be_visible()
    other = bo.page.context.new_page()
    other.goto(duo)
    expect(at(other)).to_be_visible()
    turns(bo, "Others see when I am here", False)
    expect(at(ada.page)).to_have_count(0)
    expect(at(other)).to_have_count(0)
    bo.page.goto(duo)
    bo.composer.press_sequentially("I type")
    bo.says("I am here all the same.")
    ada.sees("I am here all the same.")
    expect(at(ada.page)).to_have_count(0)
    expect(at(bo.page)).to_have_count(0)
    turns(bo, "Others see when I am here", True)
    expect(at(ada.page)).to_be_visible()
    expect(at(other)).to_be_visible()
