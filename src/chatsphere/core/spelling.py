"""Values as MySQL's family reads them in the text of a statement.

Texts and bytes are written in hexadecimal: there is nothing to escape, whatever the server's mode. A driver in Python
turns each value into text by itself, which took longer than all the rest of a message's way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

LONGEST = 1_000_000
"""Characters of a statement's text; a server takes 16 MiB unless told otherwise."""


def spelled(value: Any) -> str:
    """One value, as the driver takes it: moments in UTC and naive. KeyError for what no column of ours holds."""
    return _WAYS[type(value)](value)


def lines(columns: Iterable[Iterable[Any]]) -> Iterator[str]:
    """What each row says; given column by column, so that the loops over the rows are not Python's."""
    ways = _WAYS
    return map(",".join, zip(*([ways[type(value)](value) for value in column] for column in columns), strict=True))


def portions(said: Iterable[str], most: int = LONGEST) -> Iterator[list[str]]:
    """The rows in as many parts as no statement is longer than this, unless one row is."""
    part, length = list[str](), 0
    for line in said:
        if part and length + len(line) > most:
            yield part
            part, length = [], 0
        part.append(line)
        length += len(line)
    if part:
        yield part


def together(said: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Statements, and what errors show of each, as the one that MariaDB runs, which ends where one of them fails."""
    if len(said) < 2:
        return list(said)
    statements, shorts = zip(*said, strict=True)
    return [(f"BEGIN NOT ATOMIC {'; '.join(statements)}; END", "; ".join(shorts))]


_WAYS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "NULL",
    bytes: lambda value: f"x'{value.hex()}'",
    str: lambda value: f"_utf8mb4 x'{value.encode().hex()}'",
    bool: lambda value: "1" if value else "0",
    int: str,
    # What is said in one batch has one moment.
    datetime: lru_cache(maxsize=256)(lambda value: f"'{value.isoformat(' ', 'milliseconds')}'"),
}
