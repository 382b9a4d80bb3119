"""The command: what it prints, with which status it ends, and that nobody is ever shown a traceback."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chatsphere.core import links, logins, passkeys, people
from chatsphere.core.errors import NotFound
from chatsphere.core.passkeys import Credential
from chatsphere.terminal import chat, read_settings
from tests.conftest import PASSWORD, Run
from tests.services import Redis, free_port


def test_migrating_twice_is_migrating_once(run: Run) -> None:
    assert [run("migrate").output for _ in range(2)] == ["The database is up to date.\n"] * 2


def test_the_first_account_is_an_administrators(installed: Run) -> None:
    assert installed("user", "list").output.splitlines() == [
        "Ada\tada@example.org\tAda\tadministrator",
        "bo\tbo@example.org\tBo B.\t",
    ]


def test_accounts_are_disabled_enabled_and_promoted(installed: Run) -> None:
    assert installed("user", "disable", "BO").output == "bo is disabled.\n"
    assert installed("user", "make-admin", "bo").output == "bo is an administrator.\n"
    assert "administrator, disabled" in installed("user", "list").output
    assert installed("user", "enable", "bo").output == "bo may sign in again.\n"
    assert "disabled" not in installed("user", "list").output


def test_a_new_password_is_held_to_the_rules(installed: Run) -> None:
    assert installed("user", "set-password", "bo", stdin="short").output == "Use at least 10 characters.\n"
    assert installed("user", "set-password", "bo", stdin="milk and sugar for one").exit_code == 0


def holds(link: str) -> bool:
    """Whether this link still leads to a new password."""
    with chat(read_settings()) as opened:
        try:
            opened.ask(links.find, link.rpartition("/")[2], links.RESET)
        except NotFound:
            return False
        return True


def test_a_link_to_a_new_password_is_printed_alone(installed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first = installed("user", "reset-link", "BO").output
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/reset/[\w-]{43}\n", first)
    assert holds(first.strip())
    monkeypatch.setenv("CHATSPHERE_PORT", "9000")
    assert installed("user", "reset-link", "ada").output.startswith("http://127.0.0.1:9000/reset/")
    monkeypatch.setenv("CHATSPHERE_BASE_URL", "https://chat.example.org")
    second = installed("user", "reset-link", "bo").output
    assert second.startswith("https://chat.example.org/reset/")
    assert (holds(first.strip()), holds(second.strip())) == (False, True)


def test_no_link_is_printed_for_who_may_not_sign_in(installed: Run) -> None:
    installed("user", "disable", "bo")
    result = installed("user", "reset-link", "bo")
    assert (result.exit_code, result.output) == (1, "bo is disabled: no link lets them in.\n")


def test_invitations_are_made_listed_and_taken_back(installed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATSPHERE_BASE_URL", "https://chat.example.org")
    made = installed("invitation", "create", "--uses", "3", "--days", "1", "--note", "the choir").output
    assert re.fullmatch(r"https://chat\.example\.org/invite/[\w-]{43}\n", made)
    assert installed("invitation", "create", "--by", "BO").exit_code == 0
    bo, ada = (line.split("\t") for line in installed("invitation", "list").output.splitlines())
    assert (ada[1:4], ada[5]) == (["Ada", "holds", "0/3"], "the choir")
    assert bo[1:4] == ["bo", "holds", "0/1"]
    assert installed("invitation", "revoke", ada[0]).output == "It holds no more.\n"
    assert installed("invitation", "list").output.splitlines()[1].split("\t")[2] == "revoked"
    monkeypatch.setenv("CHATSPHERE_SIGNUP", "closed")
    assert "opens no account" in installed("invitation", "create").output


def test_without_an_administrator_nobody_invites(run: Run) -> None:
    run("migrate")
    result = run("invitation", "create")
    sentence = "There is no administrator yet: make one with `chatsphere user create`.\n"
    assert (result.exit_code, result.output) == (1, sentence)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("invitation", "create", "--by", "nobody"), "There is no account nobody."),
        (("invitation", "create", "--days", "91"), "It can hold from an hour to 90 days."),
        (
            ("invitation", "create", "--into", "nowhere"),
            "One can only invite into groups that one owns or administers.",
        ),
        (("invitation", "revoke", "nothing"), "There is nothing here, or it is not yours to see."),
        (("user", "disable", "nobody"), "There is no account nobody."),
        (("user", "reset-link", "nobody"), "There is no account nobody."),
        (("user", "create", "ADA", "else@example.org"), "This user name is taken."),
        (("backup", "no/such/folder/b.tar"), "no/such/folder/b.tar.part: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_a_sentence(installed: Run, arguments: tuple[str, ...], sentence: str) -> None:
    result = installed(*arguments, stdin=PASSWORD)
    assert (result.exit_code, result.output) == (1, sentence + "\n")


def test_before_migrating_the_command_to_migrate_is_named(run: Run) -> None:
    result = run("user", "list")
    assert result.exit_code == 1
    assert "chatsphere migrate" in result.output


def test_a_database_that_is_away_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATSPHERE_DATABASE_URL", f"mysql+pymysql://chat:hunter2@127.0.0.1:{free_port()}/chat")
    for command in ("migrate", "serve"):
        result = run(command)
        assert result.exit_code == 1
        assert result.output.startswith("The database cannot be used: Can't connect to MySQL server")
        assert "hunter2" not in result.output


def test_settings_that_cannot_be_used_are_all_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATSPHERE_COLOUR", "blue")
    monkeypatch.setenv("CHATSPHERE_SIGNUP", "perhaps")
    result = run("serve")
    assert result.exit_code == 78
    assert "CHATSPHERE_COLOUR" in result.output
    assert "CHATSPHERE_SIGNUP" in result.output


def test_several_processes_need_redis(run: Run) -> None:
    result = run("serve", "--workers", "2")
    assert result.exit_code == 78
    assert "CHATSPHERE_REDIS_URL" in result.output


def test_a_data_folder_that_is_a_file_is_a_fault(run: Run, here: Path) -> None:
    (here / "data").write_text("")
    result = run("serve")
    assert result.exit_code == 78
    assert "is a file, not a folder" in result.output


def test_a_port_in_use_is_a_sentence(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", "--port", str(port))
    assert (result.exit_code, result.output) == (
        1,
        f"Cannot listen on 127.0.0.1 port {port}: Address already in use.\n",
    )


def test_the_doctor_finds_what_is_well(installed: Run) -> None:
    result = installed("doctor")
    assert result.exit_code == 0
    assert all(line.startswith("✓") for line in result.output.splitlines())


def test_the_doctor_finds_what_is_not(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATSPHERE_REDIS_URL", f"redis://127.0.0.1:{free_port()}")
    result = run("doctor")
    assert result.exit_code == 1
    assert "✗ Database: reachable, but its tables are not this version's" in result.output
    assert "✗ Redis: cannot be used" in result.output


@pytest.mark.servers
def test_a_database_that_does_not_wait_for_the_disk_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, mariadb_tables: str
) -> None:
    monkeypatch.setenv("CHATSPHERE_DATABASE_URL", mariadb_tables)
    with socket.create_server(("127.0.0.1", 0)) as other:
        served = run("serve", "--port", str(other.getsockname()[1]))
    assert "The database does not wait for the disk. innodb_flush_log_at_trx_commit is not 1" in served.output
    assert "✗ Database: innodb_flush_log_at_trx_commit is not 1" in run("doctor").output


def test_a_backup_is_brought_back(installed: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert installed("backup", "kept.tar").exit_code == 0
    assert installed("backup", "kept.tar").output == "kept.tar is there already; a backup never overwrites another.\n"
    assert installed("restore", "kept.tar").exit_code == 1
    monkeypatch.setenv("CHATSPHERE_DATA_DIR", str(here / "elsewhere"))
    assert installed("restore", "--check", "kept.tar").output.startswith("Whole: ")
    assert installed("restore", "kept.tar").output.startswith("Restored: ")
    assert installed("user", "list").output.startswith("Ada\t")


@contextmanager
def serving(*arguments: str, port: int) -> Iterator[subprocess.Popen[str]]:
    """A server of its own, which answers by the time the block begins."""
    command = [sys.executable, "-m", "chatsphere", "serve", "--port", str(port), *arguments]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        _wait(lambda: _answers(port) or server.poll() is not None)
        yield server
    finally:
        server.kill()
        server.communicate()


def _wait(until: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _workers(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in children if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]


def test_serving_says_where_and_ends_when_told(here: Path) -> None:
    port = free_port()
    with serving(port=port) as server:
        began = time.monotonic()
        server.terminate()
        output, _ = server.communicate(timeout=20)
        assert time.monotonic() - began < 20
        assert f"ChatSphere is at http://127.0.0.1:{port}\n" in output
        assert re.search(r"Nobody is here yet\..* with the code [A-Z2-7]{4}-[A-Z2-7]{4}\n", output)
        assert "Traceback" not in output
        assert server.returncode in (0, -signal.SIGTERM)


@pytest.mark.servers
def test_a_worker_that_dies_is_replaced_and_all_end_together(
    here: Path, monkeypatch: pytest.MonkeyPatch, redis_server: Redis
) -> None:
    monkeypatch.setenv("CHATSPHERE_REDIS_URL", redis_server.url)
    port = free_port()
    with serving("--workers", "2", port=port) as server:
        _wait(lambda: len(_workers(server.pid)) == 2)
        victim = _workers(server.pid)[0]
        os.kill(victim, signal.SIGKILL)
        _wait(lambda: victim not in (now := _workers(server.pid)) and len(now) == 2)
        _wait(lambda: _answers(port))
        workers = _workers(server.pid)
        server.terminate()
        output, _ = server.communicate(timeout=20)
        assert "Traceback" not in output
        assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


@pytest.mark.servers
def test_workers_do_not_outlive_their_parent(here: Path, monkeypatch: pytest.MonkeyPatch, redis_server: Redis) -> None:
    monkeypatch.setenv("CHATSPHERE_REDIS_URL", redis_server.url)
    with serving("--workers", "2", port=free_port()) as server:
        _wait(lambda: len(_workers(server.pid)) == 2)
        workers = _workers(server.pid)
        server.kill()
        _wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def test_the_readmes_example_does_what_it_says(here: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    example = readme.split("## Program it")[1].split("```sh\n")[1].split("```")[0]
    port = free_port()
    with serving(port=port):
        script = example.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        said = subprocess.run(["bash", "-euc", script], capture_output=True, text=True, check=True, timeout=60)
    assert '"content":"Hello, *Bo*!"' in said.stdout


def test_the_rule_for_second_factors_is_said_and_decided(installed: Run) -> None:
    assert installed("second-factor").output == "Nobody has to have a second factor.\n"
    assert installed("second-factor", "admins").output.startswith("Administrators have to have a second factor.")
    assert installed("second-factor").output.startswith("Administrators")
    assert installed("second-factor", "everybody").output.startswith("Everybody")
    assert installed("second-factor", "nobody").exit_code == 2
    assert installed("second-factor", "optional").output.startswith("Nobody")


def test_who_has_lost_everything_is_let_off_it(installed: Run) -> None:
    with chat(read_settings()) as opened:
        login = opened.ask(logins.by_login, "bo")
        assert login
        opened.do(passkeys.add, login.user.id, Credential(b"one", b"public", 0), "a key")
        assert opened.ask(people.find, login.user.id, login.user.id).second_factor
    assert installed("user", "drop-factors", "bo").output == "bo signs in by password alone now.\n"
    with chat(read_settings()) as opened:
        assert not opened.ask(people.find, login.user.id, login.user.id).second_factor
    nobody = installed("user", "drop-factors", "nobody")
    assert (nobody.exit_code, nobody.output) == (1, "There is no account nobody.\n")
