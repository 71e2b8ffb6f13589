"""The PostgreSQL that the tests run on: real, empty for each test, and gone afterwards."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import sqlalchemy as sa

from tests.postgres import Postgres, serving

ROOT = Path(__file__).parents[1]


def _ask(url: str, statement: str) -> object:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return connection.execute(sa.text(statement)).scalar()


def _within(seconds: float, gone: Path) -> bool:
    until = time.monotonic() + seconds
    while gone.exists() and time.monotonic() < until:
        time.sleep(0.05)
    return not gone.exists()


def test_it_is_postgresql_18(postgres: Postgres) -> None:
    assert str(_ask(postgres.url, "SHOW server_version")).startswith("18")


def test_a_database_is_empty_and_ours_alone(postgres: Postgres) -> None:
    one, two = postgres.fresh(), postgres.fresh()
    engine = sa.create_engine(one)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE stone (name text)"))
    engine.dispose()
    there = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert (_ask(one, there), _ask(two, there)) == (1, 0)


def test_two_claimers_never_get_the_same_row(postgres_url: str) -> None:
    engine = sa.create_engine(postgres_url)
    claim = sa.text("SELECT id FROM work ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE work AS SELECT generate_series(1, 2) AS id"))
    with engine.connect() as first, engine.connect() as second:
        assert [first.execute(claim).scalar(), second.execute(claim).scalar()] == [1, 2]
    engine.dispose()


def test_a_database_is_dropped_while_somebody_is_connected(postgres: Postgres) -> None:
    url = postgres.fresh()
    engine = sa.create_engine(url)
    with engine.connect():
        postgres.drop(url)
    engine.dispose()
    name = sa.make_url(url).database
    assert _ask(postgres.url, f"SELECT count(*) FROM pg_database WHERE datname = '{name}'") == 0


def test_nothing_is_left_after_it() -> None:
    with serving() as server:
        folder = server.folder
        assert folder.is_dir()
    assert not folder.exists()


def test_nothing_is_left_when_the_tests_are_killed() -> None:
    program = "import tests.postgres as p, time\nwith p.serving() as s: print(s.folder, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as tests:
        assert tests.stdout is not None
        folder = Path(tests.stdout.readline().strip())
        pid = int((folder / "data/postmaster.pid").read_text().split()[0])
        tests.send_signal(signal.SIGKILL)
    assert _within(10, folder)
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True, text=True).stdout
    return bool(state.strip()) and not state.startswith("Z")
