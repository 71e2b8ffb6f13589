"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import small
from tests.postgres import postgres, postgres_url
from tests.world import World, world

__all__ = ["postgres", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once of each kind."""
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
    with world(f"sqlite:///{tmp_path / 'cairn.db'}") as made:
        yield made


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """The small made content."""
    return small.write(tmp_path / "content")
