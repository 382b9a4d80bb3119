"""Taking everything along, and leaving: on a desk and on a phone, in the light and in the dark."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import Person
from tests.browser.test_pages import violations, width_to_spare

Arrives = Callable[..., Person]

SIZES = pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=["desk", "phone"])


@SIZES
def test_who_leaves_is_told_when_and_may_think_again(arrives: Arrives, width: int, dark: bool) -> None:
    # Whoever comes first is the administrator, and the last one of those has to stay.
    bo, ada = arrives("bo"), arrives("ada", width=width, dark=dark)
    ada.starts(bo)
    page = ada.page
    page.goto("/settings/data")
    assert violations(page) == []
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="You are leaving")).to_be_visible()
    assert violations(page) == []
    assert width_to_spare(page) <= 0
    page.goto("/")
    expect(page.get_by_text("Your account goes on")).to_be_visible()
    assert width_to_spare(page) <= 0
    page.get_by_role("link", name="Keep it").click()
    page.get_by_role("button", name="Keep my account").click()
    expect(page.get_by_text("Good to have you.")).to_be_visible()
    expect(page.get_by_text("Your account goes on")).to_have_count(0)


@SIZES
def test_everything_is_taken_along_and_opens_from_the_folder(
    arrives: Arrives, chromium: Browser, tmp_path: Path, width: int, dark: bool
) -> None:
    picture = tmp_path / "hill.png"
    Image.radial_gradient("L").convert("RGB").save(picture)
    ada, bo = arrives("ada", width=width, dark=dark), arrives("bo")
    ada.starts(bo)
    ada.says("hello **there**")
    ada.shares(picture, picture, picture, caption="three")
    expect(ada.sees("three").get_by_text("sent")).to_be_attached()
    page = ada.page
    page.goto("/settings/data")
    page.get_by_role("button", name="Make my export").click()
    # The page itself notices, without being loaded again by anybody.
    expect(page.get_by_text("Your export is ready")).to_be_visible(timeout=30_000)
    assert violations(page) == []
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download").click()
    downloading.value.save_as(tmp_path / "mine.zip")
    with zipfile.ZipFile(tmp_path / "mine.zip") as made:
        made.extractall(tmp_path / "mine")
    # Of a window of its own: there even a message that is no complaint is one too many.
    scheme = "dark" if dark else "light"
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    _reads(context.new_page(), tmp_path / "mine", bo.name)
    context.close()


def _reads(page: Page, folder: Path, other: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"file://{folder}/index.html")
    page.get_by_role("link", name=other).click()
    expect(page.get_by_role("list", name="Messages").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("img", name="Picture")).to_have_count(3)
    loaded = "() => [...document.images].every((one) => one.complete && one.naturalWidth > 0)"
    page.wait_for_function(loaded)
    assert page.evaluate("document.fonts.check('16px Figtree')")
    assert said == []
    # From here on axe itself asks for the style sheet once more, which the pages' own policy refuses.
    assert violations(page) == []
    assert width_to_spare(page) <= 0
    page.get_by_role("link", name="All conversations").click()
    expect(page.get_by_role("heading", name="Conversations")).to_be_visible()
    assert violations(page) == []
