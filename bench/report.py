"""Writes docs/benchmarks.md: the machine, a table, a plot of cost against growth. Earlier results are kept beside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from bench import keeping, machine
from bench.plot import Line, drawn
from bench.results import Result
from bench.scenarios import SCENARIOS

_DOCS = Path(__file__).resolve().parents[1] / "docs"
_PLOT = "images/benchmark-growth.svg"
_VERSIONS = ("uvicorn", "uvloop", "websockets", "sqlalchemy", "flask", "pydantic", "picows")


def record(results: Iterable[Result]) -> None:
    """Keep these beside what was measured before, and write the document anew from all of it."""
    kept = keeping.folder() / "results.json"
    before = [Result(**one) for one in json.loads(kept.read_text())] if kept.exists() else []
    known = {(one.scenario, one.target, one.variant): one for one in (*before, *results)}
    kept.write_text(json.dumps([asdict(one) for one in known.values()], indent=1), encoding="utf-8")
    write(list(known.values()))


def write(results: Sequence[Result]) -> None:
    """The document and its plot."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in _VERSIONS)
    lines, shown = list(_lines(results)), ""
    if lines:
        (_DOCS / _PLOT).write_text(drawn(lines), encoding="utf-8")
        shown = f"\n![Cost against growth]({_PLOT})\n"
    (_DOCS / "benchmarks.md").write_text(_HEAD + shown + machine_table(versions) + tables(results), encoding="utf-8")


_HEAD = """# What it costs

Written by `make bench`; `ONLY=pairs,history make bench` measures some of it anew, `ROUNDS=5` more often than three
times. Each round has a fresh server, which shares one core with its database; whoever sends and reads sits on the
other and says how much of it they needed. CPU time is what the kernel has counted for the processes, whatever else the
machine does, though caches suffer from company, and rates and waiting times do. Figures are the medians of the rounds.
Every message is looked for at every recipient: one that is missing, doubled or out of order ends the run. Both
databases wait for the disk (SQLite `synchronous=FULL`, MariaDB `innodb_flush_log_at_trx_commit=1`).
"""
_TABLE = (
    "| | | µs of CPU | of which | a second | waiting | generator | rounds |\n| - | - | -: | - | -: | - | -: | -: |\n"
)


def machine_table(versions: str) -> str:
    """The section about the machine; `versions` are those of the parts."""
    said = {**machine.described(), "parts": versions, "measured": f"{datetime.now(UTC):%d %B %Y}"}
    rows = "".join(f"| {name} | {value} |\n" for name, value in said.items())
    return f"\n## The machine\n\n| | |\n| --- | --- |\n{rows}"


def tables(results: Sequence[Result]) -> str:
    """A section for each scenario of which there are results."""
    return "".join(_section(scenario.name, scenario.shape, results) for scenario in SCENARIOS)


def _section(name: str, shape: str, results: Sequence[Result]) -> str:
    mine = [one for one in results if one.scenario == name]
    if not mine:
        return ""
    return f"\n## {name.capitalize()}\n\n{shape[0].upper()}{shape[1:]}.\n\n{_TABLE}" + "".join(map(_row, mine))


def _row(one: Result) -> str:
    parts = ", ".join(
        f"{part} {seconds * 1e6 / one.units:,.1f}" for part, seconds in sorted(one.cpu.items()) if seconds
    )
    waiting = ", ".join(f"{name} {value:.1f} ms" for name, value in one.times.items())
    if one.memory is not None:
        waiting = f"{one.memory / 1024:.1f} KiB a {one.unit}"
    return (
        f"| {one.target} | {one.variant} | {one.cost:,.1f} a {one.unit} | {parts} | {one.rate:,.0f} | {waiting} | "
        f"{one.generator:.0%} | {one.rounds} |\n"
    )


def _lines(results: Sequence[Result]) -> Iterable[Line]:
    found: dict[str, list[tuple[float, float]]] = {}
    for one in results:
        if one.scenario == "growth" and "SQLite" in one.target:
            name, _, size = one.variant.partition(", ")
            found.setdefault(f"{name}, a {one.unit}", []).append((float(size.split()[0].replace(",", "")), one.cost))
    return (Line(name, sorted(points)) for name, points in found.items())
