"""A chat small enough to see through, with five bugs that can be planted in it: what the judge is tried on."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

from tests.chaos.history import History, Logged, Said, Stretch

BUGS = ("ack before commit", "no idempotency key", "numbers without a lock", "fan-out before commit", "page dropped")
PAGE = 3


class Toy:
    """One process, several clients, and a power cut every now and then."""

    def __init__(self, seed: int, bug: str | None = None) -> None:
        self.random, self.bug = random.Random(seed), bug
        self.history = History()
        self.disk: dict[str, list[Logged]] = defaultdict(list)
        self.unsaved: list[Logged] = []
        self.known: dict[tuple[str, str], int] = {}
        self.open: dict[tuple[str, str], Stretch] = {}
        self.now = 0.0

    def runs(self, steps: int = 300) -> History:
        """So many things happen, then everybody comes back and hears what they missed."""
        for _ in range(steps):
            self.now += 1
            self.random.choices([self._posts, self._two_post, self._loses_power, self._comes_back], [8, 2, 1, 3])[0]()
        self._saves()
        for observer in "xyz":
            self._comes_back(observer)
        return self.history

    @property
    def log(self) -> list[Logged]:
        """What is on the disk."""
        return [one for events in self.disk.values() for one in events]

    def _posts(self) -> None:
        said = self._begins()
        self._takes(said)
        if self.random.random() < 0.3:
            # The answer was lost on its way, and the client asks again.
            said.answers.clear()
            self._takes(said)
        said.told_at = self.now + 0.5

    def _begins(self) -> Said:
        number = len(self.history.said)
        said = Said(self.random.choice("ab"), self.random.choice("pqr"), f"c{number}", f"words {number}", self.now)
        self.history.said.append(said)
        return said

    def _takes(self, said: Said, number: int | None = None) -> None:
        before = [one for one in self.disk[said.conversation_id] if one.client_id == said.client_id]
        if before and self.bug != "no idempotency key":
            said.answers.append(before[0].seq)
            return
        seq = number or self._next(said.conversation_id)
        self.unsaved.append(Logged(said.conversation_id, seq, said.sender_id, said.client_id, said.content))
        said.answers.append(seq)
        if self.bug == "fan-out before commit":
            self._tells()
        if self.bug not in {"ack before commit", "fan-out before commit"} or self.random.random() < 0.5:
            self._saves()

    def _next(self, conversation_id: str) -> int:
        return len(self.disk[conversation_id]) + sum(one.conversation_id == conversation_id for one in self.unsaved) + 1

    def _two_post(self) -> None:
        """Two at once in one conversation: with a lock one after the other, without it both take the same number."""
        first = self._begins()
        second = replace(self._begins(), conversation_id=first.conversation_id)
        self.history.said[-1] = second
        taken = self._next(first.conversation_id) if self.bug == "numbers without a lock" else None
        self._takes(first, taken)
        self._takes(second, taken)
        first.told_at = second.told_at = self.now + 0.5

    def _saves(self) -> None:
        for one in self.unsaved:
            self.disk[one.conversation_id].append(one)
        self.unsaved.clear()
        self._tells()

    def _tells(self) -> None:
        for (observer, conversation_id), stretch in self.open.items():
            unsaved = [one for one in self.unsaved if one.conversation_id == conversation_id]
            for one in [*self.disk[conversation_id], *unsaved]:
                if one.seq > self.known[observer, conversation_id]:
                    stretch.heard.append(one)
                    self.known[observer, conversation_id] = one.seq

    def _loses_power(self) -> None:
        lost = {one.client_id for one in self.unsaved}
        if self.bug not in {"ack before commit", None}:
            # Nobody was answered for what was not yet safe.
            for said in self.history.said:
                if said.client_id in lost:
                    said.answers.clear()
        self.unsaved.clear()
        self.open.clear()

    def _comes_back(self, observer: str | None = None) -> None:
        observer = observer or self.random.choice("xyz")
        for conversation_id in "ab":
            at = (observer, conversation_id)
            after = self.known.setdefault(at, 0)
            stretch = self.open[at] = Stretch(observer, conversation_id, after)
            self.history.heard.append(stretch)
            missed = [one for one in self.disk[conversation_id] if one.seq > after]
            if self.bug == "page dropped" and len(missed) > PAGE:
                missed = missed[PAGE:]
            stretch.heard.extend(missed)
            self.known[at] = max([after, *(one.seq for one in missed)])
