"""Statements about several rows at once, built once for each size: that costs ten times what running one does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CursorResult,
    Dialect,
    Executable,
    Insert,
    Table,
    Update,
    and_,
    bindparam,
    case,
    or_,
    update,
)
from sqlalchemy.types import TypeEngine

from chatsphere.core.chat import Db, Tx

Row = Mapping[str, Any]
Build = Callable[[Sequence[Mapping[str, BindParameter[Any]]]], Executable]
Place = Callable[[Sequence[Row]], Iterable[Any]]
"""What the rows have in one place of a statement."""
# There are about ten sizes up to the largest batch: each is a power of two.
_SIZES = 16
_DIALECTS = 4


class Many:
    """A statement that speaks of several rows; where there are fewer than its size, it speaks of the last again."""

    def __init__(self, build: Build, **types: TypeEngine[Any]) -> None:
        """`build` makes it of rows of parameters, which have these names and types."""
        self._build, self._types = build, types
        self._of_size = lru_cache(maxsize=_SIZES)(self._made)

    def run(self, db: Db, rows: Sequence[Row], **same: Any) -> CursorResult[Any]:
        """Run it for these rows, of which there is one at least; `same` is said once, for all of them."""
        size = 1 << (len(rows) - 1).bit_length()
        padded = [*rows, *[rows[-1]] * (size - len(rows))]
        said = {f"{name}_{at}": row[name] for at, row in enumerate(padded) for name in self._types}
        return db.execute(self._of_size(size), {**said, **same})

    def _made(self, size: int) -> Executable:
        return self._build(
            [{name: bindparam(f"{name}_{at}", type_=kind) for name, kind in self._types.items()} for at in range(size)]
        )


class Each:
    """A statement that is run for each of several rows; SQLAlchemy writes it once and is not asked again for each."""

    def __init__(self, statement: Insert | Update, names: Sequence[str]) -> None:
        """`names` are those that its parameters have in the rows."""
        self._statement, self._names = statement, names
        self._in = lru_cache(maxsize=_DIALECTS)(self._made)

    def run(self, tx: Tx, rows: Sequence[Row]) -> None:
        """Run it for these rows, of which there is one at least."""
        text, places = self._in(tx.dialect)
        # Place by place, so that the loops over the rows are not Python's.
        tx.execute_each(text, list(zip(*(place(rows) for place in places), strict=True)))

    def _made(self, dialect: Dialect) -> tuple[str, Sequence[Place]]:
        """What the driver runs, and what stands in each of its places."""
        made = self._statement.compile(dialect=dialect, column_keys=self._names)
        return str(made), [_place(made.binds[name], self._names, dialect) for name in made.positiontup or ()]


def _place(parameter: BindParameter[Any], names: Sequence[str], dialect: Dialect) -> Place:
    convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
    if parameter.key not in names:
        # It is the same for all rows.
        value = convert(parameter.value) if convert else parameter.value
        return lambda rows: repeat(value, len(rows))
    said = itemgetter(parameter.key)
    return (lambda rows: map(convert, map(said, rows))) if convert else (lambda rows: map(said, rows))


class Updates:
    """Other values for several rows, each found by its key. `keys` and `values` are columns; `same` is for all rows."""

    def __init__(self, table: Table, keys: Sequence[str], values: Sequence[str], **same: Any) -> None:
        self._table, self._keys, self._values, self._same = table, keys, values, same
        # Not the columns' own names: an UPDATE would take such a parameter for what the column is to hold.
        types = {f"to_{name}": table.c[name].type for name in (*keys, *values)}
        self._together = Many(self._joint, **types)
        self._one = Each(self._single({name: bindparam(name, type_=kind) for name, kind in types.items()}), [*types])

    def run(self, tx: Tx, rows: Sequence[Row]) -> None:
        """Write these rows, of which there is one at least."""
        said = [{f"to_{name}": value for name, value in row.items()} for row in rows]
        if tx.embedded:
            self._one.run(tx, said)
        else:
            # Row by row, each would be a round trip.
            self._together.run(tx, said)

    def _single(self, row: Mapping[str, BindParameter[Any]]) -> Update:
        return (
            update(self._table).where(self._at(row)).values({**self._same, **{n: row[f"to_{n}"] for n in self._values}})
        )

    def _joint(self, rows: Sequence[Mapping[str, BindParameter[Any]]]) -> Executable:
        cases = {name: case(*((self._at(row), row[f"to_{name}"]) for row in rows)) for name in self._values}
        return update(self._table).where(or_(*map(self._at, rows))).values({**self._same, **cases})

    def _at(self, row: Mapping[str, BindParameter[Any]]) -> ColumnElement[bool]:
        return and_(*(self._table.c[name] == row[f"to_{name}"] for name in self._keys))
