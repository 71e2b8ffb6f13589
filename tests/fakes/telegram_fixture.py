"""Fixtures: `tg`, a made Telegram that fails the test if it cannot place what was sent; `bot`, the real library's."""

import struct
from collections.abc import AsyncIterator

import pytest_asyncio
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.fakes.telegram_server import TelegramServer


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[TelegramServer]:
    """A server of the test's own; `tg.violations` must be empty in the end."""
    async with TelegramServer() as server:
        yield server
    assert server.violations == []


def real_bot(server: TelegramServer, token: str = "", *, read_timeout: float = 5.0) -> Bot:
    """The real library's bot, pointed at the server."""
    plain = {"verify": False}  # no TLS here, and loading its certificates takes long
    made = [HTTPXRequest(read_timeout=read_timeout, httpx_kwargs=plain) for _ in range(2)]
    return Bot(
        token or server.token,
        base_url=server.base_url,
        base_file_url=server.file_url,
        request=made[0],
        get_updates_request=made[1],
    )


@pytest_asyncio.fixture
async def bot(tg: TelegramServer) -> AsyncIterator[Bot]:
    """A bot that is ready; its first request, getMe, is forgotten."""
    made = real_bot(tg)
    async with made:
        tg.requests.clear()
        yield made


def picture(width: int = 40, height: int = 30, filling: bytes = b"") -> bytes:
    """Bytes that begin as a PNG of that size does."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + filling
