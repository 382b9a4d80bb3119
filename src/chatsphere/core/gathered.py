"""All rows that a select finds, put together as one text: a driver in Python takes longer to read ten rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, type_coerce


def ids(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column of ids, for `of_ids`."""
    return func.group_concat(func.hex(column))


def of_ids(found: str | None) -> set[str]:
    """What that found."""
    return set(found.lower().split(",")) if found else set()


def numbers(key: ColumnElement[Any], *columns: ColumnElement[int]) -> ColumnElement[Any]:
    """A column of ids and some of numbers, for `of_numbers`; what is one row's stays together."""
    row: ColumnElement[str] = type_coerce(func.hex(key), String)
    for column in columns:
        row = row + " " + cast(column, String)
    return func.group_concat(row)


def of_numbers(found: str | None) -> dict[str, list[int]]:
    """What that found, by the ids."""
    rows = (row.split(" ") for row in found.split(",")) if found else ()
    return {key.lower(): [*map(int, numbers)] for key, *numbers in rows}
