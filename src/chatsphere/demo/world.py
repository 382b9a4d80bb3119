"""Fills an empty house with the demo's people, by the same operations that they would use themselves."""

from __future__ import annotations

import hashlib
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import merge
from pathlib import Path
from random import Random
from typing import TypeVar

from chatsphere.core import (
    conversations,
    edits,
    files,
    messages,
    passwords,
    people,
    pins,
    previews,
    reactions,
    reading,
)
from chatsphere.core.errors import Conflict
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.core.values import Message
from chatsphere.demo.answers import CARDS, Deed, deeds, first_words
from chatsphere.demo.art import Painting, paint
from chatsphere.demo.cast import PASSWORD, PEOPLE, PORTRAITS, ROOMS
from chatsphere.demo.script import DAYS, Said, written
from chatsphere.house import House
from chatsphere.outside.images import Prepared

PAINTERS_AT_ONCE = 2
Progress = Callable[[str], object]
Hung = tuple[Painting, Prepared]
T = TypeVar("T")


def fill(house: House, progress: Progress = print, *, seed: int = 1, end: datetime | None = None) -> None:
    """Make the believable world, its last word some minutes old at its end; a house with people in it is a Conflict."""
    if house.chat.ask(people.search, "", "", 1).items:
        raise Conflict("This installation has people in it already; the demo only fills an empty one.")
    end = end or datetime.now(UTC).replace(microsecond=0)
    rooms = [list(written(Random(f"{seed} {n}"), n, room, end)) for n, room in enumerate(ROOMS)]
    done = [deeds(Random(f"{seed} {n} done"), room, rooms[n], end) for n, room in enumerate(ROOMS)]
    said = list(merge(*rooms, key=_when))
    with _time_machine(house) as clock:
        clock.now = end - timedelta(days=DAYS + 4)
        told = _Told(house, clock, _settled(house))
        progress(f"{len(PEOPLE)} people")
        told.begin(said)
        progress(f"{len(ROOMS)} conversations")
        told.tell(said, done, progress)
        clock.now = end
        told.end()
    progress(f"{len(said):,} messages. Sign in as {next(iter(PEOPLE))} with the password {PASSWORD}")


def _when(one: Said | Deed) -> datetime:
    return one.at


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
    heard: list[list[Message]] = field(default_factory=list)

    def begin(self, said: list[Said]) -> None:
        """Open every room, a little before its first word."""
        for number, room in enumerate(ROOMS):
            self.clock.now = next(one.at for one in said if one.room == number) - timedelta(minutes=4)
            me, *others = (self.ids[one] for one in room.cast)
            self.rooms.append(self.house.chat.do(conversations.start, me, others, room.title).conversation.id)
            self.heard.append([])

    def tell(self, said: list[Said], done: list[list[Deed]], progress: Progress) -> None:
        """Say everything, oldest first, and do with it in between what is done."""
        later = deque(merge(*done, key=_when))
        with ThreadPoolExecutor(PAINTERS_AT_ONCE) as painters:
            hung = painters.map(self._painted, _wanted(said))
            shown = 0
            for one in said:
                while later and later[0].at < one.at:
                    self._do(later.popleft())
                attached = [self._hang(one, next(hung)) for _ in one.pictures]
                self._say(one, attached, first_words(one, done[one.room], len(self.heard[one.room])))
                if shown // 20 < (shown := shown + len(attached)) // 20:
                    progress(f"{shown} pictures")
            for deed in later:
                self._do(deed)

    def _painted(self, wanted: tuple[str, int]) -> Hung:
        painting = paint(*wanted)
        limit = self.house.settings.max_pixels
        return painting, _on_disk(painting, lambda path: self.house.images.prepare(path, max_pixels=limit))

    def _hang(self, said: Said, hung: Hung) -> Attached:
        self.clock.now = said.at
        return Attached(self._keep(said, hung), hung[0].alt)

    def _keep(self, said: Said, hung: Hung) -> str:
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
        file_id = self.house.chat.do(files.stage, self.ids[said.who], self.rooms[said.room], stored)
        self.house.storage.put(files.key(file_id), ready.original)
        for name, data in ready.made.items():
            self.house.storage.put(files.key(file_id, name), data)
            self.house.chat.do(files.made, file_id, name, hashlib.sha256(data).digest(), len(data))
        return file_id

    def _say(self, said: Said, attached: list[Attached], words: str) -> None:
        self.clock.now = said.at
        heard = self.heard[said.room]
        answers = None if said.answers is None else heard[said.answers].id
        me, room = self.ids[said.who], self.rooms[said.room]
        message = self.house.chat.do(messages.post, me, room, words, None, answers, attached).message
        heard.append(message)
        for one in message.previews:
            self._look(said, message, one.url)

    def _look(self, said: Said, message: Message, url: str) -> None:
        """Show what a link leads to, or that nothing is known of it, before a job would go out to see."""
        room = message.conversation_id
        card, picture = CARDS.get(url, (None, None))
        if card is None:
            self.house.chat.do(previews.give_up, room, message.id)
            return
        file_id = None if picture is None else self._keep(said, self._painted(picture))
        self.house.chat.do(previews.show, message.sender_id, room, message.id, url, card, file_id)

    def _do(self, deed: Deed) -> None:
        self.clock.now = deed.at
        me, room, message = self.ids[deed.who], self.rooms[deed.room], self.heard[deed.room][deed.of]
        if deed.emoji:
            picture = None if deed.picture is None else message.attachments[deed.picture].id
            self.house.chat.do(reactions.react, me, room, message.id, deed.emoji, picture)
        elif deed.words:
            self.house.chat.do(edits.edit, me, room, message.id, deed.words)
        else:
            self.house.chat.do(pins.pin, me, room, message.id)

    def end(self) -> None:
        """Let everybody have read everything, but for what Alex has still before them."""
        alex = next(iter(PEOPLE))
        for room, room_id, heard in zip(ROOMS, self.rooms, self.heard, strict=True):
            for one in room.cast:
                if not (room.unread and one == alex):
                    self.house.chat.do(reading.read, self.ids[one], room_id, heard[-1].id)
            if room.muted:
                self.house.chat.do(conversations.mute, self.ids[alex], room_id, True)


def _wanted(said: list[Said]) -> Iterator[tuple[str, int]]:
    """Yield what is to be painted, in the order in which it is shown; no subject has the same seed twice."""
    seeds: dict[str, int] = {}
    for one in said:
        for subject in one.pictures:
            seeds[subject] = seeds.get(subject, -1) + 1
            yield subject, seeds[subject]
