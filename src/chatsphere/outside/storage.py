"""Where bytes are kept: a folder of this machine or a bucket of S3, by URL, behind the same few calls."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

if TYPE_CHECKING:
    from obstore.store import ObjectStore

CHUNK = 256 * 1024
"""Bytes that a reader holds at a time."""
PARTS = "half-written"
STALE = 3600
"""Seconds after which nobody is still writing a file."""
KEY = re.compile(r"(?!\.{1,2}(/|$))[A-Za-z0-9._-]{1,100}(/(?!\.{1,2}(/|$))[A-Za-z0-9._-]{1,100}){0,7}")
S3_OPTIONS = frozenset({"endpoint", "region", "access_key_id", "secret_access_key", "session_token"})


class StorageError(Exception):
    """The place where bytes are kept does not do as it should; the text says so to an administrator."""


class Located(Protocol):
    """The one setting that says where."""

    @property
    def storage_url(self) -> str:
        """Return `s3://bucket/prefix?endpoint=…` or `file:///folder`."""


def open_storage(settings: Located) -> Storage:
    """Return the storage that the settings name; raises StorageError where that cannot be."""
    url = settings.storage_url
    if url.startswith("s3://"):
        return Storage(_bucket(urlsplit(url)))
    # What follows is a path as it is, and may hold a # or a % of its own.
    folder = Path(url.removeprefix("file://"))
    if folder.is_absolute():
        return LocalStorage(folder)
    raise StorageError("CHATSPHERE_STORAGE_URL is s3://<bucket>/<prefix> or file:///<folder>.")


def _bucket(parts: SplitResult) -> S3Store:
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = ", ".join(sorted(options.keys() - S3_OPTIONS))
    if unknown or not parts.hostname:
        wrong = f"has unknown options: {unknown}" if unknown else "names no bucket"
        raise StorageError(f"CHATSPHERE_STORAGE_URL {wrong}; it knows {', '.join(sorted(S3_OPTIONS))}.")
    if parts.username and parts.password:
        options |= {"access_key_id": unquote(parts.username), "secret_access_key": unquote(parts.password)}
    # What is not in the URL comes from AWS_* in the environment, as everywhere.
    return S3Store(
        parts.hostname,
        prefix=parts.path.strip("/") or None,
        config={"region": os.environ.get("AWS_REGION", "us-east-1"), **options},  # type: ignore[arg-type]
        client_options={"allow_http": True, "connect_timeout": "5s", "timeout": "60s"},
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=15)},
    )


class Storage:
    """Bytes by key, through obstore. Keys are `<letters, digits, . _ ->` between slashes; all else is a ValueError."""

    def __init__(self, store: ObjectStore) -> None:
        self.store = store

    def put(self, key: str, data: bytes | Path) -> None:
        """Keep bytes, or a file's, under a key: wholly and durably when this returns, or not at all."""
        with _said("keep"):
            obstore.put(self.store, _checked(key), data)

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Return the bytes from `start` to before `end`, piece by piece; raises FileNotFoundError before the first."""
        if end is not None and end <= start:
            return iter(())
        wanted: Any = {"offset": start} if end is None else (start, end)
        whole = start == 0 and end is None
        with _said("read"):
            found = obstore.get(self.store, _checked(key), options={} if whole else {"range": wanted})
        return _pieces(found)

    def delete(self, keys: Collection[str]) -> None:
        """Forget what is kept under these keys; those that are not there are no fault."""
        for key in keys:
            with suppress(FileNotFoundError), _said("delete"):
                obstore.delete(self.store, _checked(key))

    def keys(self) -> Iterator[tuple[str, datetime]]:
        """Walk over every key there is and when it was last written."""
        with _said("list"):
            for batch in obstore.list(self.store):
                for found in batch:
                    yield found["path"], found["last_modified"]


class LocalStorage(Storage):
    """A folder that only its owner may enter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            self._tidy()
        except OSError as error:
            raise StorageError(f"The folder {self.folder} for pictures cannot be used: {error.strerror}.") from error
        super().__init__(LocalStore(self.folder, automatic_cleanup=True))

    def put(self, key: str, data: bytes | Path) -> None:
        """Keep bytes as `Storage.put` does: written elsewhere, synced, moved to their place, and the folders synced."""
        # obstore would write and rename too, but leaves it to the system when the bytes reach the disk.
        path = self.folder / _checked(key)
        beside = self.folder / PARTS / secrets.token_hex(8)
        try:
            self._write(beside, data)
            self._move(beside, path)
            self._sync_folders(path.parent)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            raise StorageError(f"A file cannot be kept in {self.folder}: {error.strerror}.") from error

    def keys(self) -> Iterator[tuple[str, datetime]]:
        """Walk over every key, as `Storage.keys` does; what is half written has none yet."""
        for found in super().keys():  # noqa: SIM118 — a storage is no dictionary
            if not found[0].startswith(f"{PARTS}/"):
                yield found

    def _tidy(self) -> None:
        """Throw away what a crash left half written; what another process writes just now is younger."""
        parts = self.folder / PARTS
        parts.mkdir(mode=0o700, exist_ok=True)
        for left in parts.iterdir():
            with suppress(FileNotFoundError):
                if left.stat().st_mtime < time.time() - STALE:
                    left.unlink()

    def _write(self, path: Path, data: bytes | Path) -> None:
        source = data.open("rb") if isinstance(data, Path) else BytesIO(data)
        beside = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with source, os.fdopen(beside, "wb") as into:
            shutil.copyfileobj(source, into, CHUNK)
            into.flush()
            os.fsync(into.fileno())

    def _move(self, beside: Path, path: Path, tries: int = 20) -> None:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.replace(path)
        except (FileNotFoundError, FileExistsError):
            # Deleting the last file of a folder takes the folder away, perhaps just now; even mkdir may see it go.
            if tries <= 1:
                raise
            self._move(beside, path, tries - 1)

    def _sync_folders(self, folder: Path) -> None:
        while True:
            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)
            if folder == self.folder:
                return
            folder = folder.parent


def _checked(key: str) -> str:
    if not KEY.fullmatch(key):
        raise ValueError("That is no key of the storage.")
    return key


def _pieces(found: obstore.GetResult) -> Iterator[bytes]:
    with _said("read"):
        for piece in found.stream(min_chunk_size=CHUNK):
            yield bytes(piece)


@contextmanager
def _said(verb: str) -> Iterator[None]:
    """Turn what the library raises into a sentence; that something is not there stays a FileNotFoundError."""
    try:
        yield
    except FileNotFoundError:
        raise FileNotFoundError("There is nothing in the storage under that key.") from None
    except (BaseError, OSError) as error:
        raise StorageError(f"The storage could not {verb} a file: {_first_line(error)}.") from error


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return text[:200].rstrip(". ")
