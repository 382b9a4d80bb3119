"""What clients did and saw beside what the log holds: every way in which the two disagree, in words.

After Jepsen's manner: clients write down what they said and what they were told, observers what they heard, and the
judging is done afterwards, by somebody who took no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(slots=True)
class Said:
    """One message as its sender knows it; times are seconds on one clock for all clients.

    `answers` are the ids that were told for it, one for each try that was answered. Without any its fate is unknown,
    unless it was `refused`.
    """

    conversation_id: str
    sender_id: str
    client_id: str
    content: str
    began_at: float
    answers: list[int] = field(default_factory=list)
    told_at: float | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Logged:
    """One event as the log holds it in the end; `client_id` and `content` of messages alone."""

    conversation_id: str
    seq: int
    actor_id: str
    client_id: str | None = None
    content: str | None = None


@dataclass(slots=True)
class Stretch:
    """What one observer heard of one conversation on one connection, from the number they had when it began."""

    observer: str
    conversation_id: str
    after: int
    heard: list[Logged] = field(default_factory=list)


@dataclass(slots=True)
class History:
    """All that clients wrote down in one run."""

    said: list[Said] = field(default_factory=list)
    heard: list[Stretch] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """How many messages somebody was told are safe."""
        return sum(bool(one.answers) for one in self.said)


def faults(history: History, log: Iterable[Logged]) -> list[str]:
    """Every disagreement, one sentence each; an empty list is what one hopes for."""
    events = sorted(log, key=lambda one: (one.conversation_id, one.seq))
    return [
        *_numbers(events),
        *_fates(history.said, events),
        *_strangers(history.said, events),
        *_order(history.said),
        *_observers(history.heard, events),
    ]


def _numbers(events: list[Logged]) -> Iterator[str]:
    by_conversation: dict[str, list[int]] = defaultdict(list)
    for one in events:
        by_conversation[one.conversation_id].append(one.seq)
    for conversation_id, seqs in by_conversation.items():
        if seqs != list(range(1, len(seqs) + 1)):
            wrong = next(at for at, seq in enumerate(seqs, 1) if seq != at)
            yield f"{conversation_id}: the log's number {wrong} is missing or there twice"


def _fates(said: list[Said], events: list[Logged]) -> Iterator[str]:
    found: dict[tuple[str, str, str | None], list[Logged]] = defaultdict(list)
    for event in events:
        found[event.conversation_id, event.actor_id, event.client_id].append(event)
    for one in said:
        there = found[one.conversation_id, one.sender_id, one.client_id]
        seqs = [event.seq for event in there]
        if len(there) > 1:
            yield f"{one.client_id} is in the log {len(there)} times: {seqs}"
        if one.answers and not there:
            yield f"{one.client_id} was acknowledged as {one.answers[0]} and is lost"
        if there and set(one.answers) - set(seqs):
            yield f"{one.client_id} is number {seqs[0]}, and was said to be {sorted(set(one.answers))}"
        if there and one.refused:
            yield f"{one.client_id} was refused and is in the log"
        if any(event.content != one.content for event in there):
            yield f"{one.client_id} is in the log with other words"


def _strangers(said: list[Said], events: list[Logged]) -> Iterator[str]:
    known = {(one.conversation_id, one.sender_id, one.client_id) for one in said}
    for event in events:
        if event.content is not None and (event.conversation_id, event.actor_id, event.client_id) not in known:
            yield f"{event.conversation_id}: nobody said number {event.seq}"


def _order(said: list[Said]) -> Iterator[str]:
    """Whoever was answered before somebody else began comes before them."""
    by_conversation: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        if one.answers and one.told_at is not None:
            by_conversation[one.conversation_id].append(one)
    for told in by_conversation.values():
        for early, late in _overtaken(told):
            yield f"{late.client_id} began after {early.client_id} was acknowledged, and stands before it"


def _overtaken(told: list[Said]) -> Iterator[tuple[Said, Said]]:
    """Pairs whose numbers contradict the clock: by falling number, the least time of beginning met so far."""
    ended = sorted(told, key=lambda one: one.answers[0])
    latest: Said | None = None
    for one in reversed(ended):
        # `latest` has a higher number than this one: it must not have been told before this one began.
        if latest is not None and latest.told_at is not None and latest.told_at < one.began_at:
            yield latest, one
        if latest is None or latest.told_at is None or (one.told_at or 0) < latest.told_at:
            latest = one


def _observers(stretches: list[Stretch], events: list[Logged]) -> Iterator[str]:
    truth = {(one.conversation_id, one.seq): one for one in events}
    for stretch in stretches:
        seqs = [stretch.after, *(one.seq for one in stretch.heard)]
        for before, after in pairwise(seqs):
            if after != before + 1:
                what = "again" if after <= before else "with a gap"
                yield f"{stretch.observer} heard {after} after {before} in {stretch.conversation_id}: {what}"
        for one in stretch.heard:
            there = truth.get((one.conversation_id, one.seq))
            if there is None:
                yield f"{stretch.observer} heard number {one.seq} of {one.conversation_id}, which the log does not have"
            elif (one.actor_id, one.client_id) != (there.actor_id, there.client_id):
                yield f"{stretch.observer} heard another number {one.seq} of {one.conversation_id} than the log has"
