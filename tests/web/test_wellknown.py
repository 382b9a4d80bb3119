"""What programs look for by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from chatsphere.house import House
from chatsphere.settings import SettingsError, load

Set = Callable[..., None]


@pytest.fixture
def given(house: House) -> Set:
    """Changes settings of the house: `given(mail_from="chat@example.org")`."""

    def change(**changes: object) -> None:
        house.settings = house.settings.model_copy(update=changes)

    return change


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_whom_to_tell_is_said_for_less_than_a_year(guest: FlaskClient, given: Set) -> None:
    given(security_contact="https://example.org/report", base_url="https://chat.example.org")
    answer = guest.get("/.well-known/security.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    said = fields(answer.text)
    assert said["Contact"] == "https://example.org/report"
    assert said["Canonical"] == "https://chat.example.org/.well-known/security.txt"
    assert said["Preferred-Languages"] == "en"
    left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)


def test_it_is_whoever_sends_the_mail_unless_somebody_else_is_named(guest: FlaskClient, given: Set) -> None:
    given(mail_from="ChatSphere <chat@example.org>")
    said = fields(guest.get("/.well-known/security.txt").text)
    assert said["Contact"] == "mailto:chat@example.org"
    assert "Canonical" not in said


def test_where_nobody_is_named_there_is_nothing(guest: FlaskClient) -> None:
    assert guest.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    "contact", ["somebody@example.org", "http://example.org", "mailto:nobody", "https://x\r\nEvil: 1"]
)
def test_a_contact_is_an_address_that_can_be_followed(contact: str) -> None:
    with pytest.raises(SettingsError, match="CHATSPHERE_SECURITY_CONTACT"):
        load({"CHATSPHERE_SECURITY_CONTACT": contact})


def test_password_managers_find_their_way(guest: FlaskClient, given: Set) -> None:
    answer = guest.get("/.well-known/change-password")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings/security")
    given(base_url="https://chat.example.org")
    there = "https://chat.example.org/settings/security"
    assert guest.get("/.well-known/passkey-endpoints").get_json() == {"enroll": there, "manage": there}
    assert (
        guest.get("/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200").status_code == 404
    )
