"""What a screen reader finds in a view, in order: each is kept beside this file and compared.

A view holds what has to be there; more may be.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Person

Arrives = Callable[..., Person]
VIEWS = Path(__file__).parent / "views"


def matches(view: str, shown: Locator) -> None:
    """What is shown is what is kept under this name."""
    expect(shown).to_match_aria_snapshot((VIEWS / f"{view}.yml").read_text(encoding="utf-8"))


def test_the_settings_and_the_way_in_read_in_order(arrives: Arrives, window: Callable[..., Page]) -> None:
    ada = arrives("ada")
    ada.page.goto("/settings/appearance")
    matches("appearance", ada.page.get_by_role("main"))
    guest = window()
    guest.goto("/login?ended=1")
    matches("login", guest.get_by_role("main"))
