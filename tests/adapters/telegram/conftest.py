"""What the tests of Telegram may ask for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.adapters.telegram.running import Running, running
from tests.fakes.telegram_fixture import tg
from tests.fakes.telegram_server import TelegramServer

__all__ = ["tg"]


@pytest_asyncio.fixture
async def cairn(tg: TelegramServer, tmp_path: Path) -> AsyncIterator[Running]:
    """A Cairn that serves the made Telegram."""
    async with running(tg, tmp_path) as made:
        yield made
