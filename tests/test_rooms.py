"""What no import contract can say of who may do what in which room."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import chatsphere

SOURCE = Path(chatsphere.__file__).parent
PROJECTED = {"conversations", "participants", "messages", "attachments", "tombstones"}
WRITES = {"insert", "update", "delete", "delete_from"}
_OPENS = re.compile(r"\bengine\)?\.(connect|begin)$")


def _modules() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_projection_writes_what_follows_from_the_log(path: Path) -> None:
    if path.name in ("projection.py", "archive.py"):  # a restore lays every table as it was
        return
    for call in _calls(path):
        if _name(call.func) in WRITES and call.args and isinstance(call.args[0], ast.Name):
            assert call.args[0].id not in PROJECTED, f"{path.name}:{call.lineno} writes {call.args[0].id}"


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_the_audit_log_is_only_added_to(path: Path) -> None:
    here = path.relative_to(SOURCE).as_posix()
    if here == "archive.py":  # a restore lays every table as it was
        return
    for call in _calls(path):
        if _name(call.func) in WRITES and call.args and _name(call.args[0]) in ("audit", "audit_table"):
            assert (here, _name(call.func)) == ("core/audit.py", "insert"), f"{here}:{call.lineno} writes the audit log"


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_chat_commits(path: Path) -> None:
    if path.relative_to(SOURCE).as_posix() in ("core/chat.py", "core/writer.py", "archive.py"):
        return
    for call in _calls(path):
        commits = isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
        assert not commits, f"{path.name}:{call.lineno} commits"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_database_opens_connections_for_a_transaction_has_to_begin_on_each(path: Path) -> None:
    if path.relative_to(SOURCE).as_posix() == "core/database.py":
        return
    for call in _calls(path):
        assert not _OPENS.search(ast.unparse(call.func)), f"{path.name}:{call.lineno} connects by itself"


@pytest.mark.parametrize("path", sorted((SOURCE / "core").rglob("*.py")), ids=lambda path: path.name)
def test_the_core_has_no_clock_of_its_own(path: Path) -> None:
    if path.name in ("ids.py", "chat.py"):  # an id's time only sorts it; `utc_now` is the clock that doors hand in
        return
    for call in _calls(path):
        assert _name(call.func) not in ("now", "utcnow", "today", "utc_now"), f"{path.name}:{call.lineno} asks the time"


def _calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
