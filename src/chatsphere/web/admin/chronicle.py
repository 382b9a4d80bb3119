"""How entries of the audit log are told on pages: with names that lead to people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from chatsphere import wording
from chatsphere.core import pictures
from chatsphere.core.audit import Record
from chatsphere.core.values import User
from chatsphere.http.identity import house
from chatsphere.http.words import gettext, spoken


@dataclass(frozen=True, slots=True)
class Told:
    """One line: its number, when, by whom (None: the server), the sentence with its names, and what else it says."""

    seq: int
    at: datetime
    actor: User | None
    sentence: Markup
    details: str


def told(records: Iterable[Record]) -> list[Told]:
    """The entries as lines; one query for all names in them."""
    records = list(records)
    named = {one for record in records for one in (record.actor_id, record.subject_id) if one}
    people = house().chat.ask(pictures.of_users, named)
    return [_line(record, people) for record in records]


def _line(record: Record, people: dict[str, User]) -> Told:
    # Markup escapes what it is formatted with; the sentence itself is ours.
    sentence = Markup(spoken(wording.sentence(record))).format(  # noqa: S704  # nosec B704
        actor=_name(record.actor_id, people), subject=_name(record.subject_id, people)
    )
    actor = people.get(record.actor_id) if record.actor_id else None
    return Told(record.seq, record.at, actor, sentence, wording.details(record))


def _name(user_id: str | None, people: dict[str, User]) -> Markup:
    if user_id is None:
        return escape(spoken(wording.SERVER))
    user = people.get(user_id)
    if user is None or user.is_deleted:
        return escape(gettext("a deleted user") if user else gettext("somebody"))
    return Markup('<a href="/admin/people/{}">{}</a>').format(user.id, user.display_name)
