"""`chatsphere retention`: after how long messages go."""

from __future__ import annotations

import click

from chatsphere import wording
from chatsphere.core import retention as keeping, rules
from chatsphere.core.chat import Chat
from chatsphere.core.retention import Reach
from chatsphere.terminal import chat, read_settings, stop

_FOR_EVER, _USUAL = "forever", "default"


@click.group()
def retention() -> None:
    """Decide after how long messages go."""


@retention.command()
def show() -> None:
    """Show the rule of the installation, and the conversations that have one of their own."""
    with chat(read_settings()) as opened:
        click.echo(f"Messages stay {wording.days(opened.ask(rules.retention_days))}.")
        after: str | int | None = 0
        while after is not None:
            page = opened.ask(keeping.own, 500, int(after))
            for one in page.items:
                click.echo(f"{one.id}\t{one.kind} of {one.people}\t{wording.days(one.retention)}")
            after = page.next


@retention.command(name="set")
@click.argument("days")
@click.option("--conversation", help="Only for the conversation with this id, whatever holds elsewhere.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def set_(days: str, conversation: str | None, dry_run: bool) -> None:
    """Have messages go after DAYS days; `forever`, or `default` for a conversation that is to be like all."""
    with chat(read_settings()) as opened:
        wanted = _days(days, conversation)
        _tell(opened.ask(keeping.reach, wanted, conversation))
        if dry_run:
            return
        if conversation:
            opened.do(keeping.decide, None, conversation, wanted)
        else:
            opened.do(rules.retain, None, wanted or None)
    click.echo("The rule is kept; what is too old goes within an hour, or by `chatsphere retention apply`.")


def _days(text: str, conversation: str | None) -> int | None:
    if text == _FOR_EVER:
        return keeping.FOR_EVER
    if text == _USUAL and conversation:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= rules.LONGEST_RETENTION):
        stop(f"Say 1 to {rules.LONGEST_RETENTION:,} days, or `{_FOR_EVER}`.")
    return int(text)


@retention.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def apply(dry_run: bool) -> None:
    """Remove what is too old now, instead of within an hour."""
    from chatsphere import sweep  # the other commands start faster without it

    with chat(read_settings()) as opened:
        if dry_run:
            _tell(_all(opened))
            return
        gone, places = sweep.expire(opened)
    where = wording.amount(places, "conversation", "conversations")
    click.echo(f"{wording.amount(gone, 'message', 'messages')} went, in {where}.")


def _all(opened: Chat) -> Reach:
    """What goes by all rules together."""
    found = [opened.ask(keeping.reach, opened.ask(rules.retention_days))]
    after: str | int | None = 0
    while after is not None:
        page = opened.ask(keeping.own, 500, int(after))
        found += [opened.ask(keeping.reach, one.retention, one.id) for one in page.items]
        after = page.next
    return Reach(
        *(sum(numbers) for numbers in zip(*((r.messages, r.conversations, r.bytes) for r in found), strict=True))
    )


def _tell(reach: Reach) -> None:
    said, places = wording.amount(reach.messages, "message", "messages"), reach.conversations
    where = wording.amount(places, "conversation", "conversations")
    click.echo(f"{said} and {wording.size(reach.bytes)} of files are older, in {where}.")
