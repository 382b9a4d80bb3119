from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert
from sqlalchemy.exc import OperationalError

from chatsphere.core import chat as core, conversations, log, messages, people as accounts
from chatsphere.core.chat import Chat, Committed, Db, Tx
from chatsphere.core.errors import Invalid, Unavailable
from chatsphere.core.posts import Posted
from chatsphere.core.tables import meta
from chatsphere.core.writer import Call, Outcome, Writer, is_lengthy, lengthy
from tests.cast import Cast, refused


def _hold(chat: Chat, release: threading.Event) -> None:
    """Keep the writer busy so that what comes next waits as one batch."""
    started = threading.Event()

    def wait(tx: Tx) -> None:
        started.set()
        release.wait(10)

    for writer in chat._writers:
        writer.take(_call(wait))
        started.wait(10)
        started.clear()


def _call(operation: Callable[[Tx], None]) -> Call:
    return Call(operation, (), {}, lambda outcome: None)


def _batch(people: Cast, tea: str, contents: list[str]) -> list[Outcome[Posted]]:
    release, answered = threading.Event(), threading.Semaphore(0)
    outcomes: list[Outcome[Posted]] = []

    def then(outcome: Outcome[Posted]) -> None:
        outcomes.append(outcome)
        answered.release()

    _hold(people.chat, release)
    for content in contents:
        people.chat.send(messages.post, then, people.ada.id, tea, content)
    release.set()
    for _ in contents:
        assert answered.acquire(timeout=10)
    return outcomes


def test_what_waits_is_committed_at_once_and_a_refusal_answers_only_its_caller(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    commits: list[Committed] = []
    people.chat.on_commit(commits.append)
    outcomes = _batch(people, tea, ["one", "", "two", "x" * 9000, "three"])
    assert [type(outcome.error) for outcome in outcomes] == [type(None), Invalid, type(None), Invalid, type(None)]
    assert [len(one.events) for one in commits if one.events] == [3]
    assert people.bo.sees(tea) == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("where", "mark"),
    [([], lambda one: one), (["me", "somewhere"], lengthy)],
    ids=["no conversation", "one, for long"],
)
def test_nobody_who_talks_waits_behind_what_concerns(where: list[str], mark: Any, people: Cast) -> None:
    places = [people.ada.starts(people.bo, title=f"{number}") for number in range(20)]
    chat, release, started = Chat(people.chat.engine, writers=2), threading.Event(), threading.Event()

    def tidies(_tx: Tx, *_where: str) -> None:
        started.set()
        release.wait(10)

    chat.send(mark(tidies), lambda outcome: None, *where)
    assert started.wait(10)
    answers = SimpleQueue[Outcome[Posted]]()
    for place in places:
        chat.send(messages.post, answers.put, people.ada.id, place, "hello")
    assert [answers.get(timeout=5).error for _ in places] == [None] * len(places)
    release.set()
    chat.close()


def test_what_takes_long_is_known() -> None:
    assert is_lengthy(conversations.delete)
    assert is_lengthy(accounts.delete)
    assert not is_lengthy(messages.post)


def test_an_unexpected_error_takes_nobody_else_down(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    release, done = threading.Event(), threading.Semaphore(0)
    outcomes: list[Outcome[Any]] = []

    def then(outcome: Outcome[Any]) -> None:
        outcomes.append(outcome)
        done.release()

    def breaks(tx: Tx, me: str, conversation_id: str) -> None:
        log.lock(tx, [conversation_id])
        tx.execute(insert(meta).values(name="half", value="done"))
        raise ZeroDivisionError

    _hold(people.chat, release)
    people.chat.send(messages.post, then, people.ada.id, tea, "before")
    people.chat.send(breaks, then, people.ada.id, tea)
    people.chat.send(messages.post, then, people.ada.id, tea, "after")
    release.set()
    for _ in range(3):
        assert done.acquire(timeout=10)
    assert [type(outcome.error) for outcome in outcomes] == [type(None), ZeroDivisionError, type(None)]
    assert people.bo.sees(tea) == ["before", "after"]
    assert people.chat.ask(lambda db: db.execute(meta.select().where(meta.c.name == "half")).all()) == []


def test_a_lost_race_is_run_again(people: Cast) -> None:
    tries: list[int] = []

    def races(tx: Tx, me: str) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("", {}, Exception(1213, "Deadlock found"))
        return "done"

    assert people.chat.do(races, people.ada.id) == "done"
    assert len(tries) == 3


def test_a_commit_that_may_have_happened_is_not_run_again(people: Cast) -> None:
    tea = people.ada.starts(people.bo)

    def fails(connection: object) -> None:
        raise OperationalError("COMMIT", {}, Exception(2013, "Lost connection"))

    event.listen(people.chat._writing, "commit", fails)
    try:
        refused(Unavailable, people.ada.says, "hi", tea)
    finally:
        event.remove(people.chat._writing, "commit", fails)
    assert people.bo.sees(tea) == []


def test_a_whole_batch_that_may_have_been_committed_is_not_run_again(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tea = people.ada.starts(people.bo)
    commit = core._last

    def committed_but_never_heard_of(connection: Connection) -> None:
        commit(connection)
        raise OperationalError("COMMIT", {}, Exception(2013, "Lost connection"))

    monkeypatch.setattr(core, "_last", committed_but_never_heard_of)
    outcomes = _batch(people, tea, ["one", "two", "three"])
    assert all(isinstance(outcome.error, Unavailable) for outcome in outcomes)
    assert people.bo.sees(tea) == ["one", "two", "three"]


def test_a_listener_that_fails_keeps_nobody_from_hearing_nor_has_it_said_twice(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    heard: list[Committed] = []

    def fails(news: Committed) -> None:
        raise ZeroDivisionError

    people.chat.on_commit(fails)
    people.chat.on_commit(heard.append)
    assert people.ada.says("hi", to=tea).id == 2
    assert [event.seq for news in heard for event in news.events] == [2]
    assert people.bo.sees(tea) == ["hi"]


def test_the_news_is_told_before_the_answer(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    order: list[str] = []
    people.chat.on_commit(lambda news: order.append("news"))
    people.ada.says("hi", to=tea)
    order.append("answer")
    assert order == ["news", "answer"]


def test_a_closed_chat_refuses(people: Cast) -> None:
    people.chat._writers[0].close()
    writers, people.chat._writers = people.chat._writers, people.chat._writers[:1]
    refused(Unavailable, people.chat.do, accounts.delete, people.bo.id, people.bo.id)
    people.chat._writers = [Writer(people.chat._begin, people.chat._committed), *writers[1:]]


def test_ask_sees_one_moment(people: Cast) -> None:
    tea = people.ada.starts(people.bo)

    def twice(db: Db) -> tuple[int, int]:
        before = log.news(db, tea, 0)
        people.ada.says("meanwhile", to=tea)
        return len(before), len(log.news(db, tea, 0))

    assert people.chat.ask(twice) == (1, 1)


def test_what_is_committed_is_told_and_not_run_again_when_its_connection_fails(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tea = people.ada.starts(people.bo)
    commits: list[Committed] = []
    people.chat.on_commit(commits.append)
    close = Tx.close

    def fails(tx: Tx) -> None:
        close(tx)
        if tx.events:
            raise ConnectionResetError

    monkeypatch.setattr(Tx, "close", fails)
    outcomes = _batch(people, tea, ["one", "two"])
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert [len(one.events) for one in commits if one.events] == [2]
    assert people.bo.sees(tea) == ["one", "two"]
