"""Values as MySQL's family reads them in the text of a statement, and as it may write its rows.

Texts and bytes are written in hexadecimal: there is nothing to escape, whatever the server's mode. A driver in Python
turns each value into text by itself, which took longer than all the rest of a message's way; and it reads what each
column of an answer is called and made of, which takes longer than a row itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, literal_column
from sqlalchemy.types import TypeEngine

from chatsphere.core.database import Id

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


def as_text(select: Select[Any]) -> Select[Any]:
    """The same rows in one column, for `parted`: numbers, texts and bytes in hexadecimal."""
    values = (func.ifnull(func.hex(column), literal_column(_NULL)) for column in select.selected_columns)
    return select.with_only_columns(func.concat_ws(literal_column("','"), *values), maintain_column_froms=True)


def parted(row: str) -> list[str | None]:
    """The values of a row of `as_text`, as `reads` takes them."""
    return [None if value == "-" else value for value in row.split(",")]


def reads(types: Iterable[TypeEngine[Any]]) -> list[Callable[[str | None], Any]]:
    """What turns such values into Python's; KeyError for types that nobody has asked for yet."""
    return [_unless_null(str.lower if isinstance(kind, Id) else _READS[kind.python_type]) for kind in types]


def _unless_null(read: Callable[[str], Any]) -> Callable[[str | None], Any]:
    return lambda value: None if value is None else read(value)


_NULL = "'-'"
_READS: dict[type, Callable[[str], Any]] = {
    str: lambda value: bytes.fromhex(value).decode(),
    bytes: bytes.fromhex,
    bool: lambda value: value == "1",
    int: lambda value: int(value, 16),
}
_WAYS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "NULL",
    bytes: lambda value: f"x'{value.hex()}'",
    str: lambda value: f"_utf8mb4 x'{value.encode().hex()}'",
    bool: lambda value: "1" if value else "0",
    int: str,
    # What is said in one batch has one moment.
    datetime: lru_cache(maxsize=256)(lambda value: f"'{value.isoformat(' ', 'milliseconds')}'"),
}
