"""By mail, in a real browser with a real mail server: confirming an address, finding a new password, and devices."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.people import PASSWORD, Person
from tests.browser.test_pages import violations, width_to_spare
from tests.postbox import Postbox, links_in, receiving

NEW = "eleven amber lanterns"
SIZES = [(1440, 900, False), (390, 844, True)]
IDS = ["desktop", "phone"]
_numbers = itertools.count(1)

pytestmark = pytest.mark.parametrize(("width", "height", "dark"), SIZES, ids=IDS)
Window = Callable[..., Page]


@pytest.fixture(scope="module")
def postbox() -> Iterator[Postbox]:
    """The mail server."""
    with receiving(Postbox()) as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, postbox: Postbox) -> Iterator[Site]:
    """A site that sends its letters there."""
    sender = "ChatSphere <chat@example.org>"
    served = Site(tmp_path_factory.mktemp("mailing"), smtp_url=postbox.url, mail_from=sender)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def ada(window: Window, width: int, height: int, dark: bool) -> Person:
    """Somebody who has just signed up."""
    person = Person(window(width=width, height=height, dark=dark), f"ada-{next(_numbers)}")
    person.signs_up()
    return person


def flawless(page: Page) -> None:
    assert violations(page) == []
    assert width_to_spare(page) <= 0


def link(postbox: Postbox, address: str, page: str) -> str:
    """The newest link of this kind that came to an address."""
    number = 1
    while True:
        found = [one for letter in postbox.to(address, number) for one in links_in(letter) if f"/{page}/" in one]
        if found:
            return found[-1]
        number += 1


def test_who_signs_up_confirms_the_address_by_the_link_in_the_letter(ada: Person, postbox: Postbox) -> None:
    page, address = ada.page, f"{ada.name}@example.org"
    page.goto("/settings/security")
    expect(page.get_by_text("This address is not confirmed yet.")).to_be_visible()
    flawless(page)
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("A letter is on its way")).to_be_visible()
    postbox.to(address, 2)
    page.goto(link(postbox, address, "confirm-email"))
    expect(page.get_by_role("heading", name="Is this your address?")).to_be_visible()
    expect(page.get_by_text(address)).to_be_visible()
    flawless(page)
    page.get_by_role("button", name="Confirm this address").click()
    expect(page.get_by_role("heading", name="Your address is confirmed")).to_be_visible()
    flawless(page)
    page.get_by_role("link", name="Go to your conversations").click()
    page.goto("/settings/security")
    expect(page.get_by_role("button", name="Change address")).to_be_visible()
    expect(page.get_by_text("not confirmed yet")).to_be_hidden()


def test_a_forgotten_password_is_replaced_and_other_sessions_end(
    ada: Person, window: Window, postbox: Postbox, width: int, height: int, dark: bool
) -> None:
    page, address = window(width=width, height=height, dark=dark), f"{ada.name}@example.org"
    page.goto("/login")
    flawless(page)
    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("User name or email").fill(ada.name)
    flawless(page)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    flawless(page)
    page.goto(link(postbox, address, "reset"))
    page.get_by_label("Password").fill(NEW)
    flawless(page)
    page.get_by_role("button", name="Save password").click()
    expect(page.get_by_role("button", name="New conversation")).to_be_visible()
    ada.page.goto("/settings")
    expect(ada.page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_another_address_is_confirmed_anew_and_the_old_one_hears_of_it(ada: Person, postbox: Postbox) -> None:
    page, old, new = ada.page, f"{ada.name}@example.org", f"{ada.name}@example.net"
    page.goto(link(postbox, old, "confirm-email"))
    page.get_by_role("button", name="Confirm this address").click()
    page.goto("/settings/security")
    form = page.get_by_role("region", name="Email address")
    form.get_by_label("Email").fill(new)
    form.get_by_label("Current password").fill(PASSWORD)
    form.get_by_role("button", name="Change address").click()
    expect(page.get_by_text("Changed. A letter asks there")).to_be_visible()
    flawless(page)
    page.goto(link(postbox, new, "confirm-email"))
    page.get_by_role("button", name="Confirm this address").click()
    expect(page.get_by_role("heading", name="Your address is confirmed")).to_be_visible()
    told = postbox.to(old, 2)[-1]
    assert told["Subject"] == "Something about your account has changed"


def test_one_sees_ones_devices_and_signs_out_of_all_others(
    ada: Person, window: Window, width: int, height: int, dark: bool
) -> None:
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari/604.1"
    other = Person(window(width=390, user_agent=phone), ada.name)
    other.signs_in()
    page = ada.page
    page.goto("/settings/devices")
    expect(page.get_by_role("listitem").filter(has_text="Safari on iOS")).to_contain_text("Last seen just now")
    expect(page.get_by_role("listitem").filter(has_text="This device")).to_contain_text(re.compile("Chrome on"))
    flawless(page)
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_text("You are signed in nowhere else.")).to_be_visible()
    flawless(page)
    other.page.goto("/settings")
    expect(other.page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_it_works_without_scripts(
    window: Callable[..., Page], postbox: Postbox, width: int, height: int, dark: bool
) -> None:
    page = window(java_script_enabled=False, width=width, height=height, dark=dark)
    person = Person(page, f"quiet-{next(_numbers)}")
    page.goto("/register")
    page.get_by_label("User name").fill(person.name)
    page.get_by_label("Email").fill(f"{person.name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.goto(link(postbox, f"{person.name}@example.org", "confirm-email"))
    page.get_by_role("button", name="Confirm this address").click()
    expect(page.get_by_role("heading", name="Your address is confirmed")).to_be_visible()
