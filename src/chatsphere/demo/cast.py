"""Who lives in the demo, what they talk about, where, and how much."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "sphere-demo-2026"  # noqa: S105 — of people who do not exist; only an empty installation gets them
PEOPLE = {
    "alex": "Alex Moreau",
    "mara": "Mara Lindqvist",
    "theo": "Theo Okafor",
    "ines": "Inês Duarte",
    "jun": "Jun Park",
    "ava": "Ava Rossi",
    "sam": "Sam Adeyemi",
    "ruth": "Ruth Moreau",
}
"""User names and names. The first is the one to sign in as, and the administrator."""
PORTRAITS = {"mara": ("dahlia", 20), "jun": ("aurora", 21), "ruth": ("sea", 22)}
"""Who has a picture of their own, and what is on it."""


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation to be: `albums` are what each shows, in the order of the topic's scenes with pictures.

    `ago` is how many minutes ago its last word was said.

    The cast is in the order in which the topic's last scene names them. `hosted`: the first of them begins every
    scene of the topic. `weekend` is how much more is said on a Saturday or Sunday. `unread`: Alex has not been there
    since their own last word.
    """

    title: str | None
    cast: tuple[str, ...]
    topic: str
    messages: int
    albums: tuple[str, ...]
    ago: int
    finale: str | None = None
    hosted: bool = False
    weekend: float = 1.0
    muted: bool = False
    unread: bool = False


ROOMS = (
    Room(
        "Ridge Walkers", ("theo", "mara", "ines", "alex"), "hiking", 640,
        ("ridge ridge lake woods ridge", "lake", "woods ridge dunes lake", "ridge", "stars", "woods",
         "ridge woods lake aurora ridge", "lake", "dunes ridge",
         "ridge lake ridge dunes stars woods lake aurora", "ridge"), ago=9, weekend=2.5,
    ),
    Room(None, ("alex", "ines"), "pairs", 170, ("sea", "aurora sea"), ago=31, finale="finale_ines", unread=True),
    Room(
        "Studio Nord", ("jun", "ava", "mara", "alex"), "studio", 420,
        ("poster poster", "poster poster poster poster", "poster", "city city", "dahlia dahlia dahlia",
         "poster poster"), ago=57, weekend=0.3, unread=True,
    ),
    Room(None, ("alex", "theo"), "pairs", 150, ("ridge", "lake"), ago=141, finale="finale_theo"),
    Room(
        "Grandma & co", ("ruth", "alex", "ava"), "family", 180,
        ("dahlia dahlia", "sea sea sea", "coffee", "city", "sea"), ago=1290, hosted=True, weekend=2.0, muted=True,
    ),
    Room(
        "Film club", ("ava", "theo", "jun", "alex", "sam"), "film", 330, ("city", "dunes", "stars stars"),
        ago=1435, unread=True,
    ),
    Room(None, ("jun", "alex"), "pairs", 110, ("poster", "coffee"), ago=2710, finale="finale_jun"),
    Room(
        "Allotment 14B", ("ruth", "ines", "sam", "alex"), "garden", 300,
        ("fruit", "dahlia fruit dahlia", "dahlia", "fruit fruit fruit dahlia", "fruit"), ago=4120, weekend=1.8,
        muted=True,
    ),
    Room("Release crew", ("sam", "jun", "theo", "alex"), "release", 360, (), ago=4530, weekend=0.08),
    Room(
        "Sunday breakfast", ("mara", "ines", "ruth", "alex", "sam"), "breakfast", 200,
        ("coffee", "coffee fruit fruit", "coffee", "fruit"), ago=6100, weekend=3.0,
    ),
    Room(None, ("mara", "alex"), "pairs", 100, ("lake",), ago=8650, finale="finale_mara"),
    Room(None, ("mara", "theo"), "pairs", 40, (), ago=11800),
)  # fmt: skip
"""Twelve conversations, 3,000 messages, 80 pictures."""
