"""From rows to values: the one picture of a user, a message, a conversation and an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select

from chatsphere.core.chat import Db
from chatsphere.core.database import Id
from chatsphere.core.entries import Entry
from chatsphere.core.events import (
    ConversationChanged,
    ConversationCreated,
    ConversationLit,
    MessageDeleted,
    MessageEdited,
    MessagePinned,
    MessagePosted,
    MessagePreviewed,
    MessageReacted,
    MessageUnpinned,
    ParticipantChanged,
    ParticipantJoined,
    ParticipantLeft,
)
from chatsphere.core.extras import Address, Reacted, linked, of_attachments, of_previews, of_reactions
from chatsphere.core.many import Many
from chatsphere.core.tables import (
    conversations,
    marks,
    messages,
    participants,
    tombstones,
    users,
)
from chatsphere.core.tables.answers import WHOLE
from chatsphere.core.values import (
    Attachment,
    Conversation,
    Event,
    Message,
    Mine,
    Participant,
    Preview,
    User,
)

c, p, k, m, u, t = conversations.c, participants.c, marks.c, messages.c, users.c, tombstones.c

_DESCRIBED = ConversationCreated | ConversationChanged | ConversationLit


def user(row: Row[Any]) -> User:
    """A user from a row of `users`."""
    return User(
        id=row.id,
        user_name=row.user_name,
        display_name=row.display_name,
        hue=row.hue,
        image=row.image,
        is_deleted=row.deleted_at is not None,
        created_at=row.created_at,
        email=row.email,
        email_verified=row.email_verified,
        is_admin=row.is_admin,
        is_disabled=row.is_disabled,
        second_factor=row.second_factor,
        first_contact=row.first_contact,
        leaving_at=row.leaving_at,
        language=row.language,
        previews=row.previews,
        look=row.look,
        presence=row.presence,
        receipts=row.receipts,
    )


def of_users(db: Db, user_ids: Collection[str]) -> dict[str, User]:
    """Users by id; one query."""
    if not user_ids:
        return {}
    return {row.id: user(row) for row in db.execute(select(users).where(u.id.in_(sorted(user_ids))))}


def of_messages(db: Db, query: Select[Any]) -> list[Message]:
    """The messages that a query over `messages` finds, in its order, with what is on them; one query for each."""
    return of_rows(db, db.execute(query).all())


def of_rows(db: Db, rows: Sequence[Row[Any]]) -> list[Message]:
    """The messages of rows that have all columns of `messages`."""
    found = of_attachments(db, [(row.conversation_id, row.seq) for row in rows if row.attachment_count])
    reacted = of_reactions(db, [(row.conversation_id, row.seq) for row in rows if row.reaction_count])
    shown = of_previews(db, linked(rows))
    places = [(row, (row.conversation_id, row.seq)) for row in rows]
    return [
        message(row, found.get(address, ()), reacted.get(address), shown.get(address, ())) for row, address in places
    ]


def message(
    row: Any, attached: tuple[Attachment, ...], reacted: Reacted | None = None, previews: tuple[Preview, ...] = ()
) -> Message:
    """A message from a row of `messages`, what is attached to it and who reacted."""
    if reacted:
        attached = tuple(replace(one, reactions=reacted.get(at, ())) for at, one in enumerate(attached))
    return Message(
        id=row.seq,
        conversation_id=row.conversation_id,
        sender_id=row.sender_id,
        client_id=row.client_id,
        content=row.content,
        html=row.html,
        attachments=attached,
        reply_to=row.reply_to,
        reactions=reacted.get(WHOLE, ()) if reacted else (),
        created_at=row.created_at,
        edited_at=row.edited_at,
        deleted_at=row.deleted_at,
        reply_attachment=row.reply_attachment,
        forwarded=row.forwarded,
        pinned=row.pinned,
        previews=previews,
        reply_count=row.reply_count,
        last_reply=row.last_reply,
    )


def posted(entry: Entry, html: str, attached: tuple[Attachment, ...], previews: tuple[Preview, ...]) -> Message:
    """A message as it is at first, by the event that posts it."""
    said = entry.said
    assert isinstance(said, MessagePosted)  # noqa: S101 - nothing else is posted
    return Message(
        id=entry.seq,
        conversation_id=entry.conversation_id,
        sender_id=entry.actor_id,
        client_id=entry.client_id,
        content=said.content,
        html=html,
        attachments=attached,
        reply_to=said.reply_to,
        reactions=(),
        created_at=entry.created_at,
        edited_at=None,
        deleted_at=None,
        reply_attachment=said.reply_attachment,
        forwarded=said.forwarded,
        previews=previews,
    )


def of_participants(
    db: Db, conversation_ids: Collection[str], me: str | None = None
) -> dict[str, tuple[Participant, ...]]:
    """Who is in these conversations, owner first and then in order of arrival, as one of them sees it; one query."""
    if not conversation_ids:
        return {}
    rows = _PEOPLE.run(db, [{"id": an_id} for an_id in sorted(conversation_ids)]).all()
    shown = not any(row.id == me and not row.receipts for row in rows)
    # Whoever has a list of conversations is in each of them.
    people = {an_id: user(row) for an_id, row in {row.id: row for row in rows}.items()}
    found: dict[str, list[Participant]] = defaultdict(list)
    # The database would carry all of each row about while it puts them in order.
    for row in sorted(rows, key=lambda row: (_RANKS[row.role], row.joined_seq, row.name_key)):
        read_seq = row.read_seq if row.id == me or (shown and row.receipts) else 0
        found[row.conversation_id].append(Participant(people[row.id], row.role, read_seq))
    return {an_id: tuple(here) for an_id, here in found.items()}


_RANKS = {"owner": 0, "admin": 1, "member": 2}


# Not the whole row: what somebody signs in with is nobody's business here, and a list has a hundred people.
_SHOWN = (
    *(u.id, u.user_name, u.display_name, u.hue, u.image, u.deleted_at, u.created_at, u.email, u.email_verified),
    *(u.is_admin, u.is_disabled, u.second_factor, u.first_contact, u.leaving_at, u.language, u.previews, u.look),
    *(u.presence, u.receipts),
)
_PEOPLE = Many(
    lambda rows: (
        select(*_SHOWN, u.name_key, p.conversation_id, p.role, p.joined_seq, k.read_seq)
        .join(participants, p.user_id == u.id)
        .join(marks, and_(k.conversation_id == p.conversation_id, k.user_id == p.user_id))
        .where(p.conversation_id.in_([row["id"] for row in rows]))
    ),
    id=Id(),
)


def of_conversations(db: Db, me: str, query: Select[Any], **said: Any) -> list[Conversation]:
    """The caller's conversations that a query made with `MY_CONVERSATIONS` finds; at most five queries.

    `said` are the query's own parameters.
    """
    rows = db.execute(query, {"me": me, **said}).all()
    if not rows:
        return []
    people = of_participants(db, [row.id for row in rows], me)
    with_files = [(row.id, row.last_message) for row in rows if row.attachment_count]
    attached = of_attachments(db, with_files)
    reacted = of_reactions(db, [(row.id, row.last_message) for row in rows if row.reaction_count])
    gone = _tombstones_after_marks(db, me, [row.id for row in rows])
    shown = of_previews(db, linked([row for row in rows if row.seq is not None]))
    lasts = [_last(row, attached, reacted, shown) for row in rows]
    return [_mine(row, people[row.id], last, gone) for row, last in zip(rows, lasts, strict=True)]


def _last(
    row: Row[Any],
    attached: dict[Address, tuple[Attachment, ...]],
    reacted: dict[Address, Reacted],
    shown: dict[Address, tuple[Preview, ...]],
) -> Message | None:
    if row.seq is None:
        return None
    address = (row.id, row.last_message)
    return message(row, attached.get(address, ()), reacted.get(address), shown.get(address, ()))


MY_CONVERSATIONS = (
    select(
        *(c.id, c.kind, c.title, c.hue, c.chosen_hue, c.head, c.message_count, c.last_message),
        *(c.created_at.label("began_at"), c.last_activity_at, p.role, p.joined_seq),
        *(k.read_seq, k.read_ordinal, k.muted, k.marked_unread, k.cleared_seq, k.cleared_ordinal),
        *(m.conversation_id, m.seq, m.sender_id, m.client_id, m.content, m.html, m.reply_to),
        *(m.attachment_count, m.reaction_count, m.created_at, m.edited_at, m.deleted_at),
        *(m.reply_attachment, m.forwarded, m.pinned, m.reply_count, m.last_reply),
    )
    .join(participants, and_(p.conversation_id == c.id, p.user_id == bindparam("me", type_=Id())))
    .join(marks, and_(k.conversation_id == c.id, k.user_id == bindparam("me", type_=Id())))
    .outerjoin(messages, and_(m.conversation_id == c.id, m.seq == c.last_message, m.seq > k.cleared_seq))
    .where(c.deleted_at.is_(None), or_(k.hidden_seq == 0, c.last_message > k.hidden_seq))
)
"""All that the caller has a visible seat in, each with their marks and its last message."""


def _mine(row: Row[Any], people: tuple[Participant, ...], last: Message | None, gone: dict[str, int]) -> Conversation:
    unread = row.message_count - max(row.read_ordinal, row.cleared_ordinal) - gone.get(row.id, 0)
    return Conversation(
        id=row.id,
        kind=row.kind,
        title=row.title,
        hue=row.hue if row.chosen_hue is None else row.chosen_hue,
        chosen_hue=row.chosen_hue,
        participants=people,
        created_at=row.began_at,
        last_activity_at=row.last_activity_at,
        last_seq=row.head,
        message_count=row.message_count - row.cleared_ordinal,
        last_message=last,
        mine=Mine(unread, row.role, row.read_seq, row.muted, row.marked_unread),
    )


def _tombstones_after_marks(db: Db, me: str, conversation_ids: Collection[str]) -> dict[str, int]:
    rows = _GONE.run(db, [{"id": an_id} for an_id in sorted(conversation_ids)], me=me)
    return {row.conversation_id: row.gone for row in rows}


_GONE = Many(
    lambda rows: (
        select(t.conversation_id, func.count().label("gone"))
        .join(marks, and_(k.conversation_id == t.conversation_id, k.user_id == bindparam("me", type_=Id())))
        .where(t.conversation_id.in_([row["id"] for row in rows]), t.seq > k.read_seq, t.seq > k.cleared_seq)
        .group_by(t.conversation_id)
    ),
    id=Id(),
)


def of_conversation(db: Db, conversation_id: str) -> Conversation | None:
    """A conversation as everybody in it sees it."""
    row = db.execute(select(conversations).where(c.id == conversation_id)).one_or_none()
    if row is None:
        return None
    return Conversation(
        id=row.id,
        kind=row.kind,
        title=row.title,
        hue=row.hue if row.chosen_hue is None else row.chosen_hue,
        chosen_hue=row.chosen_hue,
        participants=of_participants(db, [conversation_id]).get(conversation_id, ()),
        created_at=row.created_at,
        last_activity_at=row.last_activity_at,
        last_seq=row.head,
        message_count=row.message_count,
        last_message=None,
        mine=None,
    )


def of_events(db: Db, conversation_id: str, entries: Sequence[Entry]) -> list[Event]:
    """Events with what they changed, as that is now."""
    said = {entry.seq: message_of(entry) for entry in entries}
    wanted = sorted({number for number in said.values() if number is not None})
    found: dict[int, Message] = {}
    if wanted:
        query = select(messages).where(m.conversation_id == conversation_id, m.seq.in_(wanted))
        found = {one.id: one for one in of_messages(db, query)}
    people = _people_of(db, conversation_id, entries)
    whole = None
    if any(isinstance(entry.said, _DESCRIBED) for entry in entries):
        whole = of_conversation(db, conversation_id)
    return [_event(entry, found, people, whole) for entry in entries]


def message_of(entry: Entry) -> int | None:
    """The number of the message that an event is about."""
    match entry.said:
        case MessagePosted():
            return entry.seq
        case MessageDeleted(message_id) | MessagePinned(message_id) | MessageUnpinned(message_id):
            return message_id
        case MessageEdited(message_id) | MessageReacted(message_id) | MessagePreviewed(message_id):
            return message_id
    return None


def _people_of(db: Db, conversation_id: str, entries: Sequence[Entry]) -> dict[str, tuple[User, int]]:
    about = ParticipantJoined | ParticipantLeft | ParticipantChanged
    ids = {entry.said.user_id for entry in entries if isinstance(entry.said, about)}
    if not ids:
        return {}
    rows = db.execute(
        select(users, func.coalesce(k.read_seq, 0).label("read_seq"))
        .outerjoin(marks, and_(k.conversation_id == conversation_id, k.user_id == u.id))
        .where(u.id.in_(sorted(ids)))
    )
    return {row.id: (user(row), row.read_seq if row.receipts else 0) for row in rows}


def _event(
    entry: Entry, found: dict[int, Message], people: dict[str, tuple[User, int]], whole: Conversation | None
) -> Event:
    number = message_of(entry)
    told = None if number is None else found.get(number) or _erased(entry, number)
    participant = None
    match entry.said:
        case ParticipantJoined(user_id, role) | ParticipantChanged(user_id, role):
            participant = Participant(people[user_id][0], role, people[user_id][1])
        case ParticipantLeft(user_id, role, read_seq):
            whom = people[user_id][0]
            participant = Participant(whom, role, read_seq if whom.receipts else 0)
    return Event(
        conversation_id=entry.conversation_id,
        seq=entry.seq,
        kind=entry.said.kind,
        actor_id=entry.actor_id,
        created_at=entry.created_at,
        message=told,
        participant=participant,
        conversation=whole if isinstance(entry.said, _DESCRIBED) else None,
    )


def _erased(entry: Entry, number: int) -> Message:
    """What is left to say of a message in a conversation that is gone."""
    return erased(entry.conversation_id, number, entry.actor_id, entry.created_at, entry.client_id)


def erased(conversation_id: str, number: int, sender_id: str, at: datetime, client_id: str | None = None) -> Message:
    """A tombstone of which nothing is known but its number."""
    return Message(number, conversation_id, sender_id, client_id, "", "", (), None, (), at, None, at)
