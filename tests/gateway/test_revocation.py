"""Whoever is let go hears nothing more: at once where it was asked for, within two seconds everywhere, news or not."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from chatsphere.core import passwords, people, sessions
from tests.cast import Cast, Person, join
from tests.gateway.served import Line, opens
from tests.gateway.test_processes import Process, both, redis  # noqa: F401 - fixtures
from tests.services import Redis

pytestmark = [pytest.mark.anyio, pytest.mark.servers]

EVERYWHERE = 2.0
PASSWORD = "seven purple lanterns"


@dataclass
class Talk:
    """Somebody who goes on talking all the while, through both processes in turn."""

    conversation: str
    lines: list[Line]
    began: dict[str, float] = field(default_factory=dict)

    async def says(self) -> None:
        """One thing after another, each once the one before it is written."""
        while True:
            words = f"words {len(self.began)}"
            line = self.lines[len(self.began) % len(self.lines)]
            self.began[words] = time.monotonic()
            await line.says(type="post", ref=len(self.began), conversation_id=self.conversation, content=words)
            await line.hears_of("ok", 20.0)

    async def has_said(self, more: int) -> None:
        """Wait until so much more was said."""
        wanted = len(self.began) + more
        while len(self.began) < wanted:
            await asyncio.sleep(0.01)


@asynccontextmanager
async def talking(person: Person, conversation: str, processes: list[Process]) -> AsyncIterator[Talk]:
    """Somebody talks for as long as the block lasts."""
    async with await opens(person, processes[0].port) as one, await opens(person, processes[1].port) as other:
        talk = Talk(conversation, [one, other])
        task = asyncio.create_task(talk.says())
        try:
            await talk.has_said(5)
            yield talk
            assert not task.done(), task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def hears(line: Line) -> None:
    """Listen to the end."""
    try:
        while True:
            await line.hears(60.0)
    except (ConnectionClosed, TimeoutError):
        return


def heard(line: Line) -> list[str]:
    """The words that came."""
    return [one["message"]["content"] for one in line.frames if one.get("kind") == "message.posted"]


@dataclass
class Doomed:
    """Who is let go, how they are signed in, and the request that does it at the first process."""

    person: Person
    opened: sessions.Opened
    tea: str
    ada: Person

    def client(self, process: Process, token: str | None = None) -> httpx.AsyncClient:
        """A program of theirs."""
        return httpx.AsyncClient(
            base_url=process.base, headers={"Authorization": f"Bearer {token or self.opened.token}"}
        )

    async def status(self, process: Process) -> int:
        """What they are answered who ask for what was said."""
        async with self.client(process) as client:
            return (await client.get(f"/api/v1/conversations/{self.tea}/messages?limit=1")).status_code


async def signs_out(doomed: Doomed, process: Process) -> None:
    async with httpx.AsyncClient(base_url=process.base, cookies={"chatsphere": doomed.opened.token}) as client:
        assert (await client.post("/logout")).status_code == 303


async def deletes_the_token(doomed: Doomed, process: Process) -> None:
    async with doomed.client(process) as client:
        assert (await client.delete(f"/api/v1/tokens/{doomed.opened.session.id}")).status_code == 204


async def changes_the_password(doomed: Doomed, process: Process) -> None:
    elsewhere = doomed.person.chat.do(sessions.open, doomed.person.id).token
    async with doomed.client(process, elsewhere) as client:
        new = {"current_password": PASSWORD, "password": "eight green lanterns"}
        assert (await client.put("/api/v1/users/me", json=new)).status_code == 200


async def is_removed(doomed: Doomed, process: Process) -> None:
    token = doomed.ada.chat.do(sessions.open, doomed.ada.id, kind="token", name="script").token
    async with doomed.client(process, token) as client:
        answer = await client.delete(f"/api/v1/conversations/{doomed.tea}/participants/{doomed.person.id}")
        assert answer.status_code == 204


async def is_disabled(doomed: Doomed, process: Process) -> None:
    """By neither process: as the command does it, which can tell nobody."""
    await asyncio.to_thread(doomed.person.chat.do, people.disable, doomed.person.id)


Way = Callable[[Doomed, Process], Awaitable[None]]
# How they are signed in, what they are answered after, and whether a process answers that then holds to it at once.
WAYS: dict[str, tuple[Way, str, int, bool]] = {
    "signs out": (signs_out, "session", 401, True),
    "a token is deleted": (deletes_the_token, "token", 401, True),
    "the password is changed": (changes_the_password, "session", 401, True),
    "is removed": (is_removed, "token", 404, True),
    "is disabled elsewhere": (is_disabled, "token", 401, False),
}


async def is_let_go(way: str, both: list[Process], cast: Cast, redis: Redis | None = None) -> None:  # noqa: F811
    """Somebody new comes to tea, is let go in this way while Ada talks, and hears nothing more; Redis may die of it."""
    revoke, kind, refused, at_once = WAYS[way]
    person = join(cast.ada.chat, way.replace(" ", "-"))
    tea = cast.ada.starts(person, cast.cy, title="Tea")
    person.chat.do(people.change, person.id, person.id, password_hash=passwords.hash(PASSWORD))
    doomed = Doomed(person, person.chat.do(sessions.open, person.id, kind=kind, name="script"), tea, cast.ada)
    here, there = both
    async with (
        talking(cast.ada, tea, both) as talk,
        await opens(person, here.port, token=doomed.opened.token) as near,
        await opens(person, there.port, token=doomed.opened.token) as far,
    ):
        listening = [asyncio.create_task(hears(line)) for line in (near, far)]
        # Both processes have it in their caches.
        assert [await doomed.status(process) for process in both] == [200, 200]
        # What was said before they listened they do not hear.
        while min(len(heard(near)), len(heard(far))) < 3:
            await talk.has_said(1)
        dying = [asyncio.to_thread(redis.stop, signal.SIGKILL)] if redis else []
        await asyncio.gather(revoke(doomed, here), *dying)
        told, said = time.monotonic(), set(talk.began)
        if at_once:
            assert await doomed.status(here) == refused
        for process in both:
            while await doomed.status(process) != refused:
                assert time.monotonic() - told < EVERYWHERE
        while time.monotonic() - told < EVERYWHERE:
            await talk.has_said(1)
        await talk.has_said(10)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
        late = {words for words, began in talk.began.items() if began - told > EVERYWHERE}
        assert len(late) >= 5
        assert set(heard(near)) <= (said if at_once else talk.began.keys() - late), way
        assert set(heard(far)) <= talk.began.keys() - late, way
        assert len(heard(near)) >= 3


async def test_whoever_is_let_go_hears_nothing_more_while_others_talk_on(both: list[Process], cast: Cast) -> None:  # noqa: F811
    for way in WAYS:
        await is_let_go(way, both, cast)


async def test_so_it_is_where_redis_dies_at_that_very_moment(
    both: list[Process],  # noqa: F811
    redis: Redis,  # noqa: F811
    cast: Cast,
) -> None:
    for way in WAYS:
        await is_let_go(way, both, cast, redis)
        await asyncio.to_thread(redis.start)
