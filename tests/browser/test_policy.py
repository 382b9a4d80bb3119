"""The policy in a real browser: nothing of ours runs into it on any page, and what is not ours does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.conftest import Site, listen
from tests.browser.people import Person

MOST = 60


def walk(page: Page, *starts: str) -> Iterator[str]:
    """Every page that links lead to, opened one after another, with its scripts running."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        path = waiting.pop(0)
        page.goto(path)
        yield path
        for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            target = urlsplit(href)
            ours = target.netloc == urlsplit(page.url).netloc and target.scheme == "http"
            if ours and target.path not in seen and not target.path.startswith("/api/") and len(seen) < MOST:
                seen.add(target.path)
                waiting.append(target.path)


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_before_one_is_in_runs_into_the_policy(window: Callable[..., Page], width: int) -> None:
    page = window(width=width)
    assert {"/", "/login", "/register"} <= set(walk(page, "/"))


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_of_somebody_s_runs_into_the_policy(arrives: Callable[..., Person], width: int) -> None:
    ada, bo = arrives("ada", width=width), arrives("bo")
    bo.starts(ada)
    room = urlsplit(bo.page.url).path
    seen = set(walk(ada.page, "/", room))
    assert {"/settings", "/settings/security", "/settings/devices", "/settings/tokens"} <= seen


def says(begins: str, said: ConsoleMessage) -> bool:
    return said.text.startswith(begins)


def test_what_is_not_ours_runs_into_it(chromium: Browser, site: Site) -> None:
    context, heard = chromium.new_context(base_url=site.url), list[str]()
    listen(context, heard)
    page = context.new_page()
    page.goto("/login")
    page.wait_for_load_state()
    assert heard == []
    for planted, directive in (
        ("document.body.innerHTML = '<b>x</b>'", "require-trusted-types-for"),
        ("trustedTypes.createPolicy('evil', {})", "trusted-types "),
        ("document.body.setAttribute('style', 'color: red')", "style-src"),
        ("document.body.setAttribute('onclick', 'alert(1)')", "require-trusted-types-for"),
        ("document.head.append(Object.assign(new Image(), {src: 'https://evil.example/x.png'}))", "img-src"),
        ("fetch('https://evil.example/').catch(() => 0)", "connect-src"),
    ):
        with page.expect_event("console", partial(says, f"policy: {directive}")):
            page.evaluate(f"() => {{ try {{ {planted} }} catch {{}} }}")
        assert [said for said in heard if said.startswith(f"policy: {directive}")]
    context.close()
