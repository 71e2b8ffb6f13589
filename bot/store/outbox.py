"""What is to be said elsewhere: rows that hold a Call's line, joined by key, claimed, sent and settled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, literal, or_, select, update
from sqlalchemy import Row as Found

from bot.ask import Place
from bot.store import pace
from bot.store.statements import insert_once
from bot.store.tables import account, outbox, place

LEASE = timedelta(seconds=120)
"""How long a claim holds: longer than any send, so that nobody else sends the same while one is under way."""

LIVE = "live"
"""Somebody waits for it: it goes before all others, and is never spread."""
WAVE = "wave"
"""Due to many at once: it goes at the platform's common pace."""

STALE = "stale"
UNREACHABLE = "nobody can be reached there"
"""Why rows are dropped unsent."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claimed row: what is said where (`account`: in whose private chat, else ""), and how often it was tried.

    `slot`: the instant before which it must not be sent. `key`: the same on each try.
    """

    id: int
    place: Place
    account: str
    line: str
    tries: int
    claim: str
    key: str
    lane: str
    due: datetime
    slot: datetime


@dataclass(frozen=True, slots=True)
class Want:
    """What a claimer has room for: live rows in all, waves by platform.

    `rates`: for each platform it serves, waves a second; 0 where there is no limit.
    """

    live: int
    waves: Mapping[str, int]
    rates: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Claimed:
    """The rows that were claimed, and whether others were dropped in their stead, so that more may be due."""

    rows: list[Row]
    dropped: bool


_GONE = or_(
    exists().where(
        outbox.c.chat == "",
        account.c.platform == outbox.c.platform,
        account.c.external_id == outbox.c.account,
        account.c.gone,
    ),
    exists().where(
        outbox.c.chat != "", place.c.platform == outbox.c.platform, place.c.chat == outbox.c.chat, place.c.gone
    ),
)
_DUE: Select[Any] = (
    select(
        outbox.c.id,
        outbox.c.platform,
        outbox.c.chat,
        outbox.c.thread,
        outbox.c.account,
        outbox.c.line,
        outbox.c.tries,
        outbox.c.key,
        outbox.c.lane,
        outbox.c.due,
        func.coalesce(outbox.c.until < bindparam("now"), literal(False)).label("stale"),
        _GONE.label("gone"),
    )
    .where(
        outbox.c.state == "waiting",
        outbox.c.lane == bindparam("of_lane"),
        outbox.c.platform == bindparam("of_platform"),
        outbox.c.due <= bindparam("now"),
        outbox.c.claimed_until <= bindparam("now"),
    )
    .order_by(outbox.c.due, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)  # which SQLite, where one writes at a time, leaves out
)
_LANDED = select(outbox.c.landed).where(outbox.c.key == bindparam("of_key"))
_CLAIM = (
    update(outbox)
    .where(outbox.c.id == bindparam("of"))
    .values(claim=bindparam("by"), claimed_until=bindparam("lease"), tries=outbox.c.tries + 1)
)
_DROP = update(outbox).where(outbox.c.id == bindparam("of")).values(state="dropped", why=bindparam("told"))
_SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("of"), outbox.c.claim == bindparam("by"), outbox.c.state == "waiting")
    .values(
        state=bindparam("now_state"),
        why=bindparam("told"),
        due=bindparam("next"),
        tries=bindparam("tried"),
        claimed_until=bindparam("free"),
        landed=bindparam("in_thread"),
        message=bindparam("as_message"),
    )
)


def post(
    connection: Connection,
    key: str,
    place: Place,
    account: str,
    line: str,
    now: datetime,
    learner_id: int | None,
    *,
    due: datetime | None = None,
    lane: str = LIVE,
    until: datetime | None = None,
) -> bool:
    """Adds a row; False where the key stands already. `account`: whose private chat, else "".

    `due`: not before this instant (at once). `until`: unsent by then it is stale, and dropped.
    """
    row = {
        "key": key,
        "platform": place.platform,
        "chat": place.chat,
        "thread": place.thread,
        "account": account,
        "line": line,
        "due": due or now,
        "created": now,
        "learner_id": learner_id,
        "lane": lane,
        "until": until,
    }
    return connection.execute(insert_once(outbox, connection.dialect.name, "key"), row).rowcount == 1


def landed(connection: Connection, key: str) -> str | None:
    """In which thread the row of a key landed, "" where in none or unsent; None where no such row stands."""
    return connection.execute(_LANDED, {"of_key": key}).scalar()


def claim(connection: Connection, by: str, want: Want, now: datetime) -> Claimed:
    """Claims what is due, the live lane first, then waves as far as their platform's pace lets them, oldest first.

    No row is handed to two claimers. What is stale, or where nobody can be reached, is dropped.
    """
    live, dropped = _live(connection, want, now)
    rows = [_row(found, by, now) for found in live]
    for platform, room in want.waves.items():
        waves, over = _due(connection, WAVE, platform, now, room)
        dropped = dropped or over
        rows += (
            _row(found, by, slot) for found, slot in _paced(connection, platform, want.rates[platform], now, waves)
        )
    if rows:
        connection.execute(_CLAIM, [{"of": row.id, "by": by, "lease": now + LEASE} for row in rows])
    return Claimed(rows, dropped)


def _live(connection: Connection, want: Want, now: datetime) -> tuple[list[Found[Any]], bool]:
    """The live rows of all platforms, oldest first, and whether others were dropped."""
    found: list[Found[Any]] = []
    dropped = False
    for platform in want.rates:
        rows, over = _due(connection, LIVE, platform, now, want.live)
        found += rows
        dropped = dropped or over
    found.sort(key=lambda row: row.due)
    return found[: want.live], dropped


def _due(connection: Connection, lane: str, platform: str, now: datetime, most: int) -> tuple[list[Found[Any]], bool]:
    """Rows that may be sent, and whether others were dropped: what nobody wants or can get any more."""
    if most <= 0:
        return [], False
    told = {"of_lane": lane, "of_platform": platform, "now": now, "most": most}
    found = connection.execute(_DUE, told).all()
    over = [row for row in found if row.stale or row.gone]
    if over:
        connection.execute(_DROP, [{"of": row.id, "told": STALE if row.stale else UNREACHABLE} for row in over])
    return [row for row in found if not (row.stale or row.gone)], bool(over)


def _paced(
    connection: Connection, platform: str, rate: float, now: datetime, found: Sequence[Found[Any]]
) -> Iterator[tuple[Found[Any], datetime]]:
    """As many of the rows as may go shortly, each with its slot."""
    if not found:
        return iter(())
    slots = pace.slots(connection, platform, rate, now, len(found)) if rate else [now] * len(found)
    return zip(found, slots, strict=False)


def _row(found: Found[Any], by: str, slot: datetime) -> Row:
    place = Place(found.platform, found.chat, found.thread)
    return Row(found.id, place, found.account, found.line, found.tries + 1, by, found.key, found.lane, found.due, slot)


@dataclass(frozen=True, slots=True)
class End:
    """What became of a claimed row: `sent`, `dropped`, `dead`, or `waiting`, to be tried again at `due`.

    `tries`: how many count. `landed`, `message`: the thread and the platform's id of what was sent. `everywhere`: the
    platform wants nothing from anybody before `due`.
    """

    row: Row
    state: str
    why: str = ""
    due: datetime | None = None
    tries: int | None = None
    landed: str = ""
    message: str = ""
    everywhere: bool = False


def settle(connection: Connection, ends: Sequence[End], now: datetime) -> None:
    """Settles rows, each only if its claim still holds: else somebody else has it."""
    told = [
        {
            "of": end.row.id,
            "by": end.row.claim,
            "now_state": end.state,
            "told": end.why[:200],
            "next": end.due or end.row.due,
            "tried": end.row.tries if end.tries is None else end.tries,
            "free": now,
            "in_thread": end.landed[:128],
            "as_message": end.message[:128],
        }
        for end in ends
    ]
    if told:
        connection.execute(_SETTLE, told)
