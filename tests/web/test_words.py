"""Pages in the language of whoever reads them: their browser's, or the one they have chosen."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import PASSWORD


def spoken(client: FlaskClient, path: str = "/login", asks: str = "") -> tuple[str, str]:
    """The language of a page and the way it is read."""
    html = client.get(path, headers={"Accept-Language": asks} if asks else {}).text
    found = re.search(r'<html lang="(\w+)" dir="(\w+)"', html)
    assert found
    return found[1], found[2]


@pytest.mark.parametrize(
    ("asks", "language", "direction"),
    [
        ("", "en", "ltr"),
        ("fr-CA, en;q=0.5", "fr", "ltr"),
        ("ar", "ar", "rtl"),
        ("xx, sw;q=0.4", "sw", "ltr"),
        ("tlh", "en", "ltr"),
    ],
)
def test_a_guest_reads_what_their_browser_asks_for(
    guest: FlaskClient, ada: FlaskClient, asks: str, language: str, direction: str
) -> None:
    assert spoken(guest, asks=asks) == (language, direction)


def test_a_choice_goes_with_the_account_and_with_the_browser(guest: FlaskClient, ada: FlaskClient) -> None:
    assert ada.post("/settings/language", data={"language": "ar"}).headers["Location"].startswith("/settings")
    assert spoken(ada, "/settings", asks="fr") == ("ar", "rtl")
    ada.post("/logout")
    assert spoken(ada) == ("ar", "rtl")
    guest.post("/login", data={"login": "ada", "password": PASSWORD})
    assert spoken(guest, "/settings") == ("ar", "rtl")
    guest.post("/settings/language", data={"language": ""})
    assert spoken(guest, "/settings", asks="fr") == ("fr", "ltr")


def test_nobody_chooses_what_there_is_not(guest: FlaskClient, ada: FlaskClient) -> None:
    ada.post("/settings/language", data={"language": "tlh"})
    assert spoken(ada, "/settings") == ("en", "ltr")
    guest.set_cookie("language", "../../en")
    assert spoken(guest) == ("en", "ltr")


def test_the_browser_is_given_the_words_of_the_same_language(guest: FlaskClient, ada: FlaskClient) -> None:
    html = guest.get("/login", headers={"Accept-Language": "sw"}).text
    found = re.search(r'"#words": "(/static/js/words/sw\.[0-9a-f]{12}\.js)"', html)
    assert found
    assert 'language = "sw"' in guest.get(found[1]).text
