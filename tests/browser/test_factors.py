"""Second factors and passkeys in a real browser: set up, used, confirmed by, refused, and looked at."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.devices import App, Device
from tests.browser.people import PASSWORD, Person
from tests.browser.test_pages import violations, width_to_spare

Arrives = Callable[..., Person]
Window = Callable[..., Page]
WIDTHS = pytest.mark.parametrize("width", [1440, 390])


@pytest.fixture
def here(site: Site) -> str:
    """The site by its name: browsers bind passkeys to names, not to numbers."""
    return site.url.replace("127.0.0.1", "localhost")


def is_fine(page: Page) -> None:
    """Nobody is kept out by how it looks."""
    assert violations(page) == []
    assert width_to_spare(page) <= 0


def sets_up_app(page: Page) -> tuple[App, list[str]]:
    """Scan what the settings show; the app, and the recovery codes that are shown this once."""
    page.goto("/settings/security")
    page.get_by_role("button", name="Set up an authenticator app").click()
    app = App(page.locator(".seed").inner_text())
    page.get_by_label("Code", exact=True).fill(app.shows())
    page.get_by_role("button", name="Turn it on").click()
    codes = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    return app, codes.all_inner_texts()


def adds_passkey(page: Page, name: str) -> None:
    page.goto("/settings/security")
    page.get_by_label("What shall it be called?").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name=f"Remove {name}")).to_be_visible()


def signs_out(page: Page) -> None:
    page.goto("/settings")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/login")


def types_password(page: Page, name: str) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()


def is_in(page: Page) -> None:
    expect(page.get_by_role("button", name="New conversation")).to_be_visible()


@WIDTHS
def test_an_app_is_set_up_and_its_codes_let_in(arrives: Arrives, width: int) -> None:
    ada = arrives("ada", width=width)
    page = ada.page
    page.goto("/settings/security")
    is_fine(page)
    page.get_by_role("button", name="Set up an authenticator app").click()
    expect(page.get_by_role("img", name="A picture to scan with your app")).to_be_visible()
    is_fine(page)
    page.get_by_label("Code", exact=True).fill("000")
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_text("This is not the code that belongs to this picture.")).to_be_visible()
    is_fine(page)
    app, codes = sets_up_app(page)
    is_fine(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("10 of 10 left")).to_be_visible()
    is_fine(page)
    signs_out(page)
    types_password(page, ada.name)
    is_fine(page)
    page.get_by_label("Code", exact=True).fill("123")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("This code is not right, or it was used before.")).to_be_visible()
    is_fine(page)
    page.get_by_label("Code", exact=True).fill(app.shows())
    page.get_by_role("button", name="Continue").click()
    is_in(page)
    signs_out(page)
    types_password(page, ada.name)
    page.get_by_text("Use a recovery code instead").click()
    page.get_by_label("Recovery code").fill(codes[0].upper())
    is_fine(page)
    page.get_by_role("button", name="Use this code").click()
    is_in(page)
    page.goto("/settings/security")
    expect(page.get_by_text("9 of 10 left")).to_be_visible()


def test_recovery_codes_are_copied_and_saved(arrives: Arrives) -> None:
    page = arrives("ada", permissions=["clipboard-read", "clipboard-write"]).page
    _, codes = sets_up_app(page)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").split() == codes
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as a file").click()
    assert saving.value.suggested_filename == "chatsphere-recovery-codes.txt"
    assert [line for line in saving.value.path().read_text().splitlines() if "-" in line] == codes


def test_all_of_it_but_passkeys_works_without_scripts(window: Callable[..., Page]) -> None:
    page = window(java_script_enabled=False)
    page.goto("/register")
    page.get_by_label("User name").fill("plain-ada")
    page.get_by_label("Email").fill("plain-ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    app, _ = sets_up_app(page)
    with page.expect_download():
        page.get_by_role("button", name="Save as a file").click()
    signs_out(page)
    types_password(page, "plain-ada")
    page.get_by_label("Code", exact=True).fill(app.shows())
    page.get_by_role("button", name="Continue").click()
    page.goto("/settings/security")
    expect(page.get_by_role("button", name="Remove the authenticator app")).to_be_visible()


@WIDTHS
def test_a_passkey_signs_in_without_a_password(arrives: Arrives, here: str, width: int) -> None:
    page = arrives("ada", width=width, base_url=here).page
    device = Device(page)
    adds_passkey(page, "My phone")
    is_fine(page)
    [held] = device.credentials
    assert held["rpId"] == "localhost"
    page.get_by_text("Rename").click()
    is_fine(page)
    page.get_by_label("New name of My phone").fill("My watch")
    page.get_by_role("button", name="Save name").click()
    expect(page.get_by_role("button", name="Remove My watch")).to_be_visible()
    signs_out(page)
    is_fine(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    is_in(page)
    page.goto("/settings/security")
    expect(page.get_by_text("last used")).to_be_visible()


@WIDTHS
def test_a_passkey_is_the_second_step_after_a_password(arrives: Arrives, here: str, width: int) -> None:
    ada = arrives("ada", width=width, base_url=here)
    Device(ada.page)
    adds_passkey(ada.page, "My phone")
    signs_out(ada.page)
    types_password(ada.page, ada.name)
    is_fine(ada.page)
    ada.page.get_by_role("button", name="Use a passkey").click()
    is_in(ada.page)


@WIDTHS
def test_a_passkey_confirms_who_one_is(arrives: Arrives, here: str, width: int) -> None:
    page = arrives("ada", width=width, base_url=here).page
    Device(page)
    adds_passkey(page, "My phone")
    page.goto("/confirm?next=/settings/security")
    is_fine(page)
    page.get_by_role("button", name="Confirm with a passkey").click()
    expect(page).to_have_url(re.compile("/settings/security$"))


def test_a_finger_that_is_not_the_owners_opens_nothing(arrives: Arrives, here: str) -> None:
    page = arrives("ada", base_url=here).page
    device = Device(page)
    adds_passkey(page, "My phone")
    signs_out(page)
    device.knows_its_owner(False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("No passkey was used.")).to_be_visible()
    is_fine(page)
    device.knows_its_owner(True)
    page.get_by_role("button", name="Sign in with a passkey").click()
    is_in(page)


def test_a_copy_of_a_device_is_refused(arrives: Arrives, window: Window, here: str) -> None:
    page = arrives("ada", base_url=here).page
    device = Device(page)
    adds_passkey(page, "My phone")
    stolen = device.credentials[0]
    signs_out(page)
    for _ in range(2):
        page.get_by_role("button", name="Sign in with a passkey").click()
        is_in(page)
        signs_out(page)
    thief = window(base_url=here)
    Device(thief, stolen)
    thief.goto("/login")
    thief.get_by_role("button", name="Sign in with a passkey").click()
    expect(thief.get_by_text("there may be a copy of it")).to_be_visible()
    thief.goto("/settings")
    expect(thief.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_a_device_that_is_known_already_says_so(arrives: Arrives, here: str) -> None:
    page = arrives("ada", base_url=here).page
    Device(page)
    adds_passkey(page, "My phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("This device has a passkey for this account already.")).to_be_visible()


def test_at_a_number_the_page_says_where_passkeys_work(arrives: Arrives, here: str) -> None:
    page = arrives("ada").page
    page.goto("/settings/security")
    expect(page.get_by_role("link", name="localhost")).to_have_attribute("href", f"{here}/settings/security#passkeys")
    expect(page.get_by_role("button", name="Add a passkey")).to_have_count(0)


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Site]:
    """A site where everybody has to have a second factor."""
    served = Site(tmp_path)
    served.start()
    command = [sys.executable, "-m", "chatsphere", "second-factor", "everybody"]
    known = {**os.environ, "CHATSPHERE_DATA_DIR": str(tmp_path / "data")}
    subprocess.run(command, check=True, env=known, capture_output=True)
    yield served
    served.stop()


@WIDTHS
def test_where_it_has_to_be_there_one_is_led_to_it_and_then_in(window: Window, strict: Site, width: int) -> None:
    page = window(width=width, base_url=strict.url.replace("127.0.0.1", "localhost"))
    page.goto("/register")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("One thing first.")).to_be_visible()
    is_fine(page)
    page.goto("/")
    expect(page.get_by_text("One thing first.")).to_be_visible()
    Device(page)
    adds_passkey(page, "My phone")
    expect(page.get_by_text("One thing first.")).to_have_count(0)
    page.goto("/")
    is_in(page)
