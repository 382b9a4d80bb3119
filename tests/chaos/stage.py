"""What a storm is made on: a served ChatSphere with what it stands on, and people who have accounts there."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar

from tests.browser.conftest import Site
from tests.chaos.crowd import Crowd, Member, arrive, settle
from tests.services import MariaDB, Redis

P = ParamSpec("P")
R = TypeVar("R")

# How many messages each storm has in its full form; None where the short one is played.
FULL = os.environ.get("CHAOS")
# A server goes with the thread that began it, so that thread has to outlast every scene.
_HANDS = ThreadPoolExecutor(1, "stagehand")


@dataclass(slots=True)
class Stage:
    """One installation. In the full form 40 people talk in 10 conversations, in the short one 12 in 4."""

    site: Site
    # Where its data lie, what it says, and the switches of its failpoints.
    folder: Path
    full: bool
    mariadb: MariaDB | None = None
    redis: Redis | None = None
    members: list[Member] = field(default_factory=list)

    @contextmanager
    def fails(self, point: str) -> Iterator[None]:
        """One of its failpoints is on for as long as this lasts."""
        switch = self.folder / "points" / point
        switch.touch()
        try:
            yield
        finally:
            switch.unlink()

    def hushed(self) -> int:
        """How many processes have lost a bell so far."""
        return len(list((self.folder / "points").glob("hush.*")))

    @property
    def enough(self) -> int:
        """How many messages have to be acknowledged."""
        return int(FULL or 100)

    async def crowd(self) -> Crowd:
        """The people, in conversations that nobody has said anything in."""
        people, rooms = (40, 10) if self.full else (12, 4)
        if not self.members:
            self.members = await arrive(self.site.url, people)
        return await settle(self.site.url, self.members, rooms)


def open_stage(
    folder: Path, full: bool, mariadb: MariaDB | None = None, redis: Redis | None = None, under: tuple[str, ...] = ()
) -> Stage:
    """One process on SQLite, run under a command; or two workers on the servers that are given, with limits."""
    points = folder / "points"
    points.mkdir(exist_ok=True)
    told, workers = {}, 1
    if mariadb and redis:
        told = {"database_url": mariadb.fresh("storm"), "redis_url": redis.url, "rate_limits": "on"}
        workers = 2
    site = Site(folder, None, **told)
    site.runs_as("tests.chaos.failing", "env", f"CHAOS_POINTS={points}", *under, workers=workers)
    by_hand_now(site.start)
    return Stage(site, folder, full, mariadb, redis)


async def by_hand(work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Do what takes a while, such as starting a server, without holding up whoever talks."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_HANDS, lambda: work(*args, **kwargs))


def by_hand_now(work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """The same for whoever may wait."""
    return _HANDS.submit(work, *args, **kwargs).result()


def workers_of(parent: int) -> list[int]:
    """The processes that answer, of a server that has several."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent_id = stat.read_text().rpartition(")")[2].split()[:2]
            told = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(parent_id) == parent and state != "Z" and b"spawn_main" in told:
            found.append(int(stat.parent.name))
    return found


async def some_worker(parent: int, other_than: int = 0) -> int:
    """One of them, any, as soon as there is one."""
    while not (there := [one for one in workers_of(parent) if one != other_than]):
        await asyncio.sleep(0.05)
    return random.choice(there)


async def gone(pid: int, seconds: float) -> float:
    """Wait until a process has ended; how many seconds it took. TimeoutError where it does not end."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while _lives(pid):
            await asyncio.sleep(0.02)
    return time.monotonic() - began


def memory(pid: int) -> int:
    """How many bytes of memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
