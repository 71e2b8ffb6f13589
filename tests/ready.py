"""Databases whose schema is there already: made once, and copied; bringing one up takes longer than most tests."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from bot.store.database import Database
from tests.postgres import Postgres


@cache
def _file() -> Path:
    """A SQLite file with the whole schema and nothing in it."""
    folder = Path(tempfile.mkdtemp(prefix="cairn-ready-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Database.open(f"sqlite:///{folder / 'cairn.db'}").close()
    return folder / "cairn.db"


def sqlite(folder: Path) -> str:
    """The address of the database of a folder; the one that is there already, if there is one."""
    file = folder / "cairn.db"
    if not file.exists():
        shutil.copy(_file(), file)
    return f"sqlite:///{file}"


@cache
def _template(postgres: Postgres) -> str:
    url = postgres.fresh()
    Database.open(url).close()
    return url


def postgresql(postgres: Postgres) -> str:
    """The address of a new database on a server."""
    return postgres.fresh(_template(postgres))
