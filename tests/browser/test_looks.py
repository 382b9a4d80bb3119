"""How pictures look before they have come, while they move, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Route, expect

from tests.browser.people import Person
from tests.browser.test_answers import pictures  # noqa: F401 - a fixture
from tests.browser.test_pages import violations
from tests.browser.test_pictures import CHATTER, lightbox, shows, talk, tile

Arrives = Callable[..., Person]

# How many different colours a canvas shows, looked at in its corners and its middle.
COLOURS = """(canvas) => {
  const {width, height} = canvas;
  const {data} = canvas.getContext("2d").getImageData(0, 0, width, height);
  const at = (place) => [...data.slice(4 * place, 4 * place + 3)].join();
  return new Set([0, Math.floor(width * height / 2), width * height - 1].map(at)).size;
}"""
FILES = re.compile(r"/files/\w+/")
COME = "(image) => image.complete && image.naturalWidth > 0"
# It is called for a moment, which whoever looks now and then would miss.
WATCHING = """() => {
  globalThis.called = new Promise((done) => {
    const look = () => {
      const message = document.querySelector(".message.called");
      if (message) done(message.textContent);
    };
    new MutationObserver(look).observe(document, { subtree: true, attributeFilter: ["class"] });
  });
}"""
# Have the browser fetch it, wherever it is.
FETCHED = "(image) => { image.loading = 'eager'; }"
SOURCE = "(image) => image.currentSrc"


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that changes its colour for as long as anybody looks."""
    path = tmp_path_factory.mktemp("moving") / "signal.gif"
    frames = [Image.new("RGB", (320, 200), colour) for colour in ("#b03020", "#207040")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=400, loop=0)
    return path


def test_what_has_not_come_shows_its_blurred_colours_and_what_has_come_is_not_painted_twice(arrives: Arrives) -> None:
    ada, bo = talk(arrives)
    shows(bo, (600, 400), (400, 600), words="far above")
    come(tile(ada, "far above").locator("img"))
    bo.page.evaluate(CHATTER.replace("60", "36"), re.sub(r".*/c/", "", bo.page.url))
    shows(bo, (900, 600), (300, 300), words="the last")
    ada.sees("the last")
    page, waiting = ada.page, list[Route]()

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(FILES, hold)
    page.reload(wait_until="domcontentloaded")
    last = ada.sees("the last")
    expect(last.locator(".tile > canvas")).to_have_count(2)
    assert last.locator(".tile > canvas").first.evaluate(COLOURS) > 1
    assert "data:image" not in page.content()
    # What nobody is near to has nothing painted, and is not in a hurry either.
    above = ada.sees("far above")
    expect(above.locator(".tile > canvas")).to_have_count(0)
    assert [one.get_attribute("loading") for one in above.locator(".tile img").all()] == ["lazy", "lazy"]
    assert [one.get_attribute("loading") for one in last.locator(".tile img").all()] == ["eager", "eager"]
    assert page.locator("#log [fetchpriority=high]").count() == 1
    expect(last.locator("img").first).to_have_attribute("fetchpriority", "high")
    # Whatever comes from now on is let through, and no one is let through twice.
    page.route(FILES, lambda route: route.continue_())
    for route in waiting:
        route.continue_()
    for part in (last, above):
        # One that comes into sight before its picture has come is right to show its colours.
        for one in part.locator(".tile img").all():
            one.evaluate(FETCHED)
            come(one)
        part.scroll_into_view_if_needed()
        expect(part.locator(".tile").first).to_be_in_viewport()
    expect(above.locator(".tile > canvas")).to_have_count(0)


def come(image: Locator) -> None:
    """Wait until a picture is there, also where it is drawn anew meanwhile."""
    expect(image).to_have_js_property("complete", True)
    expect(image).not_to_have_js_property("naturalWidth", 0)


def source(image: Locator) -> str:
    return str(image.evaluate(SOURCE))


def test_what_moves_stands_still_for_whoever_wants_that_until_they_let_it(arrives: Arrives, moving: Path) -> None:
    ada = arrives("ada", reduced_motion="reduce")
    bo = arrives("bo")
    ada.starts(bo)
    ada.shares(moving, caption="a signal")
    bo.opens(ada.name)
    seen = tile(bo, "a signal").locator("img")
    bo.page.wait_for_function(COME, arg=seen.element_handle())
    assert re.search(r"/files/\w{32}$", source(seen))
    said = bo.sees("a signal")
    said.get_by_role("button", name="Stop the picture").click()
    bo.page.wait_for_function("(image) => image.currentSrc.endsWith('.avif')", arg=seen.element_handle())
    said.get_by_role("button", name="Play the picture").click()
    bo.page.wait_for_function("(image) => /\\w{32}$/.test(image.currentSrc)", arg=seen.element_handle())

    ada.page.reload()
    still = tile(ada, "a signal").locator("img")
    ada.page.wait_for_function(COME, arg=still.element_handle())
    assert source(still).endswith(".avif")
    assert violations(ada.page) == []
    tile(ada, "a signal").click()
    box = lightbox(ada)
    large = box.get_by_role("img", name=re.compile("Picture from"))
    expect(large).to_be_visible()
    assert source(large).endswith(".avif")
    box.get_by_role("button", name="Play the picture").click()
    ada.page.wait_for_function("(image) => /\\w{32}$/.test(image.currentSrc)", arg=large.element_handle())
    assert violations(ada.page) == []
    ada.page.keyboard.press("Escape")
    ada.sees("a signal").get_by_role("button", name="Play the picture").click()
    ada.page.wait_for_function("(image) => /\\w{32}$/.test(image.currentSrc)", arg=still.element_handle())


def test_a_badge_opens_the_description_and_its_sender_gives_or_changes_it_there(arrives: Arrives) -> None:
    ada, bo = talk(arrives)
    shows(bo, (600, 400), words="at dawn")
    own, seen = bo.sees("at dawn"), ada.sees("at dawn")
    expect(seen.get_by_role("button", name="Describe")).to_have_count(0)
    own.get_by_role("button", name="Describe 0.jpg").click()
    dialog = bo.page.get_by_role("dialog", name="Describe the picture")
    dialog.get_by_label("For whoever cannot see it").fill("A ridge at dawn")
    dialog.get_by_role("button", name="Save").click()
    badge = seen.get_by_role("button", name="Description: A ridge at dawn")
    badge.click()
    words = ada.page.get_by_role("dialog", name="Description")
    expect(words).to_have_text("A ridge at dawn")
    expect(words.get_by_role("button")).to_have_count(0)
    assert violations(ada.page) == []
    ada.page.keyboard.press("Escape")
    expect(badge).to_be_focused()

    own.get_by_role("button", name="Description: A ridge at dawn").click()
    bo.page.get_by_role("dialog", name="Description").get_by_role("button", name="Change").click()
    dialog.get_by_label("For whoever cannot see it").fill("A ridge and a hut")
    dialog.get_by_role("button", name="Save").click()
    expect(seen.get_by_role("button", name="Description: A ridge and a hut")).to_be_visible()

    tile(bo, "at dawn").click()
    box = lightbox(bo)
    box.get_by_role("button", name="Change the description").click()
    dialog.get_by_label("For whoever cannot see it").fill("A hut at dawn")
    dialog.get_by_role("button", name="Save").click()
    expect(box.get_by_role("img", name="A hut at dawn")).to_be_visible()
    expect(seen.get_by_role("button", name="Open picture: A hut at dawn")).to_be_visible()
    tile(ada, "at dawn").click()
    expect(lightbox(ada).get_by_role("img", name="A hut at dawn")).to_be_visible()
    expect(lightbox(ada).get_by_role("button", name=re.compile("escri"))).to_have_count(0)


def wants_reminders(one: Person) -> None:
    here = one.page.url
    one.page.goto("/settings/appearance")
    one.page.get_by_role("checkbox", name="Remind me to describe my pictures").check()
    expect(one.page.get_by_text("Kept.")).to_be_visible()
    one.page.goto(here)


def test_whoever_wants_to_be_reminded_is_asked_once_for_each_picture_before_it_goes(
    arrives: Arrives,
    pictures: tuple[Path, ...],  # noqa: F811 - the fixture
) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    wants_reminders(ada)
    dialog = ada.page.get_by_role("dialog", name="Describe the picture")
    ada.shares(*pictures, caption="two of them")
    expect(dialog).to_be_visible()
    assert violations(ada.page) == []
    dialog.get_by_label("For whoever cannot see it").fill("A leaf")
    dialog.get_by_label("Caption, for everybody").fill("The leaf")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_label("For whoever cannot see it")).to_have_value("")
    ada.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(ada.messages).to_have_count(0)
    # Of the second one too somebody was asked: it goes.
    ada.composer.press("Enter")
    said = ada.sees("two of them")
    expect(said.get_by_role("button", name="Open picture: A leaf")).to_be_visible()
    expect(said.locator(".said")).to_have_text("The leaf")
    bo.opens(ada.name)
    seen = bo.sees("two of them")
    expect(seen.locator(".said")).to_have_text("The leaf")
    seen.get_by_role("button", name="Open picture: A leaf").click()
    expect(lightbox(bo).get_by_text("The leaf")).to_be_visible()
    ada.shares(pictures[0])
    dialog.get_by_role("button", name="Send as it is").click()
    expect(ada.messages).to_have_count(2)


def test_that_one_reminder_has_closed_takes_nothing_from_the_next(
    arrives: Arrives,
    pictures: tuple[Path, ...],  # noqa: F811 - the fixture
) -> None:
    ada = arrives("ada")
    ada.starts(arrives("bo"))
    wants_reminders(ada)
    dialog = ada.page.get_by_role("dialog", name="Describe the picture")
    # The browser tells late that a dialog has closed.
    ada.shares(*pictures)
    place, on = dialog.locator("#describe-place"), dialog.get_by_role("button", name="Send as it is")
    expect(place).to_have_text("1 of 2")
    on.click()
    expect(place).to_have_text("2 of 2")
    dialog.dispatch_event("close")
    on.click()
    expect(ada.messages).to_have_count(1)


def test_reactions_to_one_picture_of_an_album_lie_on_it(
    arrives: Arrives,
    pictures: tuple[Path, ...],  # noqa: F811 - the fixture
) -> None:
    ada, bo = arrives("ada"), arrives("bo", width=390)
    ada.starts(bo)
    ada.shares(*pictures, caption="two of them")
    bo.opens(ada.name)
    own, seen = ada.sees("two of them"), bo.sees("two of them")
    tile(ada, "two of them", 1).click()
    lightbox(ada).get_by_role("button", name="React", exact=True).click()
    ada.page.get_by_role("searchbox", name="Search emoji").fill("party")
    ada.page.get_by_role("dialog", name="Emoji").get_by_role("button", name="party popper").click()
    ada.page.keyboard.press("Escape")
    chip = seen.locator(".notes").get_by_role("button", name="On picture 2: 🎉, 1", exact=True)
    chip.click()
    expect(own.locator(".notes").get_by_role("button", name="On picture 2: 🎉, 2, you reacted")).to_be_visible()
    expect(seen.get_by_role("group", name="Reactions")).to_have_count(0)
    assert violations(bo.page) == []


def test_what_is_begun_as_an_answer_to_one_picture_is_so_still_after_a_reload(
    arrives: Arrives,
    pictures: tuple[Path, ...],  # noqa: F811 - the fixture
) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.shares(*pictures, caption="two of them")
    bo.opens(ada.name)
    bo.chooses(bo.sees("two of them"), "Reply to picture 2")
    bo.composer.fill("that one")
    thumb = bo.page.locator("#answering img")
    shown = thumb.get_attribute("src") or ""
    bo.page.wait_for_function("() => Object.values(localStorage).some((one) => one.includes('that one'))")
    bo.page.reload()
    expect(thumb).to_have_attribute("src", shown)
    bo.composer.press("Enter")
    answer = ada.sees("that one")
    expect(answer.locator(".quote img")).to_have_attribute("src", shown)


@pytest.mark.parametrize("width", [1440, 390], ids=["desk", "phone"])
def test_a_chip_counts_replies_and_opens_them_beside_the_conversation(arrives: Arrives, width: int) -> None:
    ada, bo = arrives("ada", width=width), arrives("bo")
    bo.starts(ada)
    bo.says("cake?")
    ada.opens(bo.name)
    asked = bo.messages.first
    for words in ("yes please", "with *cream*"):
        bo.chooses(asked, "Reply")
        bo.says(words)
    chip = ada.messages.first.get_by_role("button", name="2 replies")
    chip.click()
    thread = ada.page.get_by_role("region", name="Replies")
    expect(thread.get_by_role("heading", name="2 replies")).to_be_focused()
    expect(thread.get_by_role("listitem")).to_have_count(2)
    expect(thread.get_by_role("listitem").nth(1).locator("em")).to_have_text("cream")
    assert violations(ada.page) == []
    find = thread.get_by_role("listitem").first.get_by_role("button", name="Show in conversation")
    find.focus()
    bo.chooses(asked, "Reply")
    bo.says("now")
    expect(thread.get_by_role("listitem")).to_have_count(3)
    expect(find).to_be_focused()
    thread.get_by_role("button", name="Reply", exact=True).click()
    ada.says("coming")
    expect(ada.messages.first.get_by_role("button", name="4 replies")).to_be_visible()
    ada.messages.first.get_by_role("button", name="4 replies").click()
    expect(thread.get_by_role("listitem")).to_have_count(4)
    ada.page.evaluate(WATCHING)
    find.click()
    assert "yes please" in ada.page.evaluate("called")


def test_whoever_rests_on_edited_reads_what_it_said_before(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    bo.starts(ada)
    ada.opens(bo.name)
    ada.says("tea at fuor")
    bo.sees("tea at fuor")
    ada.composer.press("ArrowUp")
    ada.page.get_by_role("textbox", name="Edit message").fill("tea at four")
    ada.page.keyboard.press("Enter")
    mark = bo.sees("tea at four").get_by_role("button", name="edited")
    mark.hover()
    words = bo.page.get_by_role("tooltip")
    expect(words).to_contain_text("tea at fuor")
    assert violations(bo.page) == []
    bo.page.mouse.move(5, 5)
    expect(words).to_have_count(0)
    mark.focus()
    bo.page.keyboard.press("Shift+Tab")
    bo.page.keyboard.press("Tab")
    expect(words).to_contain_text("tea at fuor")
