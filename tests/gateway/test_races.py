"""The four races that random stress does not find: each is staged, and each goes red with its bug planted."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from chatsphere.core.chat import Chat
from chatsphere.gateway.hub import Hub
from chatsphere.gateway.looking import Looks
from chatsphere.gateway.tail import Ear, Heard, Tail
from chatsphere.outside.bus import Bell
from tests.cast import Cast
from tests.gateway.conftest import Screen, Stage

pytestmark = pytest.mark.anyio


class LooksFirst(Hub):
    """Planted: what is heard while somebody looks is not noted."""

    class _Deaf(Looks):
        def note(self, conversation_id: str, seq: int) -> None:
            pass

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self._looks = self._Deaf()


class ComparesEqual(Hub):
    """Planted: only who stands exactly before the news is told."""

    def _serve(self, ear: Ear, news: Iterable[Heard]) -> None:
        news = list(news)
        if news and news[0].seq == ear.cursor + 1:
            super()._serve(ear, news)


class ReadsOnce(Hub):
    """Planted: a bell that rings while the log is being read is taken as answered."""

    async def _read(self, tail: Tail) -> None:
        self._deliver(tail, await self._news(tail.conversation_id, tail.end))
        tail.reading = False
        tail.head = tail.end


class KeepsTails(Hub):
    """Planted: a tail stays when nobody listens any more."""

    def _drop(self, ear: Ear) -> None:
        tail = self.tails[ear.conversation_id]
        super()._drop(ear)
        self.tails[ear.conversation_id] = tail


async def between_look_and_listen(stage: Stage, cast: Cast) -> tuple[Screen, str]:
    """An event lands after the head was looked at and before anybody listens."""
    tea = cast.ada.starts(cast.bo)
    screen = Screen()
    connection = stage.connects(cast.bo, screen)
    await stage.hold("arrive")
    joining = stage.hub._do(stage.joins(connection))
    await stage.seen["arrive"].wait()
    posted = cast.ada.says("in between", to=tea)
    stage.hub.hear(Bell(tea, posted.id))
    stage.release("arrive")
    await joining
    await stage.settles()
    return screen, tea


async def test_an_event_between_looking_and_listening_is_heard(stage: Stage, cast: Cast) -> None:
    screen, tea = await between_look_and_listen(stage, cast)
    assert screen.seqs(tea) == [2]


async def test_looking_first_loses_it(here: Chat, there: Chat, cast: Cast) -> None:
    screen, tea = await between_look_and_listen(Stage(here, there, LooksFirst), cast)
    assert screen.seqs(tea) == []


async def ahead_of_the_tail(stage: Stage, cast: Cast) -> tuple[Screen, Screen, str]:
    """A bell was lost, so somebody who comes now stands ahead of what the others have heard."""
    tea = cast.ada.starts(cast.bo)
    early, _ = await stage.opens(cast.bo)
    cast.ada.says("nobody rings for this", to=tea)
    late, _ = await stage.opens(cast.bo)
    # The newcomer's head is news for the tail too; without its help the next bell has to do.
    stage.hub.tails[tea].head = stage.hub.tails[tea].end
    posted = cast.ada.says("this one rings", to=tea)
    stage.hub.hear(Bell(tea, posted.id))
    await stage.settles()
    return early, late, tea


async def test_a_reader_ahead_of_the_tail_is_told_what_is_new_to_it(stage: Stage, cast: Cast) -> None:
    early, late, tea = await ahead_of_the_tail(stage, cast)
    assert early.seqs(tea) == [2, 3]
    assert late.seqs(tea) == [3]


async def test_comparing_for_equality_forgets_it(here: Chat, there: Chat, cast: Cast) -> None:
    early, late, tea = await ahead_of_the_tail(Stage(here, there, ComparesEqual), cast)
    assert early.seqs(tea) == [2, 3]
    assert late.seqs(tea) == []


async def last_before_silence(stage: Stage, cast: Cast) -> tuple[Screen, str]:
    """The last event's bell rings while the one before it is being read; nothing comes after it."""
    tea = cast.ada.starts(cast.bo)
    screen, _ = await stage.opens(cast.bo)
    await stage.hold("news")
    stage.hub.hear(Bell(tea, cast.ada.says("first", to=tea).id))
    await stage.seen["news"].wait()
    stage.hub.hear(Bell(tea, cast.ada.says("last", to=tea).id))
    stage.release("news")
    await stage.settles()
    return screen, tea


async def test_the_last_event_before_silence_is_heard(stage: Stage, cast: Cast) -> None:
    screen, tea = await last_before_silence(stage, cast)
    assert screen.seqs(tea) == [2, 3]


async def test_reading_once_for_two_bells_loses_it(here: Chat, there: Chat, cast: Cast) -> None:
    screen, tea = await last_before_silence(Stage(here, there, ReadsOnce), cast)
    assert screen.seqs(tea) == [2]


async def after_everybody_left(stage: Stage, cast: Cast) -> tuple[Screen, str, int]:
    """Everybody leaves, things are said, somebody comes back; returns how many reads that took."""
    tea = cast.ada.starts(cast.bo)
    _, connection = await stage.opens(cast.bo)
    stage.hub.part(connection)
    for number in range(3):
        cast.ada.says(f"unheard {number}", to=tea)
    screen, _ = await stage.opens(cast.bo)
    await stage.settles()
    return screen, tea, stage.looked["news"]


async def test_a_tail_goes_with_its_last_listener(stage: Stage, cast: Cast) -> None:
    screen, tea, reads = await after_everybody_left(stage, cast)
    assert screen.seqs(tea) == []
    assert reads == 0
    assert stage.hub.tails[tea].end == 4


async def test_a_tail_that_stays_reads_what_nobody_asked_for(here: Chat, there: Chat, cast: Cast) -> None:
    _, _, reads = await after_everybody_left(Stage(here, there, KeepsTails), cast)
    assert reads > 0
