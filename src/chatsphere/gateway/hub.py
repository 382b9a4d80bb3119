"""The hub, one per process: hears what is new and reads it on to every socket that listens.

Each socket is a reader of the log with a cursor of its own. A bell only says up to which number there is news, so a
bell that is lost, late or rung twice, a reconnect and a slow client are all the same: read on from the cursor.
Everything here happens in the event loop; only looking at the database happens elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Concatenate, ParamSpec, TypeVar

from chatsphere.core.chat import Committed, Db
from chatsphere.core.listening import Hearing, Listening
from chatsphere.core.switches import Switches
from chatsphere.core.values import Event
from chatsphere.gateway import frames
from chatsphere.gateway.connection import Connection
from chatsphere.gateway.delivery import Ask, Delivery
from chatsphere.gateway.looking import arrive, seats, state
from chatsphere.gateway.tail import Ear, Heard, Tail, heard
from chatsphere.gateway.wire import wrapped
from chatsphere.outside.bus import Bell, Felt, Missed, Note, Touched
from chatsphere.outside.tidings import Tidings

P = ParamSpec("P")
T = TypeVar("T")

# Further behind than this, a client loads the conversation afresh.
FARTHEST = 1000
# What was committed at once in one conversation travels with its bell up to so many bytes; more is read by the others.
CARRIED = 64 * 1024
_JOINING = frozenset({"conversation.created", "participant.joined"})


class Hub(Delivery):
    """Who listens to what in this process."""

    def __init__(self, ask: Ask, ring: Callable[[Note], None], epoch: str, *, carries: bool = True) -> None:
        super().__init__(ask)
        self.ring = ring
        self.carries = carries
        self.epoch = epoch
        self.people: dict[str, set[Connection]] = {}
        self.sessions: dict[str, set[Connection]] = {}
        self.companions: dict[str, set[str]] = {}
        self.apart: dict[str, set[str]] = {}
        self.shows: dict[str, Switches] = {}
        self.online: set[str] = set()
        self._relooking: set[str] = set()

    # --- sockets come and go

    async def join(self, connection: Connection, welcome: Callable[[], None]) -> None:
        """Let a socket hear everything that is its user's to hear, from `welcome` on; or close it, signed out."""
        self.people.setdefault(connection.user_id, set()).add(connection)
        self.sessions.setdefault(connection.session_id, set()).add(connection)
        with self._looks:
            arrival = await self._look(connection.user_id, arrive, connection.session_id)
            if not arrival.alive:
                connection.end()
            if connection.closed:
                return
            found = arrival.listening
            self.companions[connection.user_id] = found.companions
            self.apart[connection.user_id] = found.apart
            self.shows[connection.user_id] = found.shows
            connection.ready = True
            welcome()
            for companion in found.companions & self.online:
                connection.tell(frames.presence(companion, online=True))
            for conversation_id, hearing in found.hearings.items():
                self._listen(connection, conversation_id, hearing, hearing.head)

    def part(self, connection: Connection) -> None:
        """A socket is gone, and with the last of them what was kept for it."""
        connection.closed = True
        if connection.feeding is not None:
            connection.feeding.cancel()
        for ear in list(connection.ears.values()):
            self._drop(ear)
        for by, key in ((self.people, connection.user_id), (self.sessions, connection.session_id)):
            by.get(key, set()).discard(connection)
            if not by.get(key):
                by.pop(key, None)
        if connection.user_id not in self.people:
            self.companions.pop(connection.user_id, None)
            self.apart.pop(connection.user_id, None)
            self.shows.pop(connection.user_id, None)
            self._looks.forget(connection.user_id)

    # --- news

    def committed(self, news: Committed) -> None:
        """What this process has committed itself: it is in hand and need not be read back."""
        self.end(news.ended)
        for conversation_id, user_id in news.cleared:
            self._cleared(conversation_id, user_id)
        for one, other in news.parted:
            self._keep_apart(one, {other})
            self._keep_apart(other, {one})
        groups: dict[str, list[Event]] = {}
        for event in news.events:
            groups.setdefault(event.conversation_id, []).append(event)
        for conversation_id, group in groups.items():
            told = self._in_hand(conversation_id, group)
            if self.carries:
                self._carry(conversation_id, told)
            self.ring(Bell(conversation_id, group[-1].seq))
        if news.users or news.ended or news.cleared:
            self.ring(Touched(tuple(news.users), tuple(news.ended), news.cleared))
        for user_id in news.users:
            self.look_again(user_id)
        for mark in news.reads:
            kind = "read" if mark.shown else "read-unseen"
            self.tell(Felt(kind, mark.conversation_id, mark.user_id, mark.seq))
        for marked in news.marked:
            self.tell(Felt("marked", marked.conversation_id, marked.user_id, int(marked.unread)))

    def hear(self, note: Note) -> None:
        """What another process says."""
        match note:
            case Bell():
                self._bell(note.conversation_id, note.seq)
            case Tidings():
                self._brought(note)
            case Touched():
                self.end(note.session_ids)
                for conversation_id, user_id in note.cleared:
                    self._cleared(conversation_id, user_id)
                for user_id in note.user_ids:
                    self.look_again(user_id)
            case Felt():
                self._feel(note)
            case Missed():
                self.missed.set()

    def tell(self, felt: Felt) -> None:
        """Somebody here types or has read: tell everybody in every process; unless they hide that they are here."""
        if felt.kind == "typing" and not self._shows(felt.user_id).presence:
            return
        self._feel(felt)
        self.ring(felt)

    def present(self, user_id: str, online: bool) -> None:
        """Somebody came or went: tell whoever shares a conversation with them."""
        (self.online.add if online else self.online.discard)(user_id)
        frame = wrapped(frames.presence(user_id, online))
        known = self.companions.get(user_id)
        # Companionship is mutual: where theirs are known nobody else has to be asked.
        others = known if known is not None else {who for who, theirs in self.companions.items() if user_id in theirs}
        for companion in others:
            for connection in self.people.get(companion, ()):
                if connection.ready:
                    connection.send(frame)

    def end(self, session_ids: Iterable[str]) -> None:
        """These sessions are over: their sockets hear nothing more."""
        for session_id in session_ids:
            for connection in list(self.sessions.get(session_id, ())):
                connection.end()

    async def sweep(self) -> None:
        """Look for what no bell has told: news, and sessions that ended."""
        tails, session_ids = dict(self.tails), list(self.sessions)
        heads, alive = await self.ask(state, list(tails), session_ids)
        self.end(session_id for session_id in session_ids if session_id not in alive)
        for conversation_id, tail in tails.items():
            if conversation_id in heads:
                tail.learn(heads[conversation_id])
                self._read_on(tail)
            else:
                for ear in list(tail.ears.values()):
                    self._silence(ear)

    def _in_hand(self, conversation_id: str, group: Sequence[Event]) -> Sequence[Heard]:
        self._looks.note(conversation_id, group[-1].seq)
        if conversation_id not in self.tails and not any(event.kind in _JOINING for event in group):
            return ()
        news = [heard(event) for event in group]
        self._admit(conversation_id, news)
        if (tail := self.tails.get(conversation_id)) is not None:
            self._deliver(tail, news, own=True)
            self._see_off(tail, news)
        return news

    def _carry(self, conversation_id: str, news: Sequence[Heard]) -> None:
        """Send along what is encoded anyway, where it says the same to all and is small; the bell follows it."""
        if news and all(one.common for one in news):
            tidings = Tidings(conversation_id, news[0].seq, tuple(one.frame for one in news), self.epoch)
            if tidings.size <= CARRIED:
                self.ring(tidings)

    def _brought(self, tidings: Tidings) -> None:
        """Take what another process has encoded, where it is what comes next and nothing else."""
        tail = self.tails.get(tidings.conversation_id)
        if tail is not None and tidings.first == tail.end + 1 and tidings.epoch == self.epoch:
            self._deliver(tail, [Heard(seq, frame, seq) for seq, frame in enumerate(tidings.frames, tidings.first)])

    def _bell(self, conversation_id: str, seq: int) -> None:
        self._looks.note(conversation_id, seq)
        if (tail := self.tails.get(conversation_id)) is not None:
            tail.learn(seq)
            self._read_on(tail)

    def _feel(self, felt: Felt) -> None:
        if felt.kind in ("marked", "read-unseen"):
            self._own(felt)
        tail = self.tails.get(felt.conversation_id)
        if tail is None or felt.kind not in ("typing", "read"):
            return
        if felt.kind == "typing":
            frame = wrapped(frames.typing(felt.conversation_id, felt.user_id))
        else:
            frame = wrapped(frames.read(felt.conversation_id, felt.user_id, felt.data))
        for connection, ear in tail.ears.items():
            if not ear.leaving and not self._untold(felt, connection.user_id):
                connection.send(frame)

    def _untold(self, felt: Felt, user_id: str) -> bool:
        """Whether this is not for somebody: what they do or hide themselves, and what one does who is kept apart."""
        own, shows = felt.user_id == user_id, self._shows(user_id)
        if felt.kind == "read":
            return not own and not shows.receipts
        return own or not shows.presence or felt.user_id in self.apart[user_id]

    def _own(self, felt: Felt) -> None:
        """What somebody decides for themselves is for their own sockets alone."""
        frame = frames.marked(felt.conversation_id, bool(felt.data))
        if felt.kind == "read-unseen":
            frame = frames.read(felt.conversation_id, felt.user_id, felt.data)
        for connection in self.people.get(felt.user_id, ()):
            if connection.ready and felt.conversation_id in connection.ears:
                connection.tell(frame)

    def _admit(self, conversation_id: str, news: Iterable[Heard]) -> None:
        """Whoever joins with one of these hears it as the first."""
        for one in news:
            for user_id in one.joined:
                for connection in list(self.people.get(user_id, ())):
                    if connection.ready:
                        self._listen(connection, conversation_id, Hearing(one.seq - 1, 0, one.seq), one.seq - 1)

    def _meet(self, tail: Tail, news: Iterable[Heard]) -> None:
        """Whoever is there has new companions; the newcomer's own are found by looking at their seats again."""
        joined = {user_id for one in news for user_id in one.joined - one.unseen}
        there = {connection.user_id for connection in tail.ears} if joined else set()
        for user_id in there:
            # Who looks at this moment may look from before it.
            self._change(user_id)
        for user_id in filter(lambda one: self._shows(one).presence, there):
            new = joined - self.companions[user_id] - self.apart[user_id] - {user_id}
            self.companions[user_id] |= new
            for companion in new & self.online:
                for connection in self.people[user_id]:
                    if connection.ready:
                        connection.tell(frames.presence(companion, online=True))

    def _see_off(self, tail: Tail, news: Iterable[Heard]) -> None:
        """Who was removed and has still to read up to there feels nothing any more meanwhile."""
        leaving = {one.left for one in news if one.left is not None}
        for connection, ear in tail.ears.items() if leaving else ():
            ear.leaving = ear.leaving or connection.user_id in leaving

    # --- seats

    def look_again(self, user_id: str) -> None:
        """Somebody's seats may be others now; one look at a time for each, and none is taken from before this."""
        self._change(user_id)
        if user_id in self.people and user_id not in self._relooking:
            self._do(self.relook(user_id))

    async def relook(self, user_id: str) -> None:
        """Compare what somebody's sockets hear with what is theirs to hear."""
        self._relooking.add(user_id)
        try:
            with self._looks:
                found = await self._look(user_id, seats)
                self._relooking.discard(user_id)
                for connection in [one for one in self.people.get(user_id, ()) if one.ready]:
                    self._compare(connection, found)
                if user_id in self.companions:
                    self._adopt(user_id, found)
        finally:
            self._relooking.discard(user_id)

    def _adopt(self, user_id: str, found: Listening) -> None:
        self._keep_apart(user_id, self.companions[user_id] - found.companions)
        self.companions[user_id], self.apart[user_id] = found.companions, found.apart
        if found.shows != self._shows(user_id):
            self.shows[user_id] = found.shows
            for connection in self.people[user_id]:
                if connection.ready:
                    connection.tell(frames.switched(presence=found.shows.presence, receipts=found.shows.receipts))

    def _shows(self, user_id: str) -> Switches:
        """What somebody shows of themselves; only of those who have a socket here is it known."""
        return self.shows.get(user_id, Switches())

    def _discreet(self, user_id: str) -> bool:
        return not self._shows(user_id).receipts

    def _compare(self, connection: Connection, found: Listening) -> None:
        for conversation_id, hearing in found.hearings.items():
            ear = connection.ears.get(conversation_id)
            if ear is not None and hearing.from_seq > ear.from_seq:
                self._silence(ear)
            elif ear is not None:
                ear.doubted = ear.leaving = False
            self._listen(connection, conversation_id, hearing, max(hearing.joined_seq - 1, hearing.from_seq))
        for conversation_id in connection.ears.keys() - found.hearings.keys():
            self._doubt(connection.ears[conversation_id])
        for companion in (found.companions - self.companions[connection.user_id]) & self.online:
            connection.tell(frames.presence(companion, online=True))

    def _keep_apart(self, user_id: str, others: set[str]) -> None:
        """Somebody feels nothing of these any more: as far as they can see, these have gone."""
        if user_id not in self.companions:
            return
        for other in others & self.companions[user_id] & self.online:
            for connection in self.people[user_id]:
                if connection.ready:
                    connection.tell(frames.presence(other, online=False))
        self.companions[user_id] -= others
        self.apart[user_id] |= others

    def _doubt(self, ear: Ear) -> None:
        """Not theirs any more: the log will say so itself, unless it was cleared and the note of it was lost."""
        if ear.doubted:
            self._silence(ear)
        ear.doubted = True

    def _cleared(self, conversation_id: str, user_id: str) -> None:
        self._change(user_id)
        for connection in list(self.people.get(user_id, ())):
            if (ear := connection.ears.get(conversation_id)) is not None:
                self._silence(ear)

    # --- a client says where it stands

    async def prepare(self, connection: Connection, seqs: Mapping[str, int]) -> None:
        """Find out what is not known here yet: seats of which the note is late, and numbers beyond our heads."""
        if seqs.keys() - connection.ears.keys():
            await self.relook(connection.user_id)
        ahead = [where for where, seq in seqs.items() if where in self.tails and seq > self.tails[where].head]
        if ahead:
            heads, _ = await self.ask(state, ahead, [])
            for conversation_id, head in heads.items():
                self._bell(conversation_id, head)

    def resume(self, connection: Connection, epoch: str, seqs: Mapping[str, int]) -> None:
        """Go on from these numbers, or tell the client to load afresh what it is too far from."""
        for conversation_id, seq in seqs.items():
            ear = connection.ears.get(conversation_id)
            if ear is None:
                connection.tell(frames.reset(conversation_id, None))
                continue
            head = max(self.tails[conversation_id].head, ear.cursor)
            if epoch == self.epoch and ear.from_seq <= seq and head - FARTHEST <= seq <= head:
                ear.cursor = seq
            else:
                ear.cursor = head
                connection.tell(frames.reset(conversation_id, head))
            self.feed(ear)

    # --- looking

    async def _look(
        self, user_id: str, question: Callable[Concatenate[Db, str, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Look until nothing of this user's has changed while we did."""
        while True:
            as_of = self._looks.changes(user_id)
            found = await self.ask(question, user_id, *args, **kwargs)
            if self._looks.changes(user_id) == as_of:
                return found

    def _change(self, user_id: str) -> None:
        if user_id in self.people:
            self._looks.change(user_id)
