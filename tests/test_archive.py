"""Backups: made under load, the same from every database, whole or refused, and never brought back over anything."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from chatsphere import archive, migrations
from chatsphere.archive import ArchiveError
from chatsphere.core import audit, conversations, links, listening, log, messages, people
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.tables import events, files, jobs as jobs_table, links as links_table
from chatsphere.outside.storage import LocalStorage

PICTURE = bytes(range(256)) * 9000


@pytest.fixture
def chat(engine: Engine) -> Iterator[Chat]:
    """A chat over each kind of database."""
    opened = Chat(engine, secret=b"for tests only")
    yield opened
    opened.close()


@pytest.fixture
def storage(tmp_path: Path) -> LocalStorage:
    """A storage with one large file and one small one in it."""
    made = LocalStorage(tmp_path / "media")
    made.put("ab/one/640.avif", PICTURE)
    made.put("cd/two/original", b"tea")
    return made


@pytest.fixture(params=["sqlite", pytest.param("mariadb", marks=pytest.mark.servers)])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Another database of each kind, without a table in it."""
    sqlite = f"sqlite:///{tmp_path}/elsewhere.db"
    engine = open_engine(sqlite if request.param == "sqlite" else request.getfixturevalue("mariadb_url"))
    yield engine
    engine.dispose()


def talk(chat: Chat) -> tuple[str, str]:
    """Two people, a conversation, and words that tell whether text survives; returns who and where."""
    ada = chat.do(people.register, "ada", "ada@example.org", "hash").id
    bo = chat.do(people.register, "bo", "bo@example.org", "hash", "Bø 🍵").id
    tea = chat.do(conversations.start, ada, [bo], "Tea 😍").conversation.id
    for words in ("Grüße 🔥", "'; DROP TABLE events; --", "a\nb\tc\\n", "%s {} \u200d"):
        chat.do(messages.post, bo, tea, words)
    chat.do(messages.delete, bo, tea, 3)
    return ada, tea


def rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in archive.KEPT
            if table.name != "meta"
        }


def test_what_is_brought_back_is_what_was_there(
    chat: Chat, storage: LocalStorage, elsewhere: Engine, tmp_path: Path
) -> None:
    talk(chat)
    other = LocalStorage(tmp_path / "other")
    archive.back_up(chat.engine, storage, tmp_path / "b.tar")
    archive.restore(elsewhere, other, tmp_path / "b.tar")
    assert rows(elsewhere) == rows(chat.engine)
    assert {key: b"".join(other.read(key)) for key, _ in other.keys()} == {  # noqa: SIM118 - no dictionary
        "ab/one/640.avif": PICTURE,
        "cd/two/original": b"tea",
    }


def test_links_that_let_somebody_in_are_left_out(
    chat: Chat, storage: LocalStorage, elsewhere: Engine, tmp_path: Path
) -> None:
    ada, _ = talk(chat)
    chat.do(links.make, ada, links.RESET, links.RESET_FOR)
    manifest = archive.back_up(chat.engine, storage, tmp_path / "b.tar")
    assert not {"links", "jobs", "challenges"} & manifest["tables"].keys()
    archive.restore(elsewhere, LocalStorage(tmp_path / "other"), tmp_path / "b.tar")
    assert rows(elsewhere) == rows(chat.engine)
    with elsewhere.connect() as connection:
        assert [connection.execute(select(one)).all() for one in (links_table, jobs_table)] == [[], []]


def test_a_restored_log_has_another_epoch_and_goes_on(chat: Chat, storage: LocalStorage, tmp_path: Path) -> None:
    ada, tea = talk(chat)
    archive.back_up(chat.engine, storage, tmp_path / "b.tar")
    engine = open_engine(f"sqlite:///{tmp_path}/elsewhere.db")
    archive.restore(engine, LocalStorage(tmp_path / "other"), tmp_path / "b.tar")
    restored = Chat(engine, secret=b"for tests only")
    assert restored.ask(audit.verify) == chat.ask(audit.verify)
    assert restored.ask(log.epoch) not in ("", chat.ask(log.epoch))
    assert restored.do(messages.post, ada, tea, "Anybody here?").message.id == chat.ask(listening.heads, [tea])[tea] + 1
    restored.close()


def test_a_backup_under_load_has_no_holes_and_all_that_was_acknowledged(
    chat: Chat, storage: LocalStorage, tmp_path: Path
) -> None:
    ada, tea = talk(chat)
    done = threading.Event()

    def chatter() -> None:
        while not done.is_set():
            chat.do(messages.post, ada, tea, "and another thing")

    speaker = threading.Thread(target=chatter)
    speaker.start()
    try:
        before = [chat.do(messages.post, ada, tea, f"before {number}").message.id for number in range(20)]
        archive.back_up(chat.engine, storage, tmp_path / "b.tar")
    finally:
        done.set()
        speaker.join()
    engine = open_engine(f"sqlite:///{tmp_path}/elsewhere.db")
    archive.restore(engine, LocalStorage(tmp_path / "other"), tmp_path / "b.tar")
    with engine.connect() as connection:
        seqs = list(connection.execute(select(events.c.seq).where(events.c.conversation_id == tea)).scalars())
    assert sorted(seqs) == list(range(1, len(seqs) + 1))
    assert set(before) <= set(seqs)
    engine.dispose()


def test_nothing_is_brought_back_over_anything(chat: Chat, storage: LocalStorage, tmp_path: Path) -> None:
    talk(chat)
    archive.back_up(chat.engine, storage, tmp_path / "b.tar")
    before = rows(chat.engine)
    with pytest.raises(ArchiveError, match="empty"):
        archive.restore(chat.engine, storage, tmp_path / "b.tar")
    assert rows(chat.engine) == before


@pytest.mark.parametrize("marker", [b"\x00\x01\x02\x03\x04", b"ada@example.org", b'"sha256": "', b"640.avif"])
def test_a_damaged_backup_is_refused_before_anything_is_written(
    sqlite_url: str, storage: LocalStorage, tmp_path: Path, marker: bytes
) -> None:
    chat = Chat(open_engine(sqlite_url), secret=b"for tests only")
    talk(chat)
    path = tmp_path / "b.tar"
    archive.back_up(chat.engine, storage, path)
    chat.close()
    whole = path.read_bytes()
    path.write_bytes(whole.replace(marker, marker[:-1] + bytes([marker[-1] ^ 1]), 1))
    engine = open_engine(f"sqlite:///{tmp_path}/elsewhere.db")
    with pytest.raises(ArchiveError):
        archive.restore(engine, LocalStorage(tmp_path / "other"), path)
    assert not (tmp_path / "elsewhere.db").exists()
    engine.dispose()


@pytest.mark.parametrize("kept", [0, 1000, 0.5, 0.99])
def test_half_a_backup_is_no_backup(sqlite_url: str, storage: LocalStorage, tmp_path: Path, kept: float) -> None:
    engine = open_engine(sqlite_url)
    path = tmp_path / "b.tar"
    archive.back_up(engine, storage, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(kept * len(whole) if kept < 1 else kept)])
    with pytest.raises(ArchiveError, match="not a whole"):
        archive.check(path)
    engine.dispose()


def test_a_restore_that_breaks_off_can_be_tried_again(
    elsewhere: Engine, sqlite_url: str, storage: LocalStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = Chat(open_engine(sqlite_url), secret=b"for tests only")
    talk(chat)
    archive.back_up(chat.engine, storage, tmp_path / "b.tar")
    load: Callable[..., None] = archive._load_table

    def breaks_off(connection: Any, table: Any, *rest: Any) -> None:
        if table is files:
            raise RuntimeError("the power went")
        load(connection, table, *rest)

    other = LocalStorage(tmp_path / "other")
    with monkeypatch.context() as patch:
        patch.setattr(archive, "_load_table", breaks_off)
        with pytest.raises(RuntimeError):
            archive.restore(elsewhere, other, tmp_path / "b.tar")
    archive.restore(elsewhere, other, tmp_path / "b.tar")
    assert rows(elsewhere) == rows(chat.engine)
    chat.close()


def test_the_archive_is_its_owners_alone(sqlite_url: str, storage: LocalStorage, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    archive.back_up(engine, storage, tmp_path / "b.tar")
    assert (tmp_path / "b.tar").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("b.tar*")] == ["b.tar"]
    engine.dispose()


def test_a_backup_of_another_version_is_refused(sqlite_url: str, storage: LocalStorage, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "newest", lambda: "0000")
        archive.back_up(engine, storage, tmp_path / "b.tar")
    with pytest.raises(ArchiveError, match="of version"):
        archive.restore(engine, storage, tmp_path / "b.tar")
    engine.dispose()
