"""The job runner over a real house: what fails does not stop the rest, and letters wait for nobody else's work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from chatsphere import jobs as runner
from chatsphere.core import jobs, people
from chatsphere.core.errors import NotFound
from chatsphere.core.jobs import Hopeless, Job
from chatsphere.core.tables import jobs as table
from chatsphere.house import House, open_house
from chatsphere.settings import Settings

Work = Callable[[House, Job], dict[str, Any] | None]


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    """A house without an account."""
    opened = open_house(settings)
    yield opened
    opened.close()


def works(monkeypatch: pytest.MonkeyPatch, **kinds: Work) -> None:
    for kind, work in kinds.items():
        monkeypatch.setitem(runner.WORK, kind, work)


def states(house: House) -> dict[str, str]:
    return {row.kind: row.state for row in house.chat.ask(lambda db: db.execute(select(table)).all())}


def test_what_raises_does_not_stop_the_others_and_says_no_address(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def trips(house: House, job: Job) -> None:
        raise ValueError("bo@example.org")

    def despairs(house: House, job: Job) -> None:
        raise Hopeless("bo@example.org")

    def misses(house: House, job: Job) -> None:
        raise NotFound

    works(monkeypatch, trip=trips, despair=despairs, miss=misses, dig=lambda house, job: {"found": job.body["at"]})
    for kind in ("trip", "despair", "miss", "dig"):
        house.chat.do(jobs.add, kind, None, at=kind)
    while runner.once(house, list(runner.WORK)):
        pass
    assert states(house) == {"trip": "waiting", "despair": "failed", "dig": "done"}
    assert "trip (ValueError), try 1; it will be tried again" in caplog.text
    assert "despair (Hopeless), try 1; it was given up" in caplog.text
    assert "bo@" not in caplog.text


def test_what_nobody_will_ask_for_leaves_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    works(monkeypatch, dig=lambda house, job: None)
    house.chat.do(jobs.add, "dig", None)
    assert runner.once(house, ["dig"])
    assert states(house) == {}
    assert not runner.once(house, ["dig"])


def test_a_late_one_ends_nothing_that_another_does(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = house.chat.clock
    others: list[Job | None] = []

    def dawdles(house: House, job: Job) -> dict[str, Any]:
        monkeypatch.setattr(house.chat, "clock", lambda: clock() + jobs.LEASE)
        others.append(house.chat.do(jobs.lease, ["dig"]))
        return {"found": "nothing"}

    works(monkeypatch, dig=dawdles)
    house.chat.do(jobs.add, "dig", None)
    assert runner.once(house, ["dig"])
    assert states(house) == {"dig": "running"}
    [other] = others
    assert other
    house.chat.do(jobs.finish, other, found="a coin")
    assert states(house) == {"dig": "done"}


def test_the_runners_hear_of_work_at_once_and_letters_wait_for_no_export(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, dug, sent = threading.Event(), threading.Event(), threading.Event()

    def digs_on(house: House, job: Job) -> None:
        begun.set()
        dug.wait(10)

    works(monkeypatch, dig=digs_on, letter=lambda house, job: sent.set())
    monkeypatch.setattr(runner, "EVERY", 60.0)
    stop = threading.Event()
    threads = runner.start(house, stop)
    try:
        house.chat.do(jobs.add, "dig", None)
        assert begun.wait(10)
        house.chat.do(jobs.write, None, "reset")
        assert sent.wait(10)
    finally:
        stop.set()
        dug.set()
        house.wanted.give()
        for thread in threads:
            thread.join(10)
    assert [thread.is_alive() for thread in threads] == [False, False, False]


def test_work_for_whoever_is_gone_is_forgotten(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = house.chat.do(people.register, "ada", "ada@example.org", None)

    def looks(house: House, job: Job) -> None:
        house.chat.do(people.delete, ada.id, ada.id)
        house.chat.do(jobs.drop, ada.id)
        house.chat.do(jobs.advance, job, 50)

    works(monkeypatch, dig=looks)
    house.chat.do(jobs.add, "dig", ada.id)
    assert runner.once(house, ["dig"])
    assert "dig" not in states(house)
