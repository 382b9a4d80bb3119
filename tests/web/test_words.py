"""Pages in the language of whoever reads them: their browser's, or the one they have chosen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from chatsphere import letters
from chatsphere.core import logins
from chatsphere.core.values import User
from chatsphere.house import House
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


def test_a_refusal_is_said_at_its_field_in_the_readers_language(guest: FlaskClient) -> None:
    form = {"user_name": "x", "email": "nowhere", "password": "short"}
    html = guest.post("/register", data=form, headers={"Accept-Language": "fr"}).text
    assert "Utilisez 2 à 32 lettres" in html
    assert "Utilisez 10 caractères au moins." in html
    assert "Ce n’est pas une adresse e-mail." in html


def test_a_problem_stays_english_for_programs_and_is_said_once_more_for_people(
    guest: FlaskClient, ada: FlaskClient
) -> None:
    given = {"user_name": "ADA", "email": "bo@example.org", "password": PASSWORD}
    told = guest.post("/api/v1/users", json=given, headers={"Accept-Language": "fr"}).json
    assert told
    assert (told["detail"], told["said"]) == ("This user name is taken.", "Ce nom d’utilisateur est pris.")
    plain = guest.post("/api/v1/users", json=given).json
    assert plain
    assert "said" not in plain


def test_a_page_that_is_not_there_says_so_in_the_readers_language(guest: FlaskClient) -> None:
    asks = {"Accept": "text/html", "Accept-Language": "ar"}
    html = guest.get("/nowhere", headers=asks).text
    assert 'dir="rtl"' in html
    assert "غير موجود" in html


GUESTS = ("/", "/login", "/register", "/forgot", "/nowhere")
OWN = ("settings", "settings/security", "settings/privacy", "settings/devices", "settings/tokens", "settings/data")
DESKS = ("admin", "admin/people", "admin/reports", "admin/storage", "admin/retention", "admin/audit")


def test_what_nobody_translated_shows_under_the_made_up_language(guest: FlaskClient, ada: FlaskClient) -> None:
    pages = [*((guest, path) for path in GUESTS), *((ada, f"/{path}") for path in (*OWN, *DESKS))]
    for client, path in pages:
        client.set_cookie("language", "qps")
        html = client.get(path, headers={"Accept": "text/html"}).text
        assert 'dir="rtl"' in html
        body = re.sub(r"<(script|style|code|svg).*?</\1>|<!--.*?-->", " ", html.partition("<body")[2], flags=re.DOTALL)
        texts = [text.strip() for text in re.findall(r">([^<>]+)<", body)]
        plain = [text for text in texts if re.search(r"[a-z]{3,} [a-z]{3,}", text) and not re.search(r"[\[\]~]", text)]
        assert plain == [], path


def test_whoever_signs_up_in_a_language_is_written_to_in_it(guest: FlaskClient, house: House) -> None:
    form = {"user_name": "bo", "email": "bo@example.org", "password": PASSWORD}
    guest.post("/register", data=form, headers={"Accept-Language": "sw"})
    assert spoken(guest, "/settings", asks="fr") == ("sw", "ltr")
    login = house.chat.ask(logins.by_login, "bo")
    assert login
    assert login.user.language == "sw"
    letter = letters.compose("reset", "bo@example.org", _known(login.user), login.user.language)
    assert letter.subject == "Nenosiri jipya la akaunti yako"
    assert "Habari bo," in letter.text
    assert '<html lang="sw" dir="ltr">' in letter.html


def _known(user: User) -> dict[str, Any]:
    site = "https://chat.example.org"
    return {"user": user, "called": user.user_name, "site": site, "link": f"{site}/reset/abc"}
