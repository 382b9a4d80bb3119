"""The job runner: does what commits have left to do outside the database, one job at a time, in each process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from chatsphere import letters, sweep
from chatsphere.core import erasure, jobs
from chatsphere.core.chat import Tx
from chatsphere.core.errors import NotFound
from chatsphere.core.jobs import Job
from chatsphere.house import House

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks for what another process left, or what is due again."""

Work = Callable[[House, Job], dict[str, Any] | None]
"""Does a job. What it returns stays with the job for whoever asks; after None nobody will, and the job goes."""

WORK: dict[str, Work] = {
    jobs.LETTER: letters.deliver,
    erasure.SCRUB: sweep.scrub,
}


def run(house: House, stop: threading.Event) -> None:
    """Do what is due, at once when a commit says so, until told to stop."""
    while not stop.is_set():
        try:
            while not stop.is_set() and once(house):
                pass
        except Exception:
            log.exception("the job runner could not look for work; it will again")
        house.wanted.wait(EVERY)
        house.wanted.clear()


def once(house: House) -> bool:
    """Do the next job that is due; returns whether there was one."""
    job = house.chat.do(jobs.lease, list(WORK))
    if job is None:
        return False
    try:
        result = WORK[job.kind](house, job)
        house.chat.do(_end, job.id, result)
    except NotFound:
        # Whoever wanted it does not any more: an account went, say.
        house.chat.do(jobs.remove, job.id)
    # Whatever it was, the other jobs must go on; what it says may hold an address, so only its kind is logged.
    except Exception as error:  # noqa: BLE001
        again = house.chat.do(jobs.retry, job.id)
        words = "it will be tried again" if again else "it was given up"
        log.warning("a job failed: %s (%s), try %d; %s", job.kind, type(error).__name__, job.tries, words)
    return True


def _end(tx: Tx, job_id: str, result: dict[str, Any] | None) -> None:
    if result is None:
        jobs.remove(tx, job_id)
    else:
        jobs.finish(tx, job_id, **result)
