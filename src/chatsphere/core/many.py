"""Statements about several rows at once, built once for each size: that costs ten times what running one does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BindParameter,
    CursorResult,
    Dialect,
    Executable,
    Insert,
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
from chatsphere.core.spelling import lines, portions, spelled

Row = Mapping[str, Any]
Build = Callable[[Sequence[Mapping[str, BindParameter[Any]]]], Executable]
Place = Callable[[Sequence[Row]], Iterable[Any]]
"""What the rows have in one place of a statement."""
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
        size = 1 << (len(rows) - 1).bit_length()
        padded = [*rows, *[rows[-1]] * (size - len(rows))]
        said = {f"{name}_{at}": row[name] for at, row in enumerate(padded) for name in self._types}
        return db.execute(self._of_size(size), {**said, **same})

    def _made(self, size: int) -> Executable:
        return self._build(
            [{name: bindparam(f"{name}_{at}", type_=kind) for name, kind in self._types.items()} for at in range(size)]
        )


def asked(rows: Sequence[Mapping[str, BindParameter[Any]]]) -> Subquery:
    """These rows as a table to join with, of at most `MOST` rows.

    MariaDB tries each of many conditions on each row that it comes to: sixty-four of them cost it eight times what
    joining does.
    """
    said = [select(*(value.label(name) for name, value in row.items())) for row in rows]
    return union_all(*said).subquery("asked") if len(said) > 1 else said[0].subquery("asked")


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
    """Other values for several rows, each found by its key, which is ids and numbers.

    `keys` and `values` are columns; `same` is for all rows.
    """

    def __init__(self, table: Table, keys: Sequence[str], values: Sequence[str], **same: Any) -> None:
        self._table, self._keys, self._values, self._same = table, keys, values, same
        # Not the columns' own names: an UPDATE would take such a parameter for what the column is to hold.
        types = {f"to_{name}": table.c[name].type for name in (*keys, *values)}
        self._one = Each(self._single({name: bindparam(name, type_=kind) for name, kind in types.items()}), [*types])
        self._in = lru_cache(maxsize=_DIALECTS)(self._places)

    def run(self, tx: Tx, rows: Sequence[Row]) -> None:
        """Write these rows, of which there is one at least."""
        if tx.embedded:
            self._one.run(tx, [{f"to_{name}": value for name, value in row.items()} for row in rows])
            return
        # Row by row, each would be a round trip.
        places, same = self._in(tx.dialect)
        first, *others = zip(*(map(spelled, place(rows)) for place in places), strict=True)
        text = self._joined(first, others, same) if others else self._alone(first, same)
        tx.execute_text(text, f"UPDATE {self._table.name}")

    def _single(self, row: Mapping[str, BindParameter[Any]]) -> Update:
        here = and_(*(self._table.c[name] == row[f"to_{name}"] for name in self._keys))
        return update(self._table).where(here).values({**self._same, **{n: row[f"to_{n}"] for n in self._values}})

    def _places(self, dialect: Dialect) -> tuple[Sequence[Place], Mapping[str, str]]:
        """What stands in each place of a row, and how what is the same for all is spelled."""
        kinds = {name: self._table.c[name].type for name in (*self._keys, *self._values, *self._same)}
        place = {name: _place(bindparam(name, type_=kind), [*kinds], dialect) for name, kind in kinds.items()}
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
