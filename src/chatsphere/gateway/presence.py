"""Who is online: somebody with a socket anywhere, in this process or another."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Protocol, cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from chatsphere.settings import Settings

log = structlog.get_logger("chatsphere.presence")

EVERY = 1.0
# A page that is loaded again is no leaving.
GRACE = 2.0
# How long a process may say nothing before it counts as dead; with EVERY and a look it stays below the promised 10 s.
DEAD_AFTER = 5.0


class Presence(Protocol):
    """Where processes tell each other who is there."""

    async def look(self, here: Collection[str]) -> set[str]:
        """Say who is here; returns who is anywhere."""

    async def leave(self) -> None:
        """This process ends: nobody is here."""


class LocalPresence:
    """There is one process only."""

    async def look(self, here: Collection[str]) -> set[str]:
        """Who is here is everybody."""
        return set(here)

    async def leave(self) -> None:
        """Nobody is left to be told."""


# KEYS: the processes by when they were last heard of, the version. ARGV: this process, the prefix of its set, how long
# to believe a silent one (ms), the version known here, "+" and those who came or "=" and all, then "-" and who went.
# Returns the version and, where it is another one than known, everybody; 0 where this process was given up for dead.
_LOOK = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local mine, changed = ARGV[2] .. ARGV[1], false
if ARGV[5] ~= '=' and not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return {0} end
if ARGV[5] == '=' then redis.call('DEL', mine) changed = true end
redis.call('ZADD', KEYS[1], now, ARGV[1])
local adding = true
for at = 6, #ARGV do
  if ARGV[at] == '-' then adding = false
  elseif adding then changed = redis.call('SADD', mine, ARGV[at]) == 1 or changed
  else changed = redis.call('SREM', mine, ARGV[at]) == 1 or changed end
end
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3])) do
  redis.call('DEL', ARGV[2] .. dead)
  redis.call('ZREM', KEYS[1], dead)
  changed = true
end
if redis.call('EXISTS', mine) == 1 then redis.call('PEXPIRE', mine, 60000) end
local version = changed and redis.call('INCR', KEYS[2]) or tonumber(redis.call('GET', KEYS[2]) or '0')
if tostring(version) == ARGV[4] then return {version} end
local sets = {}
for _, process in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do sets[#sets + 1] = ARGV[2] .. process end
return {version, redis.call('SUNION', unpack(sets))}
"""
_PREFIX = "{chatsphere:presence}:"


class RedisPresence:
    """Each process keeps a set of who is there, and signs it now and then; the set of one that fell silent goes."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1, decode_responses=True)
        self._me = secrets.token_hex(8)
        self._told: set[str] | None = None
        self._version = -1
        self._everybody: set[str] = set()

    async def look(self, here: Collection[str]) -> set[str]:
        """Say who is here; returns who is anywhere."""
        present = set(here)
        try:
            answer = await self._exchange(present)
            if answer == [0]:
                self._told, self._version = None, -1
                answer = await self._exchange(present)
        except BaseException:
            # What Redis knows of us is anybody's guess: tell it everything next time, and hear everything.
            self._told, self._version = None, -1
            raise
        self._told, self._version = present, cast(int, answer[0])
        if len(answer) > 1:
            self._everybody = set(cast("list[str]", answer[1]))
        return self._everybody | present

    async def leave(self) -> None:
        """This process ends: nobody is here."""
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            self._told = None
            await self._exchange(set())
        with contextlib.suppress(RedisError, OSError):
            await self._redis.aclose()

    async def _exchange(self, here: set[str]) -> list[object]:
        told, version = self._told, str(self._version)
        change = ["=", *here] if told is None else ["+", *(here - told), "-", *(told - here)]
        keys = (_PREFIX + "processes", _PREFIX + "version")
        silence = str(int(DEAD_AFTER * 1000))
        answer = await self._redis.eval(_LOOK, 2, *keys, self._me, _PREFIX + "of:", silence, version, *change)
        return cast("list[object]", answer)


class Attendance:
    """Keeps who is online, and says who came and who went."""

    def __init__(self, presence: Presence, say: Callable[[str, bool], None]) -> None:
        self.online: set[str] = set()
        self._presence = presence
        self._say = say
        self._sockets: dict[str, int] = {}
        self._left: dict[str, float] = {}
        self._kick = asyncio.Event()
        self._last_seen = time.monotonic()

    def came(self, user_id: str) -> None:
        """A socket of theirs was opened."""
        self._sockets[user_id] = self._sockets.get(user_id, 0) + 1
        self._left.pop(user_id, None)
        if user_id not in self.online:
            self._kick.set()
        self._becomes(self.online | {user_id})

    def went(self, user_id: str) -> None:
        """A socket of theirs was closed."""
        left = self._sockets.pop(user_id) - 1
        if left:
            self._sockets[user_id] = left
        else:
            self._left[user_id] = time.monotonic()

    async def run(self) -> None:
        """Compare notes with the other processes, every second and when somebody comes."""
        while True:
            await self.look()
            self._kick.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._kick.wait(), EVERY)
            # Many who come at once are told of at once.
            await asyncio.sleep(EVERY / 10)

    async def look(self) -> None:
        """Compare notes once; without Redis the others are believed to be there for a while."""
        try:
            everybody = await self._presence.look(self._here())
            self._last_seen = time.monotonic()
        except (RedisError, OSError, TimeoutError) as error:
            if time.monotonic() - self._last_seen < DEAD_AFTER:
                everybody = self.online
            else:
                log.debug("presence is away", error=type(error).__name__)
                everybody = set()
        # Who came while we asked is here, whatever the answer.
        self._becomes(everybody | self._here())

    async def close(self) -> None:
        """Nobody is here any more."""
        await self._presence.leave()

    def _here(self) -> set[str]:
        now = time.monotonic()
        self._left = {user_id: when for user_id, when in self._left.items() if now - when < GRACE}
        return self._sockets.keys() | self._left.keys()

    def _becomes(self, online: set[str]) -> None:
        before, self.online = self.online, online
        for user_id in online - before:
            self._say(user_id, True)
        for user_id in before - online:
            self._say(user_id, False)


def open_presence(settings: Settings) -> Presence:
    """The presence that the settings ask for."""
    return RedisPresence(settings.redis_url) if settings.redis_url else LocalPresence()
