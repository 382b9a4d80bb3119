"""The doctor: looks at everything an installation stands on and says what it finds in plain words."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import redis
from sqlalchemy.exc import SQLAlchemyError

from chatsphere import migrations
from chatsphere.core import health
from chatsphere.core.database import open_engine
from chatsphere.core.phrases import phrase
from chatsphere.outside.storage import open_storage

if TYPE_CHECKING:
    from chatsphere.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what it is, whether it is well, and a sentence.

    `cause` is what a driver said. It may name hosts and accounts, so it is for whoever has a shell on the server.
    """

    what: str
    well: bool
    words: str
    cause: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at one thing after another; settings that could be read are well already."""
    yield Finding("Settings", True, f"read; the data folder is {settings.data_dir}.")
    yield _finding(phrase("Database"), _database, settings)
    yield _finding(phrase("Storage"), _storage, settings)
    yield _finding(phrase("Redis"), _redis, settings)
    yield _finding(phrase("Address"), _address, settings)


def _finding(what: str, look: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(what, True, look(settings))
    except _Ill as ill:
        return Finding(what, False, ill.args[0])
    # A driver may raise anything at all here, and to say so is what a doctor is for.
    except Exception as error:  # noqa: BLE001
        return Finding(what, False, phrase("cannot be used."), plain(error))


class _Ill(Exception):
    """Something can be reached and is not as it should be."""


def _database(settings: Settings) -> str:
    engine = open_engine(settings.database_url)
    try:
        if not migrations.at_head(engine):
            raise _Ill(phrase("reachable, but its tables are not this version's: run `chatsphere migrate`."))
        for risk in health.risks(engine):
            raise _Ill(risk)
        return f"{engine.dialect.name} answers and its tables are up to date."
    finally:
        engine.dispose()


def _storage(settings: Settings) -> str:
    storage, key, said = open_storage(settings), f"00/doctor-{secrets.token_hex(8)}", secrets.token_bytes(16)
    storage.put(key, said)
    try:
        if b"".join(storage.read(key)) != said:
            raise _Ill(phrase("what was written reads back differently."))
    finally:
        storage.delete([key])
    return "takes files and gives them back."


def _redis(settings: Settings) -> str:
    if settings.redis_url is None:
        return "none is set: fine for a single process."
    with redis.Redis.from_url(settings.redis_url, socket_connect_timeout=3, socket_timeout=3) as client:
        client.ping()
    return "answers."


def _address(settings: Settings) -> str:
    if settings.base_url is None:
        return "no CHATSPHERE_BASE_URL: only browsers on this machine can use it."
    if not settings.secure:
        return f"{settings.base_url}, without https: passwords travel in the clear."
    return f"{settings.base_url}."


def plain(error: BaseException) -> str:
    """An error's own words without a statement, parameters or a final full stop."""
    cause = getattr(error, "orig", None) or error if isinstance(error, SQLAlchemyError) else error
    words = cause.args[-1] if cause.args else type(cause).__name__
    return str(words).strip().splitlines()[0].rstrip(".") if str(words).strip() else type(cause).__name__
