"""The sweep: what was taken back is destroyed, what was left half-done is tidied away."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from contextlib import suppress
from datetime import timedelta
from itertools import islice

from chatsphere.core import (
    authenticators,
    challenges,
    conversations,
    database,
    devices,
    erasure,
    exports,
    files,
    invitations,
    jobs,
    links,
    messages,
    people,
    previews,
    retention,
    sessions,
    uploads,
)
from chatsphere.core.chat import Chat, Tx
from chatsphere.core.jobs import Job
from chatsphere.house import House

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between sweeps that nobody asked for."""
SELDOM = 60
"""Sweeps between two searches for what is not hurried: bytes without a row, sessions that are long over."""
LARGEST_SCRUBBED = 256 * 1024 * 1024
"""Bytes of SQLite's file up to which it is written anew when somebody has gone: nobody can write for so long."""
LINGER = timedelta(minutes=1)
"""How long the numbers of a deleted group stay, so that every process has told its listeners."""


def tidy(house: House) -> int:
    """Destroy the bytes that nothing leads to any more; returns how many files went."""
    gone = 0
    house.chat.do(uploads.give_up)
    house.chat.do(files.give_up)
    house.chat.do(exports.expire)
    while doomed := house.chat.ask(files.doomed):
        house.storage.delete([key for keys in doomed.values() for key in keys])
        house.chat.do(files.forget, list(doomed))
        gone += len(doomed)
    while lost := house.chat.ask(uploads.lost):
        house.storage.delete([files.key(*one) for one in lost])
        house.chat.do(uploads.forget, lost)
    house.chat.do(conversations.erase_deleted, house.chat.clock() - LINGER)
    house.chat.do(links.drop_expired)
    house.chat.do(challenges.drop_expired)
    house.chat.do(authenticators.drop_begun)
    return gone


def expire(chat: Chat) -> tuple[int, int]:
    """Take back every message that is older than its conversation's rule; returns how many, and in how many places."""
    gone, places = 0, 0
    for due in chat.ask(retention.due):
        here = 0
        after: int | None = 0
        while after is not None:
            some, after = chat.do(_expire, due, after)
            here += some
        gone, places = gone + here, places + bool(here)
    if gone:
        chat.do(retention.applied, None, gone, places)
    return gone, places


def _expire(tx: Tx, due: retention.Due, after: int) -> tuple[int, int | None]:
    return messages.expire(tx, due.conversation_id, due.before, after)


def departures(house: House) -> int:
    """Delete the accounts whose days of grace are over; returns how many went."""
    gone = 0
    while due := house.chat.ask(people.due):
        gone += sum(house.chat.do(people.depart, user_id) for user_id in due)
    return gone


def scrub(house: House, _job: Job | None = None) -> None:
    """Have the database's file hold nothing of what was erased. MariaDB and MySQL overwrite in their own time."""
    engine = house.chat.engine
    if database.size(engine) > LARGEST_SCRUBBED:
        log.warning("the database is too large to be written anew while people write; run VACUUM when nobody does")
    else:
        database.rewrite(engine)
    database.truncate(engine)


def strays(house: House) -> int:
    """Destroy bytes that a crash left without a row; returns how many keys went."""
    settled = house.chat.clock() - files.STAGED_FOR
    listed = (key for key, modified in house.storage.keys() if modified < settled)  # noqa: SIM118 - no dictionary
    gone = 0
    while some := list(islice(listed, 500)):
        owners = {key: key.split("/")[1] for key in some if key.count("/") == 2}
        known = house.chat.ask(files.known, set(owners.values()))
        lost = [key for key, file_id in owners.items() if file_id not in known]
        house.storage.delete(lost)
        gone += len(lost)
    return gone


def leftovers(house: House) -> int:
    """Throw away what was arriving when a process was killed; returns how many requests that was."""
    settled = (house.chat.clock() - files.STAGED_FOR).timestamp()
    gone = 0
    for folder in house.arriving.iterdir():
        # What arrives just now may be done with at any moment.
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < settled:
                shutil.rmtree(folder, ignore_errors=True)
                gone += 1
    return gone


def run(house: House, stop: threading.Event) -> None:
    """Sweep now and then, and at once when something was taken back, until told to stop."""
    turns, truncated = 0, -EVERY
    while not stop.is_set():
        try:
            house.forms.age(house.chat.clock())
            tidy(house)
            if turns % SELDOM == 0:
                _seldom(house)
            if time.monotonic() - truncated >= EVERY:
                truncated = time.monotonic()
                database.truncate(house.chat.engine)
            departures(house)
        except Exception:
            log.exception("the sweep did not finish; the next one will")
        turns += 1
        house.woken.wait(EVERY)
        house.woken.clear()


def _seldom(house: House) -> None:
    house.chat.do(erasure.erase_late)
    house.chat.do(sessions.drop_expired)
    house.chat.do(devices.drop_expired)
    house.chat.do(invitations.drop_expired)
    house.chat.do(jobs.drop_old)
    house.chat.do(previews.drop_forgotten)
    expire(house.chat)
    strays(house)
    leftovers(house)
