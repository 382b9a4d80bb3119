"""Two people talk, each in a browser of their own."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.people import Person

Arrives = Callable[..., Person]


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photograph, as large as a small phone's."""
    path = tmp_path_factory.mktemp("photos") / "ridge.jpg"
    gradient = Image.linear_gradient("L").resize((1500, 1000))
    Image.merge("RGB", (gradient, gradient.rotate(90).resize((1500, 1000)), gradient.rotate(180))).save(path)
    return path


def test_words_go_both_ways_and_stay(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.says("first light on the *third* ridge")
    bo.opens(ada.name)
    expect(bo.sees("first light on the third ridge").locator("em")).to_have_text("third")
    bo.says("beautiful")
    ada.sees("beautiful")
    ada.page.reload()
    ada.sees("first light on the third ridge")
    ada.sees("beautiful")


def test_a_photo_is_shown_to_the_other_at_once(arrives: Arrives, photo: Path) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    bo.opens(ada.name)
    ada.shares(photo, caption="straight from the phone")
    picture = bo.sees("straight from the phone").locator("img")
    expect(picture).to_have_js_property("complete", True)
    bo.page.wait_for_function("image => image.naturalWidth > 0", arg=picture.element_handle())
    assert re.search(r"/\d+\.avif$", str(picture.evaluate("image => image.currentSrc")))
    own = ada.sees("straight from the phone").locator("img")
    expect(own).to_have_attribute("src", re.compile("/api/v1/conversations/"))


# Playwright has neither a clipboard with files nor a file that is dragged in: the browser's own events carry real ones.
CARRY = """(element, {kind, name, bytes}) => {
  const carried = new DataTransfer();
  carried.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name, {type: "image/jpeg"}));
  const how = {bubbles: true, cancelable: true};
  if (kind === "paste") element.dispatchEvent(new ClipboardEvent("paste", {...how, clipboardData: carried}));
  else for (const step of ["dragenter", "dragover", "drop"])
    element.dispatchEvent(new DragEvent(step, {...how, dataTransfer: carried}));
}"""


def test_pictures_are_pasted_and_dropped_into_one_album(arrives: Arrives, photo: Path) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    bytes_ = base64.b64encode(photo.read_bytes()).decode()
    waiting = ada.page.get_by_role("list", name="To be sent").get_by_role("listitem")
    for number, (kind, where) in enumerate([("paste", ada.composer), ("drop", ada.page.locator("#stage"))], 1):
        where.evaluate(CARRY, {"kind": kind, "name": f"{kind}.jpg", "bytes": bytes_})
        expect(waiting).to_have_count(number)
    ada.says("Two ways in")
    bo.opens(ada.name)
    expect(bo.sees("Two ways in").locator("img")).to_have_count(2, timeout=15_000)


def test_an_album_opens_large_and_closes_to_where_it_was(arrives: Arrives, photo: Path) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.shares(photo, photo, photo, caption="three of them")
    tiles = ada.sees("three of them").get_by_role("button", name="Open picture")
    expect(tiles).to_have_count(3)
    expect(tiles.nth(1).locator("img")).to_have_attribute("src", re.compile("/api/"))
    tiles.nth(1).click()
    box = ada.page.get_by_role("dialog", name="Picture")
    expect(box.get_by_text("2 of 3")).to_be_visible()
    expect(box.get_by_role("img")).to_be_in_viewport(ratio=1)
    ada.page.keyboard.press("ArrowRight")
    expect(box.get_by_text("3 of 3")).to_be_visible()
    ada.page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(tiles.nth(1)).to_be_focused()


def test_a_late_answer_and_an_early_echo_make_one_message(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)

    def late(route: Route) -> None:
        response = route.fetch()
        time.sleep(1.5)
        route.fulfill(response=response)

    ada.page.route("**/api/v1/conversations/*/messages", late)
    ada.says("only once")
    ada.sees("only once")
    expect(ada.messages).to_have_count(1)
    ada.page.wait_for_timeout(2_000)
    expect(ada.messages).to_have_count(1)
    ada.page.unroute("**/api/v1/conversations/*/messages")


def test_an_answer_that_never_comes_is_asked_for_again(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    dropped: list[str] = []

    def drop_first(route: Route) -> None:
        if dropped or route.request.method != "POST":
            route.continue_()
            return
        dropped.append(route.request.url)
        route.fetch()
        route.abort()

    ada.page.route("**/api/v1/conversations/*/messages", drop_first)
    ada.says("said twice, stored once")
    expect(ada.sees("said twice, stored once").get_by_text("sent")).to_be_attached()
    bo.opens(ada.name)
    bo.sees("said twice, stored once")
    expect(bo.messages).to_have_count(1)


def test_what_is_refused_can_be_tried_again_or_dropped(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    refusal = '{"type": "about:blank", "title": "No", "status": 422, "detail": "Not today."}'
    refuse = {"status": 422, "content_type": "application/problem+json", "body": refusal}
    ada.page.route("**/api/v1/conversations/*/messages", lambda route: route.fulfill(**refuse))
    ada.says("please")
    failed = ada.sees("please")
    expect(failed.get_by_text("Not today.")).to_be_visible()
    ada.page.unroute("**/api/v1/conversations/*/messages")
    failed.get_by_role("button", name="Retry").click()
    expect(failed.get_by_text("sent")).to_be_attached()
    expect(ada.messages).to_have_count(1)


def test_offline_it_waits_and_survives_a_reload(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.page.route("**/api/v1/conversations/*/messages", lambda route: route.abort())
    ada.says("from the tunnel")
    ada.sees("from the tunnel")
    ada.page.wait_for_timeout(300)
    ada.page.unroute("**/api/v1/conversations/*/messages")
    ada.page.reload()
    expect(ada.sees("from the tunnel").get_by_text("sent")).to_be_attached()
    expect(ada.messages).to_have_count(1)


def test_without_a_network_one_is_told_and_nothing_is_lost(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    bo.opens(ada.name)
    ada.page.context.set_offline(True)
    ada.says("from the mountain hut")
    expect(ada.page.get_by_text("Offline: 1 waiting")).to_be_visible()
    ada.page.context.set_offline(False)
    bo.sees("from the mountain hut")
    expect(ada.page.get_by_text("Offline")).to_be_hidden()


def test_reading_is_seen_and_unread_is_counted(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.says("one")
    ada.says("two")
    row = bo.page.get_by_role("link", name=ada.name)
    expect(row).to_contain_text("unread: 2")
    expect(bo.page).to_have_title(re.compile(r"^\(2\) "))
    expect(ada.sees("two").get_by_text("sent")).to_be_attached()
    bo.opens(ada.name)
    expect(row).not_to_contain_text("unread")
    expect(ada.sees("two").get_by_text("read", exact=True)).to_be_attached()


def test_typing_and_presence_are_felt(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    bo.opens(ada.name)
    expect(ada.page.locator("#subtitle")).to_have_text("online")
    bo.composer.press_sequentially("hm")
    expect(ada.page.locator("#subtitle")).to_have_text(f"{bo.name} is typing")
    # Whoever has stopped is no longer said to; what is pasted was never typed.
    expect(ada.page.locator("#subtitle")).to_have_text("online")
    told: list[str] = []
    bo.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    bo.page.on("websocket", lambda line: line.on("framesent", lambda frame: told.append(str(frame))))
    bo.page.reload()
    bo.page.wait_for_function("() => !document.querySelector('#app').dataset.waking")
    bo.composer.fill("")
    expect(ada.page.locator("#subtitle")).to_have_text("online")
    said = lambda: [one for one in told if '"typing"' in one]  # noqa: E731
    bo.page.evaluate("navigator.clipboard.writeText('an old poem')")
    bo.composer.press("Control+v")
    expect(bo.composer).to_have_value("an old poem")
    assert said() == []
    bo.composer.press_sequentially(", and more")
    expect(ada.page.locator("#subtitle")).to_have_text(f"{bo.name} is typing")
    assert len(said()) == 1


def test_an_answer_quotes_and_a_deleted_message_leaves_a_tombstone(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.says("tea at four?")
    bo.opens(ada.name)
    asked = bo.sees("tea at four?")
    asked.hover()
    asked.get_by_role("button", name="Reply").click()
    bo.says("gladly")
    expect(ada.sees("gladly").get_by_role("button", name="tea at four?")).to_be_visible()
    bo.messages.last.hover()
    bo.messages.last.get_by_role("button", name="Reply").click()
    bo.page.keyboard.press("Escape")
    expect(bo.page.get_by_role("button", name=re.compile("^Do not answer"))).to_be_hidden()
    ada.chooses(ada.messages.first, "Delete message")
    ada.page.get_by_role("dialog", name="Delete this message?").get_by_role("button", name="Delete").click()
    expect(bo.messages.first).to_contain_text("Message deleted")
    expect(bo.messages.filter(has_text="tea at four?")).to_have_count(0)


def test_a_group_is_made_renamed_and_left(arrives: Arrives) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy")
    ada.starts(bo, cy, title="Tea")
    bo.opens("Tea")
    ada.page.get_by_role("button", name="Rename").click()
    ada.page.get_by_role("textbox", name="Title").fill("Tea and cake")
    ada.page.get_by_role("button", name="Save").click()
    expect(bo.page.get_by_role("heading", level=1)).to_have_text("Tea and cake")
    expect(bo.page.get_by_text(f"{ada.name} named it “Tea and cake”")).to_be_visible()
    bo.page.get_by_role("button", name="Leave").click()
    bo.page.get_by_role("dialog", name="Leave this conversation?").get_by_role("button", name="Leave").click()
    expect(bo.page).to_have_url(re.compile(r"/$"))
    expect(ada.page.locator("#members").get_by_text(bo.name)).to_have_count(0)
    expect(ada.page.get_by_text(f"{bo.name} left")).to_be_visible()
    expect(ada.messages).to_have_count(0)


def test_a_room_turns_to_its_latest_picture_and_back(arrives: Arrives, tmp_path: Path) -> None:
    for name, colour in (("leaf", (20, 160, 60)), ("rose", (220, 40, 80))):
        Image.new("RGB", (300, 200), colour).save(tmp_path / f"{name}.png")
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    bo.opens(ada.name)
    lights = []
    for name in ("leaf", "rose"):
        ada.shares(tmp_path / f"{name}.png", caption=name)
        lights.append(_property(bo.sees(name).locator(".bubble"), "--ph"))
        expect(bo.page.locator("html")).to_have_attribute("style", _light(lights[-1]))
    assert lights[0] != lights[1]
    ada.chooses(ada.sees("rose"), "Delete message")
    ada.page.get_by_role("dialog", name="Delete this message?").get_by_role("button", name="Delete").click()
    for person in (ada, bo):
        expect(person.page.locator("html")).to_have_attribute("style", _light(lights[0]))


def _property(element: Locator, name: str) -> int:
    return int(element.evaluate("(element, name) => element.style.getPropertyValue(name)", name))


def _light(hue: int) -> re.Pattern[str]:
    # The way to a hue is the short one, however far round the circle that leads.
    return re.compile(f"--h: ?({'|'.join(str(hue + 360 * rounds) for rounds in range(-3, 4))});")


def test_the_beginning_stands_above_the_first_message(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.says("word " * 1_500)
    long = ada.messages.first
    folded = long.bounding_box()
    long.get_by_role("button", name="Show all").click()
    whole = long.bounding_box()
    assert folded
    assert whole
    assert whole["height"] > folded["height"]
    ada.page.locator("#scroll").evaluate("box => box.scrollTo(0, 0)")
    beginning = ada.page.get_by_text("This is where it begins.").bounding_box()
    day = ada.page.locator(".day").bounding_box()
    assert beginning
    assert day
    assert beginning["y"] + beginning["height"] <= day["y"]


def test_switching_keeps_drafts_address_and_focus(arrives: Arrives) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy")
    ada.starts(bo)
    first = ada.page.url
    ada.composer.fill("half a thought")
    ada.starts(cy)
    expect(ada.composer).to_have_value("")
    ada.opens(bo.name)
    expect(ada.page).to_have_url(first)
    expect(ada.composer).to_have_value("half a thought")
    expect(ada.page.get_by_role("heading", level=1)).to_be_focused()
    ada.page.go_back()
    expect(ada.page.get_by_role("heading", level=1)).to_have_text(cy.name)


def test_history_is_fetched_as_one_scrolls_and_a_link_leads_to_a_message(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    here = ada.page.url.rsplit("/", 1)[1]
    said = ada.page.evaluate(_TALK, here)
    ada.page.reload()
    expect(ada.messages.filter(has_text="line 80.")).to_have_count(1)
    ada.page.locator("#scroll").evaluate("box => box.scrollTo(0, 0)")
    expect(ada.messages).to_have_count(80)
    expect(ada.messages.filter(has_text="line 1.")).to_have_count(1)
    ada.page.goto(f"/c/{here}?at={said[4]}")
    expect(ada.messages.filter(has_text="line 5.")).to_be_in_viewport()
    ada.page.get_by_role("button", name="Latest").click()
    expect(ada.messages.filter(has_text="line 80.")).to_be_in_viewport()


_TALK = """async (id) => {
  const ids = [];
  for (let n = 1; n <= 80; n += 1) {
    const answer = await fetch(`/api/v1/conversations/${id}/messages`, {method: "POST",
      headers: {"Content-Type": "application/json"}, body: JSON.stringify({content: `line ${n}.`})});
    ids.push((await answer.json()).id);
  }
  return ids;
}"""


def test_after_a_restart_both_are_back_and_nothing_is_missing(arrives: Arrives, site: Site) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    bo.opens(ada.name)
    ada.says("before")
    bo.sees("before")
    site.stop()
    try:
        ada.says("meanwhile")
        ada.sees("meanwhile")
        expect(bo.page.get_by_text("Reconnecting")).to_be_visible()
    finally:
        site.start()
    expect(bo.messages.filter(has_text="meanwhile")).to_have_count(1, timeout=40_000)
    expect(bo.page.get_by_text("Reconnecting")).to_be_hidden()
    bo.says("after")
    ada.sees("after")
    for person in (ada, bo):
        expect(person.messages).to_have_count(3)


def test_whoever_signs_out_hears_nothing_more(arrives: Arrives, window: Callable[..., Page]) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    elsewhere = Person(window(), bo.name)
    elsewhere.signs_in()
    ada.starts(bo)
    bo.page.goto("/settings/devices")
    bo.page.get_by_role("button", name=re.compile("^Sign out of")).first.click()
    expect(elsewhere.page).to_have_url(re.compile("/login"))
