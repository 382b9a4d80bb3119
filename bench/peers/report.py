"""Writes docs/benchmarks-peers.md: how peers are set up, the ratios, and everybody's own figures."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from bench import keeping, report
from bench.peers import packages
from bench.peers.ratios import table
from bench.results import Result

_DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "benchmarks-peers.md"
_PAGE = Path(__file__).with_name("page.md")
_PINNED = ("flask-socketio", "python-socketio", "gevent", "sqlalchemy", "flask")


def record(results: Iterable[Result]) -> None:
    """Keep what one scenario came to, in the place of what it came to before, and write the document anew."""
    kept = keeping.folder() / "results-peers.json"
    before = [Result(**one) for one in json.loads(kept.read_text())] if kept.exists() else []
    fresh = list(results)
    # Figures of two runs are never compared: a scenario is replaced as a whole.
    again = {one.scenario for one in fresh}
    known = [*(one for one in before if one.scenario not in again), *fresh]
    kept.write_text(json.dumps([asdict(one) for one in known], indent=1), encoding="utf-8")
    _DOCUMENT.write_text(document(known, versions()), encoding="utf-8")


def document(results: Sequence[Result], parts: str) -> str:
    """The document's text."""
    page = _PAGE.read_text(encoding="utf-8").replace("{ratios}", table(results))
    return page.replace("{figures}", report.machine_table(parts) + report.tables(results))


def versions() -> str:
    """Of the peers and of what they stand on."""
    pins = dict(re.findall(r"^([\w-]+)==(\S+)", packages.PINS.read_text(encoding="utf-8"), flags=re.MULTILINE))
    program = shutil.which("mariadbd", path=f"{os.environ['PATH']}:/usr/sbin") or "mariadbd"
    mariadb = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    root = packages.ejabberd()
    ejabberd = next(root.glob("usr/lib/*/ejabberd-*-*")).name.replace("-", " ", 1)
    erlang = next(root.glob("usr/lib/erlang/releases/[0-9]*")).name
    database = f"MariaDB {mariadb.partition('Ver ')[2].partition('-')[0]}"
    return ", ".join([ejabberd, f"Erlang/OTP {erlang}", database, *(f"{name} {pins[name]}" for name in _PINNED)])
