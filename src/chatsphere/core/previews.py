"""Previews: what a message's link leads to. Waited for from the post on, looked up by a job, told by an event.

They are kept beside the log and not in it: the event only says that there is something else to see now, so that what
a page elsewhere said of itself goes without a trace when its message goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update

from chatsphere.core import files, hyperlinks, jobs, log, markup, sessions
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Forbidden, NotFound
from chatsphere.core.events import MessagePreviewed
from chatsphere.core.extras import Address
from chatsphere.core.seats import seat
from chatsphere.core.tables import jobs as jobs_table, messages, previews, users
from chatsphere.core.values import Preview

v, m, u, j = previews.c, messages.c, users.c, jobs_table.c

KIND = "preview"
"""The kind of job that looks where a link leads."""
MOST_WAITING = 20
"""Links of one person that wait to be looked at; what they send beyond stays without a preview."""
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Card:
    """What was found: the host that answered, and what its page says of itself."""

    site: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be looked at, and for whom."""

    sender_id: str
    url: str


def expect(tx: Tx, rows: Iterable[Mapping[str, Any]]) -> dict[Address, tuple[Preview, ...]]:
    """Of messages that were just said, those with a link keep a place for what it leads to, and have it looked up."""
    if not tx.previews:
        return {}
    found = [(row, url) for row in rows if (url := hyperlinks.first(row["html"])) is not None]
    left = _left(tx, {row["sender_id"] for row, _ in found})
    waiting: dict[Address, tuple[Preview, ...]] = {}
    for row, url in found:
        if left.get(row["sender_id"], 0) > 0:
            left[row["sender_id"]] -= 1
            waiting[row["conversation_id"], row["seq"]] = (Preview(url, "waiting"),)
            _expect(tx, row, url)
    return waiting


def _left(tx: Tx, senders: set[str]) -> dict[str, int]:
    """How many links may still be looked at of these people, who have nothing against it."""
    if not senders:
        return {}
    mine = and_(j.user_id == u.id, j.kind == KIND, j.state.in_(["waiting", "running"]))
    waiting = select(func.count()).where(mine).scalar_subquery()
    willing = select(u.id, waiting.label("waiting")).where(u.id.in_(sorted(senders)), u.previews.is_(True))
    return {row.id: MOST_WAITING - row.waiting for row in tx.execute(willing)}


def _expect(tx: Tx, row: Mapping[str, Any], url: str) -> None:
    address = {"conversation_id": row["conversation_id"], "seq": row["seq"]}
    nothing = dict.fromkeys(("site", "title", "description"), "")
    tx.execute(
        insert(previews).values(
            **address, **nothing, sender_id=row["sender_id"], url=url, state="waiting", created_at=tx.now
        )
    )
    jobs.add(tx, KIND, row["sender_id"], conversation_id=row["conversation_id"], message_id=row["seq"])


def revise(tx: Tx, me: str, conversation_id: str, message_id: int, content: str) -> None:
    """My message is about to say something else: another link is looked at anew, and the same one stays as it is."""
    shown = markup.render(content)
    here = and_(v.conversation_id == conversation_id, v.seq == message_id)
    if tx.execute(select(v.url).where(here)).scalar_one_or_none() == hyperlinks.first(shown):
        return
    drop(tx, conversation_id, message_id)
    expect(tx, [{"conversation_id": conversation_id, "seq": message_id, "sender_id": me, "html": shown}])


def wanted(db: Db, conversation_id: str, message_id: int) -> Wanted:
    """What the job has to look at; NotFound where nobody waits for it any more."""
    here = and_(v.conversation_id == conversation_id, v.seq == message_id, v.state == "waiting")
    row = db.execute(select(v.sender_id, v.url).where(here)).one_or_none()
    if row is None:
        raise NotFound
    return Wanted(row.sender_id, row.url)


def show(
    tx: Tx, sender_id: str, conversation_id: str, message_id: int, url: str, card: Card, file_id: str | None
) -> None:
    """It was found. NotFound where its message, or its place in it, has gone meanwhile."""
    log.lock(tx, [conversation_id])
    there = and_(v.conversation_id == conversation_id, v.seq == message_id, v.url == url, v.state == "waiting")
    if tx.execute(select(v.seq).where(there)).one_or_none() is None:
        raise NotFound
    if file_id is not None:
        files.illustrate(tx, sender_id, conversation_id, file_id)
    words = {"site": card.site, "title": card.title, "description": card.description}
    tx.execute(update(previews).where(there).values(**words, state="ready", file_id=file_id))
    log.append(tx, sender_id, conversation_id, MessagePreviewed(message_id))


def give_up(tx: Tx, conversation_id: str, message_id: int) -> None:
    """There is nothing to show. Whoever sees the link's place keeps it until they come back, so that nothing moves."""
    log.lock(tx, [conversation_id])
    here = and_(v.conversation_id == conversation_id, v.seq == message_id, v.state == "waiting")
    sender_id = tx.execute(select(v.sender_id).where(here)).scalar_one_or_none()
    if sender_id is not None:
        tx.execute(delete(previews).where(here))
        log.append(tx, sender_id, conversation_id, MessagePreviewed(message_id))


def remove(tx: Tx, me: str, conversation_id: str, message_id: int) -> None:
    """I do not want my link to be shown like that. Doing it again changes nothing."""
    log.lock(tx, [conversation_id])
    mine = seat(tx, me, conversation_id)
    there = and_(m.conversation_id == conversation_id, m.seq == message_id, m.seq > mine.cleared_seq)
    sender_id = tx.execute(select(m.sender_id).where(there)).scalar_one_or_none()
    if sender_id is None:
        raise NotFound
    if sender_id != me:
        raise Forbidden("Only who sent a link can remove its preview.")
    if drop(tx, conversation_id, message_id):
        log.append(tx, me, conversation_id, MessagePreviewed(message_id))


def drop(tx: Tx, conversation_id: str, message_id: int) -> bool:
    """What is shown of a message's link goes, with its picture; returns whether there was anything."""
    here = and_(v.conversation_id == conversation_id, v.seq == message_id)
    row = tx.execute(select(v.file_id).where(here)).one_or_none()
    if row is None:
        return False
    if row.file_id is not None:
        files.doom(tx, row.file_id)
    tx.execute(delete(previews).where(here))
    return True


def switch(tx: Tx, me: str, on: bool) -> None:
    """From now on links that I send are looked at, or not."""
    tx.execute(update(users).where(u.id == me, u.deleted_at.is_(None)).values(previews=on))
    sessions.changed(tx, me)


def drop_forgotten(tx: Tx) -> int:
    """The sweep's part: places that were kept for what nobody looked up; returns how many."""
    old = and_(v.state == "waiting", v.created_at < tx.now - FORGOTTEN_AFTER)
    return tx.execute(delete(previews).where(old)).rowcount
