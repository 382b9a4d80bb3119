"""Fills an empty house with the demo's people, by the same operations that they would use themselves."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import merge
from pathlib import Path
from random import Random
from typing import TypeVar

from chatsphere.core import conversations, files, messages, passwords, people, reading
from chatsphere.core.errors import Conflict
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.demo.art import Painting, paint
from chatsphere.demo.cast import PASSWORD, PEOPLE, PORTRAITS, ROOMS
from chatsphere.demo.script import DAYS, Said, written
from chatsphere.house import House
from chatsphere.outside.images import Prepared

PAINTERS_AT_ONCE = 2
Progress = Callable[[str], object]
Hung = tuple[Painting, Prepared]
T = TypeVar("T")


def fill(house: House, progress: Progress = print, *, seed: int = 1) -> None:
    """Make the believable world, its last word some minutes old; a house with people in it is a Conflict."""
    if house.chat.ask(people.search, "", "", 1).items:
        raise Conflict("This installation has people in it already; the demo only fills an empty one.")
    end = datetime.now(UTC).replace(microsecond=0)
    said = list(merge(*(written(Random(f"{seed} {n}"), n, room, end) for n, room in enumerate(ROOMS)), key=_when))
    with _time_machine(house) as clock:
        clock.now = end - timedelta(days=DAYS + 4)
        told = _Told(house, clock, _settled(house))
        progress(f"{len(PEOPLE)} people")
        told.begin(said)
        progress(f"{len(ROOMS)} conversations")
        told.tell(said, progress)
        clock.now = end
        told.end()
    progress(f"{len(said):,} messages. Sign in as {next(iter(PEOPLE))} with the password {PASSWORD}")


def _when(said: Said) -> datetime:
    return said.at


@dataclass(slots=True)
class Clock:
    """The time as the chat is told it."""

    now: datetime


@contextmanager
def _time_machine(house: House) -> Iterator[Clock]:
    real = house.chat.clock
    clock = Clock(real())
    house.chat.clock = lambda: clock.now
    try:
        yield clock
    finally:
        house.chat.clock = real


def _settled(house: House) -> dict[str, str]:
    """Sign everybody up; returns their ids by user name."""
    ids = {}
    for user_name, display_name in PEOPLE.items():
        hashed = passwords.hash(PASSWORD)
        address = f"{user_name}@chatsphere.example"
        ids[user_name] = house.chat.do(
            people.register, user_name, address, hashed, display_name, email_verified=True
        ).id
    for user_name, (subject, seed) in PORTRAITS.items():
        painting = paint(subject, seed)
        data = _on_disk(painting, lambda path: house.images.portrait(path, max_pixels=house.settings.max_pixels))
        digest = hashlib.sha256(data).digest()
        stored = Stored(painting.name, "image", "image/jpeg", len(data), digest, hashlib.sha256(painting.data).digest())
        file_id = house.chat.do(files.stage, ids[user_name], None, stored)
        house.storage.put(files.key(file_id), data)
        house.chat.do(people.set_image, ids[user_name], file_id)
    return ids


def _on_disk(painting: Painting, use: Callable[[Path], T]) -> T:
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(painting.data)
        file.flush()
        return use(Path(file.name))


@dataclass
class _Told:
    """The telling of the whole story, and what has been told of it."""

    house: House
    clock: Clock
    ids: dict[str, str]
    rooms: list[str] = field(default_factory=list)
    heard: list[list[int]] = field(default_factory=list)

    def begin(self, said: list[Said]) -> None:
        """Open every room, a little before its first word."""
        for number, room in enumerate(ROOMS):
            self.clock.now = next(one.at for one in said if one.room == number) - timedelta(minutes=4)
            me, *others = (self.ids[one] for one in room.cast)
            self.rooms.append(self.house.chat.do(conversations.start, me, others, room.title).conversation.id)
            self.heard.append([])

    def tell(self, said: list[Said], progress: Progress) -> None:
        """Say everything, oldest first."""
        with ThreadPoolExecutor(PAINTERS_AT_ONCE) as painters:
            hung = painters.map(self._painted, _wanted(said))
            shown = 0
            for one in said:
                attached = [self._hang(one, next(hung)) for _ in one.pictures]
                self._say(one, attached)
                if shown // 20 < (shown := shown + len(attached)) // 20:
                    progress(f"{shown} pictures")

    def _painted(self, wanted: tuple[str, int]) -> Hung:
        painting = paint(*wanted)
        limit = self.house.settings.max_pixels
        return painting, _on_disk(painting, lambda path: self.house.images.prepare(path, max_pixels=limit))

    def _hang(self, said: Said, hung: Hung) -> Attached:
        painting, ready = hung
        stored = Stored(
            name=painting.name,
            kind="image",
            content_type=ready.content_type,
            size=len(ready.original),
            sha256=hashlib.sha256(ready.original).digest(),
            source_sha256=hashlib.sha256(painting.data).digest(),
            width=ready.width,
            height=ready.height,
            thumbhash=ready.thumbhash,
            hue=ready.hue,
            renditions=ready.plan,
        )
        self.clock.now = said.at
        file_id = self.house.chat.do(files.stage, self.ids[said.who], self.rooms[said.room], stored)
        self.house.storage.put(files.key(file_id), ready.original)
        for name, data in ready.made.items():
            self.house.storage.put(files.key(file_id, name), data)
            self.house.chat.do(files.made, file_id, name, hashlib.sha256(data).digest(), len(data))
        return Attached(file_id, painting.alt)

    def _say(self, said: Said, attached: list[Attached]) -> None:
        self.clock.now = said.at
        heard = self.heard[said.room]
        answers = None if said.answers is None else heard[said.answers]
        me, room = self.ids[said.who], self.rooms[said.room]
        heard.append(self.house.chat.do(messages.post, me, room, said.words, None, answers, attached).message.id)

    def end(self) -> None:
        """Let everybody have read everything, but for what Alex has still before them."""
        alex = next(iter(PEOPLE))
        for room, room_id, heard in zip(ROOMS, self.rooms, self.heard, strict=True):
            for one in room.cast:
                if not (room.unread and one == alex):
                    self.house.chat.do(reading.read, self.ids[one], room_id, heard[-1])
            if room.muted:
                self.house.chat.do(conversations.mute, self.ids[alex], room_id, True)


def _wanted(said: list[Said]) -> Iterator[tuple[str, int]]:
    """Yield what is to be painted, in the order in which it is shown; no subject has the same seed twice."""
    seeds: dict[str, int] = {}
    for one in said:
        for subject in one.pictures:
            seeds[subject] = seeds.get(subject, -1) + 1
            yield subject, seeds[subject]
