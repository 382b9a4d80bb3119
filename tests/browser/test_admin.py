"""The administration in a browser: whoever looks after an installation, at a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.people import Person
from tests.browser.test_pages import violations, width_to_spare

Arrives = Callable[..., Person]
DESKS = ("/admin", "/admin/people", "/admin/storage", "/admin/retention", "/admin/settings", "/admin/audit?check=1")
WAYS = pytest.mark.parametrize("width", [1440, 390], ids=["desk", "phone"])


def arrives_as_administrator(arrives: Arrives, site: Site, **how: object) -> Person:
    """Somebody who was just made an administrator on the server."""
    root = arrives("root", **how)
    root.looks_after(site)
    root.page.goto("/settings")
    root.page.get_by_role("link", name="Administration").click()
    expect(root.page.get_by_role("heading", level=1, name="Administration")).to_be_visible()
    return root


def finds(root: Person, name: str) -> None:
    """Look somebody up and open their page."""
    root.page.goto("/admin/people")
    root.page.get_by_role("searchbox", name="Search by name").fill(name)
    root.page.get_by_role("button", name="Search").click()
    root.page.get_by_role("link", name=name, exact=True).click()
    expect(root.page.get_by_role("heading", level=2, name=name)).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@WAYS
def test_no_desk_has_faults(arrives: Arrives, site: Site, width: int, dark: bool) -> None:
    root, bo = arrives_as_administrator(arrives, site, width=width, dark=dark), arrives("bo")
    bo.starts(root)
    bo.says("hello")
    for path in (*DESKS, "/admin/storage?by=conversation", "/admin/retention?keep=days&days=1"):
        root.page.goto(path)
        assert violations(root.page) == [], path
        assert width_to_spare(root.page) <= 0, path
    finds(root, bo.name)
    assert violations(root.page) == []
    root.page.goto("/admin/storage?by=conversation")
    root.page.locator(".ledger th a").first.click()
    expect(root.page.get_by_role("heading", name="Its own rule")).to_be_visible()
    assert violations(root.page) == []
    assert width_to_spare(root.page) <= 0


@WAYS
def test_somebody_is_disabled_let_in_again_and_it_is_told(arrives: Arrives, site: Site, width: int) -> None:
    root, bo = arrives_as_administrator(arrives, site, width=width), arrives("bo")
    finds(root, bo.name)
    root.page.get_by_role("button", name="Disable", exact=True).click()
    expect(root.page.get_by_text("Done.")).to_be_visible()
    # Their open page hears of it, and leads to where one signs in.
    expect(bo.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    root.page.get_by_role("button", name="Let them in again").click()
    entries = root.page.get_by_role("list").filter(has_text="signed up").get_by_role("listitem")
    expect(entries.nth(0)).to_contain_text(f"{root.name} let {bo.name} in again")
    expect(entries.nth(1)).to_contain_text(f"{root.name} disabled {bo.name}")
    bo.signs_in()


@WAYS
def test_an_account_goes_when_its_name_is_typed(arrives: Arrives, site: Site, width: int) -> None:
    root, bo = arrives_as_administrator(arrives, site, width=width), arrives("bo")
    finds(root, bo.name)
    name = root.page.get_by_label(f"Type {bo.name} to be sure")
    name.fill("somebody else")
    root.page.get_by_role("button", name="Delete this account").click()
    expect(name).to_have_attribute("aria-invalid", "true")
    name.fill(bo.name)
    root.page.get_by_role("button", name="Delete this account").click()
    expect(root.page.get_by_text("The account is deleted.")).to_be_visible()


@WAYS
def test_a_conversation_gets_its_own_rule_and_everybody_in_it_sees_it(arrives: Arrives, site: Site, width: int) -> None:
    root, bo = arrives_as_administrator(arrives, site, width=width), arrives("bo")
    cy, dee = arrives("cy", width=width), arrives("dee")
    bo.starts(cy, dee, title="Only theirs")
    bo.says("hello")
    bo.sees("hello")
    here = bo.page.url.rsplit("/", 1)[1]
    root.page.goto(f"/admin/retention/{here}")
    root.page.get_by_label("for so many days").check()
    root.page.get_by_label("Days", exact=True).fill("30")
    root.page.get_by_role("button", name="See what would go").click()
    expect(root.page.get_by_text("Nothing would go now")).to_be_visible()
    root.page.get_by_role("button", name="Keep this rule").click()
    expect(root.page.get_by_text("Messages stay here for 30 days")).to_be_visible()
    expect(root.page.get_by_text("Only theirs")).to_have_count(0)
    cy.page.goto(f"/c/{here}")
    if width < 1240:
        cy.page.get_by_role("button", name="Conversation details").click()
    expect(cy.page.get_by_role("dialog", name="Conversation details")).to_contain_text("Messages go after 30 days")


def test_nobody_else_gets_in(arrives: Arrives) -> None:
    bo = arrives("bo")
    bo.page.goto("/settings")
    expect(bo.page.get_by_role("link", name="Administration")).to_have_count(0)
    bo.page.goto("/admin/people")
    expect(bo.page.get_by_text(re.compile("Only an administrator"))).to_be_visible()
