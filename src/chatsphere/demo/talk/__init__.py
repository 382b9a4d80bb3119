"""What people say in the demo, as short scenes in text files, one per topic.

A line is `A: words`; `A> words` answers the line before it, `A*: words` comes with pictures, and a line that begins
otherwise belongs to the message above it. An empty line ends a scene; a topic's last scene is its present day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from random import Random

LINE = re.compile(r"([A-D])(\*:|:|>) (.*)")
COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")
SLOTS = {
    "peak": ("the Rotstock", "the Grünhorn", "Kestrel Edge", "the Old Man", "the Pizzo", "Cold Pike"),
    "valley": ("the Lauenen valley", "Glen Arran", "Valbona", "the Soča valley"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "time": ("10:00", "11:30", "12:45", "16:00", "18:30", "19:00", "20:15"),
    "food": ("lentils", "dumplings", "cinnamon rolls", "shakshuka", "focaccia", "miso aubergine", "lemon cake"),
    "place": ("the harbour", "the old mill", "Lindenplatz", "the station", "the canal", "the upper bridge"),
    "film": ("Stalker", "Yi Yi", "Playtime", "Paris, Texas", "Cléo from 5 to 7", "The Straight Story"),
    "film2": ("Ikiru", "Wings of Desire", "Paterson", "The Gleaners and I", "Columbus", "Local Hero"),
    "veg": ("beans", "courgettes", "peas", "chard", "leeks"),
    "veg2": ("lettuce", "basil", "cucumbers", "radishes", "dahlias"),
    "version": ("2.1.0", "2.1.3", "2.2.0", "2.2.1", "2.3.0", "2.3.4", "2.4.0"),
    "month": ("March", "April", "August", "December"),
    "n": ("14", "22", "31", "52", "67", "140", "264"),
    "km": ("11", "14", "17", "19", "23"),
}
"""What stands for a word in braces."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a scene: who of its cast says it, what, whether in answer to the line before, with pictures."""

    who: int
    words: str
    answers: bool = False
    pictures: bool = False


Scene = tuple[Line, ...]


@cache
def scenes(topic: str) -> tuple[Scene, ...]:
    """Return all scenes of a topic."""
    text = files(__name__).joinpath(f"{topic}.txt").read_text("utf-8")
    return tuple(_scene(block) for block in text.strip().split("\n\n"))


def _scene(block: str) -> Scene:
    lines: list[Line] = []
    for row in block.splitlines():
        found = LINE.fullmatch(row)
        if found:
            who, how, words = found.groups()
            lines.append(Line("ABCD".index(who), words, how == ">", how == "*:"))
        else:
            lines[-1] = replace(lines[-1], words=f"{lines[-1].words}\n{row}")
    return tuple(lines)


def spoken(scene: Scene, rng: Random, names: Sequence[str], pictures: int = 1) -> list[str]:
    """Return a scene's words with every brace filled in, the same one with the same word all along."""
    chosen = {slot: rng.choice(words) for slot, words in SLOTS.items()}
    people = {letter: names[at % len(names)] for at, letter in enumerate("abcd")}
    return [line.words.format(**chosen, **people, Count=COUNTS[pictures]) for line in scene]
