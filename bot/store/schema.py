"""Whether a database is ours and how new it is; bringing it up with Alembic, which is imported only then."""

from collections.abc import Collection

from sqlalchemy import Connection, inspect, text

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every revision in order; the last one is what this program needs."""


VERSION = "SELECT version_num FROM alembic_version"

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(20261122)")
"""Two processes that start together bring the schema up once: the second waits, then finds it done."""


class Unusable(Exception):
    """A database that Cairn must not or cannot use; the message is one sentence with the mend."""


def judge(tables: Collection[str], version: str) -> str:
    """The revision of a database with these tables, "" for an empty one; raises Unusable for a foreign or newer one."""
    if not tables:
        return ""
    if "alembic_version" not in tables or "learner" not in tables:
        raise Unusable("it holds something else than Cairn's data; name another one, or one that does not exist yet")
    if version not in REVISIONS:
        raise Unusable("it was written by a newer Cairn; update Cairn, or name another database")
    return version


def revision(connection: Connection) -> str:
    """The revision behind a connection; raises Unusable."""
    tables = inspect(connection).get_table_names()
    version = connection.execute(text(VERSION)).scalar() if "alembic_version" in tables else ""
    return judge(tables, version or "")


def upgrade(connection: Connection, to: str = REVISIONS[-1]) -> None:
    """Brings the schema to a revision within the connection's transaction."""
    from pathlib import Path

    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
