"""How far it is: told to the job now and then, which keeps its lease; and whether anybody still wants it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from chatsphere.core import exports, jobs

if TYPE_CHECKING:
    from chatsphere.core.jobs import Job
    from chatsphere.house import House

EVERY = 1.0
"""Seconds between two notes of it."""
HOLDS_EVERY = jobs.LEASE.total_seconds() / 4
"""Seconds between two renewals of the lease while nothing can be counted."""
_FILE = 20
"""A file counts like so many messages."""


class Stopping(Exception):
    """This process is about to end; another one, or the next, begins anew."""


class Pace:
    """Counts what is done."""

    def __init__(self, house: House, job: Job) -> None:
        self._house, self._job = house, job
        extent = house.chat.ask(exports.extent, str(job.user_id))
        self._all = max(1, extent.messages + _FILE * extent.files)
        self._done = 0
        self._noted = 0.0

    def said(self) -> None:
        """One more message."""
        self._step(1)

    def copied(self) -> None:
        """One more file."""
        self._step(_FILE)

    def beat(self) -> None:
        """Still at it. NotFound where nobody wants it any more."""
        self._step(0)

    def _step(self, by: int) -> None:
        self._done += by
        if self._house.draining:
            raise Stopping
        if time.monotonic() - self._noted >= EVERY:
            self._noted = time.monotonic()
            # The last percent is for putting it where it can be fetched.
            percent = min(99, self._done * 99 // self._all)
            self._house.chat.do(jobs.advance, self._job, percent)


@contextmanager
def held(house: House, job: Job) -> Iterator[None]:
    """The lease is renewed as long as this takes, so that nobody else begins the job."""
    over = threading.Event()

    def hold() -> None:
        while not over.wait(HOLDS_EVERY):
            # Whether somebody still wants it is asked at the end.
            with suppress(Exception):
                house.chat.do(jobs.advance, job, 99)

    holding = threading.Thread(target=hold, daemon=True)
    holding.start()
    try:
        yield
    finally:
        over.set()
        holding.join()
