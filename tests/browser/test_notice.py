"""What did not work is said where everybody sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.test_late import Module, begins_anew, notice

Arrives = Callable[..., Person]


def told(one: Person) -> None:
    """It is said where everybody sees it; taken away, so that the next is not taken for it."""
    said = notice(one)
    expect(said).to_be_visible()
    said.evaluate("notice => notice.remove()")


def test_what_a_list_a_bar_and_a_command_could_not_do_is_seen(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    room = ada.page.url.rpartition("/")[2]
    path = f"/api/v1/conversations/{room}"
    request = ada.page.context.request
    first = request.post(f"{path}/messages", data={"content": "the way up"}).json()["id"]
    assert request.put(f"{path}/messages/{first}/pin").ok
    for number in range(150):
        assert request.post(f"{path}/messages", data={"content": f"step {number}"}).ok
    begins_anew(ada)
    ada.page.route("**/api/v1/**", lambda route: route.abort())

    ada.page.locator("#pin-bar").click()
    told(ada)
    ada.page.get_by_role("button", name=f"More about {bo.name}").press("Enter")
    ada.page.get_by_role("menuitem", name="Mark as unread").click()
    told(ada)
    ada.composer.press_sequentially("/mu")
    expect(ada.page.get_by_role("option", name="/mute")).to_be_visible()
    ada.page.keyboard.press("Enter")
    told(ada)
    start = Module(ada.page, "start")
    start.fails()
    ada.page.get_by_role("button", name="New conversation").click()
    told(ada)
    start.mends()
    ada.page.unroute("**/api/v1/**")

    # As it is once there is a network again.
    ada.page.locator("#pin-bar").click()
    expect(ada.sees("the way up")).to_be_in_viewport()


def bo_of(ada: Person, room: str) -> str:
    """The id of the other one."""
    found = ada.page.context.request.get(f"/api/v1/conversations/{room}").json()["participants"]
    return next(str(one["user"]["id"]) for one in found if one["user"]["user_name"] != ada.name)


def test_a_block_that_could_not_be_lifted_stays_and_that_is_seen(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    about = bo_of(ada, ada.page.url.rpartition("/")[2])
    assert ada.page.context.request.put(f"/api/v1/contacts/{about}", data={"blocked": True}).ok
    begins_anew(ada)
    ada.page.route("**/api/v1/contacts/*", lambda route: route.abort())
    ada.page.get_by_role("button", name="Unblock").click()
    told(ada)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture."""
    path = tmp_path / "hill.png"
    Image.radial_gradient("L").convert("RGB").save(path)
    return path


def test_over_a_large_picture_too(arrives: Arrives, picture: Path) -> None:
    ada, bo = arrives("ada", width=390, height=844), arrives("bo")
    ada.starts(bo)
    ada.shares(picture, caption="from up here")
    expect(ada.sees("from up here").get_by_text("sent")).to_be_attached()
    ada.page.goto(f"{ada.page.url}/gallery")
    ada.page.get_by_role("link", name=re.compile("Picture|hill")).first.click()
    large = ada.page.get_by_role("dialog", name="Picture", exact=True)
    expect(large).to_be_visible()
    ada.page.route("**/api/v1/**", lambda route: route.abort())
    large.get_by_role("button", name="Describe").click()
    expect(notice(ada)).to_be_visible()
    # It lies on none of the tools.
    large.get_by_role("button", name="Describe").click(trial=True)
    assert notice(ada).evaluate("notice => getComputedStyle(notice).backgroundColor") != "rgba(0, 0, 0, 0)"
