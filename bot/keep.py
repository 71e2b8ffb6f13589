"""The little an adapter must remember: a value under a key, until an instant."""

from dataclasses import dataclass
from datetime import datetime

from bot.store import kept
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Keep:
    """What one adapter keeps; `space` begins with the platform's name."""

    database: Database

    async def put(self, space: str, key: str, value: str, until: datetime) -> None:
        """Keeps a value until an instant, in place of the one before."""
        await self.database.run(lambda connection: kept.put(connection, space, key, value, until, None))

    async def get(self, space: str, key: str, now: datetime) -> str | None:
        """The value, or None where there is none or its time is over."""
        return await self.database.run(lambda connection: kept.get(connection, space, key, now))
