"""`chatsphere user`: accounts, looked after by whoever has a shell on the server."""

from __future__ import annotations

import sys

import click
from sqlalchemy import select

from chatsphere.core import links, passwords, people
from chatsphere.core.chat import Chat, Db
from chatsphere.core.pictures import user as picture_of
from chatsphere.core.tables import users
from chatsphere.core.values import User
from chatsphere.terminal import chat, read_settings, stop

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
        made = opened.do(people.register, user_name, email, hashed, display_name, is_admin=True if admin else None)
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
    with chat(read_settings()) as opened:
        found = opened.do(people.disable, _find(opened, user_name).id)
    click.echo(f"{found.user_name} is disabled.")


@user.command()
@click.argument("user_name")
def enable(user_name: str) -> None:
    """Let somebody in again."""
    with chat(read_settings()) as opened:
        found = opened.do(people.disable, _find(opened, user_name).id, disabled=False)
    click.echo(f"{found.user_name} may sign in again.")


@user.command(name="make-admin")
@click.argument("user_name")
def make_admin(user_name: str) -> None:
    """Make somebody an administrator."""
    with chat(read_settings()) as opened:
        found = opened.do(people.make_admin, _find(opened, user_name).id)
    click.echo(f"{found.user_name} is an administrator.")


@user.command(name="set-password")
@click.argument("user_name")
def set_password(user_name: str) -> None:
    """Give somebody a new password, asked for or read from standard input; they are signed out everywhere."""
    password = _new_password()
    with chat(read_settings()) as opened:
        found = _find(opened, user_name)
        passwords.check(password)
        opened.do(people.change, found.id, found.id, password_hash=passwords.hash(password))
    click.echo(f"{found.user_name} has a new password.")


@user.command(name="reset-link")
@click.argument("user_name")
def reset_link(user_name: str) -> None:
    """Print a link by which somebody sets a new password: once, within an hour. It revokes earlier ones."""
    settings = read_settings()
    with chat(settings) as opened:
        found = _find(opened, user_name)
        if found.is_disabled:
            stop(f"{found.user_name} is disabled: no link lets them in.")
        token = opened.do(links.make, found.id, links.RESET, links.RESET_FOR)
    click.echo(f"{settings.base_url or f'http://127.0.0.1:{settings.port}'}/reset/{token}")


def _find(opened: Chat, user_name: str) -> User:
    login = opened.ask(people.by_login, user_name)
    if login is None:
        stop(f"There is no account {user_name}.")
    return login.user


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
