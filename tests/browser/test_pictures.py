"""Pictures: large, close up, one after the other, and never in the way of what is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.people import Person
from tests.browser.test_pages import SETTLED, violations

Arrives = Callable[..., Person]

# A picture of each given size, painted here, as one album: many of them are quicker so than through the composer.
SHARE = """async ({id, sizes, words, alt}) => {
  const body = new FormData();
  for (const [n, [width, height]] of sizes.entries()) {
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext("2d");
    const light = pen.createLinearGradient(0, 0, width, height);
    light.addColorStop(0, `oklch(0.8 0.14 ${(n * 47) % 360})`);
    light.addColorStop(1, `oklch(0.3 0.1 ${(n * 47 + 120) % 360})`);
    pen.fillStyle = light;
    pen.fillRect(0, 0, width, height);
    body.append("file", await canvas.convertToBlob({type: "image/jpeg"}), `${n}.jpg`);
    if (alt) body.append("alt", alt);
  }
  body.append("content", words);
  const answer = await fetch(`/api/v1/conversations/${id}/me/messages/file`, {method: "POST", body});
  if (!answer.ok) throw new Error(await answer.text());
}"""

TOP = "(one) => one.getBoundingClientRect().top"

# Where the people in the details begin, in each picture that is painted.
PEOPLE = """() => {
  window.stood = new Set();
  const look = () => {
    const top = document.querySelector("#members li")?.getBoundingClientRect().top;
    if (top) window.stood.add(top);
    requestAnimationFrame(look);
  };
  look();
}"""

# More words than are loaded at once.
CHATTER = """async (id) => {
  for (let n = 0; n < 60; n += 1) await fetch(`/api/v1/conversations/${id}/messages`, {method: "POST",
    headers: {"Content-Type": "application/json"}, body: JSON.stringify({content: `word ${n}`})});
}"""


def shows(one: Person, *sizes: tuple[int, int], words: str = "", alt: str = "") -> None:
    """Send pictures of these sizes to the conversation that is open."""
    here = {"id": re.sub(r".*/c/", "", one.page.url), "sizes": sizes, "words": words, "alt": alt}
    one.page.evaluate(SHARE, here)


def talk(arrives: Arrives, **how: Any) -> tuple[Person, Person]:
    """Two people in a conversation that both have open."""
    ada, bo = arrives("ada", **how), arrives("bo")
    bo.starts(ada)
    ada.opens(bo.name)
    return ada, bo


def lightbox(one: Person) -> Locator:
    return one.page.get_by_role("dialog", name="Picture")


def tile(one: Person, words: str, at: int = 0) -> Locator:
    """A picture of the message with these words, small."""
    return one.sees(words).get_by_role("button", name="Open picture").nth(at)


def test_a_picture_is_opened_by_keyboard_and_its_address_brings_it_back(arrives: Arrives) -> None:
    ada, bo = talk(arrives)
    shows(bo, (600, 400), words="the **first** light", alt="A ridge at dawn")
    shows(bo, (400, 600), (500, 500), words="two more")
    page, box = ada.page, lightbox(ada)
    tile(ada, "the first light").focus()
    page.keyboard.press("Enter")
    expect(box.get_by_role("img", name="A ridge at dawn")).to_be_in_viewport(ratio=1)
    expect(box.locator("strong", has_text="first")).to_be_visible()
    expect(box.get_by_role("status")).to_have_text("1 of 3A ridge at dawn")
    assert violations(page) == []
    expect(page).to_have_url(re.compile(r"/c/\w+#p=\w{32}$"))
    first = page.url
    page.keyboard.press("End")
    expect(box.get_by_text("3 of 3")).to_be_visible()
    expect(box.get_by_role("img", name=re.compile(f"Picture from {bo.name}, .*, no description"))).to_be_visible()
    page.keyboard.press("Home")
    expect(page).to_have_url(first)
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(tile(ada, "the first light")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/c/\w+$"))
    calls_as_it_closes(ada, tile(ada, "the first light"))
    page.go_forward()
    expect(box).to_be_visible()
    page.reload()
    expect(box.get_by_role("img", name="A ridge at dawn")).to_be_visible()
    page.go_back()
    expect(box).to_be_hidden()
    ada.sees("two more")
    page.goto(first)
    expect(box.get_by_text("1 of 3")).to_be_visible()
    expect(box.get_by_role("img", name="A ridge at dawn")).to_be_visible()
    bo.chooses(bo.sees("the first light"), "Delete message")
    bo.page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(box).to_be_hidden()


def calls_as_it_closes(one: Person, small: Locator) -> None:
    """Whoever is quick waits neither for the picture to be gone nor for what they call to be there."""
    one.page.keyboard.press("Enter")
    expect(lightbox(one)).to_be_visible()
    for key in ("Escape", "Control+k", *"trip"):
        one.page.keyboard.press(key)
    field = one.page.get_by_role("combobox", name="Go to")
    expect(field).to_have_value("trip")
    expect(field).to_be_focused()
    one.page.keyboard.press("Escape")
    expect(small).to_be_focused()
    expect(one.page).to_have_url(re.compile(r"/c/\w+$"))


def test_each_screen_asks_for_as_many_pixels_as_it_has(arrives: Arrives) -> None:
    ada, bo = talk(arrives, device_scale_factor=2)
    shows(bo, (2400, 1600), words="from the top")
    for one, name in ((bo, "640.avif"), (ada, "1280.avif")):
        image = tile(one, "from the top").locator("img").element_handle()
        one.page.wait_for_function("([image, name]) => image.currentSrc.endsWith(`/${name}`)", arg=[image, name])


def test_one_goes_through_all_pictures_of_the_conversation_and_back_to_where_one_is(arrives: Arrives) -> None:
    ada, bo = talk(arrives)
    for n in range(2):
        shows(bo, *[(60 + n, 40)] * 20, words=f"album {n}")
    bo.page.evaluate(CHATTER, re.sub(r".*/c/", "", bo.page.url))
    shows(bo, (300, 200), words="the last")
    ada.page.reload()
    box = lightbox(ada)
    with ada.page.expect_response("**/pictures?around=*"):
        tile(ada, "the last").click()
    # Not all of them are known now, so no number is said.
    expect(box.get_by_text(re.compile("of 41"))).to_have_count(0)
    expect(box.get_by_role("button", name="Previous picture")).to_be_enabled()
    ada.page.keyboard.press("Home")
    expect(box.get_by_text("11 of 41")).to_be_visible()
    ada.page.keyboard.press("ArrowLeft")
    expect(box.get_by_text("10 of 41")).to_be_visible()
    ada.page.keyboard.press("Home")
    expect(box.get_by_text("1 of 41")).to_be_visible()
    expect(box.get_by_role("button", name="Previous picture")).to_be_disabled()
    box.get_by_role("link", name="Show in conversation").click()
    expect(box).to_be_hidden()
    expect(ada.sees("album 0")).to_be_in_viewport()


class Touch:
    """Fingers on a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.line = page, page.context.new_cdp_session(page)

    def moves(self, *paths: list[tuple[float, float]]) -> None:
        """Fingers go down together, along their paths and up."""
        _send(self.line, "touchStart", [path[0] for path in paths])
        for points in zip(*(path[1:] for path in paths), strict=True):
            _send(self.line, "touchMove", list(points))
        _send(self.line, "touchEnd", [])


def _send(line: CDPSession, kind: str, points: list[tuple[float, float]]) -> None:
    touches = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
    line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def line_of(start: tuple[float, float], end: tuple[float, float], steps: int = 8) -> list[tuple[float, float]]:
    (x, y), (to_x, to_y) = start, end
    return [(x + (to_x - x) * n / steps, y + (to_y - y) * n / steps) for n in range(steps + 1)]


def test_fingers_go_on_closer_and_away(arrives: Arrives) -> None:
    ada, bo = talk(arrives, width=390, height=844, has_touch=True, is_mobile=True)
    shows(bo, (900, 600), (600, 900), words="two")
    tile(ada, "two").tap()
    box, fingers = lightbox(ada), Touch(ada.page)
    image = box.get_by_role("img")
    expect(box.get_by_text("1 of 2")).to_be_visible()
    assert violations(ada.page) == []
    fingers.moves(line_of((300, 400), (60, 410)))
    expect(box.get_by_text("2 of 2")).to_be_visible()
    fingers.moves(line_of((300, 400), (60, 410)))
    expect(box.get_by_text("2 of 2")).to_be_visible()
    fingers.moves(line_of((60, 400), (300, 410)))
    expect(box.get_by_text("1 of 2")).to_be_visible()
    expect(image).to_be_in_viewport(ratio=1)
    fingers.moves(line_of((180, 400), (60, 400)), line_of((210, 400), (330, 400)))
    expect(box.get_by_role("button", name="Zoom out")).to_be_visible()
    assert _width(image) > 390 * 2
    # Close up, a finger moves the picture, and does not go on.
    fingers.moves(line_of((300, 400), (60, 410)))
    expect(box.get_by_text("1 of 2")).to_be_visible()
    for _ in range(2):
        fingers.moves([(195, 420)])
    expect(box.get_by_role("button", name="Zoom in")).to_be_visible()
    expect(image).to_have_js_property("clientWidth", 390)
    fingers.moves(line_of((200, 300), (205, 620)))
    expect(box).to_be_hidden()
    expect(tile(ada, "two")).to_be_focused()


def test_a_mouse_a_wheel_and_keys_look_closer(arrives: Arrives) -> None:
    ada, bo = talk(arrives)
    shows(bo, (1600, 1000), words="wide")
    tile(ada, "wide").click()
    box, page = lightbox(ada), ada.page
    image = box.get_by_role("img")
    expect(image).to_be_in_viewport(ratio=1)
    whole = _width(image)
    image.click()
    expect(box.get_by_role("button", name="Zoom out")).to_be_visible()
    page.keyboard.press("0")
    expect(box.get_by_role("button", name="Zoom in")).to_be_visible()
    page.keyboard.press("+")
    page.keyboard.press("+")
    box.get_by_role("button", name="Zoom out").click()
    page.wait_for_function(
        "([one, wide]) => one.getBoundingClientRect().width < wide + 1", arg=[image.element_handle(), whole]
    )
    page.mouse.move(720, 450)
    page.mouse.wheel(0, -300)
    expect(box.get_by_role("button", name="Zoom out")).to_be_visible()
    page.wait_for_function(
        "([one, wide]) => one.getBoundingClientRect().width > wide + 100", arg=[image.element_handle(), whole]
    )
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def _width(image: Locator) -> float:
    """How wide a picture is once it has come to rest."""
    image.page.evaluate(SETTLED)
    return float(image.evaluate("(one) => one.getBoundingClientRect().width"))


def walks(page: Page, hung: Locator) -> None:
    """Go along a row of the gallery, and down to the next."""
    hung.first.focus()
    page.keyboard.press("ArrowRight")
    expect(hung.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert page.locator(":focus").evaluate(TOP) > hung.nth(1).evaluate(TOP)


def test_the_gallery_is_walked_by_arrows_and_its_pictures_open_large(arrives: Arrives) -> None:
    ada, bo = talk(arrives)
    shows(bo, *[(300, 200), (200, 300)] * 10, words="the old ones")
    shows(ada, (600, 400), alt="A ridge at dawn")
    shows(bo, (400, 400), words="the *newest*")
    page, box = ada.page, lightbox(ada)
    page.get_by_role("link", name="All pictures").click()
    expect(page.get_by_role("heading", level=1, name=bo.name)).to_be_visible()
    hung = page.locator(".shots").get_by_role("link")
    expect(hung).to_have_count(22)
    assert violations(page) == []
    walks(page, hung)
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(box.get_by_text("1 of 22")).to_be_visible()
    expect(box.locator("em", has_text="newest")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(box.get_by_role("img", name="A ridge at dawn")).to_be_visible()
    expect(box.get_by_text("2 of 22")).to_be_visible()
    box.get_by_role("button", name="React").click()
    picker = page.get_by_role("dialog", name="Emoji")
    picker.get_by_role("searchbox").fill("mountain")
    picker.get_by_role("button").filter(has_text="⛰").first.click()
    mine = box.get_by_role("button", name=re.compile(f"^⛰.*, {ada.name}$"))
    expect(mine).to_have_attribute("aria-pressed", "true")
    assert violations(page) == []
    mine.click()
    expect(mine).to_have_count(0)
    page.keyboard.press("Escape")
    expect(hung.first).to_be_focused()
    page.get_by_role("navigation", name="Whose pictures").get_by_role("link", name="You").click()
    expect(hung).to_have_count(1)
    hung.first.click()
    box.get_by_role("link", name="Show in conversation").click()
    expect(ada.composer).to_be_visible()
    page.get_by_role("link", name="Gallery", exact=True).click()
    expect(hung).to_have_count(22)


def test_the_newest_pictures_hang_beside_their_conversation_however_far_back_they_are(arrives: Arrives) -> None:
    ada, bo = talk(arrives)
    shows(bo, *[(300, 200)] * 4, words="long ago")
    bo.page.evaluate(CHATTER, re.sub(r".*/c/", "", bo.page.url))
    page, hung = ada.page, ada.page.locator("#details-gallery").get_by_role("button")
    # Whether the server brings the page or the conversation is gone to, they are there with the first picture of it.
    page.reload()
    expect(ada.sees("word 59")).to_be_visible()
    assert hung.count() == 4
    page.goto("/")
    page.evaluate(PEOPLE)
    ada.opens(bo.name)
    expect(ada.sees("word 59")).to_be_visible()
    assert hung.count() == 4
    scroll = page.get_by_role("region", name="History")
    scroll.hover()
    for _ in range(20):
        page.mouse.wheel(0, -3000)
        page.wait_for_timeout(50)
    expect(ada.sees("long ago")).to_be_in_viewport()
    assert len(page.evaluate("[...window.stood]")) == 1
    hung.nth(1).click()
    expect(lightbox(ada).get_by_text("3 of 4")).to_be_visible()
    page.keyboard.press("Escape")
    here = f"/api/v1/conversations/{re.sub(r'.*/c/', '', bo.page.url)}"
    [first, *_] = bo.page.request.get(f"{here}/pictures").json()
    bo.page.evaluate("path => fetch(path, {method: 'DELETE'})", f"{here}/messages/{first['message_id']}")
    expect(hung).to_have_count(0)


# Every shift there is, whoever caused it, with what moved.
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries())
    shifts.push([one.value, ...one.sources.map(({node}) => node?.outerHTML?.slice(0, 80) ?? String(node?.nodeName))]);
}).observe({type: "layout-shift", buffered: true});"""


def test_on_a_slow_machine_nothing_of_the_frame_moves_as_it_is_filled_in(
    arrives: Arrives, window: Callable[..., Page]
) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy")
    bo.starts(ada, cy, title="The ridge")
    bo.says("keep this")
    bo.chooses(bo.sees("keep this"), "Pin")
    ada.opens("The ridge")
    expect(ada.page.get_by_role("button", name=re.compile("^Pinned "))).to_be_visible()
    with ada.page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok):
        ada.composer.fill("what\nI have\nbegun")
    phone = Person(window(width=390, height=844, has_touch=True, is_mobile=True), ada.name)
    phone.signs_in()
    for one in (ada, phone):
        one.page.context.new_cdp_session(one.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        one.page.add_init_script(SHIFTS)
        one.page.goto(ada.page.url)
        expect(one.composer).to_have_value("what\nI have\nbegun")
        expect(one.page.get_by_role("button", name=re.compile("^Pinned "))).to_be_visible()
        expect(one.sees("keep this")).to_be_in_viewport()
        one.page.wait_for_function("performance.getEntriesByType('resource').some(({name}) => name.endsWith('/pins'))")
        one.page.evaluate(SETTLED)
        assert one.page.evaluate("shifts") == []


@pytest.mark.timeout(300)
def test_two_hundred_pictures_come_and_nothing_moves(arrives: Arrives) -> None:
    ada, bo = talk(arrives)
    for n in range(10):
        shows(bo, *[(24 + 3 * (k % 7), 20 + 4 * (k % 5)) for k in range(20)], words=f"album {n}")
    page = ada.page
    page.add_init_script(SHIFTS)
    page.reload()
    ada.sees("album 9")
    page.locator("#scroll").hover()
    for _ in range(40):
        page.mouse.wheel(0, -700)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(ada.sees("album 0")).to_be_in_viewport()
    page.wait_for_function("[...document.querySelectorAll('#log .tile img')].every((one) => one.complete)")
    assert page.locator("#log .tile").count() == 100
    assert page.evaluate("shifts") == []
