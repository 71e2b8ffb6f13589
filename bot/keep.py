"""The little an adapter must remember: a value under a key, until an instant, and whom it is about."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ask import Account
from bot.store import kept
from bot.store.database import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keep:
    """What adapters keep; `space` begins with the platform's name."""

    database: Database

    async def put(self, space: str, key: str, value: str, until: datetime, about: Account | None = None) -> None:
        """Keeps a value until an instant, in place of the one before.

        `about`: whom it tells something of, or whose words it holds: it goes when they ask to be forgotten, and of
        somebody who is no learner nothing is kept.
        """
        await self.database.run(lambda connection: kept.put_about(connection, space, key, value, until, about))

    async def get(self, space: str, key: str, now: datetime) -> str | None:
        """The value, or None where there is none or its time is over."""
        return await self.database.run(lambda connection: kept.get(connection, space, key, now))

    async def drop(self, space: str, key: str) -> None:
        """Removes a value."""
        await self.database.run(lambda connection: kept.drop(connection, space, key))


@dataclass(frozen=True, slots=True)
class Memory:
    """What one adapter keeps, by space and key: where that fails, people are answered all the same."""

    keep: Keep
    platform: str
    now: Callable[[], datetime]

    async def put(self, space: str, key: object, value: str, days: float, about: Account | None = None) -> None:
        """Remembers a value for so many days; `about` as in Keep.put."""
        until = self.now() + timedelta(days=days)
        try:
            await self.keep.put(self._space(space), str(key), value, until, about)
        except Exception as error:
            self._failed(error)

    async def get(self, space: str, key: object) -> str | None:
        """The value, or None."""
        try:
            return await self.keep.get(self._space(space), str(key), self.now())
        except Exception as error:
            self._failed(error)
            return None

    async def drop(self, space: str, key: object) -> None:
        """Forgets a value."""
        try:
            await self.keep.drop(self._space(space), str(key))
        except Exception as error:
            self._failed(error)

    def _space(self, space: str) -> str:
        return f"{self.platform}-{space}"

    def _failed(self, error: Exception) -> None:
        log.error("what %s keeps cannot be reached: %s", self.platform, type(error).__name__)
