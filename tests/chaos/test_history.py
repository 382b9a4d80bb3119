"""Whoever judges the runs must itself be seen to notice what it is there to notice."""

from __future__ import annotations

import pytest

from tests.chaos.history import History, Logged, Said, Stretch, faults
from tests.chaos.toy import BUGS, Toy

SIGNS = {
    "ack before commit": "was acknowledged as",
    "no idempotency key": "is in the log 2 times",
    "numbers without a lock": "is missing or there twice",
    "fan-out before commit": "than the log has",
    "page dropped": "with a gap",
}


@pytest.mark.parametrize("seed", range(20))
def test_a_chat_without_a_bug_is_found_without_fault(seed: int) -> None:
    toy = Toy(seed)
    history = toy.runs()
    assert faults(history, toy.log) == []
    assert history.acknowledged > 100


@pytest.mark.parametrize("bug", BUGS)
def test_each_planted_bug_is_noticed_for_what_it_is(bug: str) -> None:
    noticed = 0
    for seed in range(20):
        toy = Toy(seed, bug)
        found = faults(toy.runs(), toy.log)
        noticed += any(SIGNS[bug] in one for one in found)
    assert noticed == 20


def test_whoever_was_told_first_stands_first() -> None:
    early = Said("a", "p", "c1", "one", began_at=1.0, answers=[3], told_at=2.0)
    late = Said("a", "q", "c2", "two", began_at=2.5, answers=[2], told_at=3.0)
    log = [Logged("a", 1, "p"), Logged("a", 2, "q", "c2", "two"), Logged("a", 3, "p", "c1", "one")]
    [fault] = faults(History([early, late]), log)
    assert fault == "c2 began after c1 was acknowledged, and stands before it"


def test_of_two_at_once_either_may_stand_first() -> None:
    one = Said("a", "p", "c1", "one", began_at=1.0, answers=[3], told_at=2.6)
    two = Said("a", "q", "c2", "two", began_at=2.5, answers=[2], told_at=3.0)
    log = [Logged("a", 1, "p"), Logged("a", 2, "q", "c2", "two"), Logged("a", 3, "p", "c1", "one")]
    assert faults(History([one, two]), log) == []


def test_what_nobody_said_and_what_was_refused_is_noticed() -> None:
    refused = Said("a", "p", "c1", "one", began_at=1.0, refused=True)
    log = [Logged("a", 1, "p", "c1", "one"), Logged("a", 2, "q", "c9", "boo")]
    assert faults(History([refused]), log) == ["c1 was refused and is in the log", "a: nobody said number 2"]


def test_what_became_of_the_unknown_is_nobodys_fault() -> None:
    unknown = [Said("a", "p", f"c{number}", "hm", began_at=1.0) for number in (1, 2)]
    assert faults(History(unknown), [Logged("a", 1, "p", "c1", "hm")]) == []


def test_an_observer_hears_only_what_is_there_and_once() -> None:
    log = [Logged("a", seq, "p", f"c{seq}", "hm") for seq in (1, 2)]
    said = [Said("a", "p", f"c{seq}", "hm", began_at=1.0) for seq in (1, 2)]
    twice = Stretch("x", "a", 0, [log[0], log[0], log[1]])
    more = Stretch("y", "a", 2, [Logged("a", 3, "p", "c3", "hm")])
    found = faults(History(said, [twice, more]), log)
    assert found == ["x heard 1 after 1 in a: again", "y heard number 3 of a, which the log does not have"]
