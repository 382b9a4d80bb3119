"""Core scenes play on both databases, and each ends with a replay of every log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from chatsphere.core.chat import Chat
from chatsphere.outside.memory import LocalMemory
from tests import cast


@pytest.fixture
def chat(engine: Engine) -> Iterator[Chat]:
    chat = Chat(engine, memory=LocalMemory(), secret=b"for tests only")
    yield chat
    cast.replays(chat)
    chat.close()


@pytest.fixture
def people(chat: Chat) -> cast.Cast:
    return cast.gather(chat)


Passes = Callable[[timedelta], None]


@pytest.fixture
def passes(people: cast.Cast, monkeypatch: pytest.MonkeyPatch) -> Passes:
    """Lets time pass."""

    def pass_by(span: timedelta) -> None:
        clock = people.chat.clock
        monkeypatch.setattr(people.chat, "clock", lambda: clock() + span)

    return pass_by


class Time:
    """The core's clock, which stands until it is told to go on."""

    def __init__(self, chat: Chat) -> None:
        self.now = chat.clock()

    def __call__(self) -> datetime:
        return self.now

    def passes(self, span: timedelta) -> None:
        """Let so much time pass."""
        self.now += span


@pytest.fixture
def time(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Time:
    standing = Time(chat)
    monkeypatch.setattr(chat, "clock", standing)
    return standing
