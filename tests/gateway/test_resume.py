"""Going on from where a client stands, while the log is still being read for it."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.gateway.conftest import Stage, near

pytestmark = pytest.mark.anyio


async def test_who_goes_further_back_while_the_log_is_read_misses_nothing(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    for number in range(30):
        cast.ada.says(f"{number}", to=tea)
    bo, connection = await stage.opens(cast.bo)
    await stage.hold("news")
    stage.hub.resume(connection, stage.hub.epoch, {tea: 20})
    await stage.seen["news"].wait()
    stage.hub.resume(connection, stage.hub.epoch, {tea: 10})
    stage.release("news")
    await stage.settles()
    assert bo.seqs(tea) == list(range(11, 32))


async def test_what_is_put_away_while_the_log_is_read_is_not_heard_any_more(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    for number in range(30):
        cast.ada.says(f"{number}", to=tea)
    bo, connection = await stage.opens(cast.bo)
    await stage.hold("news")
    stage.hub.resume(connection, stage.hub.epoch, {tea: 20})
    await stage.seen["news"].wait()
    near(cast.bo, stage).deletes(tea)
    await stage.settles()
    stage.release("news")
    await stage.settles()
    assert bo.frames[-1] == {"type": "reset", "conversation_id": tea, "seq": None}
    assert bo.seqs(tea) == []
