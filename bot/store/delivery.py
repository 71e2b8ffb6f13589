"""What deliveries change: ends of rows are settled together, and a refusal that tells of a place is noted with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.ask import Account, Place
from bot.store import outbox, pace, places, stopping
from bot.store.outbox import Claimed, End, Row, Want


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody can be reached there any more."""

    row: Row
    why: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The place lives on elsewhere."""

    row: Row
    to: Place


Outcome = End | Gone | Moved
"""What became of a claimed row."""


def exchange(connection: Connection, by: str, outcomes: Sequence[Outcome], want: Want, now: datetime) -> Claimed:
    """Settles what ended and claims what is due, in one transaction."""
    settle(connection, outcomes, now)
    return outbox.claim(connection, by, want, now)


def settle(connection: Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Settles what ended; a row that somebody else has claimed since is left to them."""
    ends = sorted((each for each in outcomes if isinstance(each, End)), key=lambda end: end.row.id)
    outbox.settle(connection, ends, now)
    for platform, until in _holds(ends).items():
        pace.hold(connection, platform, until, now)
    for each in outcomes:
        match each:
            case Gone(row, why):
                unreachable(connection, row, why, now)
            case Moved(row, to):
                moved(connection, row, to, now)


def _holds(ends: Sequence[End]) -> dict[str, datetime]:
    """Until when platforms want no more of anything."""
    found: dict[str, datetime] = {}
    for end in ends:
        if end.everywhere and end.due:
            found[end.row.place.platform] = max(end.due, found.get(end.row.place.platform, end.due))
    return found


def unreachable(connection: Connection, row: Row, why: str, now: datetime) -> None:
    """Nobody can be reached there any more: the row is dead, and the place or account is marked."""
    stopping.stop(connection, row.place, Account(row.place.platform, row.account), now)
    outbox.settle(connection, [End(row, "dead", why)], now)


def moved(connection: Connection, row: Row, to: Place, now: datetime) -> None:
    """The place lives on elsewhere: all that waits for it goes there, this row at once."""
    places.move(connection, row.place, to.chat, now)
    outbox.settle(connection, [End(row, "waiting", "moved")], now)
