"""What stands beside a conversation: it follows what is done elsewhere, and takes the focus from nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.people import Person
from tests.browser.test_late import Module, notice

Arrives = Callable[..., Person]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture."""
    path = tmp_path / "hill.png"
    Image.radial_gradient("L").convert("RGB").save(path)
    return path


def describes(one: Person, alt: str) -> None:
    """Say what the picture of the latest message shows, as at another device."""
    path = f"/api/v1/conversations/{one.page.url.rpartition('/')[2]}/messages"
    latest = one.page.context.request.get(path).json()[-1]
    body = {"attachments": [{"id": latest["attachments"][0]["id"], "alt": alt}]}
    assert one.page.context.request.put(f"{path}/{latest['id']}", data=body).ok


def beside(one: Person) -> Locator:
    return one.page.get_by_role("dialog", name="Conversation details")


def test_what_stands_beside_follows_and_keeps_the_focus(arrives: Arrives, picture: Path) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    bo.opens(ada.name)
    bo.shares(picture, caption="from up here")
    tile = beside(ada).get_by_role("button", name=f"Open picture: from {bo.name}, no description")
    expect(tile).to_be_visible()
    tile.focus()
    describes(bo, "a hill in the sun")
    expect(beside(ada).get_by_role("button", name="Open picture: a hill in the sun")).to_be_focused()

    # Whoever goes does not take the focus from the button beside their name.
    member = beside(ada).get_by_role("listitem").filter(has_text=bo.name)
    expect(member).to_contain_text("online")
    more = beside(ada).get_by_role("button", name=f"What to do with {bo.name}")
    more.focus()
    bo.page.close()
    expect(member).to_contain_text("away")
    expect(more).to_be_focused()


def test_what_is_done_there_is_fetched_again_where_it_did_not_come(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    managing = Module(ada.page, "managing")
    managing.fails()
    mute = beside(ada).get_by_role("switch", name="Mute")
    mute.click()
    expect(notice(ada)).to_be_visible()
    managing.mends()
    mute.click()
    expect(mute).to_be_checked()


def test_a_picture_is_called_after_whoever_sent_it_though_they_have_left(arrives: Arrives, picture: Path) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy")
    ada.starts(bo, cy, title="Ridge")
    cy.opens("Ridge")
    cy.shares(picture, caption="and off I go")
    expect(cy.sees("and off I go").get_by_text("sent")).to_be_attached()
    room = ada.page.url.rpartition("/")[2]
    assert cy.page.context.request.delete(f"/api/v1/conversations/{room}/participants/me").ok
    ada.page.reload()
    expect(beside(ada).get_by_role("button", name=f"Open picture: from {cy.name}, no description")).to_be_visible()
