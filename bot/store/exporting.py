"""Everything about a learner as JSON: a section of rows for each table that holds something about people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, FromClause, Select, Table, UniqueConstraint, select

from bot.store.declared import Personal
from bot.store.owned import WHOSE, about, mentions, mine, personal

VERSION = 1
CHUNK = 1_000
"""Rows that are read at a time."""

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the file: what it is about, its columns by their names in it, and how its rows are found."""

    about: Personal
    columns: dict[str, Column[Any]]
    rows: Select[Any]


def export(connection: Connection, learner_id: int, now: datetime) -> bytes:
    """The file as docs/export.md describes it."""
    head = _encode({"version": VERSION, "when": now.astimezone(UTC)}).removesuffix(b"}")
    sections = [_read(connection, name, section, learner_id) for name, section in SECTIONS.items()]
    return head + b',"rows":{\n' + b",\n".join(sections) + b"\n}}\n"


def _read(connection: Connection, name: str, section: Section, learner_id: int) -> bytes:
    rows = connection.execute(section.rows, {"of_learners": [learner_id]}, execution_options={"yield_per": CHUNK})
    lines = (_encode(dict(zip(section.columns, row, strict=True))) for row in rows)
    return _encode(name) + b":[" + b",\n".join(lines) + b"]"


def _sections() -> Iterator[tuple[str, Section]]:
    for table in personal():
        if kind := about(table):
            yield str(table.name), Section(kind, _columns(table), _rows(table))
    for column in mentions():
        if kind := about(column):
            names = _names(column.table)
            rows = select(*names).where(column.in_(WHOSE)).order_by(*names)
            yield f"{column.table.name}_{_part(column)}", Section(kind, {str(name.name): name for name in names}, rows)


def _columns(table: Table) -> dict[str, Column[Any]]:
    """A table's columns: not whose the row is, and of a group its place instead of its number."""
    columns: dict[str, Column[Any]] = {}
    for column in table.c:
        named = [key.column.table for key in column.foreign_keys if not about(key.column.table)]
        if named:
            columns |= {f"{_part(column)}_{name.name}": name for name in _names(named[0])}
        elif column.name != "learner_id":
            columns[str(column.name)] = column
    return columns


def _part(column: Column[Any]) -> str:
    return column.name.removesuffix("_id")


def _names(table: Table) -> list[Column[Any]]:
    """What a row of a table is known by outside."""
    return next(list(each.columns) for each in table.constraints if isinstance(each, UniqueConstraint))


def _rows(table: Table) -> Select[Any]:
    source: FromClause = table
    for key in table.foreign_keys:
        if not about(key.column.table):
            source = source.outerjoin(key.column.table, key.parent == key.column)
    return select(*_columns(table).values()).select_from(source).where(mine(table)).order_by(*table.primary_key)


SECTIONS = dict(_sections())
"""The parts of the file by name: one for each table about people, and for each other column that names a learner."""
