"""The world that is measured: a conversation of 10,000 messages, one to come from, and one of albums."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from chatsphere.core import conversations, files, messages, passwords, people, reading
from chatsphere.core.chat import Tx
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.demo.art import PAINTERS, paint
from chatsphere.house import House, open_house
from chatsphere.outside.images import Prepared
from chatsphere.settings import load

PASSWORD = "seven purple lanterns"  # noqa: S105 - of people who do not exist
NAMES = ("ada", "bo", "cy", "dee")
PICTURED = 0.08
LONG, SHORT, ALBUMS = "The long one", "The short one", "Albums"
WORDS = ("light", "ridge", "path", "rain", "lake", "early", "slow", "a", "of", "and", "we", "saw", "there", "home")
AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class World:
    """Where things were said: conversations by title."""

    rooms: dict[str, str]
    messages: int


@dataclass(frozen=True, slots=True)
class _Said:
    who: str
    when: datetime
    words: str
    pictures: tuple[Prepared, ...] = ()


def make(data_dir: Path, many: int, *, seed: int = 1) -> World:
    """Fill an empty data folder, by the core's own operations."""
    house = open_house(load({"CHATSPHERE_DATA_DIR": str(data_dir)}, data_dir / ".env"))
    try:
        return _filled(house, many, Random(seed))  # noqa: S311 - decides what is said
    finally:
        house.close()


def _filled(house: House, many: int, rng: Random) -> World:
    hashed = passwords.hash(PASSWORD)
    ids = [
        house.chat.do(people.register, name, f"{name}@example.org", hashed, name.capitalize(), email_verified=True).id
        for name in NAMES
    ]
    gallery = [_painted(house, subject) for subject in list(PAINTERS)[:8]]
    rooms = {}
    for title, count, pictured in ((LONG, many, PICTURED), (SHORT, 200, PICTURED), (ALBUMS, 30, 0.0)):
        rooms[title] = house.chat.do(conversations.start, ids[0], ids[1:], title).conversation.id
        _talk(house, rooms[title], _script(rng, ids, count, pictured, gallery))
        last = house.chat.ask(conversations.get, ids[0], rooms[title]).last_seq
        for one in ids:
            house.chat.do(reading.read, one, rooms[title], last)
    return World(rooms, many)


def _painted(house: House, subject: str) -> Prepared:
    with Image.open(BytesIO(paint(subject, 1).data)) as whole, tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        whole.resize((whole.width // 2, whole.height // 2)).save(file, "JPEG")
        file.flush()
        return house.images.prepare(Path(file.name), max_pixels=house.settings.max_pixels)


def _script(rng: Random, ids: Sequence[str], many: int, pictured: float, gallery: Sequence[Prepared]) -> list[_Said]:
    """Runs of one speaker, most of a line or two, one in ten of many lines, some with a picture or an album."""
    when = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=9 * many)
    who, said = ids[0], []
    for number in range(many):
        when += timedelta(minutes=rng.choice((1, 1, 2, 4, 30)))
        who = who if rng.random() < 0.5 else rng.choice(ids)
        length = rng.randrange(60, 120) if rng.random() < 0.1 else rng.randrange(3, 20)
        words = f"{number} {' '.join(rng.choices(WORDS, k=length))}"
        shown = rng.sample(gallery, rng.choice((1, 1, 2, 4))) if rng.random() < pictured else []
        said.append(_Said(who, when, words, tuple(shown)))
    return said


def _talk(house: House, room: str, script: Sequence[_Said]) -> None:
    for begin in range(0, len(script), AT_ONCE):
        for file_id, picture in house.chat.do(_say, room, script[begin : begin + AT_ONCE]):
            house.storage.put(files.key(file_id), picture.original)
            for name, data in picture.made.items():
                house.storage.put(files.key(file_id, name), data)


def _say(tx: Tx, room: str, some: Sequence[_Said]) -> list[tuple[str, Prepared]]:
    """Each at its own time; what is left to store is told."""
    hung = []
    for one in some:
        tx.now = one.when
        attached = []
        for picture in one.pictures:
            file_id = files.stage(tx, one.who, room, _stored(picture))
            for name, data in picture.made.items():
                files.made(tx, file_id, name, hashlib.sha256(data).digest(), len(data))
            hung.append((file_id, picture))
            attached.append(Attached(file_id, "What can be seen"))
        messages.post(tx, one.who, room, one.words, None, None, attached)
    return hung


def _stored(picture: Prepared) -> Stored:
    digest = hashlib.sha256(picture.original).digest()
    return Stored(
        name="picture.jpg",
        kind="image",
        content_type=picture.content_type,
        size=len(picture.original),
        sha256=digest,
        source_sha256=digest,
        width=picture.width,
        height=picture.height,
        thumbhash=picture.thumbhash,
        hue=picture.hue,
        renditions=picture.plan,
    )
