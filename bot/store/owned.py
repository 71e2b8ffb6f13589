"""Which rows of a table are a learner's: found by the table's references, so that a new table needs nothing here."""

from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, Table, and_, bindparam, or_, select, tuple_, union

from bot.store.declared import Personal
from bot.store.tables import account, learner, metadata

WHOSE: BindParameter[Any] = bindparam("of_learners", expanding=True)
"""The ids of the learners that are meant."""


def about(of: Table | Column[Any]) -> Personal | None:
    """What a table or column declares to hold about people; raises KeyError for one that declares nothing."""
    declared: Personal | None = of.info["about"]
    return declared


def personal() -> list[Table]:
    """The tables that hold something about people, in their order."""
    return [table for table in metadata.tables.values() if about(table)]


def mentions() -> list[Column[Any]]:
    """The columns that name a learner in rows which are not about people; they are emptied when that learner goes."""
    return [column for table in metadata.tables.values() for column in table.c if "about" in column.info]


def kinds() -> list[Personal]:
    """The kinds of things that are held about people, each once."""
    declared = [*map(about, personal()), *map(about, mentions())]
    return list(dict.fromkeys(kind for kind in declared if kind))


def mine(table: Table) -> ColumnElement[bool]:
    """Rows of the learners WHOSE: their own, those of what is theirs, and those about an account of theirs."""
    if table is learner:
        return learner.c.id.in_(WHOSE)
    if table is account or not {"platform", "account"} <= set(table.c.keys()):
        return _own(table)
    keys = tuple(table.primary_key)
    to = and_(table.c.platform == account.c.platform, table.c.account == account.c.external_id)
    named = select(*keys).select_from(table).join(account, to).where(account.c.learner_id.in_(WHOSE))
    return tuple_(*keys).in_(union(select(*keys).where(_own(table)), named))


def _own(table: Table) -> ColumnElement[bool]:
    if "learner_id" in table.c:
        return table.c.learner_id.in_(WHOSE)
    owners = [(key.parent, key.column) for key in table.foreign_keys if about(key.column.table)]
    return or_(*(own.in_(select(of).where(mine(of.table))) for own, of in owners))
