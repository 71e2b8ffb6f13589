"""One request to Telegram: paced, and repeated where it may succeed a little later."""

import asyncio
import logging
import os
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Bot
from telegram.error import RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram.limits import Limits
from adapters.telegram.refusals import PATIENCE, passing, seconds
from bot.port import Later

T = TypeVar("T")

LIVE = 30.0
"""Seconds for which an answer that somebody waits for is tried again."""

SILENT = ("telegram", "httpx", "httpcore")
"""These log addresses with the token in them, or what people wrote."""

_READ = 20.0
"""Seconds: a request that was only slow must not be repeated, or it would be said twice."""


def client(token: str, api_url: str = "") -> Bot:
    """The library's Bot, quiet in the log, talking to Telegram or to another Bot API server."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    base = api_url.rstrip("/") or "https://api.telegram.org"
    return Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=HTTPXRequest(connection_pool_size=16, read_timeout=_READ, write_timeout=_READ, pool_timeout=_READ),
        get_updates_request=HTTPXRequest(connection_pool_size=2, read_timeout=10.0, pool_timeout=10.0),
    )


class Wire:
    """Sends what goes to chats, within Telegram's limits."""

    def __init__(self, bot: Bot, limits: Limits) -> None:
        self.bot = bot
        self.limits = limits

    async def send(self, chat: int, make: Callable[[], Awaitable[T]], live: bool = True) -> T:
        """Makes a request to a chat. Live: repeated for a while; else raises Later at once. Raises TelegramError.

        Where Telegram wants to be left alone for longer than anybody waits, it is Later for both.
        """
        end = asyncio.get_running_loop().time() + LIVE
        attempt = 0
        while True:
            if (held := self.limits.held(chat)) > (LIVE if live else 1.0):
                raise Later(held, everywhere=self.limits.all_held > 0)
            await self.limits.turn(chat, live)
            try:
                return await make()
            except TelegramError as error:
                wait = self._pause(chat, error, attempt)
                if not live or not passing(error) or asyncio.get_running_loop().time() + wait > end:
                    raise
            attempt += 1
            await asyncio.sleep(wait)

    def _pause(self, chat: int, error: TelegramError, attempt: int) -> float:
        """Seconds to wait after an error; what Telegram names holds for that chat."""
        if isinstance(error, RetryAfter):
            self.limits.hold(chat, seconds(error))
            return seconds(error)
        return pause(attempt, PATIENCE)


def pause(attempt: int, longest: float) -> float:
    """Half a second, doubled with each attempt up to `longest`, with a little chance in it."""
    return min(0.5 * 2.0 ** min(attempt, 10), longest) * random.uniform(0.7, 1.3)
