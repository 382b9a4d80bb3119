"""Reports: somebody asks the administrators to look at a message, a picture or a person.

A report keeps no copy. Who opens it sees the thing as it is now and nothing around it, and only while it is open; what
its sender has deleted is gone here too. Nobody is shown a report about themself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Row, and_, func, insert, select, update

from chatsphere.core import audit, files, jobs, log, messages, people, pictures, roster
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound
from chatsphere.core.files import Blob
from chatsphere.core.ids import new_id
from chatsphere.core.phrases import phrase
from chatsphere.core.tables import conversations, messages as messages_table, participants, reports, users
from chatsphere.core.values import Kind, Message, Page, User

r, c, m, p, u = reports.c, conversations.c, messages_table.c, participants.c, users.c

Of = Literal["message", "picture", "person"]
Reason = Literal["spam", "harassment", "violence", "sexual", "other"]
State = Literal["open", "closed"]
Outcome = Literal["nothing", "removed", "warned", "disabled"]
LONGEST_WORDS = 2000
WARNING = "warning"
"""The letter to somebody who is warned."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is reported: a person, a message, or one picture of a message."""

    user_id: str | None = None
    conversation_id: str | None = None
    message_id: int | None = None
    file_id: str | None = None

    @property
    def kind(self) -> Of:
        """Which of the three it is."""
        if self.conversation_id is None:
            return "person"
        return "message" if self.file_id is None else "picture"


@dataclass(frozen=True, slots=True)
class Report:
    """Who reported what of whom, why and in which words, and how it ended; `note` is the administrators' own."""

    id: str
    kind: Of
    reporter_id: str
    subject_id: str
    conversation_id: str | None
    message_id: int | None
    file_id: str | None
    reason: Reason
    words: str
    state: State
    created_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    outcome: Outcome | None
    note: str


@dataclass(frozen=True, slots=True)
class Made:
    """The report, and whether it is new or was open already."""

    report: Report
    created: bool


@dataclass(frozen=True, slots=True)
class Filed:
    """A report in the queue, with the two it is between."""

    report: Report
    reporter: User
    subject: User


@dataclass(frozen=True, slots=True)
class Tally:
    """Other reports: how many there are, how many wait, and how the rest ended."""

    total: int
    waiting: int
    outcomes: dict[Outcome, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A report with all that an administrator may know of it.

    `message` is what was reported as it is now, of a reported picture that picture alone; None where it is about a
    person, closed, or gone. Of the conversation its kind and the number of its people, as long as there is one.
    """

    filed: Filed
    message: Message | None
    is_gone: bool
    conversation: Kind | None
    people: int
    about_them: Tally
    by_reporter: Tally
    closer: User | None


# --- reporting


def make(tx: Tx, me: str, thing: Thing, reason: Reason, words: str = "") -> Made:
    """Report what I can see. The same thing again while that is open gives the report that there is."""
    words = words.strip()
    _check(reason, words)
    subject_id = _subject(tx, me, thing)
    if subject_id == me:
        raise Invalid.field("user_id", "Nobody can report themselves.")
    # Twice at once is once: the second waits here, and finds the first.
    tx.execute(select(u.id).where(u.id == me).with_for_update())
    known = tx.execute(select(reports).where(_same(me, subject_id, thing))).first()
    if known is not None:
        return Made(_report(known), created=False)
    values = {"reporter_id": me, "subject_id": subject_id, "kind": thing.kind, "reason": reason, "words": words}
    where = {"conversation_id": thing.conversation_id, "message_id": thing.message_id, "file_id": thing.file_id}
    report_id = new_id()
    tx.execute(insert(reports).values(id=report_id, **values, **where, state="open", created_at=tx.now, note=""))
    audit.record(tx, me, "report.made", subject_id, report=report_id, kind=thing.kind, reason=reason)
    return Made(_report(_row(tx, report_id)), created=True)


def _check(reason: Reason, words: str) -> None:
    if reason not in get_args(Reason):
        raise Invalid.field("reason", "This is none of the reasons.")
    if len(words) > LONGEST_WORDS:
        raise Invalid.field("words", phrase("Use at most {most} characters.", most=LONGEST_WORDS))


def _subject(tx: Tx, me: str, thing: Thing) -> str:
    if thing.conversation_id is None or thing.message_id is None:
        them = people.find(tx, me, thing.user_id or "")
        if them.is_deleted:
            raise NotFound
        return them.id
    message = messages.get(tx, me, thing.conversation_id, thing.message_id)
    shown = {one.id for one in message.attachments if one.kind == "image"}
    if message.deleted_at is not None or (thing.file_id is not None and thing.file_id not in shown):
        raise NotFound
    return message.sender_id


def _same(me: str, subject_id: str, thing: Thing) -> Any:
    mine = and_(r.reporter_id == me, r.state == "open", r.kind == thing.kind, r.subject_id == subject_id)
    here = and_(r.conversation_id == thing.conversation_id, r.message_id == thing.message_id)
    return and_(mine, here, r.file_id == thing.file_id)


# --- looking into it


def queue(db: Db, me: str, state: State = "open", limit: int = 50, after: str | None = None) -> Page[Filed]:
    """The open reports, oldest first, or the closed ones, newest first; `next` is where the next page starts."""
    _require_desk(db, me)
    opened = state == "open"
    query = select(reports).where(r.state == state, r.subject_id != me)
    if after is not None:
        query = query.where(r.id > after if opened else r.id < after)
    # Ids begin with the time that they were made at.
    rows = db.execute(query.order_by(r.id if opened else r.id.desc()).limit(limit + 1)).all()
    found = [_report(row) for row in rows[:limit]]
    return Page(tuple(_filed(db, found)), found[-1].id if len(rows) > limit else None)


def waiting(db: Db, me: str) -> int:
    """How many reports wait for this administrator."""
    _require_desk(db, me)
    here = and_(r.state == "open", r.subject_id != me)
    return int(db.execute(select(func.count()).select_from(reports).where(here)).scalar_one())


def show(db: Db, me: str, report_id: str) -> Case:
    """One report, with what was reported as it is now."""
    report = _mine(db, me, report_id)
    [filed] = _filed(db, [report])
    message = _seen(db, report)
    kind, count = _place(db, report.conversation_id)
    return Case(
        filed=filed,
        message=message,
        is_gone=report.kind != "person" and report.state == "open" and message is None,
        conversation=kind,
        people=count,
        about_them=_tally(db, and_(r.subject_id == report.subject_id, r.id != report.id)),
        by_reporter=_tally(db, and_(r.reporter_id == report.reporter_id, r.id != report.id)),
        closer=pictures.of_users(db, [report.closed_by]).get(report.closed_by) if report.closed_by else None,
    )


def readable(db: Db, me: str, report_id: str, file_id: str, rendition: str | None = None) -> Blob:
    """Where the bytes of what an open report is about lie; for everything else NotFound."""
    report = _mine(db, me, report_id)
    message = _seen(db, report)
    if message is None or file_id not in {one.id for one in message.attachments}:
        raise NotFound
    return files.of_message(db, message.conversation_id, message.id, file_id, rendition)


def _seen(db: Db, report: Report) -> Message | None:
    """What an open report is about and nothing around it: neither an answered message nor who reacted."""
    if report.state != "open" or report.message_id is None:
        return None
    there = and_(m.conversation_id == report.conversation_id, m.seq == report.message_id, m.deleted_at.is_(None))
    found = pictures.of_messages(db, select(messages_table).where(there))
    if not found:
        return None
    shown = found[0].attachments
    if report.kind == "message":
        return replace(found[0], reply_to=None, reactions=())
    picture = tuple(one for one in shown if one.id == report.file_id)
    return replace(found[0], content="", html="", attachments=picture, reply_to=None, reactions=())


def _place(db: Db, conversation_id: str | None) -> tuple[Kind | None, int]:
    here = c.id == conversation_id
    kind: Kind | None = db.execute(select(c.kind).where(here, c.deleted_at.is_(None))).scalar_one_or_none()
    seats = select(func.count()).select_from(participants).where(p.conversation_id == conversation_id)
    return kind, 0 if kind is None else int(db.execute(seats).scalar_one())


def _tally(db: Db, which: Any) -> Tally:
    counted = select(r.state, r.outcome, func.count().label("many")).where(which).group_by(r.state, r.outcome)
    rows = db.execute(counted).all()
    ended: dict[Outcome, int] = {row.outcome: row.many for row in rows if row.state == "closed"}
    total = sum(row.many for row in rows)
    return Tally(total, total - sum(ended.values()), ended)


# --- deciding


def close(tx: Tx, me: str, report_id: str, outcome: Outcome, note: str = "") -> None:
    """Say how a report ends, and see to it: the message goes, its sender is written to or disabled."""
    note = note.strip()
    if outcome not in get_args(Outcome):
        raise Invalid.field("outcome", "This is none of the ways in which a report ends.")
    if len(note) > LONGEST_WORDS:
        raise Invalid.field("note", phrase("Use at most {most} characters.", most=LONGEST_WORDS))
    report = _mine(tx, me, report_id, to_change=True)
    if report.state != "open":
        raise Conflict("This report is closed already.")
    if outcome in ("warned", "disabled") and people.find(tx, me, report.subject_id).is_deleted:
        raise Conflict("Their account is gone already.")
    if outcome == "removed":
        remove(tx, me, report_id)
    elif outcome == "warned":
        jobs.write(tx, report.subject_id, WARNING, reason=report.reason, of=report.kind)
    elif outcome == "disabled":
        roster.disable(tx, me, report.subject_id)
    ended = {"state": "closed", "closed_at": tx.now, "closed_by": me, "outcome": outcome, "note": note}
    tx.execute(update(reports).where(r.id == report_id).values(**ended))
    audit.record(tx, me, "report.closed", report.subject_id, report=report_id, outcome=outcome)


def remove(tx: Tx, me: str, report_id: str) -> None:
    """Delete the message that an open report is about, for everybody; what is gone already stays gone."""
    report = _mine(tx, me, report_id, to_change=True)
    if report.conversation_id is None or report.message_id is None:
        raise Invalid.field("outcome", "Only a message can be removed.")
    if report.state != "open":
        raise Conflict("This report is closed already.")
    log.lock(tx, [report.conversation_id])
    if _seen(tx, report) is None:
        return
    messages.take_back(tx, me, report.conversation_id, report.message_id)
    where = {"conversation": report.conversation_id, "message": report.message_id}
    audit.record(tx, me, "message.removed", report.subject_id, report=report_id, **where)


# --- what the above stand on


def _require_desk(db: Db, me: str) -> None:
    if not people.find(db, me, me).is_admin:
        raise Forbidden("Only an administrator may see this.")


def _mine(db: Db, me: str, report_id: str, *, to_change: bool = False) -> Report:
    """A report that this administrator may see: any but one about themself."""
    _require_desk(db, me)
    row = _row(db, report_id, to_change=to_change)
    if row is None or row.subject_id == me:
        raise NotFound
    return _report(row)


def _row(db: Db, report_id: str, *, to_change: bool = False) -> Row[Any] | None:
    query = select(reports).where(r.id == report_id)
    return db.execute(query.with_for_update() if to_change else query).one_or_none()


def _filed(db: Db, found: Sequence[Report]) -> list[Filed]:
    who = pictures.of_users(db, {user_id for one in found for user_id in (one.reporter_id, one.subject_id)})
    return [Filed(one, who[one.reporter_id], who[one.subject_id]) for one in found]


def _report(row: Any) -> Report:
    return Report(**{name: getattr(row, name) for name in Report.__dataclass_fields__})
