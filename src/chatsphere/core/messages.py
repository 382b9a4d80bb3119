"""Messages: post (many at once), look at a page, take one back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Integer, Select, String, and_, bindparam, func, literal_column, or_, select, type_coerce

from chatsphere.core import contacts, extras, files, log, pictures, places, previews, projection, reading
from chatsphere.core.chat import Db, Tx
from chatsphere.core.database import Id
from chatsphere.core.entries import Entry, Head
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from chatsphere.core.events import Attached, MessageDeleted, MessagePosted, decode
from chatsphere.core.extras import Address
from chatsphere.core.forms import Forms
from chatsphere.core.ids import is_id
from chatsphere.core.places import Places
from chatsphere.core.posts import Post, Posted, check, posted, same
from chatsphere.core.reading import Mark
from chatsphere.core.seats import seat
from chatsphere.core.tables import attachments, edits, events, messages
from chatsphere.core.values import Event, Message, Page, Preview
from chatsphere.core.writer import Call, Outcome, plural_of

Stretch = tuple[Sequence[Any], int | None]
"""The rows of a page, and from where to go on."""
Ask = Callable[[Select[Any], dict[str, Any]], Iterable[Any]]
"""Runs a statement."""

m, e, a = messages.c, events.c, attachments.c


def post(
    tx: Tx,
    me: str,
    conversation_id: str,
    content: str,
    client_id: str | None = None,
    reply_to: int | None = None,
    files: Sequence[Attached] = (),
    reply_attachment: str | None = None,
    forwarded: bool = False,
) -> Posted:
    """Say something. The same `client_id` again gives the message that exists; with other content, a Conflict."""
    args = (me, conversation_id, content, client_id, reply_to, files, reply_attachment, forwarded)
    [outcome] = post_many(tx, [Call(post, args, {}, _nobody)])
    posted: Posted = outcome.result()
    return posted


def _nobody(_outcome: Outcome[Any]) -> None:
    """Nobody waits for the one call of `post`."""


@plural_of(post)
def post_many(tx: Tx, calls: Sequence[Call]) -> list[Outcome[Posted]]:
    """Many posts in one transaction, one statement per table; a refusal answers only its own caller."""
    posts = [Post(*call.args, **call.kwargs) for call in calls]
    heads = log.lock(tx, [one.conversation_id for one in posts])
    round_ = _Round(tx, heads, places.of(tx, posts, heads))
    outcomes = [round_.take(one) for one in posts]
    round_.write()
    return [round_.answer(outcome) for outcome in outcomes]


class _Round:
    """One batch of posts on its way into the log."""

    def __init__(
        self,
        tx: Tx,
        heads: dict[str, Head],
        places: Places,
    ) -> None:
        self.tx = tx
        self.heads = heads
        self.seats = places.seats
        self.hidden = places.hidden
        self.barred = places.barred
        self.entries: list[Entry] = []
        self.said: dict[tuple[str, str, str], int] = {}
        self.messages: list[Message] = []
        self.answered: set[int] = set()

    def take(self, one: Post) -> int | Posted | Refusal:
        """Check a post and give it a number: the place of its entry here, what was said before, or why not."""
        try:
            before = self._said_before(one)
            return self._number(one) if before is None else before
        except Refusal as refusal:
            return refusal

    def _said_before(self, one: Post) -> int | Posted | None:
        if (one.conversation_id, one.me) not in self.seats:
            raise NotFound
        check(one)
        if one.client_id is None:
            return None
        earlier = self.said.get((one.conversation_id, one.me, one.client_id))
        if earlier is not None:
            if not same(self.tx, one, self.entries[earlier].said):
                raise Conflict("This client_id was used for another message.")
            return earlier
        # Whoever may not write any more still hears what became of what they said before.
        # And whoever had files taken from them once hears of it, not that they are not there any more.
        looks = self.tx.wary or one.files or (one.conversation_id, one.me) in self.barred
        return _written_before(self.tx, one) if looks else None

    def _number(self, one: Post) -> int:
        head = self.heads[one.conversation_id]
        if (head.id, one.me) in self.barred:
            raise Forbidden(contacts.REFUSED)
        if one.reply_to is not None:
            self._check_reply(one, one.reply_to)
        if one.reply_attachment is not None and not self._shows(one, one.reply_attachment):
            raise Invalid.field(
                "reply_attachment", "There is no such picture or file in the message that this answers."
            )
        if one.files:
            files.attach(self.tx, one.me, head.id, [attached.file_id for attached in one.files])
        head.seq += 1
        place = len(self.entries)
        self.entries.append(Entry(head.id, head.seq, one.me, self.tx.now, one.said, one.client_id))
        if one.client_id is not None:
            self.said[head.id, one.me, one.client_id] = place
        return place

    def _check_reply(self, one: Post, reply_to: int) -> None:
        cleared = self.seats[one.conversation_id, one.me]
        fresh = any(entry.conversation_id == one.conversation_id and entry.seq == reply_to for entry in self.entries)
        there = select(m.seq).where(m.conversation_id == one.conversation_id, m.seq == reply_to, m.seq > cleared)
        if not fresh and self.tx.execute(there).one_or_none() is None:
            raise Invalid.field("reply_to", "There is no such message in this conversation.")

    def _shows(self, one: Post, file_id: str) -> bool:
        for entry in self.entries:
            if (entry.conversation_id, entry.seq) == (one.conversation_id, one.reply_to):
                return file_id in [attached.file_id for attached in posted(entry.said).files]
        here = and_(a.conversation_id == one.conversation_id, a.seq == one.reply_to)
        # An id that is none cannot be looked for.
        return is_id(file_id) and bool(self.tx.execute(select(a.file_id).where(here, a.file_id == file_id)).all())

    def write(self) -> None:
        """Log, tables, read marks and news of everything that was taken."""
        if not self.entries:
            return
        log.write(self.tx, self.entries)
        rows = projection.post(self.tx, self.entries)
        reading.posted(self.tx, {(row["conversation_id"], row["sender_id"]): _mark(row) for row in rows})
        self._ring(rows, previews.expect(self.tx, rows))
        self._bring_back({row["conversation_id"] for row in rows})

    def _ring(self, rows: Sequence[dict[str, Any]], awaited: dict[Address, tuple[Preview, ...]]) -> None:
        with_files = [(row["conversation_id"], row["seq"]) for row in rows if row["attachment_count"]]
        attached = extras.of_attachments(self.tx, with_files)
        for entry, row in zip(self.entries, rows, strict=True):
            where, seq = entry.conversation_id, entry.seq
            message = pictures.posted(entry, row["html"], attached.get((where, seq), ()), awaited.get((where, seq), ()))
            self.messages.append(message)
            self.tx.events.append(Event(where, seq, MessagePosted.kind, entry.actor_id, entry.created_at, message))

    def _bring_back(self, conversation_ids: set[str]) -> None:
        for conversation_id, user_id in self.hidden:
            if conversation_id in conversation_ids:
                reading.reopen(self.tx, user_id, conversation_id)

    def answer(self, taken: int | Posted | Refusal) -> Outcome[Posted]:
        """What the caller hears."""
        if isinstance(taken, Refusal):
            return Outcome(error=taken)
        if isinstance(taken, Posted):
            return Outcome(taken)
        created = taken not in self.answered
        self.answered.add(taken)
        return Outcome(Posted(self.messages[taken], created))


def _mark(row: dict[str, Any]) -> Mark:
    return Mark(row["seq"], row["ordinal"])


def _written_before(tx: Tx, one: Post) -> Posted | None:
    row = tx.execute(
        select(e.seq, e.kind, e.body).where(
            e.conversation_id == one.conversation_id, e.actor_id == one.me, e.client_id == one.client_id
        )
    ).one_or_none()
    if row is None:
        return None
    query = select(messages).where(m.conversation_id == one.conversation_id, m.seq == row.seq)
    [message] = pictures.of_messages(tx, query)
    said = decode(row.kind, row.body)
    if message.deleted_at is None and not same(tx, one, said):
        raise Conflict("This client_id was used for another message.")
    return Posted(message, created=False)


def page(
    db: Db,
    me: str,
    conversation_id: str,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    limit: int = 50,
) -> Page[Message]:
    """A page of messages, ascending. `next` leads to older ones, with `after` to newer; both are exclusive."""
    cleared = seat(db, me, conversation_id).cleared_seq
    rows, following = _WHOLE.read(db, db.execute, conversation_id, cleared, before, after, around, limit)
    return Page(tuple(pictures.of_rows(db, rows)), following)


def forms_page(
    db: Db,
    me: str,
    conversation_id: str,
    forms: Forms,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    limit: int = 50,
) -> Page[bytes]:
    """The same page, of the forms of its messages."""
    here = (conversation_id, seat(db, me, conversation_id).cleared_seq, before, after, around, limit)
    stamped, following = _STAMPED.read(db, db.glance, *here)
    found = forms.known(db.now, conversation_id, stamped)
    if None in found:
        if not db.begun:
            # What is not known is looked up as of the moment in which that is seen.
            stamped, following = _STAMPED.read(db, db.execute, *here)
        found = forms.of(db, conversation_id, stamped)
    return Page(tuple(filter(None, found)), following)


class _Stretch:
    """Reads a stretch of the rows of a conversation: its statements are built once, for that costs more than a page."""

    _seq: Callable[[Any], int] = attrgetter("seq")

    def __init__(self, query: Select[Any]) -> None:
        self._query = query
        here = query.where(m.conversation_id == bindparam("here", type_=Id()), m.seq > bindparam("above"))
        some = bindparam("count", type_=Integer())
        self._up = self._asked(here.order_by(m.seq).limit(some))
        self._down = self._asked(here.where(m.seq < bindparam("below")).order_by(m.seq.desc()).limit(some))

    def _asked(self, query: Select[Any]) -> Select[Any]:
        return query

    def _ascending(self, found: Iterable[Any]) -> list[Any]:
        return sorted(found, key=self._seq)

    def read(
        self,
        db: Db,
        ask: Ask,
        conversation_id: str,
        cleared: int,
        before: int | None,
        after: int | None,
        around: int | None,
        limit: int,
    ) -> Stretch:
        """The rows of a page, ascending, and from where to go on; `ask` runs the statements that are built once."""
        if around is not None:
            return self._around(db, conversation_id, cleared, around, limit)
        said = {"here": conversation_id, "above": max(after or 0, cleared), "count": limit + 1}
        if after is not None:
            found = self._ascending(ask(self._up, said))
            return found[:limit], self._seq(found[limit - 1]) if len(found) > limit else None
        found = self._ascending(ask(self._down, {**said, "below": _END if before is None else before}))
        return found[-limit:], self._seq(found[-limit]) if len(found) > limit else None

    def _around(self, db: Db, conversation_id: str, cleared: int, around: int, limit: int) -> Stretch:
        half = limit // 2
        numbers = select(m.seq).where(m.conversation_id == conversation_id, m.seq > cleared)
        newer = numbers.where(m.seq >= around).order_by(m.seq).limit(limit - half).subquery()
        older = numbers.where(m.seq < around).order_by(m.seq.desc()).limit(half + 1).subquery()
        near = or_(m.seq.in_(select(newer.c.seq)), m.seq.in_(select(older.c.seq)))
        here = self._query.where(m.conversation_id == conversation_id, near).order_by(m.seq)
        found = self._ascending(db.execute(self._asked(here)))
        if sum(self._seq(row) < around for row in found) > half:
            found = found[1:]
            return found, self._seq(found[0]) if found else around
        return found, None


class _Stamps(_Stretch):
    """The same of numbers and stamps, all put together into one value: a driver takes longer to read fifty rows."""

    _seq = itemgetter(0)

    def _asked(self, query: Select[Any]) -> Select[Any]:
        these = query.subquery()
        pair = type_coerce(these.c.seq, String()).concat(literal_column("','")).concat(these.c.stamp)
        return select(func.group_concat(pair)).select_from(these)

    def _ascending(self, found: Iterable[Any]) -> list[Any]:
        [pairs] = next(iter(found))
        told = [*map(int, pairs.split(","))] if pairs else []
        return sorted(zip(told[::2], told[1::2], strict=True))


_WHOLE, _STAMPED = _Stretch(select(messages)), _Stamps(select(m.seq, m.stamp))
_END = 2**31 - 1
"""More than any number."""


def get(db: Db, me: str, conversation_id: str, message_id: int) -> Message:
    """One message, or its tombstone."""
    mine = seat(db, me, conversation_id)
    there = select(messages).where(m.conversation_id == conversation_id, m.seq == message_id, m.seq > mine.cleared_seq)
    found = pictures.of_messages(db, there)
    if not found:
        raise NotFound
    return found[0]


def replies(
    db: Db, me: str, conversation_id: str, message_id: int, *, after: int | None = None, limit: int = 50
) -> Page[Message]:
    """What answers a message, in the order in which it was said; what of it was taken back is a tombstone."""
    answered = get(db, me, conversation_id, message_id)
    if not answered.reply_count:
        return Page((), None)
    here = select(messages).where(m.conversation_id == conversation_id, m.reply_to == message_id)
    found = pictures.of_messages(db, here.where(m.seq > (after or message_id)).order_by(m.seq).limit(limit + 1))
    return Page(tuple(found[:limit]), found[limit - 1].id if len(found) > limit else None)


def delete(tx: Tx, me: str, conversation_id: str, message_id: int) -> None:
    """Take a message back: its words and files go for good, its number stays. Doing it again changes nothing."""
    log.lock(tx, [conversation_id])
    message = get(tx, me, conversation_id, message_id)
    mine = seat(tx, me, conversation_id)
    if message.sender_id != me and not mine.manages:
        raise Forbidden("Only its sender, or somebody who looks after the group, can delete a message.")
    if message.deleted_at is None:
        take_back(tx, me, conversation_id, message_id)


def take_back(tx: Tx, me: str, conversation_id: str, message_id: int) -> None:
    """Redact a message that is there, without asking who wants it."""
    files.doom_of(tx, conversation_id, message_id)
    w = edits.c
    edited = select(w.edit_seq).where(w.conversation_id == conversation_id, w.seq == message_id)
    log.redact(tx, conversation_id, [message_id, *tx.execute(edited).scalars()])
    log.append(tx, me, conversation_id, MessageDeleted(message_id))


def expire(tx: Tx, conversation_id: str, before: datetime, after: int = 0, limit: int = 50) -> tuple[int, int | None]:
    """The sweep's part: what was said before this moment goes, taken back by whoever said it.

    A few at a time, above the number `after`; returns how many went, and from where to go on (None: that was all).
    """
    if conversation_id not in log.lock(tx, [conversation_id]):
        return 0, None
    old = and_(m.conversation_id == conversation_id, m.seq > after, m.created_at < before, m.deleted_at.is_(None))
    rows = tx.execute(select(m.seq, m.sender_id).where(old).order_by(m.seq).limit(limit)).all()
    for row in rows:
        take_back(tx, row.sender_id, conversation_id, row.seq)
    return len(rows), rows[-1].seq if len(rows) == limit else None
