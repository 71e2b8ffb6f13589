"""The database: opened once, checked and brought up to date; work runs in its threads, one transaction each."""

import asyncio
import logging
import os
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.store import schema, sqlite
from bot.store.schema import Unusable

log = logging.getLogger(__name__)

R = TypeVar("R")

TRIES = 3
"""How often a transaction is begun when another one got in its way."""

_CROSSED = ("40001", "40P01")
"""PostgreSQL: serialization failure, deadlock detected."""


class Unavailable(Exception):
    """The database did not take or give what was asked; nothing was changed."""


class Database:
    """Where everything is kept. On SQLite one thread writes; on PostgreSQL as many as there are cores."""

    def __init__(self, engine: Engine, threads: int) -> None:
        self.engine = engine
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="store")

    @classmethod
    def open(cls, url: str) -> Self:
        """Opens a database and brings its schema up; raises Unusable, its message saying which database and why."""
        try:
            return cls._open_sqlite(url) if url.startswith("sqlite:") else cls._open_postgresql(url)
        except Unusable as error:
            raise Unusable(f"{_named(url)} cannot be used: {error}") from None
        except DBAPIError as error:
            raise Unusable(f"{_named(url)} cannot be used: {_told(error)}") from None

    @classmethod
    def _open_sqlite(cls, url: str) -> Self:
        path = url.removeprefix("sqlite:").removeprefix("///")
        if not path or path == ":memory:":
            raise Unusable("it needs a file; write sqlite:////path/to/file.db")
        file = Path(path)
        sqlite.look(file)
        found = sqlite.revision(file)
        engine = create_engine(f"sqlite:///{path}", pool_size=1, max_overflow=0)
        sqlite.prepare(engine)
        return cls._ready(engine, found, threads=1)

    @classmethod
    def _open_postgresql(cls, url: str) -> Self:
        cores = os.cpu_count() or 1
        engine = create_engine(url, pool_size=cores, max_overflow=2)
        with engine.connect() as connection:
            found = schema.revision(connection)
        return cls._ready(engine, found, threads=cores)

    @classmethod
    def _ready(cls, engine: Engine, found: str, threads: int) -> Self:
        if found == schema.REVISIONS[-1]:
            engine.connect().close()
            return cls(engine, threads)
        with sqlite.loose(engine), engine.begin() as connection:
            schema.upgrade(connection)
        return cls(engine, threads)

    async def run(self, work: Callable[[Connection], R]) -> R:
        """Does `work` in one transaction in a thread of the store; raises Unavailable."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.do, work)

    def do(self, work: Callable[[Connection], R]) -> R:
        """Does `work` in one transaction, in this thread, begun again where another transaction crossed it."""
        for attempt in range(1, TRIES + 1):
            try:
                with self.engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if attempt == TRIES or not _crossed(error):
                    raise _unavailable(error) from error
                log.info("transaction begun again: %s", _told(error))
                time.sleep(random.uniform(0.005, 0.05) * attempt)
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Lets running work end, and closes every connection."""
        self._threads.shutdown()
        self.engine.dispose()


def _crossed(error: DBAPIError) -> bool:
    """Whether the same transaction may succeed when begun again: a deadlock, two first words of one account, or a
    connection that was cut since it was used last, of which it is told only now."""
    crossed = getattr(error.orig, "sqlstate", None) in _CROSSED
    return isinstance(error, IntegrityError) or crossed or error.connection_invalidated


def _unavailable(error: DBAPIError) -> Exception:
    return Unavailable(_told(error)) if isinstance(error, OperationalError) else error


def _told(error: DBAPIError) -> str:
    """What the database said, without our statement and its values."""
    return " ".join(str(error.orig).split())[:200]


def _named(url: str) -> str:
    """A database in words, without its password."""
    if url.startswith("sqlite:"):
        return f"the database {url.removeprefix('sqlite:').removeprefix('///')}"
    try:
        parts = urlsplit(url)
        return f"the database {parts.path.lstrip('/')} on {parts.hostname or 'this machine'}"
    except ValueError:
        return "the database"
