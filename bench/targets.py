"""What a server must offer to be measured. Whoever implements `Target` is measured like everybody else.

The generator numbers its messages; `worlds.Room` names rooms and users, and a target turns those names into its own
addresses. A frame is built beforehand, sent with one call, and each message that arrives is told to the ear by its
number, which `texts.number_in` finds in whatever bytes the server sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bench.worlds import Room, World

Hear = Callable[[int], None]
"""Called with the number of each message that arrives at a socket, once for each time that it does."""


class Client(Protocol):
    """One socket, signed in as one user."""

    def frame(self, room: Room, number: int) -> bytes:
        """What `send` puts on the wire for the message of this number; its text is `texts.text(number)`."""

    def send(self, frame: bytes) -> None:
        """Put it on the wire without waiting."""

    async def close(self) -> None:
        """Hang up."""


class Reader(Protocol):
    """One connection over which one user asks for things, one at a time; each answer is counted."""

    async def page(self, room: Room, before: int) -> int:
        """Fifty messages of a room, those before its message of this number (from 1); returns how many came."""

    async def inbox(self) -> int:
        """The fifty conversations with the latest activity; returns how many came."""

    async def opening(self, room: Room) -> int:
        """What a client asks for when somebody opens a conversation; returns how many messages came."""

    async def post(self, room: Room, number: int) -> None:
        """Say something over HTTP, durable when this returns."""

    async def close(self) -> None:
        """Hang up."""


class PagesAlone:
    """What else a `Reader` is asked for, of a target that has pages of history and nothing more.

    The scenarios that ask are not among such a target's, so whoever comes here has put it through the wrong one.
    """

    async def inbox(self) -> int:
        """There is no list of conversations."""
        raise LookupError("This target has no list of conversations.")

    async def post(self, room: Room, number: int) -> None:
        """Nothing is said over HTTP."""
        raise LookupError("To this target nothing is said over HTTP.")


class Target(Protocol):
    """A server with its database."""

    name: str
    scenarios: frozenset[str]
    """The names of the scenarios that it can be put through."""
    echoes: bool
    """Whether a message also arrives at the socket that sent it."""
    rest: float
    """Seconds after which a socket on which nothing is said takes no more than it needs."""

    def start(self, world: World, core: int) -> None:
        """A fresh server on a database that holds exactly this world, all pinned to this core; ready on return."""

    def stop(self) -> None:
        """End what was started and remove what it wrote."""

    @property
    def parts(self) -> Mapping[str, Sequence[int]]:
        """Processes by what they are, `server` and `database` at least; their children count with them."""

    async def connect(self, user: str, hear: Hear) -> Client:
        """A socket of this user, which hears from now on everything that is said in the user's rooms."""

    async def reader(self, user: str) -> Reader:
        """A connection of this user for reading."""
