"""When how much was said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chatsphere.core import score
from chatsphere.core.errors import NotFound
from tests.cast import Cast, refused
from tests.core.conftest import Time


def test_each_message_is_in_the_beat_of_its_time(people: Cast, time: Time) -> None:
    tea = people.ada.starts(people.bo)
    assert people.chat.ask(score.of, people.ada.id, tea) == ()
    said = []
    for n in range(9):
        said.append(people.ada.says(str(n), to=tea).id)
        time.passes(timedelta(days=8))
    beats = people.chat.ask(score.of, people.bo.id, tea)
    assert len(beats) == score.BEATS
    assert [n for n, one in enumerate(beats) if one.count] == [0, 8, 16, 24, 32, 40, 48, 56, 63]
    assert sum(one.unread for one in beats) == 9
    # An empty beat leads on to what came next.
    assert [beats[0].message_id, beats[1].message_id, beats[63].message_id] == [said[0], said[1], said[8]]
    people.bo.reads(tea, said[6])
    beats = people.chat.ask(score.of, people.bo.id, tea)
    assert [n for n, one in enumerate(beats) if one.unread] == [56, 63]
    refused(NotFound, people.chat.ask, score.of, people.cy.id, tea)


def test_what_was_said_in_one_moment_is_one_beat_and_what_was_cleared_is_none(people: Cast, time: Time) -> None:
    tea = people.ada.starts(people.bo)
    for n in range(5):
        people.ada.says(str(n), to=tea)
    beats = people.chat.ask(score.of, people.bo.id, tea)
    assert [one.count for one in beats] == [0] * 63 + [5]
    people.bo.deletes(tea)
    time.passes(timedelta(days=1))
    people.ada.says("once more", to=tea)
    assert sum(one.count for one in people.chat.ask(score.of, people.bo.id, tea)) == 1
    assert sum(one.count for one in people.chat.ask(score.of, people.ada.id, tea)) == 6


def test_a_long_history_is_looked_at_here_and_there_and_still_counted(
    people: Cast, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(score, "_SAMPLES", 16)
    tea = people.ada.starts(people.bo)
    for n in range(120):
        people.ada.says(str(n), to=tea)
        time.passes(timedelta(minutes=1))
    beats = people.chat.ask(score.of, people.bo.id, tea)
    assert sum(one.count for one in beats) == 120
    assert [one.message_id for one in beats] == sorted(one.message_id for one in beats)
