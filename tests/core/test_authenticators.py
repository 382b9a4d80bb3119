"""An app's codes: each passes once, around its half minute, for its owner, however many try."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle, islice

import pytest
from sqlalchemy import select

from chatsphere.core import audit, authenticators, factors, jobs, people as accounts, recovery
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.errors import Conflict, Invalid, NotFound
from chatsphere.core.tables import authenticators as table
from tests.cast import Cast, Person, refused
from tests.core.conftest import Time
from tests.core.keys import begins, sets_up

HALF_A_MINUTE = timedelta(seconds=authenticators.STEP)


@pytest.fixture
def houses(people: Cast, database_url: str, time: Time) -> Iterator[list[Chat]]:
    """Two processes over one database, whose clocks agree."""
    other = Chat(open_engine(database_url), secret=b"for tests only", clock=time)
    yield [people.chat, other]
    other.close()


def passes(person: Person, code: str) -> bool:
    return person.chat.do(authenticators.verify, person.id, code)


def asked(person: Person) -> bool:
    """Whether signing in takes a second factor."""
    return person.chat.ask(accounts.find, person.id, person.id).second_factor


def test_the_first_code_makes_it_a_second_factor(people: Cast, time: Time) -> None:
    app = begins(people.bo, time)
    assert not asked(people.bo)
    assert people.chat.ask(authenticators.mine, people.bo.id) is None
    assert not passes(people.bo, app.shows())
    codes = people.chat.do(authenticators.confirm, people.bo.id, app.shows())
    assert asked(people.bo)
    assert people.chat.ask(factors.kinds, people.bo.id) == ("authenticator",)
    assert len(set(codes)) == people.chat.ask(recovery.left, people.bo.id) == 10
    refused(NotFound, people.chat.ask, authenticators.seed, people.bo.id)


def test_a_wrong_first_code_changes_nothing(people: Cast, time: Time) -> None:
    app = begins(people.bo, time)
    for code in ("000000" if app.shows() != "000000" else "111111", "", "é", app.shows(5), app.shows()[:5]):
        assert refused(Invalid, people.chat.do, authenticators.confirm, people.bo.id, code).errors[0].field == "code"
    assert not asked(people.bo)
    assert people.chat.do(authenticators.confirm, people.bo.id, app.shows())


def test_a_code_passes_once(people: Cast, time: Time) -> None:
    app = sets_up(people.bo, time)
    assert passes(people.bo, app.shows())
    assert not passes(people.bo, app.shows())
    time.passes(HALF_A_MINUTE)
    assert passes(people.bo, app.shows())


def test_the_code_that_set_it_up_is_used(people: Cast, time: Time) -> None:
    app = begins(people.bo, time)
    code = app.shows()
    people.chat.do(authenticators.confirm, people.bo.id, code)
    assert not passes(people.bo, code)


def test_a_clock_may_be_half_a_minute_off_and_no_more(people: Cast, time: Time) -> None:
    app = sets_up(people.bo, time)
    assert not passes(people.bo, app.shows(-2))
    assert not passes(people.bo, app.shows(2))
    assert passes(people.bo, app.shows(-1))
    assert passes(people.bo, app.shows(1))
    # Whoever looked over a shoulder has what came before the newest.
    assert not passes(people.bo, app.shows())


def test_a_code_is_its_owners(people: Cast, time: Time) -> None:
    bos, cys = sets_up(people.bo, time), sets_up(people.cy, time)
    assert not passes(people.cy, bos.shows())
    assert not passes(people.dee, bos.shows())
    assert passes(people.bo, bos.shows())
    assert passes(people.cy, cys.shows())


def test_of_fifty_who_send_one_code_at_once_one_passes(people: Cast, houses: list[Chat], time: Time) -> None:
    code = sets_up(people.bo, time).shows()
    with ThreadPoolExecutor(50) as racers:
        racing = islice(cycle(houses), 50)
        got_in = list(racers.map(lambda chat: chat.do(authenticators.verify, people.bo.id, code), racing))
    assert got_in.count(True) == 1


def test_beginning_anew_forgets_the_older_seed(people: Cast, time: Time) -> None:
    older, newer = begins(people.bo, time), begins(people.bo, time)
    assert older.seed != newer.seed
    assert len(newer.seed) == 32
    refused(Invalid, people.chat.do, authenticators.confirm, people.bo.id, older.shows())
    people.chat.do(authenticators.confirm, people.bo.id, newer.shows())
    refused(Conflict, people.chat.do, authenticators.begin, people.bo.id)


def test_a_seed_waits_half_an_hour_and_is_swept_away(people: Cast, time: Time) -> None:
    app = begins(people.bo, time)
    sets_up(people.cy, time)
    refused(NotFound, people.chat.do, authenticators.confirm, people.bo.id, app.shows())
    assert people.chat.do(authenticators.drop_begun) == 1
    assert people.chat.ask(authenticators.mine, people.cy.id) is not None


def test_the_seed_lies_sealed(people: Cast, time: Time) -> None:
    app = begins(people.bo, time)
    [row] = people.chat.ask(lambda db: db.execute(select(table)).all())
    assert app.seed.encode() not in bytes(row.sealed_seed)
    assert app.seed not in str(row)


def test_where_the_secret_key_was_lost_recovery_codes_still_let_in(people: Cast, time: Time, database_url: str) -> None:
    app = sets_up(people.bo, time)
    restored = Chat(open_engine(database_url), secret=b"another key", clock=time)
    try:
        assert not restored.do(authenticators.verify, people.bo.id, app.shows())
        assert restored.do(recovery.use, people.bo.id, app.codes[0])
        restored.do(authenticators.remove, people.bo.id)
    finally:
        restored.close()
    assert not asked(people.bo)


def test_removing_it_ends_the_asking_and_the_codes(people: Cast, time: Time) -> None:
    app = sets_up(people.bo, time)
    people.chat.do(authenticators.remove, people.bo.id)
    assert not asked(people.bo)
    assert not passes(people.bo, app.shows())
    assert people.chat.ask(recovery.left, people.bo.id) == 0
    refused(NotFound, people.chat.do, authenticators.remove, people.bo.id)


def test_each_change_is_written_down_and_written_about(people: Cast, time: Time) -> None:
    sets_up(people.bo, time)
    people.chat.do(authenticators.remove, people.bo.id)
    done = [(one.action, one.actor_id, one.body) for one in people.chat.ask(audit.page, 50, None, people.bo.id).items]
    assert done[::-1][1:] == [
        ("factor.added", people.bo.id, {"factor": "authenticator"}),
        ("recovery.made", people.bo.id, {}),
        ("factor.removed", people.bo.id, {"factor": "authenticator"}),
    ]
    letter = people.chat.ask(jobs.latest, people.bo.id, jobs.LETTER)
    assert letter is not None
    assert letter.body == {"letter": "account-changed", "what": "authenticator-removed"}
