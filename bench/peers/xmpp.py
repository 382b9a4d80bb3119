"""The generator's XMPP: frames built beforehand, arrivals found by their marks, nothing parsed that need not be."""

from __future__ import annotations

import asyncio
import base64
from typing import cast

from bench.targets import Hear
from bench.texts import number_in, text
from bench.worlds import Room

HOST = "localhost"
MUC = f"conference.{HOST}"

_OPEN = (
    f"<?xml version='1.0'?><stream:stream to='{HOST}' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>"
)
_AUTH = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>"
_BIND = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
_PRESENT = "<presence/>"
_JOIN = "<presence to='%s/%s'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>"
_SAY = "<message to='%s' type='%s' id='m%d'><body>%s</body></message>"
_PAGE = (
    "<iq to='%s' type='set' id='q'><query xmlns='urn:xmpp:mam:2'><set xmlns='http://jabber.org/protocol/rsm'>"
    "<max>50</max><before>%d</before></set></query></iq>"
)
_WHOLE, _ERROR, _FAILURE, _MARK, _RESULT = b"</message>", b"type='error'", b"<failure", b"^", b"<result "


class Refused(Exception):
    """An answer that is not the one that was asked for."""


def address(room: Room, user: str) -> str:
    """Where this user sends what is for this room: to the other one, or to the room."""
    if room.direct:
        return f"{next(member for member in room.members if member != user)}@{HOST}"
    return f"{room.name}@{MUC}"


def message(room: Room, user: str, number: int) -> bytes:
    """The message of this number, as this user sends it."""
    kind = "chat" if room.direct else "groupchat"
    return (_SAY % (address(room, user), kind, number, text(number))).encode()


def arrivals(data: bytes) -> tuple[list[int], bytes]:
    """The numbers of the messages that are whole in these bytes, and what is left of them; an error is Refused."""
    end = data.rfind(_WHOLE) + len(_WHOLE)
    if end < len(_WHOLE):
        return [], data
    whole, numbers = data[:end], []
    if _ERROR in whole:
        raise Refused(whole[-500:].decode(errors="replace"))
    at = whole.find(_MARK)
    while at >= 0:
        numbers.append(number_in(whole[at : at + 10]))
        at = whole.find(_MARK, at + 10)
    return numbers, data[end:]


class Stream(asyncio.Protocol):
    """One connection of one user: first it asks and waits, then it only hears."""

    def __init__(self, hear: Hear | None = None) -> None:
        """Without an ear all that comes is kept for whoever asks."""
        self._hear = hear
        self._talking = False
        self._got = b""
        self._sought = b""
        self._found: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep it."""
        # uvloop's own, which is no subclass of asyncio's.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Tell the ear of every message, or whoever waits of what they wait for."""
        self._got += data
        if self._talking and self._hear is not None:
            numbers, self._got = arrivals(self._got)
            for number in numbers:
                self._hear(number)
        elif self._found is not None and not self._found.done():
            if self._sought in self._got:
                self._found.set_result(self._got)
            elif _FAILURE in self._got:
                self._found.set_exception(Refused(self._got[-500:].decode(errors="replace")))

    def connection_lost(self, _error: Exception | None) -> None:
        """Whoever waits waits for nothing."""
        if self._found is not None and not self._found.done():
            self._found.set_exception(Refused(f"The server hung up after {self._got[-500:]!r}"))

    def send(self, frame: bytes) -> None:
        """Put it on the wire without waiting."""
        assert self._transport is not None  # noqa: S101 - made by `open_stream`
        self._transport.write(frame)

    async def ask(self, wanted: bytes, until: bytes) -> bytes:
        """What comes after this has been sent, up to these bytes and whatever came with them."""
        self._got, self._sought = b"", until
        self._found = asyncio.get_running_loop().create_future()
        self.send(wanted)
        return await self._found

    def listen(self) -> None:
        """From now on messages go to the ear."""
        self._talking, self._got = True, b""

    async def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()


async def open_stream(port: int, user: str, password: str, hear: Hear | None = None) -> Stream:
    """Connect, sign in by SASL PLAIN, bind a resource and say that one is there."""
    _, stream = await asyncio.get_running_loop().create_connection(lambda: Stream(hear), "127.0.0.1", port)
    await stream.ask(_OPEN.encode(), b"</stream:features>")
    proof = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
    await stream.ask((_AUTH % proof).encode(), b"<success")
    await stream.ask(_OPEN.encode(), b"</stream:features>")
    await stream.ask(_BIND.encode(), b"</iq>")
    await stream.ask(_PRESENT.encode(), b"<presence")
    return stream


async def join(stream: Stream, room: Room, user: str) -> None:
    """Enter a room; done when it has told its subject, which comes last."""
    await stream.ask((_JOIN % (address(room, user), user)).encode(), b"<subject")


async def page(stream: Stream, room: Room, user: str, before: int) -> int:
    """Fifty messages of the archive, those before this id; returns how many came."""
    answer = await stream.ask((_PAGE % (address(room, user), before)).encode(), b"</iq>")
    if _ERROR in answer:
        raise Refused(answer[-500:].decode(errors="replace"))
    return answer.count(_RESULT)
