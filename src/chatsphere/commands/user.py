"""`chatsphere user`: accounts, looked after by whoever has a shell on the server."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click
from sqlalchemy import select

from chatsphere.core import passwords, people, roster
from chatsphere.core.chat import Db, Tx
from chatsphere.core.pictures import user as picture_of
from chatsphere.core.tables import users
from chatsphere.core.values import User
from chatsphere.terminal import chat, find_user, read_settings, stop

_SHOWN_AT_ONCE = 500


@click.group()
def user() -> None:
    """Create and look after accounts."""


@user.command()
@click.argument("user_name")
@click.argument("email")
@click.option("--display-name", help="How the person is shown; the user name unless told.")
@click.option("--admin", is_flag=True, help="Make them an administrator. The first account is one in any case.")
def create(user_name: str, email: str, display_name: str | None, admin: bool) -> None:
    """Create an account; the password is asked for, or read from standard input."""
    password = _new_password()
    with chat(read_settings()) as opened:
        passwords.check(password)
        hashed = passwords.hash(password)
        made = opened.do(
            people.register, user_name, email, hashed, display_name, is_admin=admin or None, by_themself=False
        )
    click.echo(f"{made.user_name} can sign in now" + (" and is an administrator." if made.is_admin else "."))


@user.command(name="list")
def list_() -> None:
    """List every account, one line each."""
    after: str | None = ""
    with chat(read_settings()) as opened:
        while after is not None:
            after = _show(opened.ask(_accounts, after))


@user.command()
@click.argument("user_name")
def disable(user_name: str) -> None:
    """Sign somebody out everywhere and let them in no more."""
    _does(roster.disable, user_name, "{} is disabled.")


@user.command()
@click.argument("user_name")
def enable(user_name: str) -> None:
    """Let somebody in again."""
    _does(roster.enable, user_name, "{} may sign in again.")


@user.command(name="make-admin")
@click.argument("user_name")
def make_admin(user_name: str) -> None:
    """Make somebody an administrator."""
    _does(roster.promote, user_name, "{} is an administrator.")


@user.command(name="unmake-admin")
@click.argument("user_name")
def unmake_admin(user_name: str) -> None:
    """Make an administrator one no more; the last one stays."""
    _does(roster.demote, user_name, "{} is no administrator any more.")


@user.command(name="end-sessions")
@click.argument("user_name")
def end_sessions(user_name: str) -> None:
    """Sign somebody out everywhere, programs too."""
    _does(roster.end_sessions, user_name, "{} is signed out everywhere.")


@user.command(name="drop-factors")
@click.argument("user_name")
def drop_factors(user_name: str) -> None:
    """Remove every second factor of somebody who has lost them; the password alone lets them in again."""
    _does(roster.drop_factors, user_name, "{} signs in by password alone now.")


@user.command()
@click.argument("user_name")
@click.option("--user-name", "new_name", help="The new user name.")
@click.option("--display-name", help="The new display name.")
def rename(user_name: str, new_name: str | None, display_name: str | None) -> None:
    """Call somebody otherwise."""
    with chat(read_settings()) as opened:
        found = find_user(opened, user_name)
        names = (new_name or found.user_name, display_name or found.display_name)
        named = opened.do(roster.rename, None, found.id, *names)
    click.echo(f"{user_name} is {named.user_name} now, and shown as {named.display_name}.")


@user.command()
@click.argument("user_name")
@click.option("--yes", is_flag=True, help="Do not ask for the name once more.")
def delete(user_name: str, yes: bool) -> None:
    """Delete an account at once; what was written stays, under a deleted user's name."""
    with chat(read_settings()) as opened:
        found = find_user(opened, user_name)
        if not yes and _typed(found.user_name) != found.user_name:
            stop("That is another name; nothing was deleted.")
        opened.do(roster.delete, None, found.id)
    click.echo(f"{found.user_name} is deleted.")


@user.command(name="set-password")
@click.argument("user_name")
def set_password(user_name: str) -> None:
    """Give somebody a new password, asked for or read from standard input; they are signed out everywhere."""
    password = _new_password()
    with chat(read_settings()) as opened:
        found = find_user(opened, user_name)
        passwords.check(password)
        opened.do(roster.set_password, None, found.id, passwords.hash(password))
    click.echo(f"{found.user_name} has a new password.")


@user.command(name="reset-link")
@click.argument("user_name")
def reset_link(user_name: str) -> None:
    """Print a link by which somebody sets a new password: once, within an hour. It revokes earlier ones."""
    settings = read_settings()
    with chat(settings) as opened:
        token = opened.do(roster.make_reset_link, None, find_user(opened, user_name).id)
    click.echo(f"{settings.address}/reset/{token}")


def _does(deed: Callable[[Tx, str | None, str], User], user_name: str, words: str) -> None:
    with chat(read_settings()) as opened:
        found = opened.do(deed, None, find_user(opened, user_name).id)
    click.echo(words.format(found.user_name))


def _typed(name: str) -> str:
    if sys.stdin.isatty():
        return str(click.prompt(f"Type {name} to delete this account"))
    return sys.stdin.readline().strip()


def _new_password() -> str:
    # Never an argument: those can be read by everybody on the machine.
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


def _accounts(db: Db, after: str) -> list[User]:
    """The next accounts by name, the disabled ones too: this is the server's owner asking, not a user."""
    wanted = select(users).where(users.c.deleted_at.is_(None), users.c.name_key > after)
    return [picture_of(row) for row in db.execute(wanted.order_by(users.c.name_key).limit(_SHOWN_AT_ONCE))]


def _show(found: list[User]) -> str | None:
    for one in found:
        marks = [word for word, holds in (("administrator", one.is_admin), ("disabled", one.is_disabled)) if holds]
        click.echo("\t".join([one.user_name, one.email or "", one.display_name, ", ".join(marks)]))
    return found[-1].user_name.casefold() if len(found) == _SHOWN_AT_ONCE else None
