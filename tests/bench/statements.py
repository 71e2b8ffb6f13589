"""The SQL statements that a piece of work sends to its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

Statement = tuple[str, Any]
"""The SQL and its parameters, as the driver was given them."""


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Statement]]:
    """A list that grows by each statement while the block lasts, BEGIN and COMMIT among them."""
    found: list[Statement] = []

    def executed(_: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        found.append((statement, parameters))

    def committed(_: Connection) -> None:
        found.append(("COMMIT", ()))

    event.listen(engine, "before_cursor_execute", executed)
    event.listen(engine, "commit", committed)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", executed)
        event.remove(engine, "commit", committed)
