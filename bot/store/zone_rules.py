"""Which rules of each zone the next instants were counted by, so that they are counted anew when the rules change."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, union

from bot.store import series
from bot.store.series import Owner, Series
from bot.store.statements import upsert
from bot.store.tables import group, learner, zone_rule
from bot.store.tables import series as series_table

_OF_GROUPS = select(group.c.zone).join_from(series_table, group)
_OF_LEARNERS = select(learner.c.zone).join_from(series_table, learner)
_USED = union(_OF_GROUPS, _OF_LEARNERS)
_KNOWN = select(zone_rule.c.zone, zone_rule.c.mark)
_AHEAD = (
    select(
        series_table.c.id,
        series_table.c.kind,
        series_table.c.minute,
        series_table.c.days,
        series_table.c.group_id,
        series_table.c.learner_id,
    )
    .select_from(series_table)
    .outerjoin(group, group.c.id == series_table.c.group_id)
    .outerjoin(learner, learner.c.id == series_table.c.learner_id)
    .where(series_table.c.due > bindparam("now"), func.coalesce(group.c.zone, learner.c.zone) == bindparam("of_zone"))
)


def changed(connection: Connection, rules: Callable[[str], str]) -> list[str]:
    """The zones in use whose rules are others than those by which was counted; `rules` gives a zone's mark.

    A zone that is new here counts as known from now on.
    """
    used = [zone for zone in connection.execute(_USED).scalars() if zone]
    known = {row.zone: row.mark for row in connection.execute(_KNOWN)}
    marks = {zone: rules(zone) for zone in used}
    fresh = [{"zone": zone, "mark": mark} for zone, mark in marks.items() if zone not in known]
    if fresh:
        connection.execute(upsert(zone_rule, connection.dialect.name, "mark"), fresh)
    return [zone for zone in used if zone in known and known[zone] != marks[zone]]


def count_anew(connection: Connection, zone: str, mark: str, now: datetime) -> int:
    """Counts anew what lies ahead in a zone by its new rules; how many series there are. What is due stays due."""
    rows = connection.execute(_AHEAD, {"now": now, "of_zone": zone}).all()
    owners = [(row, Owner(row.group_id, row.learner_id, zone)) for row in rows]
    moves = [(row.id, series.next_due(owner, Series(row.kind, row.minute, row.days), now)) for row, owner in owners]
    series.move_on(connection, moves)
    connection.execute(upsert(zone_rule, connection.dialect.name, "mark"), {"zone": zone, "mark": mark})
    return len(rows)
