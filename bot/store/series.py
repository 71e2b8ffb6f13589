"""Series: what is sent again and again, at a local time on some weekdays, to a group or to one learner.

`due` is the next instant, kept so that what is due is found by an index however many series there are; it is empty
while a series is paused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, select, update
from sqlalchemy.sql.dml import Delete

from bot.learning.rhythm import day_before, following
from bot.store.statements import upsert_on
from bot.store.tables import series

OF_GROUP = ("daily", "weekly", "reminder", "recap")
OF_LEARNER = ("nudge", "streak")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose series they are, in which zone, and whether they rest."""

    group_id: int | None
    learner_id: int | None
    zone: str
    paused: bool = False

    @property
    def key(self) -> str:
        """The column that says so."""
        return "learner_id" if self.group_id is None else "group_id"

    @property
    def id(self) -> int:
        """The owner's id."""
        found = self.learner_id if self.group_id is None else self.group_id
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Series:
    """Fires at `minute` of the local day (0 to 1439) on the weekdays of `days` (bit 0 is Monday)."""

    kind: str
    minute: int
    days: int


_OWN = {"group_id": series.c.group_id, "learner_id": series.c.learner_id}
_ALL = {
    key: select(series.c.kind, series.c.minute, series.c.days, series.c.id).where(own == bindparam("of"))
    for key, own in _OWN.items()
}
BEFORE = {"weekly": "reminder"}
"""Series that bring another along: it fires a day before, at the same minute."""
_DUE_AT = update(series).where(series.c.id == bindparam("of_series")).values(due=bindparam("at"))


def _drop(own: ColumnElement[int]) -> Delete:
    return delete(series).where(own == bindparam("of"), series.c.kind == bindparam("of_kind"))


_DROP = {key: _drop(own) for key, own in _OWN.items()}


def read(connection: Connection, owner: Owner) -> dict[str, Series]:
    """An owner's series by kind; one that is off is not there."""
    return {row[0]: Series(*row[:3]) for row in connection.execute(_ALL[owner.key], {"of": owner.id})}


def begin(connection: Connection, owner: Owner, wanted: Series, now: datetime) -> None:
    """Puts a series, and the one that it brings along, in place of those of their kinds; they count from now on."""
    statement = upsert_on(series, connection.dialect.name, (owner.key, "kind"), "minute", "days", "due")
    for each in (wanted, *_brought(wanted)):
        row = {owner.key: owner.id, "kind": each.kind, "minute": each.minute, "days": each.days}
        connection.execute(statement, {**row, "due": next_due(owner, each, now)})


def _brought(wanted: Series) -> Iterator[Series]:
    if kind := BEFORE.get(wanted.kind):
        yield Series(kind, wanted.minute, day_before(wanted.days))


def end(connection: Connection, owner: Owner, *kinds: str) -> None:
    """Switches series of these kinds off, and those that they bring along."""
    for kind in (*kinds, *(BEFORE[kind] for kind in kinds if kind in BEFORE)):
        connection.execute(_DROP[owner.key], {"of": owner.id, "of_kind": kind})


def reset(connection: Connection, owner: Owner, now: datetime) -> None:
    """Counts every next instant of an owner anew, after their zone changed, or they were paused or resumed."""
    rows = connection.execute(_ALL[owner.key], {"of": owner.id}).all()
    move_on(connection, ((row.id, next_due(owner, Series(*row[:3]), now)) for row in rows))


def next_due(owner: Owner, of: Series, now: datetime) -> datetime | None:
    """The next instant of a series after now; None while its owner rests."""
    return None if owner.paused else following(now, owner.zone or "UTC", of.minute, of.days)


def move_on(connection: Connection, moves: Iterable[tuple[int, datetime | None]]) -> None:
    """Sets the next instant of series by their ids."""
    rows: list[dict[str, Any]] = [{"of_series": series_id, "at": at} for series_id, at in moves]
    if rows:
        connection.execute(_DUE_AT, rows)
