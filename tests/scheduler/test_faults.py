"""Delivery under kills and without its database: `make soak` tries it at length."""

import asyncio
from pathlib import Path

from tests.postgres import Postgres
from tests.soak.faults import locked, refused, withstand


def test_one_process_on_sqlite_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "cairn.db"
    held = asyncio.run(withstand(f"sqlite:///{file}", 1, 300, 3, locked(file, 1)))
    assert held["lost"] == 0


def test_four_processes_on_postgresql_lose_nothing(postgres: Postgres, postgres_url: str) -> None:
    held = asyncio.run(withstand(postgres_url, 4, 400, 3, refused(postgres, postgres_url, 1)))
    assert held["lost"] == 0
