"""Messages as lines of a log: runs of one speaker, and days; as the app groups them, in UTC and without its scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from chatsphere.core.values import Message

_TOGETHER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Line:
    """A message, whether a new day begins with it, and whether it begins and ends a run of one speaker."""

    message: Message
    day: bool
    first: bool
    last: bool


def lines(messages: Iterable[Message]) -> Iterator[Line]:
    """One line for each message, ascending; never more than three messages are held."""
    before: Message | None = None
    now: Message | None = None
    for following in messages:
        if now is not None:
            yield _line(before, now, following)
        before, now = now, following
    if now is not None:
        yield _line(before, now, None)


def _line(before: Message | None, now: Message, following: Message | None) -> Line:
    day = before is None or before.created_at.date() != now.created_at.date()
    return Line(now, day, not _goes_on(before, now), following is None or not _goes_on(now, following))


def _goes_on(before: Message | None, following: Message) -> bool:
    if before is None or following.reply_to is not None or before.sender_id != following.sender_id:
        return False
    soon = following.created_at - before.created_at <= _TOGETHER
    return soon and before.created_at.date() == following.created_at.date()
