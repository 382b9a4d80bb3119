"""The disk is asked before anybody is told that something is safe: seen from outside, in the calls to the system."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.chaos.conftest import Tally
from tests.chaos.crowd import Crowd, Mouth
from tests.chaos.stage import Stage

CALLS = "trace=fdatasync,fsync,pwrite64,read,recvfrom,write,writev,sendto,sendmsg"
ROUNDS = 5


async def _says(crowd: Crowd, door: str) -> None:
    """A few messages one after the other, so that each answer stands after its own commit."""
    mouth = Mouth(crowd, crowd.members[0])
    async with crowd.web(mouth.member) as web:
        for _ in range(ROUNDS):
            said = crowd.begins(crowd.conversations[0], mouth.member)
            await (mouth.by_socket(said) if door == "socket" else mouth.by_http(web, said))
            assert said.answers


def _watches(pid: int, told: Path) -> subprocess.Popen[bytes]:
    """A process that writes down what another asks of the system, once it does."""
    watching = subprocess.Popen(
        ["strace", "-f", "-y", "-s", "300", "-e", CALLS, "-o", str(told), "-p", str(pid)], stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 30
    assert watching.stderr is not None
    while b"attached" not in (line := watching.stderr.readline()):
        if not line or time.monotonic() > deadline:
            watching.kill()
            # The kernel or the container forbids it (ptrace_scope, seccomp), which says nothing of ChatSphere.
            pytest.skip("strace may not look at other processes here")
    return watching


def _order(calls: str, door: str) -> str:
    """What happened, one letter each: a write-ahead log synced (s), an answer given (a)."""
    answer = r'"type":"ok"' if door == "socket" else r"HTTP/1.1 201"
    letters = []
    for line in calls.replace('\\"', '"').splitlines():
        if re.search(r"(fdatasync|fsync).*db-wal.*= 0|(fdatasync|fsync) resumed.*= 0", line):
            letters.append("s")
        elif answer in line and re.search(r"\b(write|writev|sendto|sendmsg)\(", line):
            letters.append("a")
    return "".join(letters)


# Linux alone has it; `make test` installs it where it may, and what a process asks of the kernel is seen no other way.
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("door", ["http", "socket"])
def test_each_answer_comes_after_its_fdatasync(
    alone: Stage, tmp_path: Path, tally: Tally, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever is watched is slow, and a second try would be another answer.
    monkeypatch.setattr("tests.chaos.crowd.PATIENCE", 60)
    told = tmp_path / "calls"
    crowd = asyncio.run(alone.crowd())
    watching = _watches(alone.site.pid, told)
    try:
        asyncio.run(_says(crowd, door))
    finally:
        watching.terminate()
        watching.wait(30)
    order = _order(told.read_text(errors="replace"), door)
    tally(crowd, order=order)
    assert order.count("a") == ROUNDS
    # Before each answer, and after the one before it.
    assert all("s" in part for part in order.split("a")[:ROUNDS])
