"""Who there is before a round begins: users by name, and the rooms that they share with what was said in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

LONG = "long"
"""The room whose history is read."""
READER = "reader"
"""Whoever reads histories and lists."""


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation: two members are a direct one. `messages` were said in it, by its members in turn."""

    name: str
    members: tuple[str, ...]
    messages: int = 0

    @property
    def direct(self) -> bool:
        """Whether it is one of two people."""
        return len(self.members) == 2


@dataclass(frozen=True, slots=True)
class World:
    """A database before a round; `name` says the same of the same world, so that it can be kept."""

    name: str
    rooms: tuple[Room, ...]
    alone: int = 0

    @property
    def users(self) -> tuple[str, ...]:
        """Everybody, also those who share no room with anybody (`alone`, the idle ones)."""
        known = dict.fromkeys(member for room in self.rooms for member in room.members)
        return (*known, *(f"idle{number}" for number in range(self.alone)))

    @property
    def messages(self) -> int:
        """How many there are in all rooms."""
        return sum(room.messages for room in self.rooms)


def pairs(count: int, messages: int = 0) -> World:
    """So many direct conversations, of as many messages each."""
    return World(f"pairs-{count}-{messages}", tuple(_pairs(count, messages)))


def groups(count: int, members: int) -> World:
    """So many groups of so many members each."""
    rooms = (
        Room(f"group{number}", tuple(f"member{number}of{one}" for one in range(members))) for number in range(count)
    )
    return World(f"groups-{count}-{members}", tuple(rooms))


def idle(count: int) -> World:
    """So many who only listen."""
    return World(f"idle-{count}", (), count)


def grown(messages: int, pairs: int = 100, inbox: int = 500) -> World:
    """So many messages in all: the long room, pairs who write, and somebody with a long list of conversations."""
    long = min(10_000, messages // 4)
    each = (messages - long) // (pairs + inbox)
    rooms = (
        Room(LONG, (READER, *(f"guest{number}" for number in range(19))), long),
        *_pairs(pairs, each),
        *(Room(f"inbox{number}", (READER, f"friend{number}"), each) for number in range(inbox - 1)),
    )
    return World(f"grown-{messages}-{pairs}-{inbox}", rooms)


def _pairs(count: int, messages: int) -> Iterator[Room]:
    for number in range(count):
        yield Room(f"pair{number}", (f"left{number}", f"right{number}"), messages)
