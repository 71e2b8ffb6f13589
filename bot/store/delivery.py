"""What a refused delivery changes, in one transaction each."""

from datetime import datetime

from sqlalchemy import Connection

from bot.ask import Account, Place
from bot.store import outbox, places
from bot.store.outbox import Row


def unreachable(connection: Connection, row: Row, why: str, now: datetime) -> None:
    """Nobody can be reached there any more: the row is dead, and the place or account is marked."""
    places.mark(connection, row.place, Account(row.place.platform, row.account), True, now)
    outbox.settle(connection, row, "dead", why)


def moved(connection: Connection, row: Row, to: Place, now: datetime) -> None:
    """The place lives on elsewhere: all that waits for it goes there, this row at once."""
    places.move(connection, row.place, to.chat, now)
    outbox.wait(connection, row, now, now, "moved")
