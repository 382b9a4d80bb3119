"""Starting it: mistakes are named, all at once, in sentences; and it goes when it is told to."""

from __future__ import annotations

import signal
import socket
import subprocess
from pathlib import Path

from tests.conformance.house import command, served
from tests.services import free_port

MISCONFIGURED = 78


def said(folder: Path, *words: str, **settings: str) -> tuple[int, str]:
    """With what status and in what words a start ends."""
    given = {"DATA_DIR": str(folder / "data"), **settings}
    ended = subprocess.run(command(folder, given, *words), capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in ended.stdout + ended.stderr
    return ended.returncode, ended.stderr


def test_every_mistake_in_the_settings_is_named_at_once(tmp_path: Path) -> None:
    bad = {
        "PORT": "many",
        "SIGNUP": "maybe",
        "NO_SUCH_THING": "1",
        "RATE_LIMITS": "loud",
        "MAX_PIXELS": "-5",
        "MAX_UPLOAD_MB": "lots",
        "DATABASE_URL": "oracle://x",
        "BASE_URL": "not a url",
        "REDIS_URL": "http://x",
        "STORAGE_URL": "ftp://x",
        "TRUSTED_PROXIES": "everybody",
        "SECRET_KEY_FILE": "/no/such/file",
        "GOOGLE_CLIENT_ID": "an id without its secret",
        "SMTP_URL": "http://x",
    }
    status, words = said(tmp_path, "serve", **bad)
    assert status == MISCONFIGURED
    assert [name for name in bad if f"CHATSPHERE_{name.removesuffix('_FILE')}" not in words] == []
    assert not (tmp_path / "data").exists()


def test_settings_are_read_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CHATSPHERE_SIGNUP=perhaps\nCHATSPHERE_NOPE=1\n")
    status, words = said(tmp_path, "migrate")
    assert status == MISCONFIGURED
    assert "CHATSPHERE_SIGNUP" in words
    assert "CHATSPHERE_NOPE" in words


def test_several_processes_need_a_redis(tmp_path: Path) -> None:
    status, words = said(tmp_path, "serve", "--port", str(free_port()), "--workers", "2")
    assert status == MISCONFIGURED
    assert "CHATSPHERE_REDIS_URL" in words


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, words = said(tmp_path, "serve", "--port", port)
    assert status not in (0, MISCONFIGURED)
    assert port in words


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    status, words = said(tmp_path, "serve", "--port", str(free_port()))
    assert status != 0
    assert str(tmp_path / "data") in words


def test_a_database_that_is_away_is_a_sentence(tmp_path: Path) -> None:
    url = f"mysql+pymysql://nobody:secret@127.0.0.1:{free_port()}/chat"
    status, words = said(tmp_path, "serve", "--port", str(free_port()), DATABASE_URL=url)
    assert status != 0
    assert words.strip()
    assert "secret" not in words


def test_it_says_what_is_open_keeps_its_key_to_itself_and_goes_when_it_is_told_to(tmp_path: Path) -> None:
    with served(tmp_path) as house:
        assert "CHATSPHERE_RATE_LIMITS" in house.output
        modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir() if path.is_file()]
        assert 0o600 in modes
        ear = house.newcomer().listens()
        house.stop(signal.SIGTERM)
        assert ear.ending() in (1001, 1012)
        assert "Traceback" not in house.output
