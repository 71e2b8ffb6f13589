"""Reports: what learners found wrong in a page, or missed; open until an owner settles them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, ScalarSelect, bindparam, insert, select, update

from bot.store.tables import account, learner, report

ALL = 10**9
"""A number above that of every report."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report. `topic`: its id, "" where one is missing. `who`, on which `platform`: their name as others see it."""

    id: int
    topic: str
    text: str
    at: datetime
    who: str
    platform: str


def _latest(column: Column[str]) -> ScalarSelect[str]:
    """A column of the account from which whoever reported was heard last."""
    mine = select(column).where(account.c.learner_id == report.c.learner_id)
    return mine.order_by(account.c.seen.desc(), account.c.platform, account.c.external_id).limit(1).scalar_subquery()


_ADD = insert(report).returning(report.c.id)
_OF_LEARNER = select(report.c.topic, report.c.text).where(
    report.c.learner_id == bindparam("learner"), report.c.at >= bindparam("since")
)
_OPEN = (
    select(
        report.c.id,
        report.c.topic,
        report.c.text,
        report.c.at,
        learner.c.name,
        _latest(account.c.name).label("shown"),
        _latest(account.c.platform).label("platform"),
    )
    .join_from(report, learner)
    .where(report.c.open)
)
_ONE = _OPEN.where(report.c.id == bindparam("of"))
_NEWEST = _OPEN.where(report.c.id < bindparam("before")).order_by(report.c.id.desc()).limit(bindparam("most"))
_SETTLE = update(report).where(report.c.id == bindparam("of"), report.c.open).values(open=False)


def add(connection: Connection, learner_id: int, topic: str, text: str, now: datetime) -> int:
    """Keeps a report; its number."""
    row = {"learner_id": learner_id, "topic": topic, "text": text, "at": now, "open": True}
    return int(connection.execute(_ADD, row).scalar_one())


def since(connection: Connection, learner_id: int, instant: datetime) -> list[tuple[str, str]]:
    """What a learner has reported since an instant: topics and texts."""
    return [(row.topic, row.text) for row in connection.execute(_OF_LEARNER, {"learner": learner_id, "since": instant})]


def find(connection: Connection, report_id: int) -> Report | None:
    """An open report by its number."""
    row = connection.execute(_ONE, {"of": report_id}).one_or_none()
    return _report(row) if row else None


def newest(connection: Connection, before: int, most: int) -> list[Report]:
    """The open reports with a number below `before`, newest first."""
    return [_report(row) for row in connection.execute(_NEWEST, {"before": before, "most": most})]


def settle(connection: Connection, report_id: int) -> bool:
    """Settles a report; False where it is not open."""
    return connection.execute(_SETTLE, {"of": report_id}).rowcount > 0


def _report(row: Row[*tuple[Any, ...]]) -> Report:
    return Report(row.id, row.topic, row.text, row.at, row.name or row.shown or "", row.platform or "")
