"""Statements about several rows at once, built once for each size: that costs ten times what running one does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    CursorResult,
    Dialect,
    Executable,
    Insert,
    Select,
    Subquery,
    Table,
    Update,
    and_,
    bindparam,
    select,
    union_all,
    update,
)
from sqlalchemy.types import TypeEngine

from chatsphere.core.chat import Db, Tx
from chatsphere.core.spelling import as_text, lines, parted, portions, reads, spelled

Row = Mapping[str, Any]
Build = Callable[[Sequence[Mapping[str, BindParameter[Any]]]], Executable]
Place = Callable[[Sequence[Row]], Iterable[Any]]
"""What the rows have in one place of a statement."""
Convert = Callable[[Any], Any] | None
"""From Python's value to the driver's or back; None where they are the same."""
T = TypeVar("T")
MOST = 256
"""SQLite takes no more than 500 lines."""
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
        return db.execute(*self._said(rows, same))

    def glance(self, db: Db, rows: Sequence[Row], **same: Any) -> Sequence[Sequence[Any]]:
        """Run it as what stands alone: what it finds is of one moment, and as the driver gives it."""
        return db.glance(*self._said(rows, same))

    def _said(self, rows: Sequence[Row], same: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
        size = _size(rows)
        said = {f"{name}_{at}": row[name] for at, row in enumerate(_padded(rows, size)) for name in self._types}
        return self._of_size(size), {**said, **same}

    def _made(self, size: int) -> Executable:
        return self._build(_parameters(self._types, size))


class Lookup:
    """A select about several rows, which SQLAlchemy writes once for each size and is not asked about again.

    What it finds are plain rows of Python's values, in the order of its columns: nobody reads them by name.
    """

    def __init__(
        self, build: Callable[[Sequence[Mapping[str, BindParameter[Any]]]], Select[Any]], **types: TypeEngine[Any]
    ) -> None:
        """`build` makes it of rows of parameters, which have these names and types and stand there in this order."""
        self._build, self._types = build, types
        self._in = lru_cache(maxsize=_SIZES * _DIALECTS)(self._made)

    def run(self, tx: Tx, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Run it for these rows, of which there is one at least."""
        size = _size(rows)
        text, into, out_of = self._in(tx.dialect, size)
        columns = _converted(into, zip(*_padded(rows, size), strict=True))
        said = tuple(chain.from_iterable(zip(*columns, strict=True)))
        if tx.embedded:
            found = tx.look(text, said)
        else:
            found = [parted(row) for row in tx.look_for_text(text % tuple(map(spelled, said)), text)]
        return list(zip(*_converted(out_of, zip(*found, strict=True)), strict=True))

    def _made(self, dialect: Dialect, size: int) -> tuple[str, Sequence[Convert], Sequence[Convert]]:
        """What the driver runs, and what turns each column of what goes in and of what comes out."""
        select = self._build(_parameters(self._types, size))
        of = [column.type for column in select.selected_columns]
        embedded = dialect.name == "sqlite"
        made = (select if embedded else as_text(select)).compile(dialect=dialect)
        if made.positiontup != [f"{name}_{at}" for at in range(size) for name in self._types]:
            raise ValueError("The parameters do not stand in the order of the rows.")
        into = [kind.dialect_impl(dialect).bind_processor(dialect) for kind in self._types.values()]
        impl = [kind.dialect_impl(dialect) for kind in of]
        return str(made), into, [kind.result_processor(dialect, None) for kind in impl] if embedded else reads(of)


def _converted(ways: Sequence[Convert], columns: Iterable[Iterable[Any]]) -> list[Iterable[Any]]:
    # Column by column, so that the loops over the rows are not Python's.
    return [column if way is None else map(way, column) for way, column in zip(ways, columns, strict=False)]


def _size(rows: Sequence[Any]) -> int:
    return 1 << (len(rows) - 1).bit_length()


def _padded(rows: Sequence[T], size: int) -> Sequence[T]:
    return [*rows, *[rows[-1]] * (size - len(rows))]


def _parameters(types: Mapping[str, TypeEngine[Any]], size: int) -> list[dict[str, BindParameter[Any]]]:
    return [{name: bindparam(f"{name}_{at}", type_=kind) for name, kind in types.items()} for at in range(size)]


def asked(rows: Sequence[Mapping[str, BindParameter[Any]]]) -> Subquery:
    """These rows as a table to join with, of at most `MOST` rows.

    MariaDB tries each of many conditions on each row that it comes to: sixty-four of them cost it eight times what
    joining does.
    """
    said = [select(*(value.label(name) for name, value in row.items())) for row in rows]
    return union_all(*said).subquery("asked") if len(said) > 1 else said[0].subquery("asked")


class Each:
    """A statement that is run for each of several rows; SQLAlchemy writes it once and is not asked again for each."""

    def __init__(self, statement: Insert | Update, names: Sequence[str], prefix: str = "") -> None:
        """`names` are those of the rows; those of its parameters begin with the prefix."""
        self._statement = statement
        self._names = {f"{prefix}{name}": name for name in names}
        self._in = lru_cache(maxsize=_DIALECTS)(self._made)

    def run(self, tx: Tx, rows: Sequence[Row]) -> None:
        """Run it for these rows, of which there is one at least."""
        text, places = self._in(tx.dialect)
        # Place by place, so that the loops over the rows are not Python's.
        columns = [place(rows) for place in places]
        if tx.embedded:
            tx.execute_each(text, list(zip(*columns, strict=True)))
        else:
            # An INSERT: what is updated elsewhere is joined.
            head, _, _ = text.partition(" VALUES ")
            for part in portions(lines(columns)):
                tx.execute_text(f"{head} VALUES ({'), ('.join(part)})", head)

    def _made(self, dialect: Dialect) -> tuple[str, Sequence[Place]]:
        """What the driver runs, and what stands in each of its places."""
        made = self._statement.compile(dialect=dialect, column_keys=[*self._names])
        return str(made), [_place(made.binds[name], self._names, dialect) for name in made.positiontup or ()]


def _place(parameter: BindParameter[Any], names: Mapping[str, str], dialect: Dialect) -> Place:
    convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
    if parameter.key not in names:
        # It is the same for all rows.
        value = convert(parameter.value) if convert else parameter.value
        return lambda rows: repeat(value, len(rows))
    said = itemgetter(names[parameter.key])
    return (lambda rows: map(convert, map(said, rows))) if convert else (lambda rows: map(said, rows))


class Updates:
    """Other values for several rows, each found by its key, which is ids and numbers.

    `keys` and `values` are columns; `same` is for all rows.
    """

    def __init__(self, table: Table, keys: Sequence[str], values: Sequence[str], **same: Any) -> None:
        self._table, self._keys, self._values, self._same = table, keys, values, same
        # Not the columns' own names: an UPDATE would take such a parameter for what the column is to hold.
        row = {name: bindparam(f"to_{name}", type_=table.c[name].type) for name in (*keys, *values)}
        self._one = Each(self._single(row), [*row], prefix="to_")
        self._in = lru_cache(maxsize=_DIALECTS)(self._places)

    def run(self, tx: Tx, rows: Sequence[Row]) -> None:
        """Write these rows, of which there is one at least."""
        if tx.embedded:
            self._one.run(tx, rows)
            return
        # Row by row, each would be a round trip.
        places, same = self._in(tx.dialect)
        first, *others = zip(*(map(spelled, place(rows)) for place in places), strict=True)
        text = self._joined(first, others, same) if others else self._alone(first, same)
        tx.execute_text(text, f"UPDATE {self._table.name}")

    def _single(self, row: Mapping[str, BindParameter[Any]]) -> Update:
        here = and_(*(self._table.c[name] == row[name] for name in self._keys))
        return update(self._table).where(here).values({**self._same, **{name: row[name] for name in self._values}})

    def _places(self, dialect: Dialect) -> tuple[Sequence[Place], Mapping[str, str]]:
        """What stands in each place of a row, and how what is the same for all is spelled."""
        kinds = {name: self._table.c[name].type for name in (*self._keys, *self._values, *self._same)}
        names = {name: name for name in kinds}
        place = {name: _place(bindparam(name, type_=kind), names, dialect) for name, kind in kinds.items()}
        same = {name: spelled(next(iter(place[name]([self._same])))) for name in self._same}
        return [place[name] for name in (*self._keys, *self._values)], same

    def _alone(self, row: Sequence[str], same: Mapping[str, str]) -> str:
        said = dict(zip((*self._keys, *self._values), row, strict=True))
        # No word of this is anybody's: names are the tables', values are spelled.
        return f"UPDATE {self._table.name} AS there SET {self._to(said, same)} WHERE {self._at(said)}"  # noqa: S608 - see above  # nosec B608

    def _joined(self, first: Sequence[str], others: Sequence[Sequence[str]], same: Mapping[str, str]) -> str:
        names = (*self._keys, *self._values)
        head = ", ".join(f"{value} AS {name}" for value, name in zip(first, names, strict=True))
        rows = " UNION ALL SELECT ".join([head, *map(", ".join, others)])
        said = {name: f"asked.{name}" for name in names}
        # Left alone MariaDB may begin with the table, or look through all of a small one, and locks what it looks at.
        there = f"{self._table.name} AS there FORCE INDEX (PRIMARY)"
        both = f"(SELECT {rows}) AS asked STRAIGHT_JOIN {there} ON {self._at(said)}"
        return f"UPDATE {both} SET {self._to(said, same)}"  # noqa: S608 - as above  # nosec B608

    def _at(self, said: Mapping[str, str]) -> str:
        return " AND ".join(f"there.{name} = {said[name]}" for name in self._keys)

    def _to(self, said: Mapping[str, str], same: Mapping[str, str]) -> str:
        values = {**{name: said[name] for name in self._values}, **same}
        return ", ".join(f"there.{name} = {value}" for name, value in values.items())
