"""Long polling: asks Telegram for updates, through refusals, a second poller and hours without a network."""

import asyncio
import logging
from contextlib import suppress

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from adapters.telegram.hello import WrongToken
from adapters.telegram.refusals import seconds
from adapters.telegram.serve import KINDS, Serve
from adapters.telegram.wire import pause

log = logging.getLogger(__name__)

WAIT = 30
"""Seconds for which Telegram holds a request that has nothing to say."""

GRACE = 0.2
"""Seconds for which updates are finished before the next request confirms them to Telegram."""

CONFIRM = 2.0
"""Seconds in which the last updates are confirmed at the end; they are known as handled anyway."""

LONGEST = 60.0
"""Seconds between two attempts at most."""


class Trouble:
    """Says once what is wrong, and once that it is over; counts the attempts between."""

    def __init__(self) -> None:
        self._told = ""
        self.attempt = 0

    def met(self, error: TelegramError) -> float:
        """Something went wrong: how many seconds to wait."""
        told = (
            "another program is asking Telegram with the same token; waiting for it to stop"
            if isinstance(error, Conflict)
            else "Telegram cannot be reached; trying again until it can"
        )
        if told != self._told:
            log.warning(told)
        self._told = told
        self.attempt += 1
        return seconds(error) if isinstance(error, RetryAfter) else pause(self.attempt, LONGEST)

    def over(self) -> None:
        """It works again."""
        if self._told:
            log.warning("Telegram answers again")
        self._told = ""
        self.attempt = 0


async def poll(bot: Bot, serve: Serve) -> None:
    """Takes updates until cancelled. Raises WrongToken."""
    trouble = Trouble()
    offset: int | None = None
    hooked = True
    try:
        while True:
            try:
                if hooked:
                    await bot.delete_webhook()
                    hooked = False
                updates = await bot.get_updates(offset, timeout=WAIT, allowed_updates=KINDS)
            except InvalidToken:
                raise WrongToken from None
            except TelegramError as error:
                hooked = hooked or (isinstance(error, Conflict) and "webhook" in str(error).casefold())
                await asyncio.sleep(trouble.met(error))
                continue
            trouble.over()
            for update in updates:
                await serve.take(update)
                offset = update.update_id + 1
            await serve.lanes.settle(GRACE)
    finally:
        await serve.finish()
        if offset is not None:
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(CONFIRM):
                    await bot.get_updates(offset, limit=1, timeout=0, allowed_updates=KINDS)
