"""Judging examples by running them: Python, SQL, and what a shell can read. Each says what is wrong, or nothing."""

import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

PATIENCE = 20
"""Seconds that an example may run."""

FAILS = "-- fails"
"""Behind an SQL statement: the database must refuse it."""

_NO_NETWORK = """
import runpy, sys

HERE = {None, "", "localhost", "127.0.0.1", "::1", b"localhost"}

def refuse(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.bind"):
        place = given[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        place = given
    else:
        return
    if isinstance(place, tuple) and place[0] not in HERE:
        raise RuntimeError(f"an example may not use the network: {place[0]}")

sys.addaudithook(refuse)
runpy.run_path("example.py", run_name="__main__")
"""

_RUN = ("-I", "-S", "-W", "error::DeprecationWarning", "-W", "error::SyntaxWarning", "-c", _NO_NETWORK)
"""Nothing but the standard library, as a reader's Python has it."""


def python(text: str) -> str:
    """Runs the block as it stands in an empty folder, with the standard library and without the network."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "example.py").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, *_RUN],
            cwd=folder,
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
        )
    return done.stderr if done.returncode or "Traceback" in done.stderr else ""


def sqlite(text: str) -> str:
    """Runs the statements on a fresh SQLite database in memory."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        return _executed(text, lambda one: database.execute(one).fetchall(), sqlite3.Error, sqlite3.complete_statement)
    finally:
        database.close()


def postgresql(text: str, url: str) -> str:
    """Runs the statements on an empty PostgreSQL database, given as a SQLAlchemy address."""
    with psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True) as connection:
        return _executed(text, lambda one: connection.execute(one.encode()), psycopg.Error)


def _executed(
    text: str,
    execute: Callable[[str], object],
    refusal: type[Exception],
    complete: Callable[[str], bool] = lambda statement: True,
) -> str:
    for statement in statements(text, complete):
        try:
            execute(statement)
        except refusal as error:
            if FAILS not in statement:
                return f"{statement}\n{error}"
        else:
            if FAILS in statement:
                return f"{statement}\nwas to fail, and did not"
    return ""


_SQL = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|(\$\w*\$).*?\1|--[^\n]*|/\*.*?\*/|;(?:[ \t]*--[^\n]*)?""", re.DOTALL)


def statements(text: str, complete: Callable[[str], bool] = lambda statement: True) -> Iterator[str]:
    """The statements of an SQL text, each with a comment that follows it on its line."""
    start = 0
    for hit in _SQL.finditer(text):
        if hit.group().startswith(";") and complete(text[start : hit.end()]):
            yield text[start : hit.end()].strip()
            start = hit.end()
    rest = text[start:].strip()
    if re.sub(r"--[^\n]*|/\*.*?\*/", "", rest, flags=re.DOTALL).strip():
        yield rest


def bash(text: str) -> str:
    """Whether bash can read it; nothing is run."""
    return _shell(text, "bash", "-n")


def sh(text: str) -> str:
    """Whether a POSIX shell can read it; nothing is run."""
    return _shell(text, "bash", "--posix", "-n")


def _shell(text: str, *command: str) -> str:
    done = subprocess.run(command, input=text, check=False, capture_output=True, text=True)
    return done.stderr or ("" if done.returncode == 0 else "cannot be read")
