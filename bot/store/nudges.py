"""What a learner set of their nudges: on which platform, quiet hours, a pause, and how often they were ignored."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, select, update

from bot.learning.days import local_day
from bot.learning.nudging import Quiet, quiet_at
from bot.store import series
from bot.store.series import Owner
from bot.store.statements import upsert
from bot.store.tables import day, learner, nudge
from bot.store.tables import series as series_table

UNTIL_RESUMED = datetime.max.replace(tzinfo=UTC)
"""A pause that ends when the learner says so."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """`quiet_from`, `quiet_to`: minutes of the local day, None where there are none. `until`: paused until then.

    `sent`: when the last one was that the learner has not used Cairn since, else None; `ignored`: how many in a row
    were ignored before that one.
    """

    platform: str
    quiet_from: int | None = None
    quiet_to: int | None = None
    until: datetime | None = None
    sent: datetime | None = None
    ignored: int = 0

    @property
    def quiet(self) -> Quiet | None:
        """Their quiet hours."""
        if self.quiet_from is None or self.quiet_to is None:
            return None
        return self.quiet_from, self.quiet_to

    @property
    def unheard(self) -> int:
        """How many in a row were ignored by now."""
        return self.ignored + 1 if self.sent else 0

    def is_quiet(self, now: datetime, zone: str) -> bool:
        """Whether an instant lies in their quiet hours."""
        return quiet_at(now, zone, self.quiet)

    def may_speak(self, now: datetime, zone: str) -> bool:
        """Whether something may be said: neither in a pause nor in quiet hours."""
        paused = self.until is not None and now < self.until
        return not paused and not self.is_quiet(now, zone)


_COLUMNS = (nudge.c.platform, nudge.c.quiet_from, nudge.c.quiet_to, nudge.c.until, nudge.c.sent, nudge.c.ignored)
_MINE = nudge.c.learner_id == bindparam("of")
_READ = select(*_COLUMNS).where(_MINE)
_WANTED = (
    select(*_COLUMNS)
    .join(series_table, series_table.c.learner_id == nudge.c.learner_id)
    .where(_MINE, series_table.c.kind == bindparam("of_kind"))
    .where(~exists().where(day.c.learner_id == nudge.c.learner_id, day.c.date == bindparam("today")))
)
_SENT = update(nudge).where(_MINE).values(sent=bindparam("at"), ignored=bindparam("before"))
_HEARD = update(nudge).where(_MINE).values(sent=None, ignored=0)
_REST = update(nudge).where(_MINE).values(until=UNTIL_RESUMED)
_OWNER = (
    select(learner.c.zone, nudge.c.until)
    .outerjoin_from(learner, nudge, and_(nudge.c.learner_id == learner.c.id))
    .where(learner.c.id == bindparam("of"))
)


def read(connection: Connection, learner_id: int) -> Nudge | None:
    """What a learner set; None where they never set anything."""
    found = connection.execute(_READ, {"of": learner_id}).one_or_none()
    return _nudge(found) if found else None


def _nudge(row: Row[*tuple[Any, ...]]) -> Nudge:
    return Nudge(*row)


def write(connection: Connection, learner_id: int, mine: Nudge) -> None:
    """Sets where a learner's nudges go, their quiet hours and their pause."""
    names = ("platform", "quiet_from", "quiet_to", "until")
    row = {name: getattr(mine, name) for name in names}
    connection.execute(upsert(nudge, connection.dialect.name, *names), {"learner_id": learner_id, **row})


def wanted(connection: Connection, learner_id: int, zone: str, kind: str, now: datetime) -> Nudge | None:
    """What a learner set, where one of their series may speak now: it is on, and they have not learnt today."""
    row = {"of": learner_id, "of_kind": kind, "today": local_day(now, zone)}
    found = connection.execute(_WANTED, row).one_or_none()
    mine = _nudge(found) if found else None
    return mine if mine and mine.may_speak(now, zone) else None


def sent(connection: Connection, learner_id: int, now: datetime, ignored: int) -> None:
    """Notes that a nudge was sent, and how many in a row were ignored before it."""
    connection.execute(_SENT, {"of": learner_id, "at": now, "before": ignored})


def heard(connection: Connection, learner_id: int) -> None:
    """Notes that the learner used Cairn after a nudge."""
    connection.execute(_HEARD, {"of": learner_id})


def rest(connection: Connection, learner_id: int) -> None:
    """Lets all of a learner's series rest until they resume them."""
    connection.execute(_REST, {"of": learner_id})


def recount(connection: Connection, learner_id: int, now: datetime) -> None:
    """Counts the next instants of a learner's series anew: after a change of zone or pause, or when they are back."""
    zone, until = connection.execute(_OWNER, {"of": learner_id}).one()
    series.reset(connection, Owner(None, learner_id, zone, until == UNTIL_RESUMED), now)
