"""What a rule of joining is made of: rows are handed over, and of two about the same thing one is made."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, exists, select, update

from bot.store.statements import upsert

Values = dict[str, Any]
"""A row, by column."""
Merge = Callable[[Values, Values], Values]
"""Makes one row of two about the same thing: of who stays, then of who goes; the columns that it decides."""


class Moved:
    """Every row goes to the learner who stays; `column` says whose it is."""

    def __init__(self, table: Table, column: str = "learner_id") -> None:
        whose = table.c[column] == bindparam("goes")
        self._move = update(table).where(whose).values({column: bindparam("stays")})

    def __call__(self, connection: Connection, stays: int, goes: int) -> None:
        """Does it."""
        connection.execute(self._move, {"stays": stays, "goes": goes})


class United(Moved):
    """Rows that only one of the two has are handed over; of two with the same `key` one is made by `merge`.

    `key`: by default the primary key beside the learner. Without `merge` the row of the learner who stays stands.
    """

    def __init__(self, table: Table, merge: Merge | None = None, key: tuple[str, ...] = ()) -> None:
        super().__init__(table)
        self._table = table
        self._merge = merge
        self._key = key or tuple(column.name for column in table.primary_key if column.name != "learner_id")
        other = table.alias("other")
        whose = table.c.learner_id == bindparam("of")
        same = (other.c[name] == table.c[name] for name in self._key)
        both = exists().where(other.c.learner_id == bindparam("other"), *same)
        self._shared = select(table).where(whose, both)
        self._drop = delete(table).where(whose, both)

    def __call__(self, connection: Connection, stays: int, goes: int) -> None:
        """Does it."""
        pairs = self.pairs(connection, stays, goes) if self._merge else []
        connection.execute(self._drop, {"of": goes, "other": stays})
        super().__call__(connection, stays, goes)
        if self._merge and pairs:
            merged = [{**mine, **self._merge(mine, theirs)} for mine, theirs in pairs]
            connection.execute(rewrite(connection, self._table), merged)

    def pairs(self, connection: Connection, stays: int, goes: int) -> list[tuple[Values, Values]]:
        """Two rows about the same thing: of who stays, and of who goes."""
        mine, theirs = self._rows(connection, stays, goes), self._rows(connection, goes, stays)
        return [(row, theirs[key]) for key, row in mine.items()]

    def _rows(self, connection: Connection, of: int, other: int) -> dict[tuple[Any, ...], Values]:
        rows = connection.execute(self._shared, {"of": of, "other": other}).mappings()
        return {tuple(row[name] for name in self._key): dict(row) for row in rows}


def rewrite(connection: Connection, table: Table) -> Any:
    """The statement that puts whole rows in place of those with the same primary key."""
    values = (column.name for column in table.columns if not column.primary_key)
    return upsert(table, connection.dialect.name, *values)
