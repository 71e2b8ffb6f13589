"""Statements that differ between databases, each built once."""

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, Executable, Table, bindparam, or_

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert


def _insert(table: Table, dialect: str) -> "Insert":
    """The dialect's own INSERT, imported when it is the one in use; SQLite's has the same methods as PostgreSQL's."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        return insert(table)
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return cast("Insert", sqlite_insert(table))


@cache
def upsert(table: Table, dialect: str, *values: str) -> Executable:
    """INSERT … ON CONFLICT on the primary key DO UPDATE the columns `values`."""
    return upsert_on(table, dialect, tuple(column.name for column in table.primary_key), *values)


@cache
def upsert_on(table: Table, dialect: str, keys: tuple[str, ...], *values: str) -> Executable:
    """INSERT … ON CONFLICT on the unique columns `keys` DO UPDATE the columns `values`."""
    made = _insert(table, dialect).values({name: bindparam(name) for name in (*keys, *values)})
    return made.on_conflict_do_update(index_elements=list(keys), set_={name: made.excluded[name] for name in values})


@cache
def insert_once(table: Table, dialect: str, *unique: str) -> Executable:
    """INSERT of a whole row … ON CONFLICT on the unique columns DO NOTHING; its rowcount tells whether it was new."""
    made = _insert(table, dialect).on_conflict_do_nothing(index_elements=list(unique))
    return made.execution_options(preserve_rowcount=True)


@cache
def add_to(table: Table, dialect: str, sums: tuple[str, ...], flag: str) -> Executable:
    """INSERT of a whole row … ON CONFLICT on the primary key: adds the columns `sums`, and sets `flag` once it is."""
    keys = [column.name for column in table.primary_key]
    made = _insert(table, dialect)
    changed: dict[str, ColumnElement[Any]] = {name: table.c[name] + made.excluded[name] for name in sums}
    changed[flag] = or_(table.c[flag], made.excluded[flag])
    return made.on_conflict_do_update(index_elements=keys, set_=changed)
