"""How the pages look to whoever has a phone, likes the dark, hears instead of sees, or has no scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.people import PASSWORD, Person

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
SETTLED = """() => Promise.all(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished.catch(() => 0)))"""

Arrives = Callable[..., Person]
Window = Callable[..., Page]


def violations(page: Page) -> list[str]:
    """What axe finds on this page, a line for each element."""
    page.evaluate(SETTLED)
    page.evaluate(AXE.read_text())
    rules = json.dumps(TAGS)
    found: list[dict[str, Any]] = page.evaluate(f"axe.run({{runOnly: {rules}}}).then((all) => all.violations)")
    return [f"{one['id']}: {node['html'][:160]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def width_to_spare(page: Page) -> int:
    """How much wider the page is than the window; 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small picture."""
    path = tmp_path_factory.mktemp("pictures") / "hill.png"
    Image.radial_gradient("L").convert("RGB").save(path)
    return path


def talk(arrives: Arrives, picture: Path, **how: Any) -> Person:
    """A conversation with something of everything in it, as one person sees it."""
    ada, bo = arrives("ada", **how), arrives("bo")
    bo.starts(ada)
    bo.says("hello **you**, see https://example.org and `code`")
    bo.shares(picture, picture, picture, caption="three")
    expect(bo.sees("three").get_by_text("sent")).to_be_attached()
    ada.opens(bo.name)
    first = ada.messages.first
    first.hover()
    first.get_by_role("button", name="Reply").click()
    ada.says("a long answer " * 12)
    expect(ada.messages).to_have_count(3)
    return ada


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_app_has_no_faults(arrives: Arrives, picture: Path, width: int, dark: bool) -> None:
    ada = talk(arrives, picture, width=width, dark=dark)
    page = ada.page
    assert violations(page) == []
    page.get_by_role("button", name="Open picture").first.click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    # It closes by going back, which whoever goes elsewhere meanwhile would be cut off by.
    expect(page).not_to_have_url(re.compile("#"))
    if width < 1240:
        page.get_by_role("button", name="Conversation details").click()
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.goto("/")
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []
    page.goto("/settings")
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 390, 820, 1000])
def test_nothing_scrolls_sideways(arrives: Arrives, picture: Path, width: int) -> None:
    page = talk(arrives, picture, width=width, height=700).page
    assert width_to_spare(page) <= 0
    assert page.locator("#scroll").evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    for path in ("/", "/settings"):
        page.goto(path)
        assert width_to_spare(page) <= 0


def test_a_phone_shows_one_pane_and_back_leads_to_the_list(arrives: Arrives) -> None:
    ada, bo = arrives("ada", width=390, height=844), arrives("bo")
    ada.starts(bo)
    expect(ada.page.get_by_role("button", name="New conversation")).to_be_hidden()
    ada.page.get_by_role("link", name="Back to conversations").click()
    expect(ada.page.get_by_role("button", name="New conversation")).to_be_visible()
    expect(ada.composer).to_be_hidden()
    ada.page.go_back()
    expect(ada.composer).to_be_visible()


def test_the_theme_is_kept_and_comes_with_the_page(arrives: Arrives) -> None:
    page = arrives("ada").page
    page.get_by_role("button", name="Change theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_nothing_moves_once_it_is_there(arrives: Arrives, picture: Path) -> None:
    ada = talk(arrives, picture)
    ada.page.reload()
    shift = ada.page.evaluate("""() => new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
        .observe({type: "layout-shift", buffered: true});
      setTimeout(() => done(sum), 1500);
    })""")
    assert shift < 0.005


def test_everything_but_conversations_works_without_scripts(window: Window) -> None:
    page = window(java_script_enabled=False)
    page.goto("/register")
    page.get_by_label("User name").fill("no")
    page.get_by_label("Email").fill("quiet@example.org")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_label("Password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("User name").fill("quiet-one")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.goto("/settings")
    page.get_by_label("Display name").fill("Quiet One")
    page.get_by_role("region", name="You", exact=True).get_by_role("button", name="Save").click()
    expect(page.locator(".portrait strong")).to_have_text("Quiet One")
    page.goto("/settings/appearance")
    page.get_by_role("radio", name="Dark", exact=True).check(force=True)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("link", name="Begin here")).to_be_visible()


def test_a_new_picture_of_oneself_is_everywhere(arrives: Arrives, picture: Path) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    bo.starts(ada)
    ada.page.goto("/settings")
    ada.page.get_by_label("Your picture").last.set_input_files(str(picture))
    expect(ada.page.get_by_role("img", name="Your picture")).to_have_attribute("src", re.compile(r"\?v="))
    bo.page.reload()
    expect(bo.page.locator(".row .sphere img")).to_have_attribute("src", re.compile(r"\?v="))


def test_a_refusal_says_nothing_of_whether_the_name_exists(window: Window) -> None:
    page = window()
    page.goto("/login")
    page.get_by_label("User name").fill("nobody-here")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("User name")).to_have_value("nobody-here")
