"""A crowd that talks to a served ChatSphere whatever happens to it, and writes down all it says, is told and hears."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.chaos.history import History, Logged, Said, Stretch

PASSWORD = "seven purple lanterns"
TROUBLE = (OSError, WebSocketException, httpx.HTTPError, TimeoutError)
# Seconds for one try; and for one message, tries and all.
PATIENCE, RESOLVE = 5.0, 40.0
Json = dict[str, Any]
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account, and what proves it to the server."""

    name: str
    user_id: str
    headers: dict[str, str]


@dataclass(slots=True)
class Crowd:
    """Members, their conversations, and what they wrote down."""

    url: str
    members: list[Member]
    conversations: list[str]
    history: History = field(default_factory=History)
    # Where talk goes through, if that is not the server itself; the server still has its own name.
    line: str = ""
    # Seconds from the first try to the answer, for each message that got one.
    waits: list[float] = field(default_factory=list)
    # Observers who never heard the end of it, in words.
    deaf: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def talking(self, observers: int = 4) -> AsyncIterator[None]:
        """Everybody talks for as long as this lasts; then the last answers are waited for, and the last news."""
        enough = asyncio.Event()
        ears = [Ear(self, member) for member in self.members[:observers]]
        listening = [asyncio.create_task(ear.listens()) for ear in ears]
        talking = [asyncio.create_task(Mouth(self, member).talks(enough)) for member in self.members]
        try:
            yield
        finally:
            enough.set()
            await asyncio.gather(*talking)
            await self._all_heard(ears)
            for task in listening:
                task.cancel()
            await asyncio.gather(*listening, return_exceptions=True)

    async def log(self) -> list[Logged]:
        """What the log holds now, as its API tells it."""
        straight = replace(self, line="")
        async with straight.web(self.members[0]) as web:
            return [event for where in self.conversations for event in await _events(web, where)]

    def web(self, member: Member) -> httpx.AsyncClient:
        """A way to the API for one of the members."""
        return httpx.AsyncClient(base_url=f"{self.line or self.url}/api/v1", timeout=PATIENCE, headers=member.headers)

    async def connect(self, member: Member) -> ClientConnection:
        """A socket of one of the members, greeted; the greeting is its `hello`."""
        headers = {**member.headers, "Origin": self.url}
        socket = await connect(
            (self.line or self.url).replace("http", "ws", 1) + "/api/v1/socket",
            additional_headers=headers,
            open_timeout=PATIENCE,
            close_timeout=1,
            ping_interval=None,
            max_queue=None,
            compression=None,
        )
        socket.hello = json.loads(await asyncio.wait_for(socket.recv(), PATIENCE))  # type: ignore[attr-defined]
        return socket

    async def _all_heard(self, ears: list[Ear]) -> None:
        """Wait until every observer knows as much as the log holds; whoever never does is named in `deaf`."""
        heads = {one.conversation_id: one.seq for one in await self.log()}
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and any(ear.known != heads for ear in ears):
            await asyncio.sleep(0.1)
        self.deaf = [f"{ear.member.name} knows {ear.known} of {heads}" for ear in ears if ear.known != heads]


class Mouth:
    """One who says something, waits until it is safe, and goes on; by socket or by HTTP, as it comes."""

    def __init__(self, crowd: Crowd, member: Member) -> None:
        self.crowd, self.member = crowd, member
        self.socket: ClientConnection | None = None

    async def talks(self, enough: asyncio.Event) -> None:
        """Say one thing after another until it is enough."""
        async with self.crowd.web(self.member) as web:
            while not enough.is_set():
                await self._says(web)
        if self.socket is not None:
            await self.socket.close()

    async def _says(self, web: httpx.AsyncClient) -> None:
        number = next(_numbers)
        where = random.choice(self.crowd.conversations)
        said = Said(where, self.member.user_id, f"c{number}", f"What I say {number}th.", time.monotonic())
        self.crowd.history.said.append(said)
        while not said.answers and time.monotonic() < said.began_at + RESOLVE:
            try:
                await (self._by_socket(said) if random.random() < 0.5 else self._by_http(web, said))
            except TROUBLE:
                self.socket = None
                await asyncio.sleep(random.uniform(0.05, 0.25))
        if said.answers:
            said.told_at = time.monotonic()
            self.crowd.waits.append(said.told_at - said.began_at)

    async def _by_http(self, web: httpx.AsyncClient, said: Said) -> None:
        body = {"content": said.content, "client_id": said.client_id}
        answer = await web.post(f"/conversations/{said.conversation_id}/messages", json=body)
        if answer.status_code in {200, 201}:
            said.answers.append(answer.json()["id"])
        else:
            # Anything that is no promise is asked again; what a refusal leaves behind the judge would see.
            await asyncio.sleep(0.1)

    async def _by_socket(self, said: Said) -> None:
        if self.socket is None:
            self.socket = await self.crowd.connect(self.member)
        ref = next(_numbers)
        post = {"type": "post", "ref": ref, "conversation_id": said.conversation_id}
        await self.socket.send(json.dumps(post | {"client_id": said.client_id, "content": said.content}))
        async with asyncio.timeout(PATIENCE):
            answer = await _answer(self.socket, ref)
        if answer["type"] == "ok":
            said.answers.append(answer["id"])
        else:
            await asyncio.sleep(0.1)


class Ear:
    """One who only listens, and resumes from what they know whenever the line is cut."""

    def __init__(self, crowd: Crowd, member: Member) -> None:
        self.crowd, self.member = crowd, member
        self.known = dict.fromkeys(crowd.conversations, 0)

    async def listens(self) -> None:
        """Listen, for ever."""
        while True:
            with suppress(*TROUBLE):
                await self._one_connection()
            await asyncio.sleep(random.uniform(0.05, 0.25))

    async def _one_connection(self) -> None:
        socket = await self.crowd.connect(self.member)
        try:
            # What comes before this `ok` may come again after it.
            resume = {"type": "resume", "ref": 1, "epoch": socket.hello["epoch"], "seqs": self.known}  # type: ignore[attr-defined]
            await socket.send(json.dumps(resume))
            async with asyncio.timeout(PATIENCE):
                answer = await _answer(socket, 1)
            assert answer["type"] == "ok", answer
            stretches = {where: Stretch(self.member.name, where, seq) for where, seq in self.known.items()}
            self.crowd.history.heard += stretches.values()
            while True:
                self._hears(json.loads(await self._next(socket)), stretches)
        finally:
            await socket.close()

    async def _next(self, socket: ClientConnection) -> str | bytes:
        """The next frame; a line on which a ping is not answered either is given up."""
        # Not wait_for: when both happen at once it loses what had come.
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                return await socket.recv()
        await socket.send(json.dumps({"type": "ping", "ref": 2}))
        async with asyncio.timeout(PATIENCE):
            return await socket.recv()

    def _hears(self, frame: Json, stretches: dict[str, Stretch]) -> None:
        # More behind than is resumed: nobody here is away for so long.
        assert frame["type"] != "reset", frame
        if frame["type"] == "event" and (stretch := stretches.get(frame["conversation_id"])):
            stretch.heard.append(_logged(frame))
            self.known[stretch.conversation_id] = frame["seq"]


async def gather(url: str, people: int = 40, rooms: int = 10) -> Crowd:
    """A crowd of newcomers, all of them in every one of so many groups."""
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as web:
        members = [await _arrives(web, f"p{next(_numbers)}") for _ in range(people)]
        ids = [member.user_id for member in members]
        conversations = []
        for number in range(rooms):
            body = {"participants": ids, "title": f"Room {number}"}
            answer = await web.post("/conversations", json=body, headers=members[0].headers)
            conversations.append(answer.raise_for_status().json()["id"])
    return Crowd(url, members, conversations)


async def _arrives(web: httpx.AsyncClient, name: str) -> Member:
    body = {"user_name": name, "email": f"{name}@example.org", "password": PASSWORD}
    (await web.post("/users", json=body)).raise_for_status()
    answer = await web.post("/sessions", json={"login": name, "password": PASSWORD})
    web.cookies.clear()
    cookie = answer.raise_for_status().headers["set-cookie"].split(";")[0]
    return Member(name, answer.json()["user"]["id"], {"Cookie": cookie})


async def _answer(socket: ClientConnection, ref: int) -> Json:
    async for text in socket:
        frame: Json = json.loads(text)
        if frame.get("ref") == ref:
            return frame
    raise ConnectionError("closed before it answered")


async def _events(web: httpx.AsyncClient, conversation_id: str) -> list[Logged]:
    found: list[Logged] = []
    while True:
        after = found[-1].seq if found else 0
        answer = await web.get(f"/conversations/{conversation_id}/events?after={after}&limit=100")
        page = [_logged(event) for event in answer.raise_for_status().json()]
        found += page
        if len(page) < 100:
            return found


def _logged(event: Json) -> Logged:
    message = event.get("message") or {}
    said = message.get("client_id"), message.get("content")
    return Logged(event["conversation_id"], event["seq"], event["actor_id"], *said)
