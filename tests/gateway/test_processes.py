"""Several real processes over one Redis, which may die under them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from chatsphere.core import sessions
from tests.cast import Cast
from tests.gateway.served import Line, opens
from tests.services import Redis, free_port, running_redis

pytestmark = [pytest.mark.anyio, pytest.mark.servers]


class Process:
    """One ChatSphere as it is served for people."""

    def __init__(self, folder: Path, database_url: str, redis_url: str) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        said = {
            "CHATSPHERE_PORT": str(self.port),
            "CHATSPHERE_DATA_DIR": str(folder),
            "CHATSPHERE_DATABASE_URL": database_url,
            "CHATSPHERE_REDIS_URL": redis_url,
        }
        command = [sys.executable, "-m", "chatsphere", "serve"]
        with (folder / f"{self.port}.log").open("wb") as output:
            self.running = subprocess.Popen(
                command, env={**os.environ, **said}, cwd=folder, stdout=output, stderr=output
            )

    def waits_until_it_answers(self) -> None:
        """Return when it serves."""
        deadline = time.monotonic() + 30
        while True:
            assert self.running.poll() is None
            assert time.monotonic() < deadline
            try:
                if httpx.get(f"{self.base}/healthz").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)

    def kill(self) -> None:
        """End it without a word."""
        self.running.kill()
        self.running.wait()


@contextmanager
def processes(folder: Path, database_url: str, redis_url: str) -> Iterator[list[Process]]:
    """Two of them."""
    both = [Process(folder, database_url, redis_url) for _ in range(2)]
    try:
        for one in both:
            one.waits_until_it_answers()
        yield both
    finally:
        for one in both:
            one.kill()


@pytest.fixture
def redis() -> Iterator[Redis]:
    """A Redis that may be killed."""
    with running_redis() as server:
        yield server


@pytest.fixture
def both(tmp_path: Path, sqlite_url: str, redis: Redis) -> Iterator[list[Process]]:
    """Two processes over one database and one Redis."""
    with processes(tmp_path, sqlite_url, redis.url) as running:
        yield running


async def posts(line: Line, tea: str, content: str) -> int:
    """Say something through the socket and return its number."""
    await line.says(type="post", ref=1, conversation_id=tea, content=content)
    return int((await line.hears_of("ok"))["id"])


async def starts(process: Process, token: str, *others: str) -> str:
    """Start a conversation over HTTP."""
    async with httpx.AsyncClient(base_url=process.base, headers={"Authorization": f"Bearer {token}"}) as client:
        answer = await client.post("/api/v1/conversations", json={"participants": list(others), "title": "Tea"})
    assert answer.status_code == 201
    return str(answer.json()["id"])


async def test_two_processes_hear_each_other(both: list[Process], cast: Cast) -> None:
    token = cast.ada.chat.do(sessions.open, cast.ada.id, kind="token", name="script").token
    async with await opens(cast.ada, both[0].port, token=token) as ada, await opens(cast.bo, both[1].port) as bo:
        tea = await starts(both[0], token, cast.bo.id)
        assert (await bo.hears_of("event", 1.0))["kind"] == "conversation.created"
        began = time.monotonic()
        seq = await posts(ada, tea, "hello over there")
        assert (await bo.hears_of("event", 1.0))["seq"] == seq
        assert time.monotonic() - began < 1.0
        await bo.says(type="typing", conversation_id=tea)
        assert (await ada.hears_of("typing"))["user_id"] == cast.bo.id
        await bo.says(type="read", ref=2, conversation_id=tea, seq=seq)
        assert (await ada.hears_of("read"))["seq"] == seq
        if not any(frame["type"] == "presence" for frame in ada.frames):
            assert (await ada.hears_of("presence"))["online"] is True
        both[1].kill()
        gone = await ada.hears_of("presence", 10.0)
        assert gone == {"type": "presence", "user_id": cast.bo.id, "online": False}


async def test_redis_dies_and_everything_goes_on(both: list[Process], cast: Cast, redis: Redis) -> None:
    token = cast.ada.chat.do(sessions.open, cast.ada.id, kind="token", name="script").token
    doomed = cast.bo.chat.do(sessions.open, cast.bo.id, kind="token", name="script")
    tea = cast.ada.starts(cast.bo)
    async with (
        await opens(cast.ada, both[0].port, token=token) as ada,
        await opens(cast.bo, both[1].port) as bo,
        await opens(cast.bo, both[1].port, token=doomed.token) as other,
    ):
        await posts(ada, tea, "with Redis")
        assert await bo.hears_up_to(2) == [2]
        redis.stop(signal.SIGKILL)
        await posts(ada, tea, "without Redis")
        assert await bo.hears_up_to(3, 4.0) == [3]
        cake = await starts(both[0], token, cast.bo.id)
        created = await bo.hears_of("event", 5.0)
        assert (created["conversation_id"], created["seq"]) == (cake, 1)
        async with httpx.AsyncClient(
            base_url=both[0].base, headers={"Authorization": f"Bearer {doomed.token}"}
        ) as client:
            assert (await client.delete(f"/api/v1/tokens/{doomed.session.id}")).status_code == 204
        assert await other.is_closed(2.0) == 4001
        async with httpx.AsyncClient(
            base_url=both[1].base, headers={"Authorization": f"Bearer {doomed.token}"}
        ) as client:
            assert (await client.get("/api/v1/users/me")).status_code == 401
        await asyncio.to_thread(redis.start)
        # Until it is back in every process news may be as late as a sweep; then it is quick again.
        await asyncio.sleep(2.5)
        await posts(ada, tea, "with Redis again")
        assert (await bo.hears_of("event", 0.5))["seq"] == 4
