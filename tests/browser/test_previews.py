"""What a link leads to, as two people see it come."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from chatsphere import asgi
from chatsphere.house import House, open_house
from chatsphere.settings import Settings
from tests.browser.people import Person
from tests.browser.test_pages import violations
from tests.gateway.served import serving
from tests.internet import Internet, answer, open_internet
from tests.services import free_port

PAGE = """<title>Brocken spectre</title>
<meta property="og:description" content="A glory around the shadow of whoever stands above the clouds, cast on them.">
<meta property="og:image" content="/spectre.jpg">"""
LINK = "http://example.org/brocken"
SIZE = "(card) => [card.offsetWidth, card.offsetHeight]"
WATCHES = """() => { window.moved = [];
  new PerformanceObserver((list) => { for (const one of list.getEntries())
      for (const {node} of one.sources) window.moved.push(node?.parentElement?.outerHTML ?? "gone"); })
    .observe({type: "layout-shift"}); }"""


class Slow:
    """A page that answers when it is told to."""

    def __init__(self, internet: Internet) -> None:
        self.answers, self.empty = threading.Event(), False
        self._internet = internet
        gradient, data = Image.linear_gradient("L").resize((600, 400)), io.BytesIO()
        Image.merge("RGB", (gradient, gradient.rotate(180), Image.new("L", (600, 400), 90))).save(data, "JPEG")
        self._picture = data.getvalue()
        internet.name("example.org")
        internet.serve(self._says)

    def _says(self, head: str) -> Iterable[bytes]:
        self.answers.wait(20)
        picture = head.startswith("GET /spectre.jpg")
        yield answer(self._picture, "image/jpeg") if picture else answer("" if self.empty else PAGE)


@pytest.fixture
def page_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """It stands on an Internet that every house of this scene goes out to."""
    with open_internet(tmp_path) as internet:

        def opened(settings: Settings) -> House:
            house = open_house(settings)
            house.fetch = internet.client(patience=30.0)
            return house

        monkeypatch.setattr(asgi, "open_house", opened)
        yield Slow(internet)


@pytest.fixture
def address(page_elsewhere: Slow, make_settings: Callable[..., Settings]) -> Iterator[str]:
    """Where this scene's own ChatSphere is."""
    port = free_port()
    with serving(asgi.build(make_settings(port=port, rate_limits=False)), port):
        yield f"http://127.0.0.1:{port}"


def test_a_link_keeps_its_place_until_it_is_known_and_nothing_moves(
    arrives: Callable[..., Person], address: str, page_elsewhere: Slow
) -> None:
    ada, bo = arrives("ada", base_url=address), arrives("bo", base_url=address, width=390, height=800, dark=True)
    ada.starts(bo)
    bo.opens(ada.name)
    ada.says(f"what I saw: {LINK}")
    cards = [one.sees("what I saw").locator(".link-preview") for one in (ada, bo)]
    for card in cards:
        expect(card).to_contain_text("example.org")
    # Acknowledged: from here on nothing but the card is news.
    for one in (ada, bo):
        expect(one.sees("what I saw").get_by_role("link", name=LINK, exact=True)).to_be_visible()
    before = [card.bounding_box() for card in cards]
    for one in (ada, bo):
        one.page.evaluate(WATCHES)
    page_elsewhere.answers.set()
    for one, card in zip((ada, bo), cards, strict=True):
        expect(card.get_by_role("link", name="Brocken spectre")).to_have_attribute("href", LINK, timeout=20_000)
        one.page.wait_for_function("image => image.naturalWidth > 0", arg=card.locator("img").element_handle())
        assert "/api/v1/conversations/" in str(card.locator("img").evaluate("image => image.currentSrc"))
        assert violations(one.page) == []
        assert one.page.evaluate("window.moved") == []
    assert [card.bounding_box() for card in cards] == before
    expect(bo.page.get_by_role("button", name="Remove preview")).to_have_count(0)
    ada.page.get_by_role("button", name="Remove preview").click()
    for card in cards:
        expect(card).to_have_count(0)
    _turns_it_off(ada.page)
    ada.page.goto("/")
    ada.opens(bo.name)
    ada.says(f"and again: {LINK}")
    for one in (ada, bo):
        expect(one.sees("and again").locator(".link-preview")).to_have_count(0)


def test_a_link_that_leads_to_nothing_keeps_its_place_until_one_comes_back(
    arrives: Callable[..., Person], address: str, page_elsewhere: Slow
) -> None:
    page_elsewhere.empty = True
    ada, bo, cy = arrives("ada", base_url=address), arrives("bo", base_url=address), arrives("cy", base_url=address)
    ada.starts(cy)
    ada.starts(bo)
    bo.opens(ada.name)
    ada.says(f"nothing to see: {LINK}")
    cards = [one.sees("nothing to see").locator(".link-preview") for one in (ada, bo)]
    for one, card in zip((ada, bo), cards, strict=True):
        expect(one.sees("nothing to see").get_by_role("link", name=LINK, exact=True)).to_be_visible()
        expect(card).to_contain_text("example.org")
    sizes = [card.evaluate(SIZE) for card in cards]
    page_elsewhere.answers.set()
    # It is known by now, and still nothing moves; what is said afterwards comes after it.
    latest = (
        "async (id) => (await (await fetch(`/api/v1/conversations/${id}/messages`)).json())[0].previews.length === 0"
    )
    ada.page.wait_for_function(latest, arg=ada.page.url.rpartition("/")[2])
    bo.says("so it is")
    for one, card in zip((ada, bo), cards, strict=True):
        one.sees("so it is")
        expect(card).to_contain_text("example.org")
    assert [card.evaluate(SIZE) for card in cards] == sizes
    ada.opens(cy.name)
    ada.opens(bo.name)
    expect(ada.sees("nothing to see").locator(".link-preview")).to_have_count(0)


def _turns_it_off(page: Page) -> None:
    page.goto("/settings/privacy")
    page.get_by_role("checkbox", name="Show what my links lead to").uncheck()
    page.get_by_role("region", name="Link previews").get_by_role("button", name="Save").click()
    expect(page.get_by_role("checkbox", name="Show what my links lead to")).not_to_be_checked()
