"""On what terms requests are let in: who may send much, and what waits where."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import anyio
import pytest
from sqlalchemy.exc import OperationalError

from chatsphere.admission import LINES, MIB, Admission, Busy, Line, Terms
from chatsphere.core.sessions import SignedIn
from chatsphere.core.values import Session, User
from chatsphere.settings import Settings

ALBUM = "/api/v1/conversations/0a/me/messages/file"
NOW = datetime.now(UTC)
ADA = User("0a", "ada", "Ada", 1, None, False, NOW, "ada@example.org", False, False, False, False, "anyone", None)
TOKEN = Session("0b", ADA.id, "token", "", "", "", NOW, NOW, NOW)


def _terms(settings: Settings, path: str, find: Callable[[], SignedIn | None], method: str = "POST") -> Terms:
    async def found(_token: str) -> SignedIn | None:
        return find()

    scope = {"method": method, "path": path, "headers": [(b"authorization", b"Bearer something")]}
    return anyio.run(Admission(settings, found), scope)


def _ada() -> SignedIn:
    return SignedIn(TOKEN, ADA, lacks_factor=False)


def _nobody() -> None:
    return None


def _away() -> None:
    raise OperationalError("", {}, Exception("gone"))


def test_a_stranger_s_files_are_not_taken_in(settings: Settings) -> None:
    most = settings.max_upload_bytes
    assert _terms(settings, ALBUM, _nobody).most == MIB
    assert _terms(settings, f"{ALBUM}/", _ada).most == 20 * most + MIB
    assert _terms(settings, "/api/v1/users/me/upload", _ada).most == most + MIB
    assert _terms(settings, ALBUM.removesuffix("/file"), _ada).most == MIB


def test_nobody_is_a_stranger_because_the_database_is_away(settings: Settings) -> None:
    assert _terms(settings, ALBUM, _away).most > MIB


@pytest.mark.parametrize(
    ("method", "path", "line"),
    [
        ("POST", ALBUM, "uploads"),
        ("PUT", "/api/v1/users/me/upload", "uploads"),
        *(
            ("POST", path, "doors")
            for path in ("/confirm", "/settings/password", "/settings/email", "/reset/some-token")
        ),
        *(("POST", path, "doors") for path in ("/invite/some-token", "/login/name", "/login/second")),
        ("PUT", "/api/v1/users/0a", "doors"),
        ("GET", "/reset/some-token", "web"),
        ("GET", "/api/v1/conversations/0a/files/0b/640.avif", "files"),
        ("POST", "/api/v1/sessions/", "doors"),
        ("POST", "/register", "doors"),
        ("GET", "/api/v1/users", "web"),
        ("POST", "/api/v1/conversations/0a/messages", "web"),
    ],
)
def test_what_takes_long_waits_in_a_line_of_its_own(settings: Settings, method: str, path: str, line: str) -> None:
    assert _terms(settings, path, _ada, method).line == line
    assert line in LINES


def test_a_line_gives_each_its_own_answer_or_error_and_outlives_both() -> None:
    async def asks() -> None:
        line = Line("test", 1, 2)
        assert await line.run(lambda: "tea") == "tea"
        with pytest.raises(LookupError, match="no cake"):
            await line.run(_no_cake)
        assert [await line.run(lambda: "milk"), await line.run(lambda: "sugar")] == ["milk", "sugar"]
        line.close()

    asyncio.run(asks())


def test_a_line_that_is_closed_finishes_what_runs_and_gives_up_what_waits() -> None:
    async def closes() -> None:
        line, begun, go = Line("test", 1, 2), threading.Event(), threading.Event()

        def last() -> bool:
            begun.set()
            return go.wait(5)

        runs = asyncio.ensure_future(line.run(last))
        waits = asyncio.ensure_future(line.run(lambda: "too late"))
        await asyncio.to_thread(begun.wait, 5)
        closing = asyncio.ensure_future(asyncio.to_thread(line.close))
        while not line.closed:
            await asyncio.sleep(0)
        go.set()
        await closing
        assert await runs
        with pytest.raises(asyncio.CancelledError):
            await waits

    asyncio.run(closes())


def test_who_gave_up_waiting_leaves_the_line_to_others() -> None:
    async def leaves() -> None:
        line, go = Line("test", 1, 1), threading.Event()
        runs = asyncio.ensure_future(line.run(lambda: go.wait(5)))
        await asyncio.sleep(0)
        runs.cancel()
        go.set()
        assert await line.run(lambda: "next") == "next"
        line.close()

    asyncio.run(leaves())


def test_what_was_given_up_while_it_waited_is_not_done() -> None:
    async def gives_up() -> None:
        line, go, done = Line("test", 1, 2), threading.Event(), list[str]()
        runs = asyncio.ensure_future(line.run(lambda: go.wait(5)))
        waits = asyncio.ensure_future(line.run(lambda: done.append("for nobody")))
        await asyncio.sleep(0)
        waits.cancel()
        await asyncio.sleep(0)
        go.set()
        assert await runs
        assert await line.run(lambda: "next") == "next"
        line.close()
        assert done == []

    asyncio.run(gives_up())


def test_a_closed_line_takes_nothing_more() -> None:
    line = Line("test", 1, 2)
    line.close()
    with pytest.raises(Busy):
        asyncio.run(line.run(lambda: None, always=True))


def test_without_another_thread_those_that_are_there_do_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    async def goes_on() -> None:
        line, go = Line("test", 2, 2), threading.Event()
        with monkeypatch.context() as machine:
            machine.setattr(threading.Thread, "start", refuses)
            with pytest.raises(RuntimeError, match="can't start"):
                await line.run(lambda: "never")
        runs = asyncio.ensure_future(line.run(lambda: go.wait(5)))
        await asyncio.sleep(0)
        with monkeypatch.context() as machine:
            machine.setattr(threading.Thread, "start", refuses)
            waits = asyncio.ensure_future(line.run(lambda: "after it"))
            await asyncio.sleep(0)
        go.set()
        assert (await runs, await waits) == (True, "after it")
        line.close()

    asyncio.run(goes_on())


def test_the_one_error_that_no_future_takes_is_told_too() -> None:
    async def asks() -> None:
        line = Line("test", 1, 1)
        with pytest.raises(RuntimeError, match="StopIteration"):
            await line.run(lambda: next(iter(())))
        line.close()

    asyncio.run(asks())


def _no_cake() -> None:
    raise LookupError("no cake")
