"""What the commands share: settings, a database, a chat; and an end with a sentence, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click
from sqlalchemy.exc import DBAPIError

from chatsphere import migrations, settings as setting
from chatsphere.core import logins
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.errors import Refusal

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from chatsphere.core.values import User
    from chatsphere.settings import Settings

MISCONFIGURED = 78
"""EX_CONFIG of sysexits.h: the settings have to change before another try can succeed."""


def read_settings() -> Settings:
    """The settings, or an end that names every fault."""
    try:
        return setting.load()
    except setting.SettingsError as error:
        stop("\n".join(["The settings cannot be used:", *(f"  {fault}" for fault in error.faults)]), MISCONFIGURED)


@contextmanager
def database(settings: Settings, *, current: bool = True) -> Iterator[Engine]:
    """The database, whose tables must be this version's unless told otherwise."""
    engine = open_engine(settings.database_url)
    try:
        if current and not migrations.at_head(engine):
            stop("The database's tables are not this version's: run `chatsphere migrate` first.")
        yield engine
    finally:
        engine.dispose()


@contextmanager
def chat(settings: Settings) -> Iterator[Chat]:
    """The chat, for a command that asks or changes something."""
    from chatsphere.outside.memory import open_memory

    with sentences(), database(settings) as engine:
        opened = Chat(engine, memory=open_memory(settings), writers=1, secret=settings.secret_key.encode())
        try:
            yield opened
        finally:
            opened.close()


def find_user(opened: Chat, user_name: str) -> User:
    """The account of this name (or address), or an end that says there is none."""
    login = opened.ask(logins.by_login, user_name)
    if login is None:
        stop(f"There is no account {user_name}.")
    return login.user


@contextmanager
def sentences() -> Iterator[None]:
    """Turn what a person can do something about into a sentence and a status."""
    from chatsphere.archive import ArchiveError
    from chatsphere.doctor import plain
    from chatsphere.outside.storage import StorageError

    try:
        yield
    except DBAPIError as error:
        stop(f"The database cannot be used: {plain(error)}.")
    except (Refusal, ArchiveError, StorageError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or 'A file'}: {error.strerror or error}.")


def stop(words: str, status: int = 1) -> NoReturn:
    """Say why and leave."""
    click.echo(words, err=True)
    sys.exit(status)
