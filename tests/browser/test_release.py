"""A release: what is in the wheel, and how little of it has to come before somebody reads the first words."""

from __future__ import annotations

import re
import tarfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import releases
from tests.browser.conftest import Site
from tests.browser.people import Person

# In kilobytes as they come: bodies of each kind, and all with their heads, but for what people have sent each other.
BUDGET = {"Script": 60, "Stylesheet": 12, "Document": 25, "Font": 21}
ALL, REQUESTS = 120, 12
# Says when the first bubble was there, on the clock that the browser's own account of its requests has.
WATCHING = """
new MutationObserver((_, watching) => {
  if (!document.querySelector("#log [role=listitem]")) return;
  globalThis.bubbled = (performance.timeOrigin + performance.now()) / 1000;
  watching.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


@dataclass
class Load:
    """What a page took to be there."""

    asked: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    heads: dict[str, float] = field(default_factory=dict)
    bytes: dict[str, float] = field(default_factory=dict)

    def watch(self, page: Page) -> Load:
        """Listen to what this page asks for; nothing of it is kept from before."""
        wire = page.context.new_cdp_session(page)
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.responseReceived", self._answered)
        wire.on("Network.loadingFinished", self._came)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        return self

    def of(self, kind: str) -> float:
        """How much has come of one kind, without what was said before it."""
        ours = [one for one in self.bytes if one in self.asked and self.asked[one][0] == kind]
        return sum(self.bytes[one] - self.heads[one] for one in ours) / 1000

    def total(self) -> float:
        """Everything that came, but for people's own pictures."""
        return sum(sent for one, sent in self.bytes.items() if one in self.asked and not self._media(one)) / 1000

    def before(self, moment: float) -> list[str]:
        """What had been asked for by then, whatever it is."""
        return [address for _, address, when in self.asked.values() if when < moment]

    def _media(self, request: str) -> bool:
        return "/api/v1/" in self.asked[request][1]

    def _asked(self, event: dict[str, Any]) -> None:
        self.asked[event["requestId"]] = (event.get("type", ""), event["request"]["url"], event["wallTime"])

    def _answered(self, event: dict[str, Any]) -> None:
        self.heads[event["requestId"]] = event["response"]["encodedDataLength"]

    def _came(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = event["encodedDataLength"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where a release has been built."""
    folder = releases.sources(tmp_path_factory.mktemp("release"))
    missing = releases.pack(folder, "--target", "wheel")
    assert missing.returncode != 0
    assert "make build" in missing.stderr
    releases.bundle(folder)
    assert releases.pack(folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The release, served."""
    served = Site(tmp_path_factory.mktemp("served"))
    served.runs_from(releases.unpacked(built))
    served.start()
    yield served
    served.stop()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture."""
    path = tmp_path / "hill.png"
    Image.radial_gradient("L").convert("RGB").save(path)
    return path


def asked(site: Site, path: str, encoding: str = "") -> Any:
    request = urllib.request.Request(f"{site.url}{path}", headers={"Accept-Encoding": encoding})  # noqa: S310 - our own server
    return urllib.request.urlopen(request, timeout=10)  # noqa: S310 - the same


def test_a_release_carries_its_bundled_front_end_and_is_not_built_without(built: Path) -> None:
    with zipfile.ZipFile(next((built / "dist").glob("*.whl"))) as archive:
        names = [name.rpartition("static/")[2] for name in archive.namelist()]
    assert [name for name in names if re.fullmatch(r"dist/css/app-\w+\.css(\.br|\.gz)?", name)][2:]
    (sdist,) = (built / "dist").glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        assert any(name.endswith("static/dist/manifest.json") for name in archive.getnames())
    (built / "src/chatsphere/static/js/app.js").open("a").write("// changed since\n")
    stale = releases.pack(built, "--target", "wheel")
    assert stale.returncode != 0
    assert "of other sources" in stale.stderr


def test_bundled_files_leave_small_and_are_kept_for_ever(site: Site) -> None:
    page = asked(site, "/").read().decode()
    (script,) = re.findall(r'src="(/static/dist/js/page-\w+\.js)"', page)
    for encoding, wanted in (("gzip, br", "br"), ("gzip", "gzip"), ("", None)):
        answer = asked(site, script, encoding)
        assert answer.headers["Content-Encoding"] == wanted
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Type"].startswith("text/javascript")
    for nothing in ("js/page-00000000.js", "manifest.json", "../js/app.js", f"{script.rpartition('/')[2]}.br"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            asked(site, f"/static/dist/{nothing}")


def test_the_first_words_are_there_for_little(
    arrives: Callable[..., Person], window: Callable[..., Page], picture: Path
) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    bo.starts(ada)
    room = bo.page.url.rpartition("/")[2]
    for number in range(1, 51):
        words = f"{number}. Fog in the valley, and the ridge above it in the sun, as **every** morning of this week."
        said = bo.page.context.request.post(f"/api/v1/conversations/{room}/messages", data={"content": words})
        assert said.status == 201
    bo.shares(picture, picture, picture, caption="three of it")
    expect(bo.sees("three of it").get_by_text("sent")).to_be_attached(timeout=20_000)

    page = window(storage_state=bo.page.context.storage_state())
    page.add_init_script(WATCHING)
    load = Load().watch(page)
    page.goto(f"/c/{room}")
    expect(Person(page, bo.name).sees("three of it")).to_be_visible()
    page.wait_for_load_state("networkidle")

    before = load.before(page.evaluate("bubbled"))
    for kind, most in BUDGET.items():
        assert 0 < load.of(kind) <= most, kind
    assert load.total() <= ALL
    assert len(before) <= REQUESTS, before


def test_the_first_page_of_a_guest_is_as_light(window: Callable[..., Page]) -> None:
    page = window()
    load = Load().watch(page)
    page.goto("/login")
    page.wait_for_load_state("networkidle")
    assert 0 < load.of("Script") <= BUDGET["Script"]
    assert 0 < load.of("Stylesheet") <= BUDGET["Stylesheet"]


def test_what_comes_late_works_in_a_release_too(arrives: Callable[..., Person]) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.page.get_by_role("button", name="Emoji").click()
    expect(ada.page.get_by_role("dialog", name="Emoji")).to_be_visible()
    ada.page.keyboard.press("Escape")
    ada.says("bundled")
    bo.opens(ada.name)
    bo.sees("bundled")
