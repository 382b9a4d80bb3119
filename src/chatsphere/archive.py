"""Backups: one tar with every table as JSON lines and every file, the same whatever database and storage it came from.

Tables are read in one transaction, so they show one moment; files are copied after it, and a file is always stored
before the row that names it. Nothing is held in memory whole.
"""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table, func, insert, select

from chatsphere import __version__, migrations
from chatsphere.core.chat import utc_now
from chatsphere.core.database import connect, writing
from chatsphere.core.ids import new_id
from chatsphere.core.tables import challenges, jobs, links, meta, metadata

if TYPE_CHECKING:
    from chatsphere.outside.storage import Storage

FORMAT = 1
# A link that was used up or revoked since would work again for the rest of its hour, and a job be done twice.
KEPT = [table for table in metadata.sorted_tables if table not in (links, challenges, jobs)]
_ROWS = 500
_CHUNK = 1024 * 1024
_IN_MEMORY = 8 * 1024 * 1024


class ArchiveError(Exception):
    """A backup that cannot be made, read or brought back; the text is a sentence."""


def back_up(engine: Engine, storage: Storage, path: Path) -> dict[str, Any]:
    """Write everything into a new archive, readable by its owner alone; returns its manifest."""
    draft = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                manifest = _write(engine, storage, tar)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        raise ArchiveError(f"{path} is there already; a backup never overwrites another.") from None
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _write(engine: Engine, storage: Storage, tar: tarfile.TarFile) -> dict[str, Any]:
    manifest: dict[str, Any] = {"format": FORMAT, "version": __version__, "made_at": utc_now().isoformat()}
    manifest["revision"] = migrations.newest()
    with connect(engine) as connection:
        manifest["tables"] = {table.name: _add_table(connection, table, tar) for table in KEPT}
    with tempfile.TemporaryFile() as listing:
        count = sum(bool(listing.write(line)) for line in _add_media(storage, tar))
        manifest["media"] = {"count": count, **_add(tar, "media.jsonl", listing)}
    _add(tar, "manifest.json", io.BytesIO(json.dumps(manifest, indent=2).encode()))
    return manifest


def _add_table(connection: Connection, table: Table, tar: tarfile.TarFile) -> dict[str, Any]:
    rows = connection.execution_options(yield_per=_ROWS).execute(select(table).order_by(*table.primary_key))
    with tempfile.TemporaryFile() as lines:
        count = sum(bool(lines.write(_row(row))) for row in rows)
        return {"columns": list(table.columns.keys()), "rows": count, **_add(tar, f"tables/{table.name}.jsonl", lines)}


def _add_media(storage: Storage, tar: tarfile.TarFile) -> Iterator[bytes]:
    for key, _ in storage.keys():  # noqa: SIM118 - no dictionary
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
            try:
                for piece in storage.read(key):
                    copy.write(piece)
            except FileNotFoundError:
                continue  # deleted since it was listed, as it may be
            yield _line(key, _add(tar, f"media/{key}", copy))


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> dict[str, Any]:
    """Put a file into the archive from its beginning; returns its size and digest."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    digest = _digest(file)
    file.seek(0)
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    tar.addfile(info, file)
    return {"size": size, "sha256": digest}


def check(path: Path) -> dict[str, Any]:
    """Read the whole archive and compare every digest; returns the manifest."""
    try:
        with tarfile.open(path) as tar:
            return _check(tar)
    except (tarfile.TarError, OSError, KeyError, ValueError, TypeError) as error:
        raise ArchiveError(f"{path} is not a whole ChatSphere backup.") from error


def _check(tar: tarfile.TarFile) -> dict[str, Any]:
    found: dict[str, str] = {}
    media, manifest = hashlib.sha256(), {}
    for member in tar:
        content = _content(tar, member)
        if member.name.startswith("media/"):
            seen = {"size": member.size, "sha256": _digest(content)}
            media.update(_line(member.name.removeprefix("media/"), seen))
        elif member.name == "manifest.json":
            manifest = json.load(content)
        else:
            found[member.name] = _digest(content)
    wanted = {f"tables/{name}.jsonl": table["sha256"] for name, table in manifest["tables"].items()}
    wanted["media.jsonl"] = manifest["media"]["sha256"]
    if found != wanted or media.hexdigest() != wanted["media.jsonl"]:
        raise ArchiveError("This backup was damaged: what it holds is not what its manifest names.")
    return dict(manifest)


def restore(engine: Engine, storage: Storage, path: Path) -> dict[str, Any]:
    """Bring everything back into an empty installation, whose log gets a new epoch; returns the manifest."""
    manifest = check(path)
    if (manifest["format"], manifest["revision"]) != (FORMAT, migrations.newest()):
        raise ArchiveError(f"This backup is of version {manifest['version']}: restore it with that one, then upgrade.")
    migrations.upgrade(engine)
    _refuse_unless_empty(engine)
    with tarfile.open(path) as tar:
        _load_media(storage, tar)
    # All rows in one transaction: an interrupted restore leaves an empty installation, which may be tried again.
    with tarfile.open(path) as tar, connect(writing(engine)) as connection:
        connection.execute(meta.delete())
        for table in KEPT:
            _load_table(connection, table, manifest["tables"][table.name]["columns"], tar)
        connection.execute(meta.delete().where(meta.c.name == "epoch"))
        connection.execute(insert(meta).values(name="epoch", value=new_id()))
        connection.commit()
    return manifest


def _refuse_unless_empty(engine: Engine) -> None:
    with connect(engine) as connection:
        for table in metadata.sorted_tables:
            if table is not meta and connection.execute(select(func.count()).select_from(table)).scalar_one():
                raise ArchiveError("There is something in this installation already; restore into an empty one.")


def _load_media(storage: Storage, tar: tarfile.TarFile) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        for member in tar:
            if member.name.startswith("media/"):
                with copy.open("wb") as file:
                    _pour(_content(tar, member), file.write)
                storage.put(member.name.removeprefix("media/"), copy)


def _load_table(connection: Connection, table: Table, columns: list[str], tar: tarfile.TarFile) -> None:
    lines = iter(_content(tar, tar.getmember(f"tables/{table.name}.jsonl")))
    while batch := list(itertools.islice(lines, _ROWS)):
        rows = [dict(zip(columns, map(_rich, json.loads(line)), strict=True)) for line in batch]
        connection.execute(insert(table), rows)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member)
    if content is None:
        raise ArchiveError(f"This backup holds {member.name}, which is not a file.")
    return content


def _row(row: Iterable[Any]) -> bytes:
    return json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n"


def _plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    return {"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _rich(value: Any) -> Any:
    """A column's value as the table takes it."""
    if not isinstance(value, dict):
        return value
    return datetime.fromisoformat(value["time"]) if "time" in value else base64.b64decode(value["bytes"])


def _line(key: str, seen: dict[str, Any]) -> bytes:
    return json.dumps({"key": key, **seen}).encode() + b"\n"


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    _pour(file, digest.update)
    return digest.hexdigest()


def _pour(file: IO[bytes], into: Callable[[bytes], object]) -> None:
    for piece in _pieces(file):
        into(piece)


def _pieces(file: IO[bytes]) -> Iterable[bytes]:
    return iter(lambda: file.read(_CHUNK), b"")
