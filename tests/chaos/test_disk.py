"""A disk that is full, or writes nothing: errors are said, reading goes on, and all is well again without a restart."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest

from tests.chaos.conftest import Tally
from tests.chaos.crowd import Crowd
from tests.chaos.stage import Stage, open_stage

SMALL = "64m"
PICTURE = Path(__file__).parents[2] / "src/chatsphere/static/img/icon-192.png"
# EIO and ENOSPC, from where the database's file is written and synced.
FAULTS = ("posix/io/sync/fdatasync,failinfo=5", "posix/io/rw/pwrite,failinfo=5", "posix/io/rw/pwrite,failinfo=28")


@contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    """A folder with little room; False where nobody may mount one here."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "storm", str(folder)]
    mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)


@asynccontextmanager
async def _full(folder: Path) -> AsyncIterator[None]:
    """No byte is left for as long as this lasts."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        filler.unlink()


@asynccontextmanager
async def _faulty(control: Path, pid: int, fault: str) -> AsyncIterator[None]:
    """Every other write fails for as long as this lasts."""
    name = fault.partition(",")[0]
    await _tell(control, pid, f"enable_random name={fault},probability=0.5")
    try:
        yield
    finally:
        await _tell(control, pid, f"disable name={name}")


async def _tell(control: Path, pid: int, command: str) -> None:
    told = await asyncio.create_subprocess_exec("fiu-ctrl", "-f", str(control), "-c", command, str(pid))
    assert await told.wait() == 0


async def _uploads(crowd: Crowd) -> int:
    """How a picture is answered."""
    where, me = crowd.conversations[0], crowd.members[0]
    async with crowd.web(me) as web:
        files = {"file": ("picture.png", PICTURE.read_bytes(), "image/png")}
        said = crowd.begins(where, me)
        fields = {"content": said.content, "client_id": said.client_id}
        answer = await web.post(f"/conversations/{where}/{me.user_id}/messages/file", files=files, data=fields)
        if answer.status_code == 201:
            said.answers.append(answer.json()["id"])
        else:
            crowd.history.said.remove(said)
        return answer.status_code


async def _reads(crowd: Crowd) -> None:
    """Whoever looks is told what is there."""
    async with crowd.web(crowd.members[1]) as web:
        for where in crowd.conversations:
            (await web.get(f"/conversations/{where}/messages")).raise_for_status()


async def _errors(crowd: Crowd, more: int) -> None:
    """Wait until so many were told that something is wrong."""
    before = crowd.errors.total()
    async with asyncio.timeout(120):
        while crowd.errors.total() < before + more:
            await asyncio.sleep(0.05)


def _whole(folder: Path) -> bool:
    with sqlite3.connect(folder / "data" / "chatsphere.db") as database:
        return bool(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


async def _fills_up(stage: Stage, times: int) -> tuple[Crowd, list[int], list[str]]:
    crowd = await stage.crowd()
    uploads = []
    async with crowd.talking():
        for _ in range(times):
            await crowd.gets_answers()
            async with _full(stage.folder / "data"):
                await _errors(crowd, 5)
                await _reads(crowd)
                uploads.append(await _uploads(crowd))
            await crowd.gets_answers()
        assert await _uploads(crowd) == 201
        await crowd.has_said(stage.enough)
    return crowd, uploads, await crowd.verdict()


def test_a_full_disk_is_said_and_got_over(tmp_path: Path, full: bool, tally: Tally) -> None:
    with _small_disk(tmp_path / "data") as small:
        # Mounting is for root, and not in every container: there is no other way to a disk that is really full.
        if not small:
            pytest.skip("nobody may mount a small disk here: the errors of one are in the next scene")
        stage = open_stage(tmp_path, full)
        try:
            times = 20 if full else 1
            crowd, uploads, wrong = asyncio.run(_fills_up(stage, times))
        finally:
            stage.site.stop()
        tally(crowd, times_full=times, wrong=len(wrong))
        assert wrong == []
        assert set(crowd.errors) == {"503"}
        assert set(uploads) == {503}
        assert _whole(tmp_path)


async def _fails(stage: Stage, control: Path, rounds: int) -> tuple[Crowd, list[str]]:
    crowd = await stage.crowd()
    async with crowd.talking():
        for fault in FAULTS * rounds:
            await crowd.gets_answers()
            async with _faulty(control, stage.site.pid, fault):
                await _errors(crowd, 5)
                await _reads(crowd)
            await crowd.gets_answers()
        await crowd.has_said(stage.enough)
    return crowd, await crowd.verdict()


# Debian's fiu-utils, which `make test` installs where it may; other systems have none, and no fault is made without it.
@pytest.mark.skipif(shutil.which("fiu-run") is None, reason="fiu-run is not installed")
def test_a_failing_disk_is_said_and_got_over(tmp_path: Path, full: bool, tally: Tally) -> None:
    control = tmp_path / "fiu"
    stage = open_stage(tmp_path, full, under=("fiu-run", "-x", "-f", str(control)))
    try:
        rounds = 10 if full else 1
        crowd, wrong = asyncio.run(_fails(stage, control, rounds))
    finally:
        stage.site.stop()
    tally(crowd, faults=len(FAULTS) * rounds, wrong=len(wrong))
    assert wrong == []
    assert set(crowd.errors) == {"503"}
    assert _whole(tmp_path)
