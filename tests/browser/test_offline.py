"""Without a network: what one saw last can be read, what one writes waits, and nobody else's is ever there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.people import Person
from tests.browser.test_history import middle, room, talks
from tests.browser.test_pages import violations

Arrives = Callable[..., Person]
# What is in the browser's caches, by their names.
KEPT = """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(
    async (name) => [name, (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)])))"""
READY = """() => navigator.serviceWorker.ready.then(
    ({active}) => active.state === "activated" && Boolean(navigator.serviceWorker.controller))"""


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture."""
    path = tmp_path / "hill.png"
    Image.radial_gradient("L").convert("RGB").save(path)
    return path


def kept(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate(KEPT)
    return found


def until(page: Page, holds: str, *about: object) -> None:
    """Until this promise comes true; the browser's own waiting takes a promise itself for true."""
    for _ in range(200):
        if page.evaluate(holds, about):
            return
        page.wait_for_timeout(50)
    raise AssertionError(holds)


def waits_until_kept(page: Page, path: str) -> None:
    """Until the worker is there, and this page of the app can be had of it."""
    until(page, READY)
    until(
        page,
        """async (paths) => { const name = (await caches.keys()).find((one) => one.startsWith("app "));
        const cache = name && await caches.open(name);
        return Boolean(cache) && (await Promise.all(paths.map((one) => cache.match(one)))).every(Boolean); }""",
        "/kept-page",
        path,
    )


def keeps(page: Page, path: str, words: str, there: bool = True) -> None:
    """Until these words are in what is kept of this conversation, or are there no more."""
    until(
        page,
        """async ([path, words, there]) => { const name = (await caches.keys()).find((one) => one.startsWith("app "));
        const found = await (await caches.open(name)).match(path);
        return (await found?.json())?.messages.some((one) => one.content === words) === there; }""",
        path,
        words,
        there,
    )


# The newest pictures in what is kept of a conversation.
PICTURES = """async (path) => { const name = (await caches.keys()).find((one) => one.startsWith("app "));
  return (await (await (await caches.open(name)).match(path)).json()).pictures; }"""


def pictures_kept(page: Page, path: str) -> object:
    return page.evaluate(PICTURES, path)


def open_talk(arrives: Arrives, picture: Path) -> tuple[Person, Person, str]:
    """Ada and Bo have talked, in a browser of hers that keeps it."""
    ada, bo = arrives("ada", service_workers="allow"), arrives("bo")
    bo.starts(ada)
    bo.shares(picture, caption="first light")
    ada.opens(bo.name)
    ada.sees("first light")
    path = ada.page.evaluate("location.pathname")
    waits_until_kept(ada.page, path)
    ada.page.reload()
    expect(ada.sees("first light").locator("img")).to_have_js_property("complete", True)
    bo.says("and then the fog came up")
    ada.sees("and then the fog came up")
    keeps(ada.page, path, "and then the fog came up")
    return ada, bo, path


def test_the_last_conversations_are_read_without_a_network_and_go_on_with_it(arrives: Arrives, picture: Path) -> None:
    ada, bo, path = open_talk(arrives, picture)
    ada.page.context.set_offline(True)
    ada.page.reload()
    ada.sees("and then the fog came up")
    image = ada.sees("first light").locator("img").first
    ada.page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())
    ada.says("written in the tunnel")
    expect(ada.messages.filter(has_text="written in the tunnel")).to_have_count(1)
    ada.page.goto("/")
    ada.opens(bo.name)
    ada.sees("and then the fog came up")
    ada.sees("written in the tunnel")
    ada.page.goto("/settings")
    expect(ada.page.get_by_role("heading", name="No connection")).to_be_visible()
    assert violations(ada.page) == []
    ada.page.get_by_role("link", name="To your conversations").click()
    expect(ada.page.get_by_role("button", name="New conversation")).to_be_visible()

    ada.page.context.set_offline(False)
    bo.says("there you are")
    ada.page.goto(path)
    ada.sees("there you are")
    bo.sees("written in the tunnel")


def test_where_only_the_server_is_away_what_is_here_has_its_day_and_what_is_not_is_said(
    arrives: Arrives, site: Site
) -> None:
    ada = arrives("ada")
    ada.starts(arrives("bo"))
    here = room(ada)
    ada.page.goto("/settings")
    talks(ada, 120, word=f"{'fog over the ridge, ' * 6} line", to=here)
    said = ada.page.context.request.post(
        f"/api/v1/conversations/{here}/messages", data={"content": "as I said", "reply_to": 2}
    )
    assert said.status == 201
    ada.page.goto(f"/c/{here}")
    answer = ada.sees("as I said")
    expect(answer).to_be_in_viewport()
    first, reconnecting = ada.page.locator("#log .chunk > *").first, ada.page.get_by_text("Reconnecting")
    expect(first).to_have_attribute("data-id", re.compile(r"^\d+$"))
    site.stop()
    try:
        expect(reconnecting).to_be_visible()
        assert ada.page.evaluate("navigator.onLine") is True
        before = middle(answer)
        expect(first).to_have_class("day")
        assert middle(answer) == before
        answer.locator(".quote").click()
        expect(ada.page.get_by_role("status").get_by_text("The server cannot be reached just now.")).to_be_visible()
    finally:
        site.start()
    expect(reconnecting).to_be_hidden(timeout=40_000)
    expect(first).to_have_attribute("data-id", re.compile(r"^\d+$"))
    answer.locator(".quote").click()
    expect(ada.messages.filter(has_text="line 1.")).to_be_in_viewport()


# Conversations, as the page has the worker keep them.
ROOMS = """async (names) => { const name = (await caches.keys()).find((one) => one.startsWith("app "));
  const pages = Object.fromEntries(names.map((one) => [`/c/${one}`, {}]));
  navigator.serviceWorker.controller.postMessage({keep: name.slice(4), pages}); }"""
# Pictures of other days, which say that they are 50 MiB each.
HEAVY = """async (paths) => { const name = (await caches.keys()).find((one) => one.startsWith("media "));
  const cache = await caches.open(name);
  for (const one of paths) await cache.put(one, new Response("", {headers: {"Content-Length": 50 * 2 ** 20}})); }"""
# Whether of a cache's entries under a path exactly these are left, in this order.
LEFT = """async ([kind, under, ...wanted]) => {
  const name = (await caches.keys()).find((one) => one.startsWith(kind));
  const paths = (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
  return paths.filter((one) => one.startsWith(under)).join() === wanted.join(); }"""


def test_what_was_seen_longest_ago_goes_beyond_twenty_conversations_and_200_mib(
    arrives: Arrives, picture: Path
) -> None:
    ada, bo, _ = open_talk(arrives, picture)
    page = ada.page
    rooms = [f"room-{number:02}" for number in range(25)]
    page.evaluate(ROOMS, rooms)
    until(page, LEFT, "app ", "/c/", *[f"/c/{one}" for one in rooms[-20:]])

    first, *others = heavy = [f"/api/v1/conversations/other/files/{number}/640" for number in range(4)]
    page.evaluate(HEAVY, heavy)
    # A worker counts once how much there is.
    wire = page.context.new_cdp_session(page)
    wire.send("ServiceWorker.enable")
    wire.send("ServiceWorker.stopAllWorkers")
    page.evaluate("(path) => { new Image().src = path; }", first)
    until(page, LEFT, "media ", "/api/v1/conversations/other", *others, first)
    bo.shares(picture, caption="last light")
    ada.sees("last light")
    until(page, LEFT, "media ", "/api/v1/conversations/other", *others[1:], first)
    assert ada.sees("last light").locator("img").first.evaluate("(one) => caches.match(one.currentSrc).then(Boolean)")


def test_pictures_that_come_after_the_words_are_kept_too(arrives: Arrives, picture: Path) -> None:
    ada, bo, path = open_talk(arrives, picture)
    held: list[Route] = []

    def holds(route: Route) -> None:
        held.append(route)

    ada.page.goto("/")
    ada.page.context.route("**/pictures?limit=9", holds)
    ada.opens(bo.name)
    bo.says("and gone it was")
    keeps(ada.page, path, "and gone it was")
    assert pictures_kept(ada.page, path) is None
    for route in held:
        route.continue_()
    until(ada.page, f"async ([path]) => ({PICTURES})(path).then(Boolean)", path)


def test_signing_out_leaves_nothing_behind(arrives: Arrives, picture: Path) -> None:
    ada, _, path = open_talk(arrives, picture)
    assert any(name.startswith("media ") for name in kept(ada.page))
    ada.page.goto("/settings")
    ada.page.get_by_role("button", name="Sign out").click()
    expect(ada.page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert not [name for name in kept(ada.page) if not name.startswith("shell")]
    assert ada.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    ada.page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        ada.page.goto(path)


def test_a_session_that_was_ended_elsewhere_leaves_nothing_either(arrives: Arrives, picture: Path) -> None:
    ada, bo, path = open_talk(arrives, picture)
    # As if it had been ended on another device: this browser is told nothing, and its cookie is worth nothing.
    ada.page.goto("about:blank")
    ada.page.context.clear_cookies()
    ada.page.goto(path)
    expect(ada.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert {name.partition(" ")[0] for name in kept(ada.page)} == {"shell"}
    ada.page.context.set_offline(True)
    ada.page.goto(path)
    expect(ada.page.get_by_role("heading", name="No connection")).to_be_visible()
    ada.page.context.set_offline(False)

    # Somebody else signs in here: what is kept from now on is theirs.
    eve = Person(ada.page, "")
    eve.name = "somebody-else"
    eve.signs_up()
    waits_until_kept(eve.page, "/")
    eve.page.context.set_offline(True)
    eve.page.goto("/")
    expect(eve.page.get_by_role("button", name="New conversation")).to_be_visible()
    expect(eve.page.get_by_role("link", name=bo.name)).to_have_count(0)
    eve.page.goto(path)
    expect(eve.page.get_by_role("heading", name="No connection")).to_be_visible()
    assert "first light" not in eve.page.content()


def test_what_is_taken_back_is_not_kept(arrives: Arrives, picture: Path) -> None:
    ada, bo, path = open_talk(arrives, picture)
    media = next(name for name in kept(ada.page) if name.startswith("media "))
    room = path.rpartition("/")[2]
    assert [one for one in kept(ada.page)[media] if room in one]
    pages = bo.page.context.request
    listed = pages.get(f"/api/v1/conversations/{room}/messages").json()
    shared = next(one for one in listed if one["content"] == "first light")
    assert pages.delete(f"/api/v1/conversations/{room}/messages/{shared['id']}").status == 204
    expect(ada.messages.filter(has_text="first light")).to_have_count(0)
    gone = "async ([media, room]) => (await (await caches.open(media)).keys()).every((one) => !one.url.includes(room))"
    until(ada.page, gone, media, room)
    keeps(ada.page, path, "first light", there=False)


def test_it_can_be_installed(arrives: Arrives) -> None:
    ada = arrives("ada", service_workers="allow")
    wire = ada.page.context.new_cdp_session(ada.page)
    found = wire.send("Page.getAppManifest")
    assert found["errors"] == []
    said = json.loads(found["data"])
    for icon in said["icons"]:
        answer = ada.page.context.request.get(icon["src"])
        width, height = Image.open(BytesIO(answer.body())).size
        assert icon["sizes"] == f"{width}x{height}"
    until(ada.page, READY)
    assert wire.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],
    )
