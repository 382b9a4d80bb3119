"""What is written to whom: every letter in both its forms, to the right address, through a real mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any, get_args

import pytest
from sqlalchemy import select

from chatsphere import jobs as runner, letters
from chatsphere.core import access, jobs, people
from chatsphere.core.reports import Of, Reason
from chatsphere.core.tables import jobs as table
from chatsphere.core.values import AccountChange, User
from chatsphere.house import House, open_house
from chatsphere.outside import mail
from chatsphere.outside.mail import Letter
from chatsphere.settings import Settings
from tests.postbox import Postbox, links_in, receiving

Makes = Callable[..., Settings]


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """The mail server."""
    with receiving(Postbox()) as found:
        yield found


@pytest.fixture
def house(make_settings: Makes, sqlite_url: str, postbox: Postbox) -> Iterator[House]:
    """A house that sends its letters there."""
    mail = {"smtp_url": postbox.url, "mail_from": "ChatSphere <chat@example.org>"}
    opened = open_house(make_settings(database_url=sqlite_url, base_url="https://chat.example.org", **mail))
    yield opened
    opened.close()


@pytest.fixture
def bo(house: House) -> User:
    """Bo, whose address is confirmed, and who calls himself a word in capitals."""
    return house.chat.do(people.register, "bo", "bo@example.org", None, "FREE <b>MONEY</b>", email_verified=True)


def delivers(house: House) -> None:
    while runner.once(house, [jobs.LETTER]):
        pass


def left(house: House) -> list[str]:
    letters = select(table).where(table.c.kind == jobs.LETTER)
    return [row.state for row in house.chat.ask(lambda db: db.execute(letters).all())]


def body(letter: Any, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part
    # Lines are broken where they get long, wherever that is in a sentence.
    return " ".join(str(part.get_content()).split())


SAMPLES: dict[str, dict[str, Any]] = {
    "confirm-email": {"link": "https://chat.example.org/confirm-email/abc"},
    "export-ready": {"kept": 7},
    "leaving": {"legacies": []},
    "warning": {"what": "a message of yours", "why": "spam"},
    "reset": {"link": "https://chat.example.org/reset/abc"},
    "new-device": {"device": "Firefox on Linux", "address": "203.0.113.9"},
    "account-changed": {
        "said": "A passkey was added.",
        "device": "Firefox on Linux",
        "at": datetime(2026, 6, 14, 18, 20, tzinfo=UTC),
    },
}


def test_every_letter_has_a_sample_here() -> None:
    there = {path.name.partition(".")[0] for path in files("chatsphere").joinpath("templates/letters").iterdir()}
    assert there - {"layout"} == SAMPLES.keys()


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_letter_says_the_same_in_both_its_forms(name: str, bo: User) -> None:
    bo = replace(bo, leaving_at=datetime(2026, 6, 21, 18, 20, tzinfo=UTC))
    known = SAMPLES[name] | {"user": bo, "called": "Bo", "site": "https://chat.example.org"}
    letter = letters.compose(name, "bo@example.org", known)
    assert letter.subject
    assert len(letter.subject) < 60
    assert "\n" not in letter.subject
    assert "Hello Bo," in letter.text
    assert "Hello Bo," in letter.html
    assert "https://chat.example.org" in letter.text
    assert "https://chat.example.org" in letter.html
    for value in SAMPLES[name].values():
        if isinstance(value, str):
            assert value in letter.text
            assert value in letter.html
    assert max(map(len, letter.text.splitlines())) <= 100
    for loaded in ("<img", "url(", "<script", "@import", "<link"):
        assert loaded not in letter.html


@pytest.mark.parametrize("of", get_args(Of))
@pytest.mark.parametrize("reason", get_args(Reason))
def test_who_is_warned_reads_of_what_and_why_and_nothing_that_anybody_wrote(
    house: House, bo: User, postbox: Postbox, of: Of, reason: Reason
) -> None:
    house.chat.do(jobs.write, bo.id, "warning", of=of, reason=reason)
    delivers(house)
    [letter] = postbox.to("bo@example.org")
    for kind in ("plain", "html"):
        assert letters.REPORTED[of] in body(letter, kind)
        assert letters.REASONS[reason] in body(letter, kind)


@pytest.mark.parametrize("what", get_args(AccountChange))
def test_of_every_change_its_owner_gets_word(house: House, bo: User, postbox: Postbox, what: AccountChange) -> None:
    house.chat.do(jobs.write, bo.id, "account-changed", what=what)
    delivers(house)
    [letter] = postbox.to("bo@example.org")
    assert letter["Subject"] == "Something about your account has changed"
    for kind in ("plain", "html"):
        assert letters.CHANGES[what] in body(letter, kind)
    assert left(house) == []


def test_an_address_that_nobody_has_confirmed_is_only_asked_whose_it_is(house: House, postbox: Postbox) -> None:
    eve = house.chat.do(people.register, "eve", "eve@example.org", None, "FREE <b>MONEY</b>")
    house.chat.do(jobs.write, eve.id, "new-device", device="Firefox", address="203.0.113.9")
    house.chat.do(people.change, eve.id, eve.id, email="bo@example.org", password_hash="h")
    house.chat.do(jobs.write, eve.id, "reset")
    delivers(house)
    assert {(one["To"], one["Subject"].partition(" ")[0]) for one in postbox.letters} == {
        ("bo@example.org", "Is"),
        ("bo@example.org", "A"),
    }
    assert not any("sign-in" in one["Subject"] for one in postbox.letters)
    for letter in postbox.letters:
        assert "MONEY" not in letter.as_string()
        assert "Hello eve," in body(letter, "plain")
    assert left(house) == []


def test_until_a_new_address_is_confirmed_letters_go_to_the_one_before(
    house: House, bo: User, postbox: Postbox
) -> None:
    house.chat.do(people.change, bo.id, bo.id, email="other@example.org")
    house.chat.do(jobs.write, bo.id, "account-changed", what="password")
    delivers(house)
    assert len(postbox.to("bo@example.org", 2)) == 2
    [asked] = postbox.to("other@example.org")
    [link] = [one for one in links_in(asked) if "/confirm-email/" in one]
    house.chat.do(access.confirm, bo.id, link.rpartition("/")[2])
    house.chat.do(jobs.write, bo.id, "account-changed", what="password")
    delivers(house)
    assert len(postbox.to("other@example.org", 2)) == 2


def test_what_people_call_themselves_is_text_in_a_letter(house: House, bo: User) -> None:
    known = SAMPLES["new-device"] | {"user": bo, "called": bo.display_name, "site": "https://chat.example.org"}
    assert "Hello FREE &lt;b&gt;MONEY&lt;/b&gt;," in letters.compose("new-device", "bo@example.org", known).html


def test_nobody_and_whoever_is_gone_get_none(house: House, bo: User, postbox: Postbox) -> None:
    house.chat.do(jobs.write, None, "account-changed", what="password")
    house.chat.do(jobs.write, bo.id, "account-changed", what="password")
    house.chat.do(people.delete, bo.id, bo.id)
    house.chat.do(jobs.write, bo.id, "account-changed", what="password")
    delivers(house)
    assert postbox.letters == []
    assert left(house) == []


def test_while_one_is_handed_over_no_other_runner_begins_it(house: House, bo: User) -> None:
    def passes(seconds: float) -> None:
        clock = house.chat.clock
        house.chat.clock = lambda: clock() + timedelta(seconds=seconds)

    class Slow:
        def send(self, letter: Letter) -> None:
            passes(mail.WHOLE)
            assert house.chat.do(jobs.lease, [jobs.LETTER]) is None

    house.chat.do(jobs.write, bo.id, "account-changed", what="password")
    job = house.chat.do(jobs.lease, [jobs.LETTER])
    assert job is not None
    house.mail = Slow()
    passes(100)
    letters.deliver(house, job)


def test_an_address_that_is_refused_for_good_is_not_written_to_again(house: House, bo: User, postbox: Postbox) -> None:
    postbox.answers["RCPT"] = ["450 later"]
    house.chat.do(jobs.write, bo.id, "account-changed", what="password")
    delivers(house)
    assert left(house) == ["waiting"]
    clock = house.chat.clock
    house.chat.clock = lambda: clock() + jobs.LEASE
    postbox.answers["RCPT"] = ["550 nobody here"]
    delivers(house)
    assert left(house) == ["failed"]
    assert postbox.letters == []
