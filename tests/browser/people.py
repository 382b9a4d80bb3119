"""People at a browser, who find everything by the names that a screen reader would say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin

from playwright.sync_api import Locator, Page, expect

PASSWORD = "seven purple lanterns"


class Runs(Protocol):
    """Where the `chatsphere` command can be run."""

    def runs(self, *command: str) -> None: ...


class Person:
    """Somebody with a window of their own."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name

    def signs_up(self) -> None:
        """Create an account through the form, which signs in."""
        self.page.goto("/register")
        self.page.get_by_label("User name").fill(self.name)
        self.page.get_by_label("Email").fill(f"{self.name}@example.org")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Create account").click()
        expect(self.page.get_by_role("button", name="New conversation")).to_be_visible()

    def signs_in(self) -> None:
        """Sign in through the form."""
        self.page.goto("/login")
        self.page.get_by_label("User name").fill(self.name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="New conversation")).to_be_visible()

    def looks_after(self, site: Runs) -> None:
        """Become an administrator on the server, whose processes know it within 2 s."""
        site.runs("user", "make-admin", self.name)
        address = urljoin(self.page.url, "/admin")
        for _ in range(100):
            if self.page.context.request.get(address).ok:
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"{self.name} is no administrator after 20 s")

    def starts(self, *others: Person, title: str | None = None) -> None:
        """Begin a conversation with these people."""
        self.page.get_by_role("button", name="New conversation").click()
        dialog = self.page.get_by_role("dialog", name="New conversation")
        for other in others:
            dialog.get_by_role("searchbox", name="People").fill(other.name)
            dialog.get_by_role("option", name=other.name).click()
        if title:
            dialog.get_by_role("textbox", name="Title").fill(title)
        dialog.get_by_role("button", name="Start").click()
        expect(self.composer).to_be_visible()

    def opens(self, name: str) -> None:
        """Go to a conversation by its link in the list."""
        self.page.get_by_role("link", name=re.compile(re.escape(name))).first.click()
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def says(self, words: str) -> None:
        """Write and send."""
        self.composer.fill(words)
        self.page.get_by_role("button", name="Send").click()

    def shares(self, *pictures: Path, caption: str = "") -> None:
        """Pick pictures and send them."""
        self.page.get_by_label("Pictures and files").set_input_files([str(one) for one in pictures])
        expect(self.page.get_by_role("list", name="To be sent").get_by_role("listitem")).to_have_count(len(pictures))
        self.says(caption)

    def sees(self, words: str) -> Locator:
        """Exactly one message with these words is there."""
        found = self.messages.filter(has_text=words)
        expect(found).to_have_count(1)
        return found

    def chooses(self, message: Locator, what: str) -> None:
        """Point at a message and choose something from its menu."""
        message.hover()
        message.get_by_role("button", name="More").click()
        self.page.get_by_role("menuitem", name=what, exact=True).click()

    @property
    def composer(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox", name="Message", exact=True)

    @property
    def messages(self) -> Locator:
        """The messages on the screen."""
        return self.page.get_by_role("list", name="Messages", exact=True).get_by_role("listitem")
