"""Which series are due, with all that planning needs of their owners, in one statement."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, and_, bindparam, select

from bot.ask import Place
from bot.learning.rhythm import following
from bot.planning.firing import Firing
from bot.store.nudges import UNTIL_RESUMED, Nudge
from bot.store.tables import account, group, learner, nudge, place, series

LOOK_BACK = timedelta(days=8)
"""After a longer downtime only the last firing matters, and every series fires within a week."""

_latest = (
    select(account.c.external_id)
    .where(account.c.learner_id == series.c.learner_id, account.c.platform == nudge.c.platform)
    .order_by(account.c.seen.desc(), account.c.external_id)
    .limit(1)
    .correlate(series, nudge)
    .scalar_subquery()
)
_my = account.alias("my")
_DUE = (
    select(
        series.c.id,
        series.c.kind,
        series.c.minute,
        series.c.days,
        series.c.due,
        series.c.group_id,
        series.c.learner_id,
        group.c.platform,
        group.c.chat,
        group.c.thread,
        group.c.zone,
        place.c.gone,
        learner.c.zone.label("own_zone"),
        nudge.c.platform.label("on_platform"),
        nudge.c.quiet_from,
        nudge.c.quiet_to,
        nudge.c.until,
        nudge.c.sent,
        nudge.c.ignored,
        _my.c.external_id,
        _my.c.gone.label("blocked"),
    )
    .select_from(series)
    .outerjoin(group, group.c.id == series.c.group_id)
    .outerjoin(place, and_(place.c.platform == group.c.platform, place.c.chat == group.c.chat))
    .outerjoin(learner, learner.c.id == series.c.learner_id)
    .outerjoin(nudge, nudge.c.learner_id == series.c.learner_id)
    .outerjoin(_my, and_(_my.c.platform == nudge.c.platform, _my.c.external_id == _latest))
    .where(series.c.due <= bindparam("now"))
    .order_by(series.c.due, series.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=series)
)


@dataclass(frozen=True, slots=True)
class Due:
    """A series whose instant has come. `gone`: nobody can be reached there, so it rests until somebody can."""

    series_id: int
    kind: str
    minute: int
    days: int
    due: datetime
    group_id: int | None
    learner_id: int | None
    place: Place
    account: str
    zone: str
    gone: bool
    nudge: Nudge | None

    def firing(self, now: datetime) -> Firing:
        """The latest time at which it fired, not after now."""
        at = self.due
        while (later := following(max(at, now - LOOK_BACK), self.zone, self.minute, self.days)) <= now:
            at = later
        whose = (self.group_id, self.learner_id, self.place, self.account, self.zone)
        return Firing(self.kind, *whose, at, self._date(at), self.nudge)

    def _date(self, at: datetime) -> date:
        """The local date that fires: the one before, where its hour was skipped until after midnight."""
        local = at.astimezone(ZoneInfo(self.zone))
        return local.date() - timedelta(days=local.hour * 60 + local.minute < self.minute)

    def next_due(self, now: datetime) -> datetime | None:
        """When it fires next, after a pause; None where that ends only when it is resumed."""
        until = self.nudge.until if self.nudge else None
        if until == UNTIL_RESUMED:
            return None
        return following(max(now, until or now), self.zone, self.minute, self.days)


def due_now(connection: Connection, now: datetime, most: int) -> list[Due]:
    """Series that are due, oldest first; no series is handed to two planners at the same time."""
    return [_due(row) for row in connection.execute(_DUE, {"now": now, "most": most})]


def _due(row: Row[*tuple[Any, ...]]) -> Due:
    if row.group_id is not None:
        where = Place(row.platform, row.chat, row.thread)
        zone, gone, own = row.zone, bool(row.gone), None
    else:
        where = Place(row.on_platform or "")
        zone, gone = row.own_zone, row.external_id is None or bool(row.blocked)
        own = Nudge(row.on_platform or "", row.quiet_from, row.quiet_to, row.until, row.sent, row.ignored or 0)
    return Due(
        row.id,
        row.kind,
        row.minute,
        row.days,
        row.due,
        row.group_id,
        row.learner_id,
        where,
        "" if row.group_id is not None else row.external_id or "",
        zone or "UTC",
        gone,
        own,
    )
