"""The job runner: does what commits have left to do outside the database, one job at a time in each of its lanes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from typing import Any

from chatsphere import exports, letters, previews, sweep
from chatsphere.core import erasure, exports as core_exports, jobs, previews as core_previews
from chatsphere.core.chat import Tx
from chatsphere.core.errors import NotFound
from chatsphere.core.jobs import Hopeless, Job
from chatsphere.house import House

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks for what another process left, or what is due again."""

Work = Callable[[House, Job], dict[str, Any] | None]
"""Does a job. What it returns stays with the job for whoever asks; after None nobody will, and the job goes."""

WORK: dict[str, Work] = {
    jobs.LETTER: letters.deliver,
    erasure.SCRUB: sweep.scrub,
    core_exports.KIND: exports.make,
    core_previews.KIND: previews.look,
}


def lanes() -> list[list[str]]:
    """The kinds of jobs that wait for each other: a letter for no export, an export for no server that hangs."""
    asking = [jobs.LETTER, core_previews.KIND]
    return [*([kind] for kind in asking), [kind for kind in WORK if kind not in asking]]


def start(house: House, stop: threading.Event) -> list[threading.Thread]:
    """A thread for each lane, until told to stop."""
    names = [f"jobs-{number}" for number, _ in enumerate(lanes(), 1)]
    found = [
        threading.Thread(target=run, args=(house, stop, kinds), name=name, daemon=True)
        for name, kinds in zip(names, lanes(), strict=True)
        if kinds
    ]
    for thread in found:
        thread.start()
    return found


def run(house: House, stop: threading.Event, kinds: Collection[str]) -> None:
    """Do what is due, at once when a commit says so, until told to stop."""
    heard = 0
    while not stop.is_set():
        try:
            while not stop.is_set() and once(house, kinds):
                pass
        except Exception:
            log.exception("the job runner could not look for work; it will again")
        heard = house.wanted.wait(heard, EVERY)


def once(house: House, kinds: Collection[str]) -> bool:
    """Do the next job that is due; returns whether there was one."""
    job = house.chat.do(jobs.lease, list(kinds))
    if job is None:
        return False
    try:
        result = WORK[job.kind](house, job)
        house.chat.do(_end, job, result)
    except NotFound:
        # Whoever wanted it does not any more: an account went, say.
        house.chat.do(jobs.remove, job)
    # Whatever it was, the other jobs must go on.
    except Exception as error:  # noqa: BLE001
        _failed(house, job, error)
    return True


def _end(tx: Tx, job: Job, result: dict[str, Any] | None) -> None:
    if result is None:
        jobs.remove(tx, job)
    else:
        jobs.finish(tx, job, **result)


def _failed(house: House, job: Job, error: Exception) -> None:
    try:
        again = house.chat.do(jobs.fail, job, hopeless=isinstance(error, Hopeless))
    except NotFound:
        return  # it took so long that another does it by now, or nobody wants it any more
    words = "it will be tried again" if again else "it was given up"
    # What it says may hold an address, so only its kind is logged.
    log.warning("a job failed: %s (%s), try %d; %s", job.kind, type(error).__name__, job.tries, words)
