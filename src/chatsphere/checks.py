"""What makes a setting's value usable; each check returns the value, or raises ValueError with a sentence."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

_DATABASES = ("sqlite", "mysql+pymysql", "mariadb+pymysql")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def origin(value: str) -> str:
    """`https://chat.example.org`: scheme, host, port, and nothing after them."""
    parts = _url(value, ("http", "https"), "https://chat.example.org")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("must be the bare address, without a path: ChatSphere is served from the root of its host.")
    default = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, default) else "")


def issuer(value: str) -> str:
    """An OpenID provider's address: https, or http on this very machine."""
    parts = _url(value, ("http", "https"), "https://login.example.org")
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise ValueError("must begin with https://.")
    return value


def redis_url(value: str) -> str:
    """Where a Redis listens."""
    if value.startswith("unix:///"):
        return value
    _url(value, ("redis", "rediss"), "redis://localhost:6379/0")
    return value


def smtp_url(value: str) -> str:
    """Where a mail server listens."""
    _url(value, ("smtp", "smtps"), "smtp://user:password@mail.example.org:587")
    return value


def storage_url(value: str) -> str:
    """A folder of this machine or an S3 bucket."""
    if not value.startswith("file://"):
        _url(value, ("file", "s3"), "file:///srv/chatsphere/media or s3://bucket/prefix")
        return value
    path = value.removeprefix("file://")
    if not path.startswith("/"):
        raise ValueError("must name a folder from the root on: file:///srv/chatsphere/media")
    _writable(Path(path))
    return value


def database_url(value: str) -> str:
    """A SQLite file whose folder exists, or a MySQL or MariaDB through PyMySQL."""
    try:
        url = make_url(value)
    except ArgumentError:
        raise ValueError("is not a database URL, such as mysql+pymysql://user:password@host/chatsphere") from None
    if url.drivername not in _DATABASES:
        raise ValueError("must begin with sqlite:///, mysql+pymysql:// or mariadb+pymysql://")
    if url.drivername == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ValueError("must name a file: a database in memory would be lost with the process.")
        _writable(Path(url.database).parent)
    elif not url.database:
        raise ValueError("must end with the database's name, such as …/chatsphere")
    return value


def folder(value: Path) -> Path:
    """A folder that is there and writable, or can be made."""
    path = value.expanduser().absolute()
    _writable(path)
    return path


def networks(value: Collection[str]) -> tuple[str, ...]:
    """IP addresses and networks."""
    for part in value:
        try:
            ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise ValueError(f"{part} is neither an IP address nor a network such as 10.0.0.0/8.") from None
    return tuple(value)


def address(value: str) -> str:
    """An e-mail address, a name before it allowed."""
    if "@" not in value or any(character in value for character in "\r\n"):
        raise ValueError("must be an e-mail address, such as chat@example.org")
    return value


def _url(value: str, schemes: Collection[str], example: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ValueError(f"is not a URL such as {example}") from None
    if parts.scheme not in schemes or not parts.hostname or port == 0:
        raise ValueError(f"must be a URL such as {example}")
    return parts


def _writable(path: Path) -> None:
    """The folder, or the nearest one above it that is there, must take new entries."""
    nearest = next(parent for parent in (path, *path.parents) if parent.exists())
    if not nearest.is_dir():
        raise ValueError(f"{nearest} is a file, not a folder.")
    if len(path.relative_to(nearest).parts) > 1:
        raise ValueError(f"{path} cannot be made: {path.parent} does not exist.")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise ValueError(f"{nearest} cannot be written to.")


def contact(value: str) -> str:
    """Where somebody can be told of a hole, as a URI."""
    mail = value.startswith("mailto:") and "@" in value
    if not (mail or (value.startswith("https://") and len(value) > len("https://"))) or re.search(r"\s", value):
        raise ValueError("must be mailto: and an address, or an https:// address")
    return value
