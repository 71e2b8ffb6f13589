"""Statements that differ between databases, each built once."""

from collections.abc import Callable
from functools import cache

from sqlalchemy import Executable, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite

_INSERTS: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


@cache
def upsert(table: Table, dialect: str, *values: str) -> Executable:
    """INSERT … ON CONFLICT on the primary key DO UPDATE the columns `values`."""
    keys = [column.name for column in table.primary_key]
    made = _INSERTS[dialect](table).values({name: bindparam(name) for name in (*keys, *values)})
    return made.on_conflict_do_update(index_elements=keys, set_={name: made.excluded[name] for name in values})


@cache
def insert_once(table: Table, dialect: str, *unique: str) -> Executable:
    """INSERT of a whole row … ON CONFLICT on the unique columns DO NOTHING; its rowcount tells whether it was new."""
    made = _INSERTS[dialect](table).on_conflict_do_nothing(index_elements=list(unique))
    return made.execution_options(preserve_rowcount=True)
