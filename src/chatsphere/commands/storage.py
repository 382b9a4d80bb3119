"""`chatsphere storage`: what takes room."""

from __future__ import annotations

import click

from chatsphere import wording
from chatsphere.core import storage as usage
from chatsphere.terminal import chat, read_settings


@click.command()
@click.option(
    "--by",
    type=click.Choice(["person", "conversation"]),
    default="person",
    show_default=True,
    help="Whose files, or where they were sent.",
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many, the largest.")
def storage(by: str, limit: int) -> None:
    """Show what takes room, the largest first; a conversation by its numbers, never by its title or who is in it."""
    with chat(read_settings()) as opened:
        total = opened.ask(usage.total)
        if by == "person":
            for user, used in opened.ask(usage.by_person, limit).items:
                click.echo(f"{wording.size(used.bytes)}\t{_files(used)}\t{user.user_name}")
        else:
            for one in opened.ask(usage.by_conversation, limit).items:
                said = wording.amount(one.messages, "message", "messages")
                kind = f"{one.kind} of {one.people}"
                click.echo(f"{wording.size(one.used.bytes)}\t{_files(one.used)}\t{said}\t{kind}\t{one.id}")
    click.echo(f"{wording.size(total.bytes)}\t{_files(total)}\tin all")


def _files(used: usage.Used) -> str:
    return wording.amount(used.files, "file", "files")
