"""The board of a group with very many members, near the top, in the middle and at the end, on both databases."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import perf_counter

from sqlalchemy import insert, text

from bot.ask import Account, Ask, Place
from bot.commands import by_name
from bot.engine import Engine
from bot.learning.span import Span, begins, week_before
from bot.library import Library
from bot.store.database import Database
from bot.store.tables import account, group, learner, member, score
from tests.bench.numbers import Found, Row, ms, p99_ms
from tests.bench.statements import recorded
from tests.postgres import serving
from tests.world import START, content, words

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 60
PART = 20_000
"""Rows that are written at once."""
GROUP = Place("console", "crowd")
MOST = 2_000
"""Points in a week: the day's ceiling holds."""


def measure(folder: Path) -> Found:
    """The whole command, engine and transaction included, as the member of that rank asks for it."""
    rows: list[Row] = []
    with serving() as server:
        for size in SIZES:
            for kind, url in (("sqlite", f"sqlite:///{folder / f'{size}.db'}"), ("postgresql", server.fresh())):
                with _crowd(url, size) as engine:
                    rows += asyncio.run(_rows(engine, kind, size))
    return Found(
        "/leaderboard in a group of many: the top ten, and the asker with their neighbours and moves",
        rows,
        ["statements: BEGIN and COMMIT among them; PostgreSQL without fsync, which reading does not need"],
    )


async def _rows(engine: Engine, kind: str, size: int) -> list[Row]:
    places = {"top": 4, "middle": size // 2, "end": size - 3}
    rows: list[Row] = []
    for name, rank in places.items():
        ask = Ask("/leaderboard", Account("console", f"p{rank}", f"P{rank}"), GROUP, START)
        taken = []
        for _round in range(ROUNDS):
            begun = perf_counter()
            reply = await engine.answer(ask)
            taken.append(perf_counter() - begun)
            if f"**P{rank}**" not in words(reply):
                raise RuntimeError(f"the asker is not on the board: {words(reply)}")
        with recorded(engine.database.engine) as sent:
            await engine.answer(ask)
        rows.append(
            {
                "database": kind,
                "members": size,
                "asker": name,
                "median ms": ms(taken),
                "p99 ms": p99_ms(taken),
                "statements": len(sent),
            }
        )
    return rows


@contextmanager
def _crowd(url: str, size: int) -> Iterator[Engine]:
    """A group of that many; member number n is n-th on this week's board, and somewhere else on last week's."""
    database = Database.open(url)
    try:
        _fill(database, size)
        yield Engine(database, Library(content(), by_name()))
    finally:
        database.close()


def _fill(database: Database, size: int) -> None:
    this = begins(Span.WEEK, START, "", 0)
    chance = Random(size)
    before = list(range(size))
    chance.shuffle(before)
    with database.engine.begin() as connection:
        place = {"platform": GROUP.platform, "chat": GROUP.chat, "thread": ""}
        connection.execute(insert(group), {"id": 1, **place, "created": START, "seen": START})
        for first in range(0, size, PART):
            numbers = range(first, min(first + PART, size))
            connection.execute(insert(learner), [{"id": each + 1, "created": START} for each in numbers])
            own = [{"platform": "console", "external_id": f"p{each}", "name": f"P{each}"} for each in numbers]
            made = [{**row, "learner_id": each + 1} for row, each in zip(own, numbers, strict=True)]
            connection.execute(insert(account), [{**row, "created": START, "seen": START} for row in made])
            here = [{"group_id": 1, "learner_id": each + 1, "account": f"p{each}"} for each in numbers]
            connection.execute(insert(member), [{**row, "joined": START} for row in here])
            for start, rank in ((this, list(numbers)), (week_before(this), [before[each] for each in numbers])):
                rows = [
                    {"group_id": 1, "span": "week", "start": start, "learner_id": each + 1, "points": _worth(at, size)}
                    for each, at in zip(numbers, rank, strict=True)
                ]
                connection.execute(insert(score), [{**row, "answers": 3, "stands": True} for row in rows])
    if database.engine.dialect.name == "postgresql":  # what its autovacuum does by itself in a while
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _worth(rank: int, size: int) -> int:
    """Points that fall with the rank; many share the same in a large group."""
    return MOST - rank * MOST // size
