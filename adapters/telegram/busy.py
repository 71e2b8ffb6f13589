"""The typing sign, for whatever takes longer than half a second."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from adapters.telegram.spot import Spot

AFTER = 0.5
AGAIN = 4.5
"""Telegram shows the sign for five seconds."""


@asynccontextmanager
async def busy(bot: Bot, spot: Spot) -> AsyncIterator[None]:
    """Shows within this block that something is being done."""
    task: asyncio.Task[None] | None = None

    def begin() -> None:
        nonlocal task
        task = asyncio.create_task(_typing(bot, spot))

    timer = asyncio.get_running_loop().call_later(AFTER, begin)
    try:
        yield
    finally:
        timer.cancel()
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _typing(bot: Bot, spot: Spot) -> None:
    with suppress(TelegramError):
        while True:
            await bot.send_chat_action(spot.chat, ChatAction.TYPING, message_thread_id=spot.thread)
            await asyncio.sleep(AGAIN)
