"""What stands beside a conversation: it follows what is done elsewhere, and takes the focus from nobody."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Route, expect

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


def test_whoever_has_described_a_picture_is_back_at_it(arrives: Arrives, picture: Path) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.shares(picture, picture, caption="from up here")
    large = ada.page.get_by_role("dialog", name="Picture", exact=True)
    dialog = ada.page.get_by_role("dialog", name="Describe the picture")
    log = ada.page.get_by_role("list", name="Messages", exact=True)
    tiles = beside(ada).get_by_role("button", name=re.compile("Open picture"))
    expect(tiles).to_have_count(2)
    expect(log.get_by_role("listitem").get_by_text("sent")).to_be_attached()
    for where, words in ((beside(ada), "a hill in the sun"), (log, "the same hill at dusk")):
        where.get_by_role("button", name=re.compile("Open picture")).nth(1).click()
        large.get_by_role("button", name=re.compile("[Dd]escri")).click()
        dialog.get_by_label("For whoever cannot see it").fill(words)
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_be_hidden()
        expect(where.get_by_role("button", name=f"Open picture: {words}", include_hidden=True)).to_have_count(1)
        ada.page.keyboard.press("Escape")
        expect(large).to_be_hidden()
        expect(where.get_by_role("button", name=f"Open picture: {words}")).to_be_focused()

    # And at the mark on a picture, where one describes it too; also where everybody hears of it before its writer does.
    def later(route: Route) -> None:
        response = route.fetch()
        time.sleep(0.7)
        route.fulfill(response=response)

    ada.page.route("**/api/v1/conversations/*/messages/*", later)
    mark = log.get_by_role("button", name="Description: the same hill at dusk")
    mark.focus()
    ada.page.keyboard.press("Enter")
    ada.page.get_by_role("button", name="Change", exact=True).click()
    dialog.get_by_label("For whoever cannot see it").fill("night")
    dialog.get_by_role("button", name="Save").click()
    expect(log.get_by_role("button", name="Description: night")).to_be_focused()


def decides(one: Person, about: str, *, blocked: bool) -> None:
    """Block somebody, or no longer, at another device; it is known here once one comes back."""
    assert one.page.context.request.put(f"/api/v1/contacts/{about}", data={"blocked": blocked}).ok
    one.page.evaluate("dispatchEvent(new Event('focus'))")


def test_a_thread_follows_who_is_known_late_and_whom_one_blocks(arrives: Arrives) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy")
    ada.starts(bo, cy, title="Ridge")
    bo.opens("Ridge")
    room = ada.page.url.rpartition("/")[2]
    path = f"/api/v1/conversations/{room}"
    asked = bo.page.context.request.post(f"{path}/messages", data={"content": "who comes along?"}).json()
    for one, words in ((bo, "I do"), (cy, "not me")):
        said = one.page.context.request.post(f"{path}/messages", data={"content": words, "reply_to": asked["id"]})
        assert said.ok
    assert cy.page.context.request.delete(f"{path}/participants/me").ok
    people = Module(ada.page, "people")
    people.where = "**/api/v1/users/*"
    people.waits()
    ada.page.reload()
    ada.messages.get_by_role("button", name="2 replies").click()
    thread = ada.page.get_by_role("region", name="Replies")
    lines = thread.get_by_role("listitem")
    expect(lines.nth(1)).to_contain_text("not me")
    expect(lines.nth(1)).not_to_contain_text(cy.name)
    lines.nth(1).get_by_role("button", name="Show in conversation").focus()
    people.comes()
    expect(lines.nth(1)).to_contain_text(cy.name)
    expect(lines.nth(1).get_by_role("button", name="Show in conversation")).to_be_focused()

    decides(ada, asked["sender_id"], blocked=True)
    expect(lines.first).to_contain_text("A message from someone you blocked")
    expect(thread).not_to_contain_text("who comes along?")
    decides(ada, asked["sender_id"], blocked=False)
    expect(lines.first).to_contain_text("I do")
    expect(thread).to_contain_text("who comes along?")
