"""plan: each series that is due makes a row of the outbox, once for a local date, and its next instant is set."""

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.ask import Account, Ask, Place, Role
from bot.call import Call
from bot.chat import Chat
from bot.library import Library
from bot.planning import personal, together
from bot.planning.firing import Firing
from bot.store import groups, outbox, series
from bot.store.firings import Due, due_now
from bot.store.learners import HOUSE

log = logging.getLogger(__name__)

BATCH = 50
"""Series that are planned in one transaction."""

SPREAD = timedelta(minutes=5)
"""Over how long what is due at one instant is spread."""

FRESH = {
    "daily": timedelta(hours=6),
    "weekly": timedelta(days=2),
    "reminder": timedelta(hours=12),
    "recap": timedelta(days=2),
    "nudge": timedelta(hours=2),
    "streak": timedelta(hours=2),
}
"""After a downtime: what is older than this is dropped and counted."""

Decider = Callable[[Chat, Firing], Call | None]
"""What a series says this time; None where it says nothing."""

DECIDERS: Mapping[str, Decider] = {
    "daily": together.daily,
    "weekly": together.weekly,
    "reminder": together.reminder,
    "recap": together.recap,
    "nudge": personal.nudge,
    "streak": personal.streak,
}

PLACES: Mapping[str, Callable[[Chat, Firing], Place]] = {"reminder": together.thread}
"""Where a series speaks, if elsewhere than where it was set."""


@dataclass(frozen=True, slots=True)
class Planned:
    """How many series were due, and how many rows they made."""

    due: int
    rows: int


def plan(connection: Connection, library: Library, now: datetime, spread: timedelta = SPREAD) -> Planned:
    """Plans up to BATCH series that are due, in the connection's transaction."""
    found = due_now(connection, now, BATCH)
    rows = sum(_surely(connection, library, each, now, spread) for each in found)
    series.move_on(connection, [(each.series_id, None if each.gone else each.next_due(now)) for each in found])
    return Planned(len(found), rows)


def _surely(connection: Connection, library: Library, due: Due, now: datetime, spread: timedelta) -> int:
    """Plans one series; one that cannot be planned says nothing this time, and holds up no other."""
    try:
        with connection.begin_nested():
            return _planned(connection, library, due, now, spread)
    except DBAPIError:
        raise
    except Exception:
        log.exception("a series could not be planned: %s %s", due.kind, due.series_id)
        return 0


def _planned(connection: Connection, library: Library, due: Due, now: datetime, spread: timedelta) -> int:
    """Makes the row of one series; how many there are of it."""
    if due.gone:
        return 0
    firing = due.firing(now)
    if outbox.landed(connection, firing.key) is not None:
        return 0  # said already on that date: nothing is chosen anew
    group = None
    if firing.group_id is not None:
        group = groups.by_id(connection, firing.group_id)
    stale = now - firing.at > FRESH[due.kind]
    chat = Chat(_ask(firing, now), Role.HOUSE, library, connection, HOUSE, group)
    call = None if stale else DECIDERS[due.kind](chat, firing)
    if call is None and not stale:
        return 0
    posted = outbox.post(
        connection,
        firing.key,
        PLACES.get(due.kind, _here)(chat, firing),
        firing.account,
        call.line if call else f"/{due.kind}",
        now,
        firing.learner_id,
        due=firing.at + _offset(firing, spread),
        lane=outbox.WAVE,
        until=firing.at + FRESH[due.kind],
    )
    return int(posted)


def _here(chat: Chat, firing: Firing) -> Place:
    return firing.place


def _ask(firing: Firing, now: datetime) -> Ask:
    return Ask(f"/{firing.kind}", Account(firing.place.platform, ""), firing.place, now, Role.HOUSE)


def _offset(firing: Firing, spread: timedelta) -> timedelta:
    """Where in the spread a row stands: the same each time for the same owner, and after its instant, never before."""
    part = int.from_bytes(hashlib.blake2b(firing.owner.encode(), digest_size=4).digest(), "big") / 2**32
    return spread * part
