"""The socket, `GET /api/v1/socket`: frames in, asked of the core, and answered in the order in which they came."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from chatsphere import addresses
from chatsphere.core import messages, reading, sessions
from chatsphere.core.chat import Chat, Committed, Db
from chatsphere.core.errors import NotFound, Refusal, TooMany, Unavailable
from chatsphere.core.posts import Posted
from chatsphere.core.writer import Outcome
from chatsphere.gateway import frames
from chatsphere.gateway.budget import Budget, Budgets, spend
from chatsphere.gateway.connection import Answer, Connection, Resuming
from chatsphere.gateway.frames import Ping, Post, Read, Resume, Typing
from chatsphere.gateway.handshake import address, refuse, who
from chatsphere.gateway.hub import Hub
from chatsphere.gateway.presence import Attendance
from chatsphere.gateway.wire import BROKEN, EXTENSION, RESTARTED, WireFace, come_back
from chatsphere.outside.bus import Felt

if TYPE_CHECKING:
    from chatsphere.settings import Settings

log = structlog.get_logger("chatsphere.gateway")

P = ParamSpec("P")
R = TypeVar("R")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# Sockets that one account may have in this process.
MOST = 1000
_FINISH = 8.0


class Failure(Refusal):
    """What nobody expected."""

    status, title = 500, "Something broke"


class Gateway:
    """Opens sockets, takes their frames and answers them."""

    def __init__(self, chat: Chat, settings: Settings, hub: Hub, attendance: Attendance, pool: Executor) -> None:
        self._chat = chat
        self._settings = settings
        self._hub = hub
        self._attendance = attendance
        self._ask = asker(chat, pool)
        self._outcomes = Outcomes()
        self._budgets = Budgets()
        self._proxies = addresses.networks(settings.trusted_proxies)
        self.draining = False

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One socket, from its handshake to its end."""
        await receive()
        try:
            if self.draining:
                raise Unavailable("This server is about to stop. Try again in a moment.")
            self._check_knock(scope)
            signed_in = await who(scope["headers"], self._settings, self._find)
            self._check_room(signed_in.user.id)
        except Refusal as refusal:
            await refuse(send, refusal)
            return
        except SQLAlchemyError as error:
            log.error("the database cannot be asked who is there", error=type(error).__name__)
            await refuse(send, Unavailable("The server cannot look anything up just now. Try again in a moment."))
            return
        await send({"type": "websocket.accept"})
        face: WireFace = scope["extensions"][EXTENSION]["face"]
        await self._stay(Connection(face, signed_in.user.id, signed_in.session.id), face, receive)

    def _check_knock(self, scope: Message) -> None:
        if self._settings.rate_limits:
            self._budgets.knock(address(scope, self._proxies))

    def _check_room(self, user_id: str) -> None:
        if self._settings.rate_limits and len(self._hub.people.get(user_id, ())) >= MOST:
            raise TooMany("There are too many connections of this account. Close some first.", retry_after=10)

    async def _find(self, token: str) -> sessions.SignedIn | None:
        return await self._ask(sessions.find, token)

    async def _stay(self, connection: Connection, face: WireFace, receive: Receive) -> None:
        hub, attendance = self._hub, self._attendance
        attendance.came(connection.user_id)
        leaving: list[asyncio.Task[None]] = []
        face.when_leaving(lambda: leaving.append(asyncio.get_running_loop().create_task(self._leave(connection))))
        hello = frames.hello(connection.user_id, connection.session_id, hub.epoch)
        try:
            await hub.join(connection, partial(connection.tell, hello))
            await self._listen(connection, face, receive)
        except Exception:
            log.exception("a socket failed")
            connection.close(BROKEN, come_back())
        finally:
            hub.part(connection)
            attendance.went(connection.user_id)

    async def _leave(self, connection: Connection) -> None:
        """The server stops: take nothing more, answer what was asked, and say when to come back."""
        self.draining = connection.leaving = True
        await connection.answered(_FINISH)
        connection.close(RESTARTED, come_back())

    async def _listen(self, connection: Connection, face: WireFace, receive: Receive) -> None:
        budgets = self._budgets.open(connection.user_id) if self._settings.rate_limits else ()
        face.when_heard(partial(self._hear, connection, budgets))
        while not connection.closed:
            connection.waiting = True
            message = await receive()
            connection.waiting = False
            if message["type"] == "websocket.disconnect":
                return
            resume, connection.resuming = connection.resuming, None
            if resume is None:
                if connection.deaf:
                    continue
                await connection.room()
                resume = self._said(connection, budgets, message.get("text"))
            if resume is not None:
                await self._hub.prepare(connection, resume.frame.seqs)
                connection.settle(resume.answer, partial(self._resume, connection, resume.frame))

    def _hear(self, connection: Connection, budgets: Sequence[Budget], text: str) -> bool:
        """Take a frame at once, without the way through the application's queue; False: it has to go that way."""
        if not connection.idle:
            return False
        try:
            connection.resuming = self._said(connection, budgets, text)
        except Exception:
            log.exception("a socket failed")
            connection.close(BROKEN, come_back())
        return connection.resuming is None

    def _said(self, connection: Connection, budgets: Sequence[Budget], text: str | None) -> Resuming | None:
        """Take a frame; a `resume` is given back, for it has to be waited for."""
        answer = connection.place()
        try:
            if budgets:
                spend(budgets)
            if text is None:
                raise frames.NotUnderstood("Frames are text.")
            frame = frames.parse(text)
            if isinstance(frame, Resume):
                return Resuming(answer, frame)
            self._take(connection, answer, frame)
        except Refusal as refusal:
            refused = frames.error(frames.ref_of(text or ""), refusal)
            connection.settle(answer, partial(connection.tell, refused))
        return None

    def _take(self, connection: Connection, answer: Answer, frame: Post | Read | Typing | Ping) -> None:
        me = connection.user_id
        match frame:
            case Post(conversation_id=where):
                then = partial(self._outcomes.put, _posted, connection, answer, frame.ref)
                said = (frame.content, frame.client_id, frame.reply_to, (), frame.reply_attachment)
                self._chat.send(messages.post, then, me, where, *said)
            case Read(conversation_id=where):
                done = partial(self._outcomes.put, _read, connection, answer, frame.ref)
                self._chat.send(reading.read, done, me, where, frame.seq)
            case Typing(conversation_id=where):
                ear = connection.ears.get(where)
                if ear is None or ear.leaving:
                    raise NotFound
                connection.settle(answer, partial(self._hub.tell, Felt("typing", where, me)))
            case Ping():
                connection.settle(answer, partial(connection.tell, frames.pong(frame.ref)))

    def _resume(self, connection: Connection, frame: Resume) -> None:
        connection.tell(frames.ok(frame.ref))
        self._hub.resume(connection, frame.epoch, frame.seqs)


Told = Callable[[Connection, Answer, int, Outcome[Any]], None]


def _posted(connection: Connection, answer: Answer, ref: int, outcome: Outcome[Posted]) -> None:
    if outcome.error is not None:
        _failed(connection, answer, ref, outcome.error)
    else:
        said = frames.ok(ref, outcome.result().message.id)
        connection.settle(answer, partial(connection.tell, said))


def _read(connection: Connection, answer: Answer, ref: int, outcome: Outcome[None]) -> None:
    if outcome.error is not None:
        _failed(connection, answer, ref, outcome.error)
    else:
        connection.settle(answer, partial(connection.tell, frames.ok(ref)))


def _failed(connection: Connection, answer: Answer, ref: int, error: BaseException) -> None:
    if not isinstance(error, Refusal):
        log.error("an operation failed", exc_info=error)
        error = Failure("It is not your fault, and it was written down.")
    connection.settle(answer, partial(connection.tell, frames.error(ref, error)))


class Outcomes:
    """Brings what the writer's thread says into the event loop: one hop for a whole batch, in order."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[tuple[Told, Connection, Answer, int, Outcome[Any]]] = deque()
        self._called = False

    def put(self, told: Told, connection: Connection, answer: Answer, ref: int, outcome: Outcome[Any]) -> None:
        """Called in the writer's thread; must not fail, for it would take others' answers with it."""
        self._waiting.append((told, connection, answer, ref, outcome))
        if not self._called:
            self._called = True
            call_soon(self._loop, self._tell)

    def _tell(self) -> None:
        # Before taking from the queue: what is put in from now on calls again.
        self._called = False
        while self._waiting:
            told, connection, answer, ref, outcome = self._waiting.popleft()
            told(connection, answer, ref, outcome)


class _Asker:
    def __init__(self, chat: Chat, pool: Executor) -> None:
        self._chat = chat
        self._pool = pool

    async def __call__(self, question: Callable[Concatenate[Db, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        look = partial(self._chat.ask, question, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._pool, look)


def asker(chat: Chat, pool: Executor) -> _Asker:
    """`chat.ask` for the event loop: the looking is done by the pool's threads."""
    return _Asker(chat, pool)


def on_commit(chat: Chat, hub: Hub) -> None:
    """Have the hub told of every commit, in the event loop, before anybody is answered there."""
    loop = asyncio.get_running_loop()

    def hear(news: Committed) -> None:
        if news.events or news.users or news.reads or news.marked or news.ended or news.cleared:
            call_soon(loop, partial(hub.committed, news))

    chat.on_commit(hear)


def call_soon(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Call in the loop, from any thread, after what was asked for before; a loop that is closed hears nothing."""
    try:
        loop.call_soon_threadsafe(call)
    except RuntimeError:
        log.debug("the event loop is closed")
