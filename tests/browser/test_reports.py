"""Reporting, from the message to the administrators' desk, and what then becomes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.people import Person
from tests.browser.test_contacts import decides, has_no_faults, sizes

Arrives = Callable[..., Person]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two small pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    one, two = folder / "hill.png", folder / "lake.png"
    Image.radial_gradient("L").convert("RGB").save(one)
    Image.linear_gradient("L").convert("RGB").save(two)
    return one, two


def looks_after(site: Site, person: Person) -> Page:
    """Somebody becomes an administrator, and goes to their desk."""
    person.looks_after(site)
    person.page.goto("/admin/reports")
    return person.page


def sends(person: Person, reason: str, words: str = "") -> None:
    """Fill in the dialog and send it."""
    dialog = person.page.get_by_role("dialog", name="Report")
    dialog.get_by_role("radio", name=reason).check()
    dialog.get_by_role("textbox", name="In your words").fill(words)
    dialog.get_by_role("button", name="Report", exact=True).click()
    expect(dialog.get_by_text("Thank you.")).to_be_visible()
    dialog.get_by_role("button", name="Close", exact=True).last.click()


@sizes
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_reported_picture_is_seen_by_an_administrator_and_removed(
    arrives: Arrives, site: Site, pictures: tuple[Path, Path], how: dict[str, Any], dark: bool
) -> None:
    ada, bo, cy = arrives("ada", dark=dark, **how), arrives("bo"), arrives("cy", dark=dark, **how)
    bo.starts(cy, arrives("dee"), title=f"Tea of {bo.name}")
    bo.shares(*pictures, caption="not for you")
    cy.opens(f"Tea of {bo.name}")
    cy.chooses(cy.sees("not for you"), "Report message…")
    dialog = cy.page.get_by_role("dialog", name="Report")
    dialog.get_by_role("radio", name="Picture 2").check()
    has_no_faults(cy.page)
    sends(cy, "Violence", "please look at the second one")
    page = looks_after(site, ada)
    has_no_faults(page)
    page.get_by_role("link", name=re.compile(f"A picture from {bo.name}")).click()
    expect(page.get_by_text("please look at the second one")).to_be_visible()
    expect(page.get_by_text("in a group of 3")).to_be_visible()
    expect(page.get_by_text("not for you")).to_have_count(0)
    expect(page.get_by_text(f"Tea of {bo.name}")).to_have_count(0)
    page.get_by_text("Show the picture").click()
    shown = page.get_by_role("img", name="Picture without a description")
    expect(shown).to_have_count(1)
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("(image) => image.naturalWidth") > 0
    has_no_faults(page)
    page.get_by_role("radio", name=re.compile("^Remove the message")).check()
    page.get_by_role("button", name="Close the report").click()
    expect(page.get_by_text("The report is closed.")).to_be_visible()
    expect(cy.messages.filter(has_text="Message deleted")).to_have_count(1)
    page.get_by_role("link", name=re.compile(f"A picture from {bo.name}")).click()
    expect(page.get_by_text("is not shown any more")).to_be_visible()
    has_no_faults(page)


@sizes
def test_a_person_is_reported_and_their_account_disabled(arrives: Arrives, site: Site, how: dict[str, Any]) -> None:
    ada, bo, cy = arrives("ada", **how), arrives("bo"), arrives("cy", **how)
    cy.starts(bo)
    decides(cy, bo, "Report…")
    sends(cy, "Harassment", "for days now")
    page = looks_after(site, ada)
    page.get_by_role("link", name=re.compile(f"^{bo.name}")).click()
    page.get_by_role("radio", name=re.compile("^Disable the account")).check()
    page.get_by_label("A note").fill("said so twice")
    page.get_by_role("button", name="Close the report").click()
    expect(page.get_by_text("The report is closed.")).to_be_visible()
    expect(page.get_by_text("Account disabled").first).to_be_visible()
    bo.page.goto("/")
    expect(bo.page.get_by_role("button", name="New conversation")).to_have_count(0)


def test_where_nothing_waits_the_desk_says_so_and_nobody_else_gets_there(arrives: Arrives, site: Site) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    bo.page.goto("/admin/reports")
    expect(bo.page.get_by_text("Only an administrator may see this.")).to_be_visible()
    looks_after(site, ada)
    expect(ada.page.get_by_role("heading", name="Waiting to be looked at")).to_be_visible()
