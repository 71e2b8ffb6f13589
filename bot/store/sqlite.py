"""What is special about SQLite: looking at a file before it is touched, and how a connection is set up."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.store.schema import VERSION, Unusable, judge

HEADER = b"SQLite format 3\x00"
ROOM = 1 << 20
"""Bytes that must be free on the disk to begin: the log of one transaction fits many times."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # what was acknowledged outlives a power cut too
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=30000",
    "PRAGMA cache_size=-16000",
)


def look(file: Path) -> None:
    """Raises Unusable for a file that is not ours to write, without changing a byte of it."""
    try:
        _look(file)
    except OSError as error:
        raise Unusable(f"it cannot be opened ({error.strerror}); name a file in a folder that you may write") from None


def _look(file: Path) -> None:
    if file.is_dir():
        raise Unusable("it is a folder; name a file")
    if file.exists():
        _look_inside(file)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
    if not _writable(file.parent):
        raise Unusable("its folder is read-only, and SQLite keeps its log beside the file; name a file elsewhere")
    if shutil.disk_usage(file.parent).free < ROOM:
        raise Unusable("the disk is full; make room, or name a file on another disk")


def _look_inside(file: Path) -> None:
    if not file.is_file():
        raise Unusable("it is no regular file; name one")
    with file.open("rb") as opened:
        start = opened.read(len(HEADER))
    if start and start != HEADER:
        raise Unusable("it is not a database; name another file, or one that does not exist yet")
    if not _writable(file):
        raise Unusable("it is read-only; make it writable (chmod u+w), or name another file")


def _writable(path: Path) -> bool:
    """Also false where only the superuser could write against the file's mode."""
    return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)


def revision(file: Path) -> str:
    """The revision of a file, read without changing it; "" for a new one. Raises Unusable."""
    if not file.exists() or not file.stat().st_size:
        return ""
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        found = connection.execute(VERSION).fetchone() if "alembic_version" in tables else None
    except sqlite3.DatabaseError as error:
        raise Unusable(f"it cannot be read ({error}); name another file, or restore a copy of this one") from None
    finally:
        connection.close()
    return judge(tables, found[0] if found else "")


@contextmanager
def loose(engine: Engine) -> Iterator[None]:
    """Within it SQLite enforces no foreign keys: to change a column it makes the table anew, and dropping the old one
    would empty every table that refers to it. Nothing to do on other databases."""
    if engine.dialect.name != "sqlite":
        yield
        return
    _pragma(engine, "PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        _pragma(engine, "PRAGMA foreign_keys=ON")


def _pragma(engine: Engine, statement: str) -> None:
    """Outside a transaction, where alone this pragma counts; the pool holds one connection."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()


def prepare(engine: Engine) -> None:
    """Every connection gets our pragmas, and every transaction takes the write lock at its start."""

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]
