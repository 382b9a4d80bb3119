"""What is said in the demo, when and by whom: the scenes of each room, spread over its past months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from chatsphere.demo.cast import PEOPLE, Room
from chatsphere.demo.talk import Line, Scene, scenes, spoken

DAYS = 150
"""How far back the demo's memory goes."""
HOURS = (1, 1, 0, 0, 0, 0, 1, 4, 7, 7, 6, 6, 8, 7, 5, 5, 6, 8, 10, 12, 12, 10, 6, 3)
"""How much is said in each hour of a day."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message to be: it `answers` one by its number in the room, and shows `pictures`."""

    at: datetime
    room: int
    who: str
    words: str
    answers: int | None
    pictures: tuple[str, ...]


@dataclass(slots=True)
class Act:
    """One scene, its players, and what each of its albums shows."""

    scene: Scene
    players: list[str]
    albums: list[tuple[str, ...]]


def written(rng: Random, number: int, room: Room, end: datetime) -> Iterator[Said]:
    """Yield everything that is said in a room, in order; its last word is `room.ago` minutes before the end."""
    acts = _acts(rng, room)
    last = end - timedelta(minutes=room.ago)
    starts = _starts(rng, room, len(acts) - 1, last - timedelta(hours=14))
    count, clock = 0, end - timedelta(days=DAYS + 2)
    for place, act in enumerate(acts):
        gaps = _gaps(rng, act.scene)
        if place < len(starts):
            clock = max(clock + timedelta(minutes=rng.uniform(3, 40)), starts[place])
        else:
            clock = max(clock + timedelta(minutes=3), last - sum(gaps, timedelta()))
        words = spoken(
            act.scene, rng, [PEOPLE[one].split()[0] for one in act.players], max(map(len, act.albums), default=1)
        )
        for line, text, gap in zip(act.scene, words, gaps, strict=True):
            clock += gap
            who = act.players[line.who % len(act.players)]
            pictures = act.albums.pop(0) if line.pictures and act.albums else ()
            yield Said(min(clock, last), number, who, text, count - 1 if line.answers else None, pictures)
            count += 1


def _acts(rng: Random, room: Room) -> list[Act]:
    topic = scenes(room.topic)
    finale = scenes(room.finale)[-1] if room.finale else topic[-1]
    shown = sum(line.pictures for line in finale)
    albums = [tuple(album.split()) for album in room.albums]
    albums, kept = albums[: len(albums) - shown], albums[len(albums) - shown :]
    galleries = [scene for scene in topic[:-1] if _has_pictures(scene)]
    acts = [Act(galleries[at % len(galleries)], _players(rng, room, True), [album]) for at, album in enumerate(albums)]
    left = room.messages - len(finale) - sum(len(act.scene) for act in acts)
    plain = _plain(rng, room, left)
    for at, act in enumerate(acts):
        # Albums are spread evenly, so that every month has its pictures.
        plain.insert(round((at + rng.uniform(0.3, 0.9)) * len(plain) / len(acts)), act)
    return [*plain, Act(finale, list(room.cast), kept)]


def _plain(rng: Random, room: Room, left: int) -> list[Act]:
    """Return scenes of just so many messages in all, shuffled; none comes again before all have come."""
    own = [scene for scene in scenes(room.topic)[:-1] if not _has_pictures(scene)]
    acts: list[Act] = []
    deck: list[tuple[Scene, bool]] = []
    while left > 0:
        if not deck:
            deck = [(scene, True) for scene in own] + [(scene, False) for scene in scenes("general")]
            rng.shuffle(deck)
        scene, is_own = deck.pop()
        acts.append(Act(scene[:left], _players(rng, room, is_own), []))
        left -= len(acts[-1].scene)
    return acts


def _has_pictures(scene: Scene) -> bool:
    return any(line.pictures for line in scene)


def _players(rng: Random, room: Room, is_own: bool) -> list[str]:
    players = list(room.cast)
    rng.shuffle(players)
    if room.hosted and is_own:
        players.sort(key=lambda one: one != room.cast[0])
    return players


def _starts(rng: Random, room: Room, count: int, before: datetime) -> list[datetime]:
    starts: list[datetime] = []
    while len(starts) < count:
        # More is said of late than long ago, and hardly anything at night.
        day = before - timedelta(days=DAYS * rng.random() ** 1.35)
        weight = room.weekend if day.weekday() > 4 else 1.0
        if rng.random() * max(1.0, room.weekend) > weight:
            continue
        hour = rng.choices(range(24), HOURS)[0]
        start = day.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60), microsecond=0)
        if start < before:
            starts.append(start)
    return sorted(starts)


def _gaps(rng: Random, scene: Scene) -> list[timedelta]:
    return [timedelta(seconds=_pause(rng, line), milliseconds=rng.randrange(1000)) for line in scene]


def _pause(rng: Random, line: Line) -> float:
    typing = len(line.words) / 9
    return typing + min(900.0, 3 + rng.expovariate(1 / 75)) + (90 if line.pictures else 0)
