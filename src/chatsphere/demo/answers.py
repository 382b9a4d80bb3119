"""What people do in the demo with what was said: react, pin, say it otherwise; and what the links lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from chatsphere.core.previews import Card
from chatsphere.demo.cast import PEOPLE, Room

if TYPE_CHECKING:
    from chatsphere.demo.script import Said

OF_PICTURES = ("😍", "❤️", "🔥", "👏", "🤩", "🌄")
OF_WORDS = ("👍", "😂", "❤️", "🙏", "🎉", "💯")
LATE = 14
"""So many of a room's last messages are reacted to more often: they are what one sees first."""
WORTH_A_PIN = re.compile(r"\d{1,2}:\d\d|[Bb]ooked|[Pp]roofs|https?:")
MAP = Card("openstreetmap.org", "OpenStreetMap", "A map of the world, made by people like you and free to use.")
CARDS: dict[str, tuple[Card, tuple[str, int] | None]] = {
    "https://www.openstreetmap.org/#map=13/46.6/8.0": (MAP, ("lake", 90)),
    "https://www.openstreetmap.org/": (MAP, None),
    "https://en.wikipedia.org/wiki/Brocken_spectre": (
        Card("en.wikipedia.org", "Brocken spectre", "The shadow of somebody on a ridge, huge upon the mist."),
        ("ridge", 90),
    ),
}
"""What links lead to, and what is painted for it: the demo asks nobody on the Internet."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does with a message, by its number `of` in the room: one of a reaction, a pin, other words.

    `picture`: on this one of its pictures.
    """

    at: datetime
    room: int
    who: str
    of: int
    emoji: str = ""
    picture: int | None = None
    words: str = ""


def deeds(rng: Random, room: Room, said: Sequence[Said], end: datetime) -> list[Deed]:
    """Everything that is done in a room, in order, nothing of it after the end."""
    found = [*_reactions(rng, room, said), *_pins(rng, room, said), *_edits(said)]
    return sorted((_by(deed, end) for deed in found), key=lambda deed: deed.at)


def slipped(words: str) -> str:
    """The words as a hasty hand has them: two letters of the longest word in each other's place."""
    longest = max(re.findall(r"[a-z]+", words), key=len)
    at = len(longest) // 2
    return words.replace(longest, longest[: at - 1] + longest[at] + longest[at - 1] + longest[at + 1 :], 1)


def first_words(one: Said, done: Sequence[Deed], number: int) -> str:
    """What is said at first: with a slip, where it is said otherwise later."""
    return slipped(one.words) if any(deed.words and deed.of == number for deed in done) else one.words


def _by(deed: Deed, end: datetime) -> Deed:
    return deed if deed.at <= end else Deed(end, deed.room, deed.who, deed.of, deed.emoji, deed.picture, deed.words)


def _reactions(rng: Random, room: Room, said: Sequence[Said]) -> Iterator[Deed]:
    alex = next(iter(PEOPLE))
    been = max((n for n, one in enumerate(said) if one.who == alex), default=-1) if room.unread else len(said)
    for number, one in enumerate(said):
        likely = 0.85 if one.pictures else 0.3 if number >= len(said) - LATE else 0.05
        if rng.random() > likely:
            continue
        others = [who for who in room.cast if who != one.who and (who != alex or number <= been)]
        rng.shuffle(others)
        first, second = rng.sample(OF_PICTURES if one.pictures else OF_WORDS, 2)
        picture = rng.randrange(len(one.pictures)) if len(one.pictures) > 1 and rng.random() < 0.4 else None
        at = one.at
        for who in others[: 1 + int(rng.expovariate(0.8))]:
            at += timedelta(seconds=rng.uniform(15, 400))
            yield Deed(at, one.room, who, number, second if rng.random() < 0.25 else first, picture)


def _pins(rng: Random, room: Room, said: Sequence[Said]) -> Iterator[Deed]:
    """In groups two things are kept in sight: what was arranged of late."""
    worth = [number for number, one in enumerate(said) if WORTH_A_PIN.search(one.words)]
    for number in worth[-2:] if room.title else ():
        who = rng.choice([one for one in room.cast if one != said[number].who])
        yield Deed(said[number].at + timedelta(minutes=2), said[number].room, who, number)


def _edits(said: Sequence[Said]) -> Iterator[Deed]:
    """The latest plain words of some length were first written in a hurry."""
    plain = [number for number, one in enumerate(said) if re.fullmatch(r"[A-Za-z ,.?!']{24,}", one.words)]
    for number in plain[-2::-40]:
        one = said[number]
        yield Deed(one.at + timedelta(seconds=25), one.room, one.who, number, words=one.words)
