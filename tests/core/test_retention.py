"""Retention: exactly what is older than its rule goes, and everything else about a conversation stays right."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from chatsphere import sweep
from chatsphere.core import audit, conversations, files, retention, roster, rules, storage
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.errors import Invalid, NotFound
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from tests import cast
from tests.cast import Cast, refused

TODAY = datetime(2026, 6, 14, 12, tzinfo=UTC)
FILE = Stored("tea.txt", "file", "text/plain", 3000, b"1" * 32, b"1" * 32)


def on_day(chat: Chat, day: float) -> None:
    """The clock stands so many days before today."""
    chat.clock = lambda: TODAY - timedelta(days=day)


def said_on(chat: Chat, who: cast.Person, where: str, *days: float) -> None:
    """Something is said on each of these days, the earliest first; each says which day it was."""
    for day in sorted(days, reverse=True):
        on_day(chat, day)
        who.says(f"day {day}", to=where)
    on_day(chat, 0)


@pytest.fixture
def tea(people: Cast) -> str:
    """A group of three that began a hundred days ago."""
    on_day(people.chat, 100)
    return people.ada.starts(people.bo, people.cy, title="Tea")


def test_what_is_older_goes_and_what_is_younger_stays(people: Cast, tea: str) -> None:
    said_on(people.chat, people.bo, tea, 50, 31, 29, 1)
    people.chat.do(rules.retain, people.ada.id, 30)
    assert people.chat.ask(retention.reach, 30) == retention.Reach(2, 1, 0)
    assert sweep.expire(people.chat) == (2, 1)
    assert people.cy.sees(tea) == ["", "", "day 29", "day 1"]
    assert sweep.expire(people.chat) == (0, 0)


def test_they_go_as_if_their_senders_had_taken_them_back(people: Cast, tea: str) -> None:
    said_on(people.chat, people.bo, tea, 50)
    people.chat.do(rules.retain, None, 30)
    sweep.expire(people.chat)
    last = people.ada.hears(tea)[-1]
    assert (last.kind, last.actor_id) == ("message.deleted", people.bo.id)
    assert people.ada.reads_page(tea)[0].deleted_at == TODAY


def test_a_rule_of_its_own_wins_over_that_of_the_installation(people: Cast, tea: str) -> None:
    on_day(people.chat, 100)
    quick, kept = people.ada.starts(people.bo), people.ada.starts(people.cy)
    for where in (tea, quick, kept):
        said_on(people.chat, people.ada, where, 60, 10)
    people.chat.do(rules.retain, people.ada.id, 30)
    people.chat.do(retention.decide, people.ada.id, quick, 5)
    people.chat.do(retention.decide, people.ada.id, kept, retention.FOR_EVER)
    assert people.chat.ask(retention.mine, people.bo.id) == {quick: 5}
    assert people.chat.ask(retention.mine, people.ada.id) == {quick: 5, kept: retention.FOR_EVER}
    assert people.chat.ask(retention.reach, 30) == retention.Reach(1, 1, 0)
    assert people.chat.ask(retention.reach, 5, quick) == retention.Reach(2, 1, 0)
    assert sweep.expire(people.chat) == (3, 2)
    assert people.ada.sees(tea) == ["", "day 10"]
    assert people.ada.sees(quick) == ["", ""]
    assert people.ada.sees(kept) == ["day 60", "day 10"]
    assert {one.id for one in people.chat.ask(retention.own).items} == {quick, kept}
    people.chat.do(retention.decide, people.ada.id, kept, None)
    assert sweep.expire(people.chat) == (1, 1)


def test_without_a_rule_everything_stays(people: Cast, tea: str) -> None:
    said_on(people.chat, people.ada, tea, 99)
    assert people.chat.ask(retention.reach, None) == retention.Reach(0, 0, 0)
    assert sweep.expire(people.chat) == (0, 0)


def test_a_dry_run_counts_files_and_changes_nothing(people: Cast, tea: str) -> None:
    on_day(people.chat, 50)
    file_id = people.chat.do(files.stage, people.bo.id, tea, FILE)
    people.bo.says("a file", to=tea, files=[Attached(file_id)])
    on_day(people.chat, 0)
    before, entries = people.chat.ask(storage.total), people.chat.ask(audit.count)
    assert people.chat.ask(retention.reach, 30) == retention.Reach(1, 1, 3000)
    assert people.chat.ask(retention.reach, 30, tea) == retention.Reach(1, 1, 3000)
    assert people.cy.sees(tea) == ["a file"]
    assert (people.chat.ask(storage.total), people.chat.ask(audit.count)) == (before, entries)
    people.chat.do(rules.retain, None, 30)
    sweep.expire(people.chat)
    assert list(people.chat.ask(files.doomed)) == [file_id]


def test_many_go_in_small_batches_and_are_written_down_once(people: Cast, tea: str) -> None:
    on_day(people.chat, 50)
    for number in range(120):
        people.bo.says(str(number), to=tea)
    on_day(people.chat, 0)
    people.chat.do(rules.retain, people.ada.id, 30)
    before = people.chat.ask(audit.count)
    assert sweep.expire(people.chat) == (120, 1)
    assert people.chat.ask(audit.count) == before + 1
    latest = people.chat.ask(audit.page, 1).items[0]
    assert (latest.action, latest.actor_id) == ("retention.applied", None)
    assert latest.body == {"messages": 120, "conversations": 1}


def test_who_decided_is_written_down(people: Cast, tea: str) -> None:
    people.chat.do(rules.retain, people.ada.id, 30)
    people.chat.do(retention.decide, people.ada.id, tea, 7)
    told = [(one.action, one.actor_id, one.subject_id, one.body) for one in people.chat.ask(audit.page, 2).items]
    assert told == [
        ("retention.changed", people.ada.id, tea, {"days": 7}),
        ("rule.changed", people.ada.id, None, {"rule": "retention_days", "value": "30"}),
    ]


@pytest.mark.parametrize("days", [-1, 0, rules.LONGEST_RETENTION + 1])
def test_a_rule_is_a_number_of_days(people: Cast, tea: str, days: int) -> None:
    refused(Invalid, people.chat.do, rules.retain, None, days)
    refused(NotFound, people.chat.do, retention.decide, None, "0" * 32, 5)
    refused(NotFound, people.chat.ask, retention.reach, 5, "0" * 32)
    if days:
        refused(Invalid, people.chat.do, retention.decide, None, tea, days)


def test_a_conversation_that_goes_takes_its_rule_along(people: Cast, tea: str) -> None:
    people.chat.do(retention.decide, None, tea, 5)
    people.ada.deletes(tea)
    people.chat.do(conversations.erase_deleted, people.chat.clock() + timedelta(days=1))
    assert people.chat.ask(retention.own).items == ()
    assert sweep.expire(people.chat) == (0, 0)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A database with four people in it, to be copied for each example."""
    path = tmp_path_factory.mktemp("retention") / "people.db"
    shutil.copyfile(sqlite_template, path)
    chat = Chat(open_engine(f"sqlite:///{path}"), secret=b"for tests only")
    cast.gather(chat)
    chat.close()
    return path


ages = st.floats(0, 60, allow_nan=False).map(lambda days: round(days, 3))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(st.tuples(ages, st.sampled_from(["ada", "bo"]), st.booleans()), max_size=12),
    days=st.integers(1, 60),
    read=st.integers(0, 14),
)
def test_whatever_was_said_when_exactly_what_is_older_goes(
    template: Path, said: list[tuple[float, str, bool]], days: int, read: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copyfile(template, Path(folder) / "chatsphere.db")
        chat = Chat(open_engine(f"sqlite:///{path}"), secret=b"for tests only")
        people = {one.name: one for one in _found(chat)}
        on_day(chat, 100)
        tea = people["ada"].starts(people["bo"], people["cy"], title="Tea")
        left = {}
        for age, name, taken_back in sorted(said, reverse=True):
            on_day(chat, age)
            message = people[name].says(f"{age} {name}", to=tea)
            if taken_back:
                people[name].takes_back(message, tea)
            left[message.id] = "" if taken_back or age > days else f"{age} {name}"
        on_day(chat, 0)
        people["cy"].reads(tea, read)
        chat.do(rules.retain, None, days)
        expected = sum(age > days and not taken_back for age, _, taken_back in said)
        assert chat.ask(retention.reach, days).messages == expected
        assert sweep.expire(chat)[0] == expected
        assert {one.id: one.content for one in people["cy"].reads_page(tea)} == left
        seen = people["cy"].looks_at(tea).mine
        assert seen is not None
        assert people["cy"].unread(tea) == sum(bool(words) and seq > seen.read_seq for seq, words in left.items())
        cast.replays(chat)
        chat.close()


def _found(chat: Chat) -> Iterator[cast.Person]:
    for one in chat.ask(roster.page).items:
        yield cast.Person(chat, one.user.id, one.user.user_name)
