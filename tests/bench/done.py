"""/done through the engine, beside the same SQL statements replayed by the bare sqlite3 module."""

import asyncio
import shutil
import sqlite3
from pathlib import Path
from time import perf_counter

from bot.ask import Ask
from bot.commands import by_name
from bot.engine import Engine
from bot.library import Library
from bot.store.database import Database
from tests.bench.learner import remember, says
from tests.bench.numbers import Found, Row, ms, p99_ms, ratio
from tests.bench.statements import Statement, recorded
from tests.world import content

ROUNDS = 300
EVENTS = 1_000
AIM = 20
PRAGMAS = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "cache_size")
ME = "me"


def measure(folder: Path) -> Found:
    """Every step is durable as shipped (FULL), then with no wait for the disk (OFF): what is left is computing."""
    library = Library(content(), by_name())
    topics = list(library.content.topics)
    start = folder / "start.db"
    database = _opened(start)
    remember(database, ME, topics, EVENTS)
    database.close()
    # Each topic is begun, then done; only /done is counted.
    asks = [says(ME, f"/{word} {topics[at % len(topics)]}", at) for at in range(ROUNDS) for word in ("learn", "done")]
    work = _recorded(start, library, asks)
    rows: list[Row] = []
    for mode in ("FULL", "OFF"):
        ours, theirs = _side_by_side(start, library, asks, work, mode)
        for name, times in ((f"engine, synchronous={mode}", ours), (f"sqlite3, synchronous={mode}", theirs)):
            rows.append(
                {
                    "what": name,
                    "n": ROUNDS,
                    "median ms": ms(times),
                    "p99 ms": p99_ms(times),
                    "ratio": ratio(times, theirs),
                }
            )
    notes = [f"{len(work[1])} statements each, BEGIN and COMMIT among them; aim: a ratio of {AIM} or less"]
    return Found("/done on SQLite, and its statements replayed", rows, notes)


def _side_by_side(
    start: Path, library: Library, asks: list[Ask], work: list[list[Statement]], mode: str
) -> tuple[list[float], list[float]]:
    """Seconds of each /done through the engine, and of its statements alone; both on copies of the same file."""
    database = _opened(_copied(start, f"engine-{mode}.db"))
    raw = database.engine.raw_connection()
    raw.cursor().execute(f"PRAGMA synchronous={mode}")
    bare = sqlite3.connect(_copied(start, f"bare-{mode}.db"), isolation_level=None)
    for name in PRAGMAS:
        value = raw.cursor().execute(f"PRAGMA {name}").fetchone()[0]
        bare.execute(f"PRAGMA {name}={value}")
    raw.close()
    try:
        times = asyncio.run(_turns(Engine(database, library), asks, bare, work))
        _same(database, bare, EVENTS + len(asks))
    finally:
        bare.close()
        database.close()
    return times


async def _turns(
    engine: Engine, asks: list[Ask], bare: sqlite3.Connection, work: list[list[Statement]]
) -> tuple[list[float], list[float]]:
    ours, theirs = [], []
    for ask, statements in zip(asks, work, strict=True):
        begun = perf_counter()
        await engine.answer(ask)
        between = perf_counter()
        _replay(bare, statements)
        ended = perf_counter()
        if ask.text.startswith("/done"):
            ours.append(between - begun)
            theirs.append(ended - between)
    return ours, theirs


def _replay(bare: sqlite3.Connection, statements: list[Statement]) -> None:
    for statement, parameters in statements:
        bare.execute(statement, parameters).fetchall()


def _recorded(start: Path, library: Library, asks: list[Ask]) -> list[list[Statement]]:
    """The statements of each ask."""

    async def answered() -> list[list[Statement]]:
        work = []
        for ask in asks:
            with recorded(database.engine) as statements:
                await engine.answer(ask)
            work.append(statements)
        return work

    database = _opened(_copied(start, "recorded.db"))
    engine = Engine(database, library)
    try:
        return asyncio.run(answered())
    finally:
        database.close()


def _same(database: Database, bare: sqlite3.Connection, events: int) -> None:
    """Both sides did all of the same work, or the ratio would mean nothing."""
    query = "SELECT count(*), max(id), max(at) FROM event"
    with database.engine.connect() as connection:
        ours = tuple(connection.exec_driver_sql(query).one())
    theirs = bare.execute(query).fetchone()
    if ours != theirs or ours[0] != events:
        raise RuntimeError(f"{events} events were wanted; the engine left {ours}, the statements {theirs}")


def _opened(file: Path) -> Database:
    return Database.open(f"sqlite:///{file}")


def _copied(file: Path, name: str) -> Path:
    """A copy of a database that nobody has open."""
    return Path(shutil.copyfile(file, file.with_name(name)))
