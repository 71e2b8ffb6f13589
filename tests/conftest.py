"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ready, small
from tests.postgres import Postgres, postgres, postgres_url
from tests.world import World, world

__all__ = ["postgres", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it yet, once of each kind."""
    if request.param == "sqlite":
        yield ready.sqlite(tmp_path)
        return
    server: Postgres = request.getfixturevalue("postgres")
    made = ready.postgresql(server)
    yield made
    server.drop(made)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that Cairn has never seen, once of each kind."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'cairn.db'}"


@pytest.fixture
def cairn(url: str) -> Iterator[World]:
    """A Cairn with the shipped content, on each kind of database."""
    with world(url) as made:
        yield made


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[World]:
    """A Cairn with the shipped content on SQLite."""
    with world(ready.sqlite(tmp_path)) as made:
        yield made


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """The small made content."""
    return small.write(tmp_path / "content")
