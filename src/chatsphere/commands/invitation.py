"""`chatsphere invitation`: links by which people come in, made and revoked by whoever has a shell on the server."""

from __future__ import annotations

from datetime import timedelta

import click
from sqlalchemy import select

from chatsphere.core import invitations, logins
from chatsphere.core.chat import Chat, Db
from chatsphere.core.invitations import Invitation
from chatsphere.core.tables import users
from chatsphere.terminal import chat, read_settings, stop

_AT_ONCE = 100


@click.group()
def invitation() -> None:
    """Invite people, and take invitations back."""


@invitation.command()
@click.option("--uses", type=int, default=1, show_default=True, help="How many people may come in by it.")
@click.option("--days", type=int, default=7, show_default=True, help="How long it holds, 90 at most.")
@click.option("--note", default="", help="What it is for; whoever opens the link reads it too.")
@click.option("--into", multiple=True, metavar="ID", help="A group that it leads into; may be said several times.")
@click.option("--by", metavar="USER_NAME", help="Who invites; the first administrator unless told.")
def create(uses: int, days: int, note: str, into: tuple[str, ...], by: str | None) -> None:
    """Print a link by which people come in; it is shown this once."""
    settings = read_settings()
    with chat(settings) as opened:
        maker, lasts = _maker(opened, by), timedelta(days=days)
        token = opened.do(invitations.make, maker, note, lasts, uses, into, by_shell=True)
    click.echo(f"{settings.address}/invite/{token}")
    if settings.signup == "closed":
        click.echo(
            "CHATSPHERE_SIGNUP is closed: it opens no account, and leads people who have one into groups.", err=True
        )


@invitation.command(name="list")
def list_() -> None:
    """List every invitation, one line each, the latest first."""
    after: str | None = None
    with chat(read_settings()) as opened:
        while True:
            page = opened.ask(invitations.everybodys, _AT_ONCE, after)
            for one in page.items:
                click.echo(_line(one))
            if page.next is None:
                return
            after = str(page.next)


@invitation.command()
@click.argument("invitation_id", metavar="ID")
def revoke(invitation_id: str) -> None:
    """Nobody comes in by it any more."""
    with chat(read_settings()) as opened:
        opened.do(invitations.revoke, None, invitation_id)
    click.echo("It holds no more.")


def _maker(opened: Chat, by: str | None) -> str:
    if by is None:
        maker = opened.ask(_first_administrator)
        if maker is None:
            stop("There is no administrator yet: make one with `chatsphere user create`.")
        return maker
    login = opened.ask(logins.by_login, by)
    if login is None:
        stop(f"There is no account {by}.")
    return login.user.id


def _first_administrator(db: Db) -> str | None:
    u = users.c
    able = (u.is_admin.is_(True), u.is_disabled.is_(False), u.deleted_at.is_(None))
    found = db.execute(select(u.id).where(*able).order_by(u.created_at, u.id).limit(1)).scalar_one_or_none()
    return None if found is None else str(found)


def _line(one: Invitation) -> str:
    until = one.expires_at.isoformat(timespec="minutes")
    return "\t".join([one.id, one.maker.user_name, one.state, f"{one.uses}/{one.most_uses}", until, one.note])
