"""`chatsphere audit`: what was done, and whether nobody has changed what was written."""

from __future__ import annotations

import sys

import click

from chatsphere import wording
from chatsphere.core import audit as log, pictures
from chatsphere.core.audit import Record
from chatsphere.core.chat import Chat
from chatsphere.core.values import User
from chatsphere.terminal import chat, find_user, read_settings


@click.group()
def audit() -> None:
    """Read the audit log, and check that it is whole."""


@audit.command(name="list")
@click.option("--person", help="Only what this user did, and what was done to them.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many, the newest.")
def list_(person: str | None, limit: int) -> None:
    """Print the latest entries, the newest first, one line each."""
    with chat(read_settings()) as opened:
        person_id = find_user(opened, person).id if person else None
        entries = opened.ask(log.page, limit, person_id=person_id).items
        for line in _lines(opened, entries):
            click.echo(line)


def _lines(opened: Chat, entries: tuple[Record, ...]) -> list[str]:
    named = {one for entry in entries for one in (entry.actor_id, entry.subject_id) if one}
    users = opened.ask(pictures.of_users, named)
    return [_line(entry, users) for entry in entries]


def _line(entry: Record, users: dict[str, User]) -> str:
    told = wording.sentence(entry).format(actor=_name(entry.actor_id, users), subject=_name(entry.subject_id, users))
    cells = (str(entry.seq), entry.at.strftime("%Y-%m-%d %H:%M:%S"), f"{told}.", wording.details(entry))
    return "\t".join(cells).rstrip()


def _name(user_id: str | None, users: dict[str, User]) -> str:
    if user_id is None:
        return wording.SERVER
    return users[user_id].user_name if user_id in users else user_id


@audit.command()
@click.option("--head", help="A head that was noted down before: also look whether it is still part of the log.")
def verify(head: str | None) -> None:
    """Check every seal; exits 1 and names the first entry that is not what was written."""
    with chat(read_settings()) as opened:
        verdict = opened.ask(log.verify, head)
    if verdict.broken is not None:
        click.echo(f"The chain is broken at entry {verdict.broken}.", err=True)
        sys.exit(1)
    click.echo(f"Whole: {wording.amount(verdict.entries, 'entry', 'entries')}. Note the head down somewhere else:")
    click.echo(verdict.head)
