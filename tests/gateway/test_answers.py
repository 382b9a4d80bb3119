"""What is done to messages, as sockets hear it: like everything else, but for whoever has cleared what it is about."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.gateway.conftest import Stage, near

pytestmark = pytest.mark.anyio


async def test_edits_reactions_and_pins_are_heard_with_the_message_as_it_is(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    said = cast.ada.says("one", to=tea)
    screen, _ = await stage.opens(cast.bo)
    ada = near(cast.ada, stage)
    ada.edits(said, tea, "two")
    near(cast.bo, stage).reacts("👍", to=said, of=tea)
    ada.pins(said, of=tea)
    await stage.settles()
    assert screen.seqs(tea) == [3, 4, 5]
    edited, reacted, pinned = screen.of("event")
    assert (edited["kind"], edited["message"]["content"]) == ("message.edited", "two")
    assert reacted["message"]["reactions"] == [{"emoji": "👍", "user_ids": [cast.bo.id]}]
    assert pinned["message"]["pinned"] is True


async def test_who_has_cleared_a_conversation_hears_no_words_from_before(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    old = cast.ada.says("old words", to=tea)
    cast.bo.deletes(tea)
    cast.ada.says("back?", to=tea)
    bo, _ = await stage.opens(cast.bo)
    ada, _ = await stage.opens(cast.ada)
    near(cast.ada, stage).edits(old, tea, "told from hand to hand")
    cast.ada.edits(old, tea, "read from the log")
    await stage.hub.sweep()
    await stage.settles()
    assert [one["message"]["content"] for one in ada.of("event")] == ["told from hand to hand", "read from the log"]
    assert [one["message"]["content"] for one in bo.of("event")] == ["", ""]
    assert [one["seq"] for one in bo.of("event")] == [4, 5]
