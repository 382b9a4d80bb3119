"""Bytes are kept the same way in a folder and in a bucket."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from chatsphere.outside import storage as under_test
from chatsphere.outside.storage import CHUNK, LocalStorage, Storage, StorageError, open_storage
from tests.services import free_port

KEY = "ab/0123456789abcdef/640.avif"


@dataclass
class Where:
    """The one setting that storage needs."""

    storage_url: str


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of an S3 with one bucket."""
    port = free_port()
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="photos")
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty storage, once of each kind."""
    if request.param == "folder":
        return open_storage(Where(f"file://{tmp_path}/kept here #1 100%"))
    address = request.getfixturevalue("s3")
    return open_storage(Where(f"s3://key:secret@photos/{tmp_path.name}?endpoint={address}"))


def whole(storage: Storage, key: str = KEY, start: int = 0, end: int | None = None) -> bytes:
    return b"".join(storage.read(key, start, end))


def test_what_was_put_is_read(storage: Storage) -> None:
    storage.put(KEY, b"hello sphere")
    assert whole(storage) == b"hello sphere"
    storage.put(KEY, b"anew")
    assert whole(storage) == b"anew"


def test_a_file_is_put_by_its_path_and_stays_where_it_is(storage: Storage, tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(os.urandom(3 * CHUNK + 5))
    storage.put(KEY, upload)
    assert whole(storage) == upload.read_bytes()


def test_nothing_is_a_file_too(storage: Storage) -> None:
    storage.put(KEY, b"")
    assert whole(storage) == b""


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [(0, None, b"0123456789"), (4, None, b"456789"), (2, 5, b"234"), (9, 10, b"9"), (5, 99, b"56789"), (3, 3, b"")],
)
def test_any_part_can_be_read(storage: Storage, start: int, end: int | None, found: bytes) -> None:
    storage.put(KEY, b"0123456789")
    assert whole(storage, KEY, start, end) == found


def test_a_large_file_comes_in_pieces(storage: Storage) -> None:
    data = os.urandom(5 * 1024 * 1024)
    storage.put(KEY, data)
    pieces = list(storage.read(KEY))
    assert b"".join(pieces) == data
    assert max(map(len, pieces)) <= 4 * CHUNK
    assert whole(storage, KEY, 1_000_000, 3_000_001) == data[1_000_000:3_000_001]


def test_what_is_not_there_is_said_before_the_first_piece(storage: Storage) -> None:
    with pytest.raises(FileNotFoundError, match="nothing"):
        storage.read(KEY)
    with pytest.raises(FileNotFoundError):
        storage.read(KEY, 3, 5)


def test_what_is_deleted_is_gone_and_deleting_again_is_no_fault(storage: Storage) -> None:
    storage.put(KEY, b"one")
    storage.put("ab/other/original", b"two")
    storage.delete([KEY, "ab/never/was"])
    storage.delete([KEY])
    assert [key for key, _ in storage.keys()] == ["ab/other/original"]  # noqa: SIM118 — a storage is no dictionary


def test_every_key_is_listed_with_its_time(storage: Storage) -> None:
    keys = {f"{at:02x}/{at}/original" for at in range(30)}
    for key in keys:
        storage.put(key, b"x")
    listed = dict(storage.keys())
    assert listed.keys() == keys
    assert all(abs(at - datetime.now(UTC)) < timedelta(minutes=1) for at in listed.values())


@pytest.mark.parametrize(
    "key",
    ["", "/", "..", ".", "../secret", "ab/../../secret", "/etc/passwd", "ab//cd", "ab/", "ab\\cd", "ab/%2e%2e/x",
     "a\0b", "ä", "ab/..", "./ab", "x" * 101, "a/" * 9 + "a", "ab/\n"],
)  # fmt: skip
def test_no_key_leads_out(storage: Storage, key: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    for use in (lambda: storage.read(key), lambda: storage.put(key, b""), lambda: storage.delete([key])):
        with pytest.raises(ValueError, match="no key"):
            use()


def test_only_its_owner_may_look_into_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "media"
    folder.mkdir(mode=0o755)
    LocalStorage(folder).put(KEY, b"mine")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / KEY).stat().st_mode & 0o777 == 0o600


def test_bytes_and_names_are_on_the_disk_before_put_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local = LocalStorage(tmp_path / "media")
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(opened: int) -> None:
        at = Path(f"/proc/self/fd/{opened}").readlink().relative_to(local.folder)
        done.append("bytes" if at.parts[:1] == (under_test.PARTS,) else f"folder {at}")
        fsync(opened)

    def moved(path: Path, to: Path) -> Path:
        done.append("move")
        return replace(path, to)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", moved)
    local.put("ab/cd/original", b"bytes")
    assert done == ["bytes", "move", "folder ab/cd", "folder ab", "folder ."]


def test_a_disk_that_fails_to_sync_is_an_error_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = LocalStorage(tmp_path / "media")

    def failing(_opened: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(StorageError, match="Input/output error"):
        local.put(KEY, b"bytes")
    assert [path for path in local.folder.rglob("*") if path.is_file()] == []


def test_what_a_crash_left_half_written_is_nobodys_and_is_thrown_away_later(tmp_path: Path) -> None:
    local = LocalStorage(tmp_path / "media")
    fresh, old = (local.folder / under_test.PARTS / name for name in ("fresh", "old"))
    for path in (fresh, old):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 9999, time.time() - 9999))
    assert list(local.keys()) == []
    LocalStorage(tmp_path / "media")
    assert (fresh.exists(), old.exists()) == (True, False)


def test_readers_see_the_old_or_the_new_and_never_a_half(tmp_path: Path) -> None:
    local = LocalStorage(tmp_path / "media")
    kinds = {b"a" * 700_000, b"b" * 900_000}
    local.put(KEY, b"a" * 700_000)
    seen: set[bytes] = set()
    reader = threading.Thread(target=lambda: seen.update(whole(local) for _ in range(60)))
    reader.start()
    while reader.is_alive():
        for kind in kinds:
            local.put(KEY, kind)
    assert seen <= kinds


def test_putting_and_deleting_side_by_side_loses_nothing(tmp_path: Path) -> None:
    local = LocalStorage(tmp_path / "media")
    faults: list[Exception] = []

    def play(name: str) -> None:
        try:
            for _ in range(80):
                local.put(f"ab/{name}", b"x")
                assert whole(local, f"ab/{name}") == b"x"
                local.delete([f"ab/{name}"])
        except Exception as fault:  # noqa: BLE001 — a thread's fault has to be carried out of it
            faults.append(fault)

    players = [threading.Thread(target=play, args=(str(at),)) for at in range(4)]
    for player in players:
        player.start()
    for player in players:
        player.join()
    assert faults == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://host/x", "s3://<bucket>"),
        ("media", "s3://<bucket>"),
        ("s3://photos?secret=1", "unknown options: secret"),
        ("s3:///prefix", "no bucket"),
    ],
)
def test_a_url_that_leads_nowhere_is_a_sentence(url: str, says: str) -> None:
    with pytest.raises(StorageError, match=says):
        open_storage(Where(url))


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match=r"^The folder .* cannot be used: .*\.$"):
        open_storage(Where(f"file://{tmp_path}/file/media"))


def test_a_bucket_that_is_away_is_a_sentence_without_the_secret() -> None:
    away = open_storage(Where(f"s3://key:hush@photos/x?endpoint=http://127.0.0.1:{free_port()}"))
    uses: list[Callable[[], object]] = [
        lambda: away.put(KEY, b""), lambda: away.read(KEY), lambda: away.delete([KEY]), lambda: list(away.keys()),
    ]  # fmt: skip
    for use in uses:
        with pytest.raises(StorageError, match=r"^The storage could not \w+ a file: .*\.$") as said:
            use()
        assert "hush" not in str(said.value)
