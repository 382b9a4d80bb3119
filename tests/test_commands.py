"""The commands that look after an installation: what they do, what they say, and what is written down of it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Run


def test_each_verb_for_an_account_is_written_down(installed: Run) -> None:
    for verb, said in (
        (("make-admin", "bo"), "bo is an administrator.\n"),
        (("unmake-admin", "BO"), "bo is no administrator any more.\n"),
        (("end-sessions", "bo"), "bo is signed out everywhere.\n"),
        (("disable", "bo"), "bo is disabled.\n"),
        (("enable", "bo"), "bo may sign in again.\n"),
        (("rename", "bo", "--user-name", "bob"), "bo is bob now, and shown as Bo B..\n"),
    ):
        assert installed("user", *verb).output == said
    assert installed("user", "set-password", "bob", stdin="eight green lanterns").exit_code == 0
    assert installed("user", "reset-link", "bob").exit_code == 0
    told = [line.split("\t")[2] for line in installed("audit", "list", "--person", "bob").output.splitlines()]
    assert told == [
        "The server made a link to a new password for bob.",
        "The server gave bob a new password.",
        "The server renamed bob.",
        "The server let bob in again.",
        "The server disabled bob.",
        "The server signed bob out everywhere.",
        "The server made bob an administrator no more.",
        "The server made bob an administrator.",
        "The server created the account of bob.",
    ]
    assert len(installed("audit", "list", "--limit", "2").output.splitlines()) == 2


def test_deleting_takes_the_name_once_more(installed: Run) -> None:
    wrong = installed("user", "delete", "bo", stdin="bob\n")
    assert (wrong.exit_code, wrong.output) == (1, "That is another name; nothing was deleted.\n")
    assert installed("user", "delete", "bo", stdin="bo\n").output == "bo is deleted.\n"
    assert "bo\t" not in installed("user", "list").output


@pytest.mark.parametrize("verb", ["disable", "unmake-admin", "delete"])
def test_the_last_administrator_stays_whoever_asks(installed: Run, verb: str) -> None:
    refused = installed("user", verb, "ada", *(["--yes"] if verb == "delete" else []))
    assert refused.exit_code == 1
    assert "last administrator" in refused.output


def test_second_factors_that_are_not_there_are_not_dropped(installed: Run) -> None:
    result = installed("user", "drop-factors", "bo")
    assert (result.exit_code, result.output) == (1, "There is no second factor here.\n")


def test_the_audit_log_is_checked_and_a_broken_link_is_named(installed: Run, here: Path) -> None:
    whole = installed("audit", "verify")
    assert (whole.exit_code, whole.output.splitlines()[0][:16]) == (0, "Whole: 2 entries")
    head = whole.output.splitlines()[1]
    assert installed("audit", "verify", "--head", head).exit_code == 0
    assert installed("audit", "verify", "--head", f"3:{head[2:]}").exit_code == 1
    assert "A head looks like" in installed("audit", "verify", "--head", "nonsense").output
    with sqlite3.connect(here / "data" / "chatsphere.db") as database:
        database.execute("UPDATE audit SET action = 'user.promoted' WHERE seq = 2")
    broken = installed("audit", "verify")
    assert (broken.exit_code, broken.output) == (1, "The chain is broken at entry 2.\n")


def test_retention_is_tried_dry_decided_and_applied(installed: Run) -> None:
    none = "0 messages and 0 bytes of files are older, in 0 conversations.\n"
    assert installed("retention", "set", "30", "--dry-run").output == none
    assert installed("retention", "show").output == "Messages stay for ever.\n"
    assert installed("retention", "set", "30").output.startswith(none)
    assert installed("retention", "show").output == "Messages stay for 30 days.\n"
    assert installed("retention", "apply", "--dry-run").output == none
    assert installed("retention", "apply").output == "0 messages went, in 0 conversations.\n"
    assert installed("retention", "set", "forever").exit_code == 0
    assert installed("retention", "show").output == "Messages stay for ever.\n"
    for days in ("0", "-1", "soon", "default", "36501"):
        assert installed("retention", "set", "--", days).exit_code == 1
    assert installed("retention", "set", "5", "--conversation", "0" * 32).exit_code == 1


def test_storage_is_shown_by_person_and_by_conversation(installed: Run) -> None:
    for by in ("person", "conversation"):
        assert installed("storage", "--by", by).output == "0 bytes\t0 files\tin all\n"


def test_settings_are_shown_with_their_source(installed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATSPHERE_SMTP_URL", "smtp://me:hunter2@127.0.0.1:25")
    monkeypatch.setenv("CHATSPHERE_MAIL_FROM", "chat@example.org")
    shown = installed("settings").output
    assert "hunter2" not in shown
    assert "CHATSPHERE_SMTP_URL\tsmtp://…@127.0.0.1:25\tenvironment\n" in shown
