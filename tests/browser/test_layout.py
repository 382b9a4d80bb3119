"""Three panes, two, one: what is where, from the width of a desk to a small phone, and how one gets about."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import Person
from tests.browser.test_pages import picture, talk, violations, width_to_spare

__all__ = ["picture"]

Arrives = Callable[..., Person]

BEGIN = """async ({other, titles}) => {
  const [{id}] = await (await fetch(`/api/v1/users?query=${other}`)).json();
  for (const title of titles) {
    const body = JSON.stringify({participants: [id], title});
    const answer = await fetch("/api/v1/conversations", {method: "POST", headers: {"Content-Type": "application/json"},
      body});
    if (!answer.ok) throw new Error(await answer.text());
  }
}"""
FITS = "() => document.querySelector('#scroll').scrollWidth <= document.querySelector('#scroll').clientWidth"
# Where the first message stands in each picture that is painted, from when the conversation is there.
WATCHED = """() => {
  window.tops = new Set();
  const look = () => {
    const first = document.querySelector("#log .message");
    if (first?.checkVisibility()) window.tops.add(Math.round(first.getBoundingClientRect().top));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
# A browser whose picture of what leaves takes long, and that counts how often it was asked for one.
SLOW = """() => {
  window.taken = 0;
  for (const {prototype} of [Document, Element]) {
    const take = prototype.startViewTransition;
    if (!take) continue;
    prototype.startViewTransition = function (change) {
      window.taken += 1;
      return take.call(this, () => new Promise((done) => setTimeout(done, 80)).then(change));
    };
  }
}"""
MEASURED = "() => performance.getEntriesByName('switch').length"


def begins(person: Person, other: Person, *titles: str) -> None:
    """Groups of somebody's own with somebody else, made quickly."""
    person.page.evaluate(BEGIN, {"other": other.name, "titles": list(titles)})
    person.page.goto("/")


def scrolls_left(page: Page) -> int:
    """How far the end of the history is below what is seen of it."""
    return int(page.locator("#scroll").evaluate("box => box.scrollHeight - box.clientHeight - box.scrollTop"))


def panes(page: Page) -> list[str]:
    """What stands on the screen, by the names that a screen reader gives it."""
    main = page.get_by_role("main")
    named = {
        "rail": page.get_by_role("navigation", name="Main"),
        "list": page.get_by_role("navigation", name="Conversations"),
        "stage": main,
        "details": page.get_by_role("dialog", name="Conversation details"),
    }
    return [name for name, pane in named.items() if pane.is_visible()]


def test_there_are_as_many_panes_as_there_is_room_for(arrives: Arrives, picture: Path) -> None:
    page = talk(arrives, picture).page
    for width, height, shown in (
        (1440, 900, ["rail", "list", "stage", "details"]),
        (1240, 900, ["rail", "list", "stage", "details"]),
        (1239, 900, ["rail", "list", "stage"]),
        (1000, 700, ["rail", "list", "stage"]),
        (821, 700, ["rail", "list", "stage"]),
        (820, 700, ["stage"]),
        (390, 420, ["stage"]),
        (320, 256, ["stage"]),
    ):
        page.set_viewport_size({"width": width, "height": height})
        expect(page.get_by_role("dialog", name="Conversation details")).to_be_visible(visible="details" in shown)
        assert panes(page) == shown
        assert width_to_spare(page) <= 0
        page.wait_for_function(FITS)
        # Even above the keyboard of a phone, and as large as 400 %, one can write and read.
        expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_in_viewport(ratio=1)
        assert page.locator("#scroll").evaluate("box => box.clientHeight") >= 80
    said = page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "interactive-widget=resizes-content" in said
    assert "viewport-fit=cover" in said
    assert "maximum-scale" not in said


def test_from_right_to_left_everything_is_mirrored(arrives: Arrives, picture: Path) -> None:
    page = talk(arrives, picture).page
    page.evaluate("document.documentElement.dir = 'rtl'")

    def at(selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box
        return box["x"]

    assert at(".rail") > at(".list") > at(".stage") > at(".details")
    assert at(".message:not(.mine) .sphere") > at(".message:not(.mine) .bubble")
    assert at(".message.mine .bubble") < at(".message:not(.mine) .bubble")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert width_to_spare(page) <= 0


CORNERS = """bubble => {
  const looks = getComputedStyle(bubble), words = getComputedStyle(bubble.querySelector(".text"));
  return [looks.borderBottomLeftRadius, looks.borderBottomRightRadius, words.direction];
}"""


def test_the_small_corner_is_on_the_senders_side_whichever_way_the_words_run(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    bo.opens(ada.name)
    for one in (bo, ada):
        for words, direction in (("as ever", "ltr"), ("كما هو دائما", "rtl")):
            one.says(f"{words} {one.name}" if direction == "ltr" else f"{words} {one.name}!")
            bubble = ada.sees(f"{words} {one.name}").locator(".bubble")
            left, right, runs = bubble.evaluate(CORNERS)
            assert runs == direction
            assert (left == "6px", right == "6px") == (one is bo, one is ada)


def test_on_a_phone_back_leads_to_the_list_where_it_was(arrives: Arrives) -> None:
    ada, bo = arrives("ada", width=390, height=844), arrives("bo")
    begins(ada, bo, *(f"Group {n}" for n in range(1, 31)))
    rows = ada.page.locator("#rows")
    expect(rows.get_by_role("listitem")).to_have_count(30)
    rows.evaluate("box => box.scrollTo(0, 900)")
    place = rows.evaluate("box => box.scrollTop")
    assert place > 500
    ada.opens("Group 12")
    ada.page.go_back()
    expect(rows).to_be_visible()
    assert rows.evaluate("box => box.scrollTop") == place
    ada.page.go_forward()
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("Group 12")
    ada.page.get_by_role("link", name="Back to conversations").click()
    expect(rows).to_be_visible()
    assert rows.evaluate("box => box.scrollTop") == place
    # Whoever is there already goes nowhere.
    gone = ada.page.evaluate("history.length")
    for _ in range(2):
        ada.page.locator("#chats").click()
    assert ada.page.evaluate("history.length") == gone


def test_switching_changes_the_stage_alone_and_is_foreseen(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    begins(ada, bo, "Tea", "Cake")
    page = ada.page
    row = page.get_by_role("link", name=re.compile("Tea"))
    with page.expect_response(re.compile("/messages")):
        row.hover()
    page.evaluate("window.here = true")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    row.click()
    expect(page.get_by_role("heading", level=1, name="Tea")).to_be_focused()
    expect(page).to_have_title(re.compile("^Tea"))
    expect(page).to_have_url(re.compile("/c/"))
    expect(row).to_have_attribute("aria-current", "page")
    assert page.evaluate("window.here")
    assert [url for url in asked if "/messages" in url] == []
    page.wait_for_function(MEASURED)
    # What moves is no obstacle, and leaves nothing behind.
    page.get_by_role("link", name=re.compile("Cake")).click()
    expect(page.get_by_role("heading", level=1, name="Cake")).to_be_focused()
    expect(page.locator("html[data-turning]")).to_have_count(0)


def test_a_movement_that_one_would_wait_for_is_left_out(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    begins(ada, bo, "Tea", "Cake")
    ada.page.evaluate(SLOW)
    for name in ("Tea", "Cake", "Tea", "Cake"):
        ada.opens(name)
    assert ada.page.evaluate("window.taken") == 2
    expect(ada.page.locator("html[data-turning]")).to_have_count(0)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_what_is_unread_stands_still_from_the_first_picture_on(arrives: Arrives, picture: Path, motion: str) -> None:
    """Its divider belongs a quarter down, and the end is nearer than that would leave room for."""
    ada, bo = arrives("ada", width=820, height=700, reduced_motion=motion), arrives("bo")
    bo.starts(ada)
    bo.says("hello")
    bo.shares(picture, picture, picture, caption="three")
    expect(bo.sees("three").get_by_text("sent")).to_be_attached()
    expect(ada.page.get_by_role("link", name=re.compile(bo.name))).to_contain_text("three")
    ada.page.evaluate(WATCHED)
    ada.opens(bo.name)
    expect(ada.page.get_by_text("2 new messages")).to_be_visible()
    ada.page.set_viewport_size({"width": 820, "height": 699})
    ada.page.wait_for_timeout(500)
    stood = ada.page.evaluate("[...window.tops]")
    assert max(stood) - min(stood) <= 1, stood
    assert scrolls_left(ada.page) == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_what_takes_long_is_awaited_and_what_fails_can_be_tried_again(arrives: Arrives, width: int) -> None:
    ada, bo = arrives("ada", width=width), arrives("bo")
    begins(ada, bo, "Tea")
    page, held = ada.page, list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/messages?*", hold)
    page.get_by_role("link", name=re.compile("Tea")).click()
    expect(page.get_by_text("Fetching what was said…")).to_be_visible()
    assert violations(page) == []
    assert width_to_spare(page) <= 0
    held[0].abort()
    expect(page.get_by_role("heading", name="This did not come through")).to_be_focused()
    assert violations(page) == []
    page.unroute("**/messages?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1, name="Tea")).to_be_focused()
    expect(ada.composer).to_be_visible()
    page.evaluate("history.pushState(null, '', `/c/${'0'.repeat(32)}`)")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.get_by_role("heading", name="This conversation is not here")).to_be_focused()
    page.get_by_role("main").get_by_role("link", name="Back to conversations").click()
    expect(page.get_by_role("navigation", name="Conversations")).to_be_visible()
    expect(page).to_have_url(re.compile("/$"))
