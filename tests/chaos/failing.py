"""`python -m tests.chaos.failing serve`: a ChatSphere that now and then drops dead between a commit and its answer."""

from __future__ import annotations

import os
import random
import signal
import sys

from chatsphere.cli import main
from chatsphere.core import chat

SHARE = 0.03
"""Of the commits with news of a conversation, so many are the last thing that their process does."""


def _commit(tx: chat.Tx) -> chat.Committed:
    news = _really(tx)
    if news.events and random.random() < SHARE:
        os.kill(os.getpid(), signal.SIGKILL)
    return news


_really = chat.Tx.commit

if __name__ == "__main__":
    chat.Tx.commit = _commit  # type: ignore[method-assign, assignment]
    sys.exit(main())
