"""A database that cannot be used is refused in one sentence, and left as it was."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.store import schema
from bot.store.database import Database
from bot.store.schema import Unusable
from bot.store.tables import metadata

ROOT = Path(__file__).parent.parent.parent


def refused(file: Path) -> str:
    """What `cairn chat` says of a file on standard error; it must exit with 2 and leave every byte."""
    before = file.read_bytes() if file.is_file() else None
    run = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--json", "--db", f"sqlite:///{file}"],
        input=b"/start\n", capture_output=True, cwd=ROOT, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stdout == b""
    assert (file.read_bytes() if file.is_file() else None) == before
    said = run.stderr.decode()
    assert said.count("\n") == 1, said
    assert said.startswith("cairn: ")
    return said


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("milk, bread\n" * 100)
    assert "not a database" in refused(file)


def test_somebody_elses_database(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE milk (bread TEXT)")
    connection.close()
    assert "something else" in refused(file)


def test_a_damaged_database(tmp_path: Path) -> None:
    file = tmp_path / "cairn.db"
    Database.open(f"sqlite:///{file}").close()
    data = bytearray(file.read_bytes())
    data[100:3000] = b"\xff" * 2900
    file.write_bytes(data)
    assert "cannot be read" in refused(file)


def test_a_read_only_file_even_for_the_superuser(tmp_path: Path) -> None:
    file = tmp_path / "cairn.db"
    Database.open(f"sqlite:///{file}").close()
    file.chmod(0o444)
    assert "read-only" in refused(file)


def test_a_newer_database(tmp_path: Path) -> None:
    file = tmp_path / "cairn.db"
    Database.open(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "newer Cairn" in refused(file)


def test_a_folder_and_a_place_that_cannot_be(tmp_path: Path) -> None:
    assert "it is a folder" in refused(tmp_path)
    (tmp_path / "file").write_text("")
    assert "cannot be opened" in refused(tmp_path / "file" / "cairn.db")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        file = disk / "cairn.db"
        Database.open(f"sqlite:///{file}").close()
        filler = os.open(disk / "filler", os.O_CREAT | os.O_WRONLY)
        with pytest.raises(OSError, match="space"):
            os.write(filler, b"x" * (4 << 20)) and os.write(filler, b"x")
        os.close(filler)
        assert "disk is full" in refused(file)
    finally:
        subprocess.run(["umount", disk], check=True)


def test_an_address_that_is_none_and_a_server_that_is_not_there() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--json", "--db", "milk"], capture_output=True, cwd=ROOT, check=False
    )
    assert (run.returncode, run.stdout) == (2, b"")
    assert b"--db is not a database address" in run.stderr
    run = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--json", "--db", "postgresql://ann:s3cret@127.0.0.1:1/x"],
        capture_output=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, b"")
    assert b"s3cret" not in run.stderr
    assert run.stderr.count(b"\n") == 1


def test_a_password_is_in_no_message() -> None:
    with pytest.raises(Unusable) as refusal:
        Database.open("postgresql+psycopg://ann:s3cret@127.0.0.1:1/x")
    assert "s3cret" not in str(refusal.value)


def test_migrations_make_exactly_the_tables(empty_url: str) -> None:
    database = Database.open(empty_url)
    try:
        with database.engine.begin() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": False})
            assert compare_metadata(context, metadata) == []
    finally:
        database.close()


def test_the_newest_revision_is_the_one_the_program_needs() -> None:
    script = ScriptDirectory(str(ROOT / "bot" / "store" / "migrations"))
    revisions = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(revisions)) == schema.REVISIONS


def test_a_second_opening_changes_nothing_and_imports_no_alembic(empty_url: str) -> None:
    Database.open(empty_url).close()
    code = (
        "import sys; from bot.store.database import Database; "
        "Database.open(sys.argv[1]).close(); print('alembic' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, empty_url], capture_output=True, cwd=ROOT, check=True, text=True)
    assert run.stdout == "False\n"


def test_foreign_keys_hold(url: str) -> None:
    database = Database.open(url)
    try:
        with pytest.raises(Exception, match=r"(?i)foreign key"), database.engine.begin() as connection:
            connection.execute(text("INSERT INTO note (learner_id, topic, text, at) VALUES (99, 'x', 'y', 0)"))
    finally:
        database.close()
