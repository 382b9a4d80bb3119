"""The demo's world: as large as was promised, different everywhere, and told by the house's own operations."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from chatsphere import demo
from chatsphere.core import conversations, edits, files, logins, messages, pins
from chatsphere.core.errors import Conflict
from chatsphere.core.logins import Login
from chatsphere.core.passwords import verify
from chatsphere.core.values import Message
from chatsphere.demo import world
from chatsphere.demo.answers import deeds
from chatsphere.demo.art import PAINTERS, paint
from chatsphere.demo.cast import PASSWORD, PEOPLE, ROOMS, Room
from chatsphere.demo.script import Said, written
from chatsphere.demo.talk import SLOTS, scenes, spoken
from chatsphere.house import House, open_house
from chatsphere.settings import Settings

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def everything() -> list[Said]:
    return [one for n, room in enumerate(ROOMS) for one in written(Random(n), n, room, NOON)]


def test_the_world_has_the_size_that_is_promised() -> None:
    said = everything()
    assert (len(PEOPLE), len(ROOMS), len(said), sum(len(one.pictures) for one in said)) == (8, 12, 3000, 80)


def test_every_room_goes_forward_in_time_and_ends_when_it_should() -> None:
    for number, room in enumerate(ROOMS):
        said = list(written(Random(3), number, room, NOON))
        assert len(said) == room.messages
        assert all(one.at <= after.at for one, after in itertools.pairwise(said))
        assert said[-1].at == NOON - timedelta(minutes=room.ago)
        assert {one.who for one in said} == set(room.cast)
        assert all(one.answers is None or 0 <= one.answers < at for at, one in enumerate(said))


def test_people_sleep_at_night() -> None:
    hours = [one.at.hour for one in everything()]
    assert sum(2 <= hour < 6 for hour in hours) < len(hours) / 50


def test_no_brace_is_left_in_what_is_said() -> None:
    for topic in {room.topic for room in ROOMS} | {"general", *(room.finale for room in ROOMS if room.finale)}:
        for scene in scenes(topic):
            words = spoken(scene, Random(1), ["Mara", "Jun"])
            assert not any(f"{{{slot}}}" in line for slot in [*SLOTS, *"abcd"] for line in words)
            assert all(line.strip() for line in words)


@pytest.mark.parametrize("subject", PAINTERS)
def test_a_painting_is_the_same_for_the_same_seed(subject: str) -> None:
    one = paint(subject, 1)
    assert one == paint(subject, 1)
    assert 900 <= max(Image.open(BytesIO(one.data)).size) <= 2000
    assert len(one.alt) > 20


def test_a_painting_is_another_for_another_seed() -> None:
    assert len({paint("fruit", seed).data for seed in range(3)}) == 3


def test_eighty_different_pictures_are_wanted() -> None:
    wanted = list(world._wanted(everything()))
    assert len(wanted) == len(set(wanted)) == 80


@pytest.fixture(scope="module")
def small_world() -> Iterator[pytest.MonkeyPatch]:
    """Fewer words and pictures: the telling is the same."""
    with pytest.MonkeyPatch.context() as patch:
        rooms = (
            Room(None, ("alex", "ines"), "pairs", 30, ("sea", "poster"), 31, "finale_ines", unread=True),
            Room("Ridge Walkers", ("theo", "mara", "ines", "alex"), "hiking", 40, ("ridge", "lake woods", "stars"), 9),
            Room("Grandma & co", ("ruth", "alex", "ava"), "family", 20, ("fruit",), 900, muted=True),
        )
        patch.setattr(world, "ROOMS", rooms)
        patch.setattr(world, "PORTRAITS", {"mara": ("poster", 20)})
        yield patch


@pytest.fixture
def house(settings: Settings, small_world: pytest.MonkeyPatch) -> Iterator[House]:
    house = open_house(settings)
    yield house
    house.close()


def history(house: House, me: str, conversation_id: str) -> list[Message]:
    pages: list[Message] = []
    before = None
    while True:
        page = house.chat.ask(messages.page, me, conversation_id, before=before, limit=100)
        pages[:0] = page.items
        if page.next is None:
            return pages
        before = int(page.next)


def account(house: House, user_name: str) -> Login:
    login = house.chat.ask(logins.by_login, user_name)
    assert login is not None
    return login


def test_an_empty_house_is_filled_and_a_lived_in_one_is_left_alone(house: House) -> None:
    told: list[str] = []
    clock = house.chat.clock
    demo.fill(house, told.append)
    assert house.chat.clock is clock
    assert told[-1] == f"90 messages. Sign in as alex with the password {PASSWORD}"
    with pytest.raises(Conflict, match="empty"):
        demo.fill(house, told.append)

    alex, mara = account(house, "alex"), account(house, "mara")
    assert verify(alex.password_hash, PASSWORD)
    assert alex.user.is_admin
    assert house.chat.ask(files.portrait, alex.user.id, mara.user.id) is not None
    rooms = house.chat.ask(conversations.mine, alex.user.id).items
    assert [one.message_count for one in rooms] == [40, 30, 20]
    mine = [one.mine for one in rooms if one.mine]
    assert [(each.unread_count, each.muted) for each in mine] == [(0, False), (2, False), (0, True)]
    lived(house, alex.user.id, rooms[0].id)
    for one in rooms:
        said = history(house, alex.user.id, one.id)
        assert len(said) == one.message_count
        assert said == sorted(said, key=lambda message: message.created_at)
        assert seen(house, alex.user.id, said)


def seen(house: House, me: str, said: list[Message]) -> int:
    """How many pictures there are, each with its words, its colour and its bytes."""
    shown = [(message.conversation_id, attached) for message in said for attached in message.attachments]
    for conversation_id, attached in shown:
        assert attached.alt
        assert attached.hue is not None
        assert attached.thumbhash
        blob = house.chat.ask(files.readable, me, conversation_id, attached.id, "640.avif")
        assert blob.sha256
        assert b"".join(house.storage.read(blob.key))
        assert b"".join(house.storage.read(blob.original))
    return len(shown)


def lived(house: House, me: str, conversation_id: str) -> None:
    """People have done something with what was said, and links were looked at without asking anybody."""
    said = history(house, me, conversation_id)
    assert any(one.reactions or any(each.reactions for each in one.attachments) for one in said)
    assert any(one.reply_count for one in said)
    assert house.chat.ask(pins.of, me, conversation_id)
    edited = [one for one in said if one.edited_at]
    assert edited
    for one in edited:
        [former] = house.chat.ask(edits.history, me, conversation_id, one.id)
        assert sorted(former.content) == sorted(one.content)
        assert former.content != one.content
    [preview] = [shown for one in said for shown in one.previews]
    assert (preview.state, preview.site) == ("ready", "openstreetmap.org")
    assert preview.image is not None


def test_what_is_done_comes_after_what_it_is_done_with_and_by_somebody_who_has_seen_it() -> None:
    for number, room in enumerate(ROOMS):
        said = list(written(Random(number), number, room, NOON))
        done = deeds(Random(number), room, said, NOON)
        assert done == deeds(Random(number), room, said, NOON)
        assert all(said[one.of].at <= one.at <= NOON and one.who in room.cast for one in done)
        assert all((one.who == said[one.of].who) == bool(one.words) for one in done)
        marks = [(one.who, one.of, one.picture, one.emoji) for one in done if one.emoji]
        assert len(marks) == len(set(marks))
