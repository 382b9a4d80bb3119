"""Coming from elsewhere, in a real browser and through a certified provider: in, out, linked, unlinked, confirmed."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable, Iterator
from json import dumps
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.people import PASSWORD, Person
from tests.browser.test_pages import violations, width_to_spare
from tests.services import Server, free_port

ROOT = Path(__file__).parents[2]
Window = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a provider. That one is at another name, so that the way back is from another site."""
    folder, elsewhere = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("provider")
    here, there = free_port(), free_port()
    issuer = f"http://localhost:{there}"
    script = [str(ROOT / "bin" / "with-node"), "node", str(Path(__file__).with_name("provider.mjs"))]

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=2) as response:  # noqa: S310 - our own
                return bool(response.status == 200)
        except OSError:
            return False

    provider = Server([*script, str(there), f"http://127.0.0.1:{here}/login/oidc/callback"], answers, elsewhere)
    client = {"oidc_client_id": "chatsphere", "oidc_client_secret": "a secret: with/odd+signs"}
    served = Site(folder, here, oidc_issuer=issuer, oidc_name="Teahouse", **client)
    provider.start()
    served.start()
    _somebody_is_here(served)
    yield served
    served.stop()
    provider.stop()


def _somebody_is_here(site: Site) -> None:
    """An empty house shows its first page alone; this one has its administrator."""
    host = {"user_name": "host", "email": "host@example.org", "password": PASSWORD}
    json = {"Content-Type": "application/json"}
    first = urllib.request.Request(f"{site.url}/api/v1/users", dumps(host).encode(), json)  # noqa: S310 - our own server
    urllib.request.urlopen(first, timeout=10).close()  # noqa: S310 - the same


@pytest.fixture
def window(window: Window) -> Window:
    """A window that reaches nothing but this machine: the provider's pages would like a font from far away."""

    def open_one(**how: object) -> Page:
        page = window(**how)
        page.context.route(re.compile(r"^https:"), lambda route: route.abort())
        return page

    return open_one


def vouches(page: Page, name: str) -> None:
    """Sign in at the provider, and let it tell."""
    page.get_by_placeholder("Enter any login").fill(name)
    page.get_by_placeholder("and password").fill("whatever")
    page.get_by_role("button", name="Sign-in").click()


def allows(page: Page) -> None:
    """Let the provider tell who one is."""
    page.get_by_role("button", name="Continue").click()


def comes_from_elsewhere(page: Page, name: str) -> None:
    """Come for the first time, as far as the name."""
    page.goto("/login")
    page.get_by_role("button", name="Continue with Teahouse").click()
    vouches(page, name)
    allows(page)
    expect(page.get_by_role("heading", name="How do you want to be called?")).to_be_visible()


def is_in(page: Page) -> None:
    """The app is there."""
    expect(page.get_by_role("button", name="New conversation")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=["desktop", "phone-dark"])
def test_whoever_has_an_account_elsewhere_gets_one_here_and_finds_it_again(
    window: Window, width: int, dark: bool
) -> None:
    name = f"mira{width}"
    page = window(width=width, dark=dark)
    page.goto("/register")
    expect(page.get_by_role("button", name="Continue with Teahouse")).to_be_visible()
    assert violations(page) == []
    comes_from_elsewhere(page, name)
    expect(page.get_by_label("User name")).to_have_value(name)
    expect(page.get_by_label("Display name")).to_have_value(f"Mira{width} of Elsewhere")
    assert violations(page) == []
    assert width_to_spare(page) <= 0
    page.get_by_label("Display name").fill("Mira")
    page.get_by_role("button", name="Create account").click()
    is_in(page)

    # In another window, where the provider does not know them either.
    again = window(width=width, dark=dark)
    again.goto("/settings")
    again.get_by_role("button", name="Continue with Teahouse").click()
    vouches(again, name)
    allows(again)
    expect(again).to_have_url(re.compile("/settings$"))
    expect(again.get_by_label("User name")).to_have_value(name)

    # And where it does: no page of its own is between.
    again.get_by_role("button", name="Sign out").click()
    again.goto("/login")
    again.get_by_role("button", name="Continue with Teahouse").click()
    is_in(again)


@pytest.mark.parametrize("width", [1440, 390])
def test_an_account_is_linked_and_unlinked_in_the_settings(window: Window, width: int) -> None:
    ada = Person(window(width=width), f"ada{width}")
    ada.signs_up()
    page = ada.page
    page.goto("/settings/security")
    page.get_by_role("button", name="Link Teahouse").click()
    vouches(page, f"tea{width}")
    allows(page)
    section = page.get_by_role("region", name="Accounts elsewhere")
    expect(section.get_by_text(f"tea{width}@elsewhere.example")).to_be_visible()
    assert violations(page) == []
    assert width_to_spare(page) <= 0

    other = window(width=width)
    other.goto("/login")
    other.get_by_role("button", name="Continue with Teahouse").click()
    vouches(other, f"tea{width}")
    allows(other)
    is_in(other)

    section.get_by_role("button", name="Unlink Teahouse").click()
    expect(page.get_by_role("button", name="Link Teahouse")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/login")
    page.get_by_role("button", name="Continue with Teahouse").click()
    expect(page.get_by_role("heading", name="How do you want to be called?")).to_be_visible()


def test_whoever_has_no_password_confirms_there(window: Window) -> None:
    page = window()
    comes_from_elsewhere(page, "nadia")
    page.get_by_role("button", name="Create account").click()
    is_in(page)
    page.goto("/confirm?next=/settings/tokens")
    expect(page.get_by_label("Password")).to_have_count(0)
    assert violations(page) == []
    page.get_by_role("button", name="Continue with Teahouse").click()
    # The provider knows them, and asks all the same.
    vouches(page, "nadia")
    expect(page).to_have_url(re.compile("/settings/tokens$"))
    page.get_by_label("What is it for?").fill("a bot")
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_role("status")).to_contain_text("cs_")

    page.goto("/confirm?next=/settings/tokens")
    page.get_by_role("button", name="Continue with Teahouse").click()
    vouches(page, "somebody-else")
    allows(page)
    expect(page.get_by_role("alert")).to_contain_text("another account at Teahouse")
    assert violations(page) == []


def test_a_known_address_is_told_to_sign_in_and_link(window: Window) -> None:
    known = window()
    known.goto("/register")
    known.get_by_label("User name").fill("olga")
    known.get_by_label("Email").fill("Olga@Elsewhere.example")
    known.get_by_label("Password").fill(PASSWORD)
    known.get_by_role("button", name="Create account").click()
    is_in(known)
    page = window(width=390)
    page.goto("/login")
    page.get_by_role("button", name="Continue with Teahouse").click()
    vouches(page, "olga")
    allows(page)
    expect(page.get_by_role("alert")).to_contain_text("There is an account with this address already.")
    assert violations(page) == []
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("User name").fill("olga")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Link Teahouse").click()
    expect(page.get_by_role("region", name="Accounts elsewhere").get_by_text("olga@elsewhere.example")).to_be_visible()


def test_an_address_that_is_not_verified_there_opens_nothing(window: Window) -> None:
    page = window()
    page.goto("/login")
    page.get_by_role("button", name="Continue with Teahouse").click()
    vouches(page, "unverified-eve")
    allows(page)
    expect(page.get_by_role("alert")).to_contain_text("needs an e-mail address that is confirmed")


def test_whoever_turns_back_there_is_met_kindly(window: Window) -> None:
    page = window()
    page.goto("/login")
    page.get_by_role("button", name="Continue with Teahouse").click()
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("alert")).to_contain_text("You did not go on there")
    page.get_by_role("link", name="Back to signing in").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_without_scripts_the_way_is_the_same(window: Window) -> None:
    page = window(java_script_enabled=False)
    comes_from_elsewhere(page, "paul")
    page.get_by_role("button", name="Create account").click()
    page.goto("/settings")
    expect(page.get_by_label("User name")).to_have_value("paul")
