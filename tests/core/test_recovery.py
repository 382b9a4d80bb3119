"""Recovery codes: ten, readable, each of which is gone once it was used, and of which only hashes are kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import pytest
from sqlalchemy import select

from chatsphere.core import audit, recovery
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.errors import Conflict
from chatsphere.core.tables import recovery_codes
from tests.cast import Cast, Person, refused
from tests.core.conftest import Time
from tests.core.keys import App, sets_up


@pytest.fixture
def bos(people: Cast, time: Time) -> App:
    return sets_up(people.bo, time)


def uses(person: Person, code: str) -> bool:
    return person.chat.do(recovery.use, person.id, code)


def test_there_are_ten_that_can_be_read_aloud(bos: App) -> None:
    assert len(set(bos.codes)) == 10
    assert all(re.fullmatch(r"[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}", code) for code in bos.codes)


def test_a_code_is_gone_once_it_was_used(people: Cast, bos: App) -> None:
    assert uses(people.bo, bos.codes[0])
    assert not uses(people.bo, bos.codes[0])
    assert people.chat.ask(recovery.left, people.bo.id) == 9
    assert people.chat.ask(audit.page, 1).items[0].action == "recovery.used"


@pytest.mark.parametrize(
    "typed",
    [str.upper, lambda code: code.replace("-", ""), lambda code: f" {code.replace('-', ' ')} "],
    ids=["in capitals", "in one word", "with blanks"],
)
def test_how_it_is_typed_does_not_matter(people: Cast, bos: App, typed: Callable[[str], str]) -> None:
    assert uses(people.bo, typed(bos.codes[3]))


def test_letters_that_look_alike_are_taken_for_what_was_meant(people: Cast, bos: App) -> None:
    code = next((code for code in bos.codes if set("01") & set(code)), None)
    while code is None:
        codes = people.chat.do(recovery.renew, people.bo.id)
        code = next((code for code in codes if set("01") & set(code)), None)
    assert uses(people.bo, code.replace("0", "O").replace("1", "l"))


@pytest.mark.parametrize("code", ["", "-", "0000-0000-0000-0000", "é\udc80", "x" * 10_000, "123456"])
def test_what_is_no_code_lets_nobody_in(people: Cast, bos: App, code: str) -> None:
    assert not uses(people.bo, code)
    assert people.chat.ask(recovery.left, people.bo.id) == 10


def test_a_code_is_its_owners(people: Cast, bos: App) -> None:
    assert not uses(people.cy, bos.codes[0])
    assert uses(people.bo, bos.codes[0])


def test_of_fifty_who_use_one_at_once_one_gets_in(people: Cast, bos: App, database_url: str) -> None:
    other = Chat(open_engine(database_url), secret=b"for tests only")
    try:
        with ThreadPoolExecutor(50) as racers:
            racing = islice(cycle([people.chat, other]), 50)
            got_in = list(racers.map(lambda chat: chat.do(recovery.use, people.bo.id, bos.codes[0]), racing))
    finally:
        other.close()
    assert got_in.count(True) == 1


def test_new_ones_replace_ones_own_and_nobody_elses(people: Cast, bos: App, time: Time) -> None:
    cys = sets_up(people.cy, time)
    newer = people.chat.do(recovery.renew, people.bo.id)
    assert not uses(people.bo, bos.codes[0])
    assert uses(people.bo, newer[0])
    assert uses(people.cy, cys.codes[0])


def test_who_has_no_second_factor_gets_none(people: Cast) -> None:
    refused(Conflict, people.chat.do, recovery.renew, people.bo.id)
    refused(Conflict, people.chat.do, recovery.renew, "0" * 32)


def test_only_hashes_are_kept(people: Cast, bos: App) -> None:
    rows = people.chat.ask(lambda db: db.execute(select(recovery_codes)).all())
    assert {len(row.code_hash) for row in rows} == {32}
    assert not any(code in str(rows) or code.replace("-", "") in str(rows) for code in bos.codes)
