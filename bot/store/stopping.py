"""A place at which nobody can be reached any more: it is marked, and whoever set its groups up is told once."""

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, select

from bot.ask import Account, Place
from bot.call import Call
from bot.store import groups, outbox, places, series
from bot.store.series import Owner
from bot.store.tables import account, group
from bot.store.tables import series as series_table

_SETTERS = (
    select(group.c.id, group.c.setter_id, account.c.external_id)
    .join(account, and_(account.c.platform == group.c.platform, account.c.learner_id == group.c.setter_id))
    .where(
        group.c.platform == bindparam("of_platform"),
        group.c.chat == bindparam("of_chat"),
        ~account.c.gone,
        exists().where(series_table.c.group_id == group.c.id),
    )
    .order_by(group.c.id, account.c.seen, account.c.external_id)
)


def stop(connection: Connection, where: Place, who: Account, now: datetime) -> None:
    """Nothing can be sent there any more; who set up a group there hears it in their private chat on that platform."""
    if not where.private and not places.gone(connection, where, who.id):
        found = connection.execute(_SETTERS, {"of_platform": where.platform, "of_chat": where.chat})
        latest = {row.id: (row.setter_id, row.external_id) for row in found}
        for group_id, (setter, account_id) in latest.items():
            key = f"stopped g{group_id} {now.date().isoformat()}"
            line = Call.of("stopped", group_id).line
            outbox.post(connection, key, Place(where.platform), account_id, line, now, setter)
    places.mark(connection, where, who, True, now)


def go_on(connection: Connection, where: Place, who: Account, now: datetime) -> None:
    """Something can be sent to a chat again: the series of its groups count from now on."""
    was_gone = places.gone(connection, where, who.id)
    places.mark(connection, where, who, False, now)
    for each in groups.of_chat(connection, where) if was_gone else ():
        series.reset(connection, Owner(each.id, None, each.zone, each.paused), now)
