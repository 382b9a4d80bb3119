"""A crowd that talks to a served ChatSphere whatever happens to it, and writes down all it says, is told and hears."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.chaos.history import History, Logged, Said, Stretch, faults

PASSWORD = "seven purple lanterns"
TROUBLE = (OSError, WebSocketException, httpx.HTTPError, TimeoutError)
# Seconds for one try; and for one message, tries and all.
PATIENCE, RESOLVE = 5.0, 90.0
OBSERVERS = 4
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
    # Each conversation, and who sits in it.
    seats: dict[str, list[Member]]
    history: History = field(default_factory=History)
    # Where talk goes through, if that is not the server itself; the server still has its own name.
    line: str = ""
    # What is said, by its number.
    words: Callable[[int], str] = "What I say {}th.".format
    # When something came back; whoever was waiting then should not wait for long any more.
    restarts: list[float] = field(default_factory=list)
    # How often which answer came that is no promise.
    errors: Counter[str] = field(default_factory=Counter)
    # Seconds from the answer to its sender until an observer heard it, at least 0; and when that was.
    delays: list[tuple[float, float]] = field(default_factory=list)
    # Observers who never heard the end of it, in words.
    deaf: list[str] = field(default_factory=list)
    _said: dict[str, Said] = field(default_factory=dict)
    _ears: list[tuple[Ear, asyncio.Task[None]]] = field(default_factory=list)

    @property
    def conversations(self) -> list[str]:
        """All of them."""
        return list(self.seats)

    @asynccontextmanager
    async def talking(self, observers: int = OBSERVERS) -> AsyncIterator[None]:
        """Everybody talks for as long as this lasts; then the last answers are waited for, and the last news."""
        enough = asyncio.Event()
        for member in self.members[:observers]:
            self.has_ear(member)
        talking = [asyncio.create_task(Mouth(self, member).talks(enough)) for member in self.members]
        try:
            yield
        finally:
            enough.set()
            await asyncio.gather(*talking)
            await self._all_heard([ear for ear, _ in self._ears])
            for _, listening in self._ears:
                listening.cancel()
            await asyncio.gather(*(listening for _, listening in self._ears), return_exceptions=True)

    def has_ear(self, member: Member) -> None:
        """One more who listens, from the beginning, until the talk is over."""
        ear = Ear(self, member)
        self._ears.append((ear, asyncio.create_task(ear.listens())))

    async def has_said(self, enough: int) -> None:
        """Wait until so many messages were acknowledged, from the first on."""
        while self.history.acknowledged < enough:
            await asyncio.sleep(0.2)

    async def says_one_more(self) -> None:
        """Somebody says something over a new connection, whichever process that leads to."""
        member = random.choice(self.members)
        async with self.web(member, PATIENCE) as web:
            await Mouth(self, member).says(web)

    async def gets_answers(self, more: int = 10) -> None:
        """Wait until so many more were acknowledged: it goes on."""
        await self.has_said(self.history.acknowledged + more)

    def came_back(self) -> float:
        """Something is there again, from now on; returns when that is."""
        self.restarts.append(time.monotonic())
        return self.restarts[-1]

    def answered_after(self, moment: float) -> float:
        """Seconds from a moment to the first answer to anybody after it."""
        return min(one.told_at for one in self.history.said if one.told_at and one.told_at > moment) - moment

    @property
    def longest_wait(self) -> float:
        """The longest that anybody waited: from the first restart after they began, or from when they began."""
        waits = []
        for one in self.history.said:
            if one.told_at is not None:
                since = [moment for moment in self.restarts if one.began_at < moment < one.told_at]
                waits.append(one.told_at - min(since, default=one.began_at))
        return max(waits, default=0.0)

    async def verdict(self) -> list[str]:
        """All that is wrong with what everybody saw."""
        ours = {member.user_id for member in self.members}
        untold = [one for one in self.history.said if not one.answers and one.sender_id in ours]
        unanswered = [f"{one.client_id} was never answered" for one in untold]
        return [*faults(self.history, await self.log()), *self.deaf, *unanswered]

    def counts(self) -> dict[str, object]:
        """What was counted."""
        return {
            "said": len(self.history.said),
            "acknowledged": self.history.acknowledged,
            "other_answers": dict(self.errors),
            "heard": sum(len(one.heard) for one in self.history.heard),
            "connections_of_observers": len(self.history.heard) // max(1, len(self.seats)),
            "longest_wait": self.longest_wait,
            "latest_news": max((delay for _, delay in self.delays), default=0.0),
        }

    async def log(self) -> list[Logged]:
        """What the log holds now, as its API tells it."""
        straight = replace(self, line="")
        async with straight.web(self.members[0]) as web:
            return [event for where in self.conversations for event in await _events(web, where)]

    def begins(self, where: str, member: Member) -> Said:
        """Somebody is about to say something."""
        number = next(_numbers)
        said = Said(where, member.user_id, f"c{number}", self.words(number), time.monotonic())
        self.history.said.append(said)
        self._said[said.client_id] = said
        return said

    def hears(self, stretch: Stretch, event: Logged) -> None:
        """Somebody hears something."""
        stretch.heard.append(event)
        said = self._said.get(event.client_id or "")
        if said is not None:
            now = time.monotonic()
            self.delays.append((now, now - (said.told_at or now)))

    def web(self, member: Member, patience: float = 60.0) -> httpx.AsyncClient:
        """A way to the API for one of the members."""
        return httpx.AsyncClient(base_url=f"{self.line or self.url}/api/v1", timeout=patience, headers=member.headers)

    async def connect(self, member: Member, patience: float = 60.0) -> ClientConnection:
        """A socket of one of the members, greeted; the greeting is its `hello`."""
        headers = {**member.headers, "Origin": self.url}
        socket = await connect(
            (self.line or self.url).replace("http", "ws", 1) + "/api/v1/socket",
            additional_headers=headers,
            open_timeout=patience,
            close_timeout=1,
            ping_interval=None,
            max_queue=None,
            compression=None,
        )
        socket.hello = json.loads(await asyncio.wait_for(socket.recv(), patience))  # type: ignore[attr-defined]
        return socket

    async def _all_heard(self, ears: list[Ear]) -> None:
        """Wait until every observer knows as much as the log holds; whoever never does is named in `deaf`."""
        heads = {one.conversation_id: one.seq for one in await self.log()}
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and any(ear.known != heads for ear in ears):
            await asyncio.sleep(0.1)
        self.deaf = [f"{ear.member.name} knows {ear.known} of {heads}" for ear in ears if ear.known != heads]


class Mouth:
    """One who says something, waits until it is safe, and goes on; by socket or by HTTP, as it comes."""

    def __init__(self, crowd: Crowd, member: Member) -> None:
        self.crowd, self.member = crowd, member
        self.rooms = [where for where, there in crowd.seats.items() if member in there]
        self.socket: ClientConnection | None = None

    async def talks(self, enough: asyncio.Event) -> None:
        """Say one thing after another until it is enough."""
        async with self.crowd.web(self.member, PATIENCE) as web:
            while not enough.is_set():
                await self.says(web)
                # People draw breath, and stay below what one account may say.
                await asyncio.sleep(random.uniform(0, 0.05))
        if self.socket is not None:
            await self.socket.close()

    async def says(self, web: httpx.AsyncClient) -> None:
        """Say one thing, as often as it takes."""
        said = self.crowd.begins(random.choice(self.rooms), self.member)
        while not said.answers and time.monotonic() < said.began_at + RESOLVE:
            try:
                await (self.by_socket(said) if random.random() < 0.5 else self.by_http(web, said))
            except TROUBLE:
                self.socket = None
                await asyncio.sleep(random.uniform(0.05, 0.25))

    async def by_http(self, web: httpx.AsyncClient, said: Said) -> None:
        """One try by HTTP."""
        body = {"content": said.content, "client_id": said.client_id}
        answer = await web.post(f"/conversations/{said.conversation_id}/messages", json=body)
        if answer.status_code in {200, 201}:
            self._is_told(said, answer.json()["id"])
        else:
            what = str(answer.status_code)
            if what == "503" and "retry-after" not in answer.headers:
                what = "503 that does not say when"
            await self._is_put_off(what)

    async def by_socket(self, said: Said) -> None:
        """One try by a socket."""
        if self.socket is None:
            self.socket = await self.crowd.connect(self.member, PATIENCE)
        ref = next(_numbers)
        post = {"type": "post", "ref": ref, "conversation_id": said.conversation_id}
        await self.socket.send(json.dumps(post | {"client_id": said.client_id, "content": said.content}))
        async with asyncio.timeout(PATIENCE):
            answer = await _answer(self.socket, ref)
        if answer["type"] == "ok":
            self._is_told(said, answer["id"])
        else:
            await self._is_put_off(str(answer["problem"]["status"]))

    def _is_told(self, said: Said, number: int) -> None:
        said.answers.append(number)
        said.told_at = time.monotonic()

    async def _is_put_off(self, what: str) -> None:
        # Anything that is no promise is asked again; what a refusal leaves behind the judge would see.
        self.crowd.errors[what] += 1
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
        socket = await self.crowd.connect(self.member, PATIENCE)
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
            self.crowd.hears(stretch, _logged(frame))
            self.known[stretch.conversation_id] = frame["seq"]


async def gather(url: str, people: int = 40, rooms: int = 10) -> Crowd:
    """A crowd of newcomers in so many groups."""
    return await settle(url, await arrive(url, people), rooms)


async def arrive(url: str, people: int) -> list[Member]:
    """So many newcomers."""
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as web:
        return [await _arrives(web, f"p{next(_numbers)}") for _ in range(people)]


async def settle(url: str, members: list[Member], rooms: int) -> Crowd:
    """The same people in new groups: the observers in all of them, everybody else in three of ten."""
    seats: dict[str, list[Member]] = {}
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as web:
        for number in range(rooms):
            there = [one for at, one in enumerate(members) if at < OBSERVERS or (at + number) % rooms in {0, 1, 2}]
            body = {"participants": [one.user_id for one in there], "title": f"Room {number}"}
            answer = await web.post("/conversations", json=body, headers=members[0].headers)
            seats[answer.raise_for_status().json()["id"]] = there
    return Crowd(url, members, seats)


async def _arrives(web: httpx.AsyncClient, name: str) -> Member:
    body = {"user_name": name, "email": f"{name}@example.org", "password": PASSWORD}
    (await web.post("/users", json=body)).raise_for_status()
    answer = await web.post("/sessions", json={"login": name, "password": PASSWORD})
    web.cookies.clear()
    cookie = answer.raise_for_status().headers["set-cookie"].split(";")[0]
    return Member(name, answer.json()["user"]["id"], {"Cookie": cookie})


async def _answer(socket: ClientConnection, ref: int) -> Json:
    async for text in socket:
        if str(text).startswith('{"type":"event"'):
            # Most of what comes is news, and a crowd in one process has no time to read what it need not.
            continue
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
