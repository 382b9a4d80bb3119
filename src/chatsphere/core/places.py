"""Places: who sits where and who may write there, for many posts at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import FromClause, Select, and_, select

from chatsphere.core import contacts
from chatsphere.core.chat import Tx
from chatsphere.core.database import Id
from chatsphere.core.entries import Head
from chatsphere.core.many import MOST, Lookup, asked
from chatsphere.core.posts import Post
from chatsphere.core.tables import marks, participants

p, k = participants.c, marks.c

Place = tuple[str, str]
"""A conversation's id and a user's."""


@dataclass(frozen=True, slots=True)
class Places:
    """The seats that there are, with what their owners have cleared; those put away, and whose owners may not write."""

    seats: Mapping[Place, int]
    hidden: Set[Place]
    barred: Set[Place]


def of(tx: Tx, posts: Iterable[Post], heads: Mapping[str, Head]) -> Places:
    """The places from which these posts are said, and those of whoever is written to directly."""
    said = {(one.conversation_id, one.me) for one in posts if one.conversation_id in heads}
    found = _asked(tx, {one for where, me in said for one in _wanted(heads[where], me)})
    seats = {(where, who): cleared for where, who, cleared, _, _ in found if cleared is not None}
    put_away = {(where, who) for where, who, _, hidden, _ in found if hidden}
    apart = {where for where, _, _, _, blocked in found if blocked}
    barred, new = set[Place](), dict[tuple[str, str], Place]()
    for where, me in said & seats.keys():
        for other in heads[where].direct or ():
            if other != me and where in apart:
                barred.add((where, me))
            elif other != me and (where, other) in put_away:
                # They have put it away: whoever wants it back writes to them first.
                new[me, other] = where, me
    return Places(seats, put_away, barred | {new[pair] for pair in contacts.shy(tx, new)})


def _wanted(head: Head, me: str) -> Iterable[tuple[str, str, str | None]]:
    """Where, who, and whom they could have blocked."""
    if head.direct is None:
        return ((head.id, me, None),)
    # The other one of a pair may have put the conversation away; what is said now brings it back.
    one, other = head.direct
    return ((head.id, one, other), (head.id, other, one))


def _asked(tx: Tx, wanted: Iterable[tuple[str, str, str | None]]) -> list[tuple[Any, ...]]:
    rows = list(wanted)
    return [row for at in range(0, len(rows), MOST) for row in _SEATED.run(tx, rows[at : at + MOST])]


def _seated(these: FromClause) -> Select[Any]:
    """Each seat asked for, without a mark where there is none, and whether whoever has it blocks the other."""
    q = these.c
    seat = and_(p.conversation_id == q.where, p.user_id == q.who)
    mark = and_(k.conversation_id == p.conversation_id, k.user_id == p.user_id)
    blocked = contacts.blocks(q.who, q.other).label("blocked")
    every = these.outerjoin(participants, seat).outerjoin(marks, mark)
    return select(q.where, q.who, k.cleared_seq, k.hidden_seq, blocked).select_from(every)


_SEATED = Lookup(lambda rows: _seated(asked(rows)), where=Id(), who=Id(), other=Id())
