"""`python -m tests.chaos.failing serve`: a ChatSphere with failpoints, on while their file lies in CHAOS_POINTS.

`die` lets a process drop dead between a commit and its answer; `hush` loses every bell between a commit and its ring,
with what travels beside it, and leaves a file `hush.<pid>` beside its own in each process that lost one.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

from chatsphere.cli import main
from chatsphere.core import chat
from chatsphere.outside import bus
from chatsphere.outside.tidings import Tidings

POINTS = Path(os.environ["CHAOS_POINTS"])
SHARE = 0.1
"""Of the commits with news of a conversation, so many are the last thing that their process does."""


def _commit(tx: chat.Tx) -> chat.Committed:
    news = _really_commit(tx)
    if news.events and (POINTS / "die").exists() and random.random() < SHARE:
        os.kill(os.getpid(), signal.SIGKILL)
    return news


def _ring(end: bus.RedisBus, note: bus.Note) -> None:
    if isinstance(note, bus.Bell | Tidings) and (POINTS / "hush").exists():
        (POINTS / f"hush.{os.getpid()}").touch()
    else:
        _really_ring(end, note)


_really_commit, _really_ring = chat.Tx.commit, bus.RedisBus.ring
# Not below: workers import this module under another name.
chat.Tx.commit = _commit  # type: ignore[method-assign, assignment]
bus.RedisBus.ring = _ring  # type: ignore[method-assign, assignment]

if __name__ == "__main__":
    sys.exit(main())
