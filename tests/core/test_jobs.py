"""What a commit leaves to do is done once by whoever leases it, taken over from whoever died, and given up some day."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle, islice

import pytest
from sqlalchemy import select

from chatsphere.core import jobs
from chatsphere.core.chat import Chat, Tx
from chatsphere.core.errors import NotFound
from chatsphere.core.jobs import Job
from chatsphere.core.tables import jobs as table
from tests.cast import Cast, refused
from tests.core.conftest import Passes

DIG = "dig"


@pytest.fixture
def houses(people: Cast) -> Iterator[list[Chat]]:
    """Two processes over the cast's database, as far as their writers know."""
    other = Chat(people.chat.engine)
    yield [people.chat, other]
    other.close()


def digs(chat: Chat, count: int, user_id: str | None = None) -> list[str]:
    return [chat.do(jobs.add, DIG, user_id, hole=number) for number in range(count)]


def leased(chat: Chat) -> Job:
    job = chat.do(jobs.lease, [DIG])
    assert job
    return job


def rows(chat: Chat) -> dict[str, str]:
    return {row.id: row.state for row in chat.ask(lambda db: db.execute(select(table)).all())}


def test_of_fifty_who_look_at_once_each_gets_another(people: Cast, houses: list[Chat]) -> None:
    wanted = digs(people.chat, 50)
    with ThreadPoolExecutor(50) as racers:
        got = list(racers.map(lambda chat: chat.do(jobs.lease, [DIG]), islice(cycle(houses), 50)))
    assert Counter(job.id for job in got if job) == Counter(wanted)
    assert people.chat.do(jobs.lease, [DIG]) is None


def test_of_fifty_who_want_the_same_one_gets_it(people: Cast, houses: list[Chat]) -> None:
    [wanted] = digs(people.chat, 1)
    with ThreadPoolExecutor(50) as racers:
        got = list(racers.map(lambda chat: chat.do(jobs.lease, [DIG]), islice(cycle(houses), 50)))
    assert [job.id for job in got if job] == [wanted]


def test_they_are_done_in_their_order_and_by_kind(people: Cast, passes: Passes) -> None:
    wanted = []
    for _ in range(5):
        wanted += digs(people.chat, 1)
        # Within one millisecond they have no order.
        passes(timedelta(milliseconds=1))
    other = people.chat.do(jobs.add, "fill", None)
    assert [leased(people.chat).id for _ in wanted] == wanted
    assert people.chat.do(jobs.lease, [DIG]) is None
    found = people.chat.do(jobs.lease, [DIG, "fill"])
    assert found
    assert found.id == other


def test_whose_process_was_killed_has_it_taken_over(people: Cast, passes: Passes) -> None:
    digs(people.chat, 1)
    first = leased(people.chat)
    passes(jobs.LEASE - timedelta(seconds=1))
    assert people.chat.do(jobs.lease, [DIG]) is None
    passes(timedelta(seconds=1))
    second = leased(people.chat)
    assert (second.id, second.tries, second.body) == (first.id, 2, {"hole": 0})


def test_who_comes_back_late_changes_nothing_of_what_another_does_now(people: Cast, passes: Passes) -> None:
    digs(people.chat, 1)
    late = leased(people.chat)
    passes(jobs.LEASE)
    now = leased(people.chat)
    refused(NotFound, people.chat.do, jobs.advance, late, 50)
    refused(NotFound, people.chat.do, jobs.finish, late, found="nothing")
    refused(NotFound, people.chat.do, jobs.fail, late)
    refused(NotFound, people.chat.do, jobs.fail, late, hopeless=True)
    people.chat.do(jobs.remove, late)
    assert rows(people.chat) == {now.id: "running"}
    people.chat.do(jobs.finish, now, found="a coin")
    refused(NotFound, people.chat.do, jobs.finish, late, found="nothing")
    people.chat.do(jobs.remove, late)
    done = people.chat.ask(lambda db: db.execute(select(table)).one())
    assert (done.state, done.progress, json.loads(done.body)) == ("done", 100, {"hole": 0, "found": "a coin"})


def test_progress_is_seen_and_keeps_the_lease(people: Cast, passes: Passes) -> None:
    digs(people.chat, 1, people.bo.id)
    job = leased(people.chat)
    for percent in (20, 40, 60):
        passes(jobs.LEASE - timedelta(seconds=1))
        people.chat.do(jobs.advance, job, percent)
        seen = people.chat.ask(jobs.latest, people.bo.id, DIG)
        assert seen
        assert (seen.progress, seen.state) == (percent, "running")
    assert people.chat.do(jobs.lease, [DIG]) is None


def test_what_fails_is_tried_again_ever_later_and_given_up_some_day(people: Cast, passes: Passes) -> None:
    digs(people.chat, 1)
    waits = []
    for _ in range(jobs.MOST_TRIES - 1):
        assert people.chat.do(jobs.fail, leased(people.chat)) is True
        waits.append(timedelta())
        while people.chat.ask(lambda db: db.execute(select(table.c.due_at)).scalar_one()) > people.chat.clock():
            assert people.chat.do(jobs.lease, [DIG]) is None
            passes(timedelta(seconds=10))
            waits[-1] += timedelta(seconds=10)
    assert waits == [timedelta(seconds=10 * 2**number) for number in range(7)]
    assert people.chat.do(jobs.fail, leased(people.chat)) is False
    passes(timedelta(days=1))
    assert people.chat.do(jobs.lease, [DIG]) is None
    assert list(rows(people.chat).values()) == ["failed"]


def test_what_kills_whoever_does_it_is_given_up_too(people: Cast, passes: Passes) -> None:
    first, second = digs(people.chat, 2)
    for _ in range(jobs.MOST_TRIES):
        assert leased(people.chat).id == first
        passes(jobs.LEASE)
    assert leased(people.chat).id == second
    assert rows(people.chat)[first] == "failed"


def test_what_is_hopeless_is_not_tried_again(people: Cast, passes: Passes) -> None:
    digs(people.chat, 1)
    assert people.chat.do(jobs.fail, leased(people.chat), hopeless=True) is False
    passes(timedelta(days=1))
    assert people.chat.do(jobs.lease, [DIG]) is None


def test_what_nobody_wants_any_more_is_told_to_whoever_does_it(people: Cast) -> None:
    digs(people.chat, 2, people.bo.id)
    digs(people.chat, 1, people.cy.id)
    job = leased(people.chat)
    people.chat.do(jobs.drop, people.bo.id, DIG)
    refused(NotFound, people.chat.do, jobs.advance, job, 50)
    refused(NotFound, people.chat.do, jobs.finish, job)
    assert len(rows(people.chat)) == 1


def test_nothing_is_left_to_do_of_what_was_not_committed(people: Cast) -> None:
    def begin_and_break_down(tx: Tx) -> None:
        jobs.add(tx, DIG, None)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        people.chat.do(begin_and_break_down)
    assert rows(people.chat) == {}


def test_the_runner_is_called_by_the_commit_and_by_no_other(people: Cast) -> None:
    calls: list[bool] = []
    people.chat.on_commit(lambda news: calls.append(news.jobs))
    digs(people.chat, 1)
    leased(people.chat)
    assert calls == [True, False]


def test_what_was_done_or_given_up_is_kept_for_a_while(people: Cast, passes: Passes) -> None:
    digs(people.chat, 3)
    people.chat.do(jobs.finish, leased(people.chat))
    people.chat.do(jobs.fail, leased(people.chat), hopeless=True)
    passes(jobs.KEPT - timedelta(seconds=1))
    assert people.chat.do(jobs.drop_old) == 0
    passes(timedelta(seconds=2))
    assert people.chat.do(jobs.drop_old) == 2
    assert list(rows(people.chat).values()) == ["waiting"]
