"""Writing: emoji, pictures that wait to go along, drafts, and what happens when the line is cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.people import Person
from tests.browser.test_pages import violations

Arrives = Callable[..., Person]


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three photographs of more than one piece each."""
    folder, found = tmp_path_factory.mktemp("photos"), []
    for name in ("ridge", "lake", "dusk"):
        path = folder / f"{name}.png"
        noise = [Image.effect_noise((960, 640), 90) for _ in "RGB"]
        Image.merge("RGB", noise).save(path, compress_level=1)
        found.append(path)
    return found


def picks(one: Person, *files: Path) -> None:
    one.page.get_by_label("Pictures and files").set_input_files([str(file) for file in files])


def tray(one: Person) -> Locator:
    return one.page.get_by_role("list", name="To be sent").get_by_role("listitem")


class Gate:
    """Lets the pieces of files through, or holds them."""

    def __init__(self, page: Page) -> None:
        self.open, self.pieces, self.held = True, 0, 0
        page.context.route("**/api/v1/uploads/*", self.passes)

    def passes(self, route: Route) -> None:
        if route.request.method != "PATCH":
            route.continue_()
        elif self.open:
            self.pieces += 1
            route.continue_()
        else:
            self.held += 1
            route.abort()


# What is drawn becomes a file only when it is let go.
HELD = """() => {
  const { prototype } = HTMLCanvasElement;
  const { toBlob } = prototype;
  const held = new Promise((done) => (window.letGo = done));
  prototype.toBlob = function (...args) {
    prototype.toBlob = toBlob;
    held.then(() => this.toBlob(...args));
  };
}"""


def pulls(one: Person, name: str, *, over: str) -> None:
    """Take a tile of the tray with the mouse and let it go beyond the middle of another."""
    tile, other = (one.page.get_by_role("listitem", name=each).bounding_box() for each in (name, over))
    assert tile is not None
    assert other is not None
    level = tile["y"] + tile["height"] / 2
    one.page.mouse.move(tile["x"] + tile["width"] / 2, level)
    one.page.mouse.down()
    way = 0.2 if other["x"] < tile["x"] else 0.8
    one.page.mouse.move(other["x"] + other["width"] * way, level, steps=4)
    one.page.mouse.up()


def crops(ada: Person, dusk: Locator) -> None:
    """Open a picture's crop by a double click, leave it, and come by its button to cut it square."""
    crop = ada.page.get_by_role("dialog", name="Crop")
    dusk.locator("img").dblclick()
    expect(crop).to_be_visible()
    ada.page.keyboard.press("Escape")
    expect(crop).to_be_hidden()
    dusk.get_by_role("button", name="Crop dusk.png").click()
    crop.get_by_role("button", name="1:1").click()
    expect(crop.get_by_role("status")).to_have_text("640 by 640 pixels")
    ada.page.keyboard.press("Tab")
    assert violations(ada.page) == []
    # It stays open until its part is made: the whole picture cannot be sent meanwhile.
    ada.page.evaluate(HELD)
    crop.get_by_role("button", name="Crop", exact=True).click()
    expect(crop.get_by_role("button", name="Crop", exact=True)).to_be_disabled()
    expect(crop).to_be_visible()
    ada.page.evaluate("() => window.letGo()")
    expect(crop).to_have_count(0)


def test_a_tray_is_filled_described_put_in_order_and_sent_as_one_album(arrives: Arrives, photos: list[Path]) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    picks(ada, *photos)
    expect(tray(ada)).to_have_count(3)
    expect(ada.page.get_by_role("progressbar")).to_have_count(0, timeout=40_000)
    ada.page.get_by_role("button", name="Describe lake.png").click()
    ada.page.get_by_label("For whoever cannot see it").fill("a lake in the morning")
    ada.page.get_by_role("button", name="Move earlier").click()
    expect(ada.page.locator("#describe-place")).to_have_text("1 of 3")
    ada.page.get_by_role("button", name="Save").click()
    dusk = ada.page.get_by_role("listitem", name="dusk.png")
    dusk.focus()
    ada.page.keyboard.press("Alt+ArrowLeft")
    expect(dusk).to_be_focused()
    # And once more, there and back, by a mouse.
    for over, place in (("lake.png", tray(ada).first), ("dusk.png", tray(ada).last)):
        pulls(ada, "ridge.png", over=over)
        expect(place).to_have_accessible_name("ridge.png")
    crops(ada, dusk)
    expect(ada.page.get_by_role("progressbar")).to_have_count(0, timeout=40_000)
    assert violations(ada.page) == []
    ada.says("the order is mine")
    bo.opens(ada.name)
    seen = bo.sees("the order is mine").get_by_role("button", name="Open picture")
    expect(seen).to_have_count(3)
    expect(seen.first).to_have_accessible_name("Open picture: a lake in the morning")
    sent = bo.page.evaluate(LATEST)
    assert [one["name"] for one in sent["attachments"]] == ["lake.png", "dusk.png", "ridge.png"]
    assert (sent["attachments"][1]["width"], sent["attachments"][1]["height"]) == (640, 640)
    expect(tray(ada)).to_have_count(0)


LATEST = """async () => {
  const [, id] = location.pathname.match(/c\\/([^/]+)/);
  const answer = await fetch(`/api/v1/conversations/${id}/messages`);
  return (await answer.json()).at(-1);
}"""
WAITING = "async () => (await (await fetch('/api/v1/uploads')).json()).map(({name, arrived}) => [name, arrived > 0])"


def test_a_cut_and_a_reload_cost_no_more_than_a_piece(arrives: Arrives, photos: list[Path]) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    gate = Gate(ada.page)
    with ada.page.expect_response(lambda response: response.request.method == "PATCH"):
        picks(ada, photos[0])
    gate.open = False
    expect(ada.page.get_by_role("progressbar", name="Uploading ridge.png")).to_be_visible()
    ada.page.reload()
    expect(tray(ada)).to_have_count(1)
    assert ada.page.evaluate(WAITING) == [["ridge.png", True]]
    ada.says("goes on from where it was")
    pending = ada.sees("goes on from where it was")
    expect(pending.get_by_text("sending")).to_be_attached()
    ada.page.reload()
    expect(ada.sees("goes on from where it was").get_by_text("sending")).to_be_attached()
    expect(tray(ada)).to_have_count(0)
    gate.open = True
    expect(ada.sees("goes on from where it was").get_by_text("sent")).to_be_attached(timeout=40_000)
    size = photos[0].stat().st_size
    assert gate.pieces <= -(-size // 2**20) + 1
    bo.opens(ada.name)
    expect(bo.sees("goes on from where it was").locator("img")).to_have_count(1)
    expect(bo.messages).to_have_count(1)
    assert ada.page.evaluate(WAITING) == []


def test_what_is_refused_says_why_and_what_is_removed_is_gone(
    arrives: Arrives, photos: list[Path], tmp_path: Path
) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    broken, large = tmp_path / "broken.jpg", tmp_path / "large.bin"
    broken.write_bytes(b"\xff\xd8\xff\xe0 this is no picture")
    with large.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    picks(ada, broken, large)
    expect(ada.page.locator("#composer-refusal")).to_contain_text("large.bin is too large")
    expect(tray(ada)).to_have_count(1)
    expect(tray(ada).get_by_role("alert")).to_contain_text("This is not a picture")
    expect(tray(ada).get_by_role("button", name="Try again: broken.jpg")).to_be_visible()
    assert violations(ada.page) == []
    ada.page.get_by_role("button", name="Remove broken.jpg").click()
    expect(tray(ada)).to_have_count(0)
    gate = Gate(ada.page)
    gate.open = False
    picks(ada, photos[1])
    expect(tray(ada)).to_have_count(1)
    ada.page.wait_for_function(f"async () => (await ({WAITING})()).length === 1")
    ada.page.get_by_role("button", name="Remove lake.png").click()
    ada.page.wait_for_function(f"async () => (await ({WAITING})()).length === 0")
    ada.page.reload()
    expect(tray(ada)).to_have_count(0)
    bo.opens(ada.name)
    expect(bo.messages).to_have_count(0)


def test_two_tabs_have_one_tray_and_send_everything_once(arrives: Arrives, photos: list[Path]) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    second = Person(ada.page.context.new_page(), ada.name)
    second.page.goto(ada.page.url)
    picks(ada, photos[0])
    expect(tray(second)).to_have_count(1)
    ada.page.context.set_offline(True)
    ada.says("one")
    expect(ada.page.get_by_text("Offline: 1 waiting")).to_be_visible()
    expect(tray(second)).to_have_count(0)
    # A page that is not there can not be loaded anew: from here on only what is said does not get through.
    ada.page.context.route("**/api/v1/conversations/*/messages", lambda route: route.abort())
    ada.page.context.set_offline(False)
    second.says("two")
    ada.says("three")
    for tab in (ada, second):
        tab.page.reload()
        expect(tab.messages).to_have_count(3)
    ada.page.context.unroute("**/api/v1/conversations/*/messages")
    for tab in (ada, second):
        for words in ("one", "two", "three"):
            expect(tab.sees(words).get_by_text("sent")).to_be_attached(timeout=40_000)
    bo.opens(ada.name)
    expect(bo.messages).to_have_count(3)
    for number, words in enumerate(("one", "two", "three")):
        expect(bo.messages.nth(number)).to_contain_text(words)
    expect(bo.messages.first.locator("img")).to_have_count(1)


def test_what_was_begun_follows_to_another_device_and_is_sent_from_there(
    arrives: Arrives, window: Callable[..., Page], photos: list[Path]
) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.composer.fill("half a thought")
    picks(ada, photos[0])
    expect(tray(ada)).to_have_count(1)
    expect(ada.page.get_by_role("progressbar")).to_have_count(0, timeout=40_000)
    with ada.page.expect_response(lambda response: response.url.endswith("/draft")):
        ada.page.reload()
    expect(ada.composer).to_have_value("half a thought")
    expect(tray(ada)).to_have_count(1)
    phone = Person(window(width=390), ada.name)
    phone.signs_in()
    expect(phone.page.get_by_role("link", name=bo.name)).to_contain_text("Draft: half a thought")
    phone.opens(bo.name)
    expect(phone.composer).to_have_value("half a thought")
    expect(tray(phone)).to_have_count(1)
    assert violations(phone.page) == []
    phone.says("half a thought, and the other half")
    bo.opens(ada.name)
    expect(bo.sees("and the other half").locator("img")).to_have_count(1)
    ada.sees("and the other half")
    expect(tray(ada)).to_have_count(0)
    ada.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(ada.composer).to_have_value("")


def test_marks_links_and_emoji_are_made_with_the_keyboard(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    press = ada.page.keyboard.press
    ada.composer.press_sequentially("big")
    press("Control+a")
    press("Control+b")
    expect(ada.composer).to_have_value("**big**")
    ada.composer.evaluate("field => field.setSelectionRange(2, 5)")
    ada.composer.evaluate(PASTE, "https://example.org/map")
    expect(ada.composer).to_have_value("**[big](https://example.org/map)**")
    ada.composer.fill("well ")
    ada.composer.press_sequentially(":smi")
    suggestions = ada.page.get_by_role("listbox", name="Suggestions")
    expect(suggestions.get_by_role("option")).to_have_count(8)
    assert violations(ada.page) == []
    press("ArrowDown")
    press("ArrowUp")
    expect(suggestions.get_by_role("option", selected=True)).to_contain_text(":smi")
    press("Escape")
    expect(suggestions).to_be_hidden()
    expect(ada.composer).to_have_value("well :smi")
    ada.composer.press_sequentially("le")
    expect(suggestions.get_by_role("option", selected=True)).to_contain_text(":smile:")
    press("Enter")
    expect(ada.composer).to_have_value("well 😄 ")


def test_enter_takes_a_sign_that_is_composed_and_sends_afterwards(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    page, press = ada.page, ada.page.keyboard.press
    posted: list[str] = []
    page.on("request", lambda asked: posted.append(asked.url) if asked.method == "POST" else None)
    method = page.context.new_cdp_session(page)
    ada.composer.focus()
    # An input method asks which sign is meant, and Enter takes one of them.
    method.send("Input.imeSetComposition", {"text": "さ", "selectionStart": 1, "selectionEnd": 1})
    press("Enter")
    method.send("Input.insertText", {"text": "茶"})
    ada.composer.evaluate("field => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229}))")
    expect(ada.composer).to_have_value(re.compile("茶"))
    expect(ada.messages).to_have_count(0)
    assert [url for url in posted if url.endswith("/messages")] == []
    press("Enter")
    ada.sees("茶")


def test_somebody_has_enter_begin_a_line_and_ctrl_with_it_send(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    page, press = ada.page, ada.page.keyboard.press
    room = page.url
    page.goto("/settings/appearance")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("radio", name="Ctrl and Enter send").check()
    expect(page.locator("html")).to_have_attribute("data-enter", "off")
    page.goto(room)
    expect(page.get_by_text("Ctrl Enter send")).to_be_visible()
    expect(ada.composer).to_be_enabled()
    ada.composer.press_sequentially("milk")
    press("Enter")
    ada.composer.press_sequentially("sugar")
    expect(ada.composer).to_have_value("milk\nsugar")
    press("Control+Enter")
    bo.opens(ada.name)
    bo.sees("sugar")
    expect(ada.sees("sugar")).not_to_have_class(re.compile("pending"))
    # Where one says it otherwise, too; and it is written down so.
    press("ArrowUp")
    field = page.get_by_role("textbox", name="Edit message")
    expect(field).to_be_focused()
    press("Enter")
    field.press_sequentially("lemon")
    press("Control+Enter")
    ada.sees("lemon")
    press("Control+/")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet.get_by_role("definition").filter(has_text=re.compile("^CtrlEnter$"))).to_be_visible()


def test_who_is_spoken_to_by_name_sees_it(arrives: Arrives) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy")
    ada.starts(bo, cy, title="Ridge Walkers")
    suggestions = ada.page.get_by_role("listbox", name="Suggestions")
    ada.composer.press_sequentially(f"look, @{bo.name[:2]}")
    expect(suggestions.get_by_role("option", selected=True)).to_contain_text(f"@{bo.name}")
    ada.page.keyboard.press("Tab")
    expect(ada.composer).to_be_focused()
    ada.page.keyboard.press("Enter")
    expect(ada.sees(f"@{bo.name}").locator(".mention")).to_have_text(f"@{bo.name}")
    bo.opens("Ridge Walkers")
    cy.opens("Ridge Walkers")
    expect(bo.sees(f"@{bo.name}")).to_have_class(re.compile("for-me"))
    expect(cy.sees(f"@{bo.name}")).not_to_have_class(re.compile("for-me"))
    assert violations(bo.page) == []
    ada.composer.press_sequentially("/mu")
    expect(suggestions.get_by_role("option", selected=True)).to_contain_text("/mute")
    ada.page.keyboard.press("Enter")
    expect(ada.composer).to_have_value("")
    expect(ada.page.get_by_role("switch", name="Mute")).to_be_checked()


PASTE = """(field, text) => {
  const carried = new DataTransfer();
  carried.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: carried}));
}"""
