"""Coming in: by an invitation that somebody passes on, and as the very first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.people import PASSWORD, Person
from tests.browser.test_pages import violations, width_to_spare

Arrives = Callable[..., Person]
Window = Callable[..., Page]
WIDTHS = pytest.mark.parametrize("width", [1440, 390])


def makes_a_link(ada: Person, group: str, uses: int = 1) -> str:
    """Ada goes from the group's details to a link into it."""
    if ada.page.viewport_size["width"] < 1240:  # type: ignore[index]
        ada.page.get_by_role("button", name="Conversation details").click()
    ada.page.get_by_role("link", name="Invite by link").click()
    expect(ada.page.get_by_role("checkbox", name=group)).to_be_checked()
    ada.page.get_by_label("Note").fill("for the autumn")
    ada.page.get_by_label("How many people").fill(str(uses))
    assert violations(ada.page) == []
    ada.page.get_by_role("button", name="Make an invitation").click()
    return ada.page.locator("#made-link").inner_text()


@WIDTHS
def test_a_link_brings_a_newcomer_into_the_group(arrives: Arrives, window: Window, width: int) -> None:
    ada, bo, cy = arrives("ada", width=width), arrives("bo"), arrives("cy")
    ada.starts(bo, cy, title="Ridge walkers")
    ada.says("bring your boots")
    link = makes_a_link(ada, "Ridge walkers")
    assert violations(ada.page) == []
    assert width_to_spare(ada.page) <= 0
    code = ada.page.get_by_role("img", name="The link as a QR code").locator("svg").bounding_box()
    assert code
    assert code["width"] == code["height"] >= 160
    new = window(width=width, dark=True)
    new.goto(link)
    expect(new.get_by_role("heading", name=f"{ada.name} invites you")).to_be_visible()
    expect(new.get_by_text("for the autumn")).to_be_visible()
    assert violations(new) == []
    assert width_to_spare(new) <= 0
    new.get_by_label("User name").fill(f"friend{width}")
    new.get_by_label("Email").fill(f"friend{width}@example.org")
    new.get_by_label("Password").fill(PASSWORD)
    new.get_by_role("button", name="Create account").click()
    expect(new.get_by_role("heading", level=1, name="Ridge walkers")).to_be_visible()
    expect(Person(new, "friend").sees("bring your boots")).to_be_visible()
    late = window(width=width)
    late.goto(link)
    expect(late.get_by_role("heading", name="This invitation is used up")).to_be_visible()
    expect(late.get_by_text(f"ask {ada.name} for a new one")).to_be_visible()
    assert violations(late) == []


@WIDTHS
def test_whoever_has_an_account_signs_in_and_joins(arrives: Arrives, window: Window, width: int) -> None:
    ada, bo, cy, dee = (arrives(name) for name in ("ada", "bo", "cy", "dee"))
    ada.starts(bo, cy, title="Choir")
    link = makes_a_link(ada, "Choir", uses=2)
    page = window(width=width)
    page.goto(link)
    page.get_by_role("link", name="I have an account").click()
    page.get_by_label("User name").fill(dee.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name=f"{ada.name} invites you")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", level=1, name="Choir")).to_be_visible()


def test_a_link_is_copied_and_taken_back(arrives: Arrives, window: Window) -> None:
    ada, bo, cy = (arrives(name) for name in ("ada", "bo", "cy"))
    ada.starts(bo, cy, title="Choir")
    ada.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = makes_a_link(ada, "Choir")
    ada.page.get_by_role("button", name="Copy link").click()
    expect(ada.page.get_by_text("Copied.")).to_be_visible()
    assert ada.page.evaluate("navigator.clipboard.readText()") == link
    ada.page.get_by_role("button", name="Revoke for the autumn").click()
    expect(ada.page.get_by_text("0 of 1 used · revoked")).to_be_visible()
    expect(ada.page.locator("#made-link")).to_have_count(0)
    guest = window()
    guest.goto(link)
    expect(guest.get_by_role("heading", name="This invitation was withdrawn")).to_be_visible()


def test_whoever_has_left_every_conversation_may_bring_somebody_in_again(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    invite = ada.page.get_by_role("main").get_by_role("link", name="Invite people")
    ada.page.goto("/")
    ada.opens(bo.name)
    ada.page.go_back()
    expect(ada.page.get_by_role("heading", name="Where were we?")).to_be_visible()
    expect(invite).to_be_hidden()
    ada.opens(bo.name)
    ada.page.get_by_role("button", name="Delete conversation").click()
    ada.page.get_by_role("dialog", name="Delete this conversation?").get_by_role("button", name="Delete").click()
    expect(invite).to_be_visible()


def test_on_paper_there_is_the_ticket_and_nothing_else(arrives: Arrives) -> None:
    ada = arrives("ada")
    ada.page.get_by_role("link", name="Invite people").first.click()
    ada.page.get_by_role("button", name="Make an invitation").click()
    ada.page.emulate_media(media="print")
    expect(ada.page.locator(".pass")).to_be_visible()
    expect(ada.page.get_by_role("heading", name="Settings")).to_be_hidden()
    expect(ada.page.get_by_role("button", name="Make an invitation")).to_be_hidden()
    assert width_to_spare(ada.page) <= 0


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Site]:
    """A site where nobody has been yet."""
    served = Site(tmp_path)
    served.start()
    yield served
    served.stop()


@WIDTHS
def test_whoever_comes_first_is_at_home_in_a_minute(window: Window, empty: Site, width: int) -> None:
    page = window(width=width)
    page.goto(f"{empty.url}/login")
    expect(page.get_by_role("heading", name="Welcome home")).to_be_visible()
    assert violations(page) == []
    assert width_to_spare(page) <= 0
    page.get_by_label("What people call you").fill("Ada Lovelace")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page).to_have_url(re.compile(r"/$"))
    # Two pages have the link, and before its styles a page shows both.
    place = page.get_by_role("main") if width > 820 else page.locator("#rows-none")
    place.get_by_role("link", name="Invite people").click()
    page.get_by_role("button", name="Make an invitation").click()
    expect(page.get_by_role("heading", name="Here is your invitation")).to_be_visible()
