"""The clock: what a tick costs at which nothing is due, and planning what is, however many series there are."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import text

from bot.commands import by_name
from bot.library import Library
from bot.planning.plan import BATCH, plan
from bot.store.database import Database
from tests.bench.numbers import Found, Row, ms
from tests.postgres import serving
from tests.world import START, content

SIZES = (1_000, 100_000, 1_000_000)
TICKS = 200
DUE = 500

_COUNT = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, :count))",
}
_ROWS = (
    "INSERT INTO learner (id, created) {n} SELECT i, 0 FROM n",
    "INSERT INTO account (platform, external_id, learner_id, name, created, seen)"
    " {n} SELECT 'console', 'p' || i, i, 'P', 0, 0 FROM n",
    "INSERT INTO nudge (learner_id, platform) {n} SELECT i, 'console' FROM n",
    "INSERT INTO series (id, learner_id, kind, minute, days, due) {n} SELECT i, i, 'nudge', 480, 127, :due + i FROM n",
)
_FALL_DUE = text("UPDATE series SET due = :due WHERE id <= :count")


def measure(folder: Path) -> Found:
    """Learners' nudges, one each; DUE of them fall due at once. Beside it as many jobs of APScheduler's own store."""
    rows: list[Row] = []
    with serving() as server:
        for kind in ("sqlite", "postgresql"):
            for size in SIZES:
                url = f"sqlite:///{folder / f'{size}.db'}" if kind == "sqlite" else server.fresh()
                rows.append({"": kind, "series": size, **_ours(url, kind, size)})
            url = f"sqlite:///{folder / 'jobs.db'}" if kind == "sqlite" else server.fresh()
            rows.append({"": f"{kind}, APScheduler's store", "series": DUE, **_theirs(url)})
    return Found(
        f"A tick at which nothing is due, and one at which {DUE} are",
        rows,
        [f"idle: median of {TICKS}; due: planned and moved on, in one go; PostgreSQL without fsync"],
    )


def _ours(url: str, kind: str, size: int) -> Row:
    database = Database.open(url)
    library = Library(content(), by_name())
    try:
        later = _micro(START + timedelta(days=1))
        with database.engine.begin() as connection:
            for row in _ROWS:
                filled = row.format(n="") if kind == "sqlite" else row.format(n=_COUNT[kind])
                statement = f"{_COUNT[kind]} {filled}" if kind == "sqlite" else filled
                given = {"count": size, **({"due": later} if ":due" in row else {})}
                connection.execute(text(statement), given)
        if kind == "postgresql":
            with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        idle = [_tick(database, library, START)[0] for _ in range(TICKS)]
        with database.engine.begin() as connection:
            connection.execute(_FALL_DUE, {"due": _micro(START), "count": DUE})
        taken, rows = 0.0, 0
        while True:
            seconds, due, made = _planned(database, library)
            taken, rows = taken + seconds, rows + made
            if due < BATCH:
                break
        if rows != DUE:
            raise RuntimeError(f"{rows} rows were planned, not {DUE}")
        return {"idle ms": ms(idle), "due ms": round(1000 * taken, 1)}
    finally:
        database.close()


def _tick(database: Database, library: Library, now: datetime) -> tuple[float, int, int]:
    begun = perf_counter()
    done = database.do(lambda connection: plan(connection, library, now))
    return perf_counter() - begun, done.due, done.rows


def _planned(database: Database, library: Library) -> tuple[float, int, int]:
    return _tick(database, library, START + timedelta(seconds=1))


def _micro(instant: datetime) -> int:
    return int(instant.timestamp() * 1_000_000)


def _theirs(url: str) -> Row:
    """What APScheduler does for due jobs: it reads them, and writes each one's next time."""
    store = SQLAlchemyJobStore(url)
    scheduler = BlockingScheduler(timezone=UTC)
    store.start(scheduler, "default")
    trigger = IntervalTrigger(days=1, timezone=UTC)
    for number in range(DUE):
        store.add_job(_job(scheduler, trigger, number))
    idle = []
    for _ in range(TICKS):
        begun = perf_counter()
        store.get_due_jobs(START - timedelta(days=1))
        idle.append(perf_counter() - begun)
    begun = perf_counter()
    for job in store.get_due_jobs(START):
        job._modify(next_run_time=START + timedelta(days=1))
        store.update_job(job)
    taken = perf_counter() - begun
    store.shutdown()
    return {"idle ms": ms(idle), "due ms": round(1000 * taken, 1)}


def nothing() -> None:
    """What the jobs would do."""


def _job(scheduler: BaseScheduler, trigger: IntervalTrigger, number: int) -> Job:
    return Job(
        scheduler,
        id=f"job-{number}",
        func="tests.bench.clock:nothing",
        trigger=trigger,
        args=(),
        kwargs={},
        name="job",
        executor="default",
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
        next_run_time=START,
    )
