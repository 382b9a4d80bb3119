"""How it looks: twelve pictures of the demo's world at one moment, pixel for pixel; `make goldens` takes them anew.

The README shows four of them. Fonts, clock, names of what is stored and the painting of letters are the same on each
machine; what tolerance is left, and why, stands in docs/decisions/0041.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Playwright, StorageState, expect

from chatsphere import demo
from chatsphere.core import conversations, ids, logins, passwords, people, reading
from chatsphere.demo.cast import PASSWORD
from chatsphere.house import House, open_house
from chatsphere.settings import Settings
from tests.browser.conftest import FLAGS, Site
from tests.browser.frozen import END, NOW

GOLDENS = Path(__file__).parent / "goldens"
APART = Path(__file__).parents[2] / "test-results" / "goldens"
ANEW = os.environ.get("GOLDENS") == "anew"
# The share of pixels that may differ, and by how much of 255 one has to in order to count.
MOST, VISIBLY = 0.00015, 8
HEAVIEST = 1_700_000
SECRET = "for-goldens-only-" * 3
PATIENCE = 60
"""Seconds in which a look has to stand still."""
WIDE, TWO_PANES, PHONE = (1240, 780), (960, 660), (390, 740)
# Of all fonts of a machine these, which bin/bootstrap installs; ChatSphere's own comes with its pages.
FONTS = Path("/usr/share/fonts/truetype/noto")
SYSTEM = ("NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf", "NotoColorEmoji.ttf")
# Nothing of how a machine paints letters and colours.
PAINTING = ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"]
WAITING = """() => [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("img")].filter((image) => {
  const {top, bottom, width} = image.getBoundingClientRect();
  const seen = width && bottom > 96 && top < innerHeight && image.checkVisibility();
  return seen && !(image.complete && image.naturalWidth > 0);
}).map((image) => image.src).concat(document.fonts.status === "loaded" ? [] : ["fonts"])"""


@dataclass(frozen=True)
class Look:
    """Whose window it is, how it is set, and where they go in it."""

    name: str
    room: str = ""
    size: tuple[int, int] = WIDE
    dark: bool = False
    locale: str = "en-GB"
    user: str | None = "alex"
    path: str = "/"
    picture: bool = False


LOOKS = (
    Look("room-light", "Ridge Walkers"),
    Look("room-dark", "Studio Nord", dark=True),
    Look("room-hue", "Grandma & co", size=TWO_PANES),
    Look("phone-list", size=PHONE),
    Look("phone-light", "Ridge Walkers", size=PHONE),
    Look("phone-dark", "Grandma & co", size=PHONE, dark=True),
    Look("right-to-left", "Release crew", locale="ar"),
    Look("right-to-left-phone", "Studio Nord", size=PHONE, locale="ar"),
    Look("lightbox", "Ridge Walkers", size=PHONE, dark=True, picture=True),
    Look("gallery", size=PHONE, path="/gallery"),
    Look("empty", size=TWO_PANES, user="noa"),
    Look("landing", size=PHONE, user=None),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo's world at one moment, everybody in the same colours each time; and Noa, who is new."""
    folder = tmp_path_factory.mktemp("world")
    random = Random(7)
    served = Site(folder, secret_key=SECRET)
    served.runs("migrate")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids, "secrets", SimpleNamespace(token_hex=lambda size: random.randbytes(size).hex()))
        patch.setattr(ids, "time", SimpleNamespace(time_ns=lambda: int(END.timestamp() * 1e9)))
        house = open_house(Settings(data_dir=folder / "data", secret_key=SECRET))
        house.chat.clock = lambda: NOW
        demo.fill(house, lambda _: None, end=END)
        house.chat.do(people.register, "noa", "noa@example.org", passwords.hash(PASSWORD), "Noa", email_verified=True)
        _visit(house)
        house.close()
    served.runs_as("tests.browser.frozen")
    served.start()
    yield served
    served.stop()


def _visit(house: House) -> None:
    """Have Alex read what a look will open, so that no look changes what another shows."""
    login = house.chat.ask(logins.by_login, "alex")
    assert login
    for one in house.chat.ask(conversations.mine, login.user.id).items:
        if one.title in {look.room for look in LOOKS}:
            house.chat.do(reading.read, login.user.id, one.id, one.last_seq)


@pytest.fixture(scope="module")
def chromium(driver: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium that knows no fonts but these, whatever else the machine has."""
    folder = tmp_path_factory.mktemp("fonts")
    assert all((FONTS / name).exists() for name in SYSTEM), "bin/bootstrap says which packages the suite needs"
    accepted = "".join(f"<acceptfont><glob>*/{name}</glob></acceptfont>" for name in SYSTEM)
    rules = f"<selectfont><rejectfont><glob>*</glob></rejectfont>{accepted}</selectfont>"
    conf = folder / "fonts.conf"
    conf.write_text(f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}</cachedir>{rules}</fontconfig>")
    surroundings: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(conf)}
    browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=[*FLAGS, *PAINTING], env=surroundings)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, site: Site) -> Callable[[str], StorageState]:
    """What the browser of somebody keeps who has signed in, once for all looks."""
    kept: dict[str, StorageState] = {}

    def one(user: str) -> StorageState:
        if user not in kept:
            page = chromium.new_page(base_url=site.url, service_workers="block")
            page.goto("/login")
            page.get_by_label("User name").fill(user)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_selector("#app")
            kept[user] = page.context.storage_state()
            page.context.close()
        return kept[user]

    return one


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_it_looks_as_it_did(window: Callable[..., Page], signed_in: Callable[[str], StorageState], look: Look) -> None:
    page = window(*look.size, look.dark, **_how(look), storage_state=signed_in(look.user) if look.user else None)
    _goes(page, look)
    seen = _settled(page)
    if ANEW:
        GOLDENS.mkdir(exist_ok=True)
        seen.save(GOLDENS / f"{look.name}.webp", lossless=True, quality=100, method=6)
    assert not _difference(seen, look.name)


def test_they_stay_light_enough_to_be_kept() -> None:
    kept = {path.stem: path.stat().st_size for path in GOLDENS.iterdir()}
    assert set(kept) == {look.name for look in LOOKS}
    assert sum(kept.values()) <= HEAVIEST, kept


def _how(look: Look) -> dict[str, Any]:
    phone = look.size == PHONE
    how = {"locale": look.locale, "timezone_id": "UTC", "reduced_motion": "reduce"}
    return {**how, "is_mobile": phone, "has_touch": phone}


def _goes(page: Page, look: Look) -> None:
    page.clock.set_fixed_time(NOW)
    page.goto(look.path)
    if look.room:
        page.locator("a.row", has_text=look.room).first.click()
        expect(page.locator("#title")).to_have_text(look.room)
        expect(page.locator("#log .message").last).to_be_in_viewport()
    if look.picture:
        page.locator("#log .tile").last.click()
        expect(page.locator("dialog.lightbox[open]")).to_be_visible()
    page.mouse.move(0, 0)


def _settled(page: Page) -> Image.Image:
    """The picture once two in a row are the same: everything has come, and nothing moves."""
    waiting, before, until = [], None, time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page.wait_for_load_state("networkidle")
        waiting = page.evaluate(WAITING)
        now = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
        if before and not waiting and _share(_apart(before, now)) <= MOST:
            return now
        before = now
        page.wait_for_timeout(300)
    raise AssertionError(f"It never stands still; waiting for {waiting}")


def _apart(one: Image.Image, other: Image.Image) -> Image.Image:
    """White where they differ so that one sees it, else black; an edge one pixel wide is no difference."""
    red, green, blue = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    far = most.point([255 * (value > VISIBLY) for value in range(256)])
    wide = ImageChops.darker(far, ImageChops.offset(far, 1, 0))
    return ImageChops.darker(wide, ImageChops.offset(wide, 0, 1))


def _share(apart: Image.Image) -> float:
    return apart.histogram()[255] / (apart.width * apart.height)


def _difference(seen: Image.Image, name: str) -> str:
    """How far this is from its golden, with a picture of where; nothing where it is near enough."""
    golden = Image.open(GOLDENS / f"{name}.webp").convert("RGB")
    if seen.size != golden.size:
        return f"{name} is {seen.size} and was {golden.size}"
    apart = _apart(seen, golden)
    share = _share(apart)
    if share <= MOST:
        return ""
    APART.mkdir(parents=True, exist_ok=True)
    seen.save(APART / f"{name}.seen.png")
    faded = Image.blend(golden.convert("L").convert("RGB"), Image.new("RGB", golden.size, "white"), 0.7)
    faded.paste((220, 0, 40), mask=apart)
    faded.save(APART / f"{name}.apart.png")
    where = APART / f"{name}.apart.png"
    return f"{name}: {apart.histogram()[255]:,} pixels ({share:.2%}) are not as they were: look at {where}"
