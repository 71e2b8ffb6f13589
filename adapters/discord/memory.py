"""What the adapter remembers, in the core's Keep: where it fails, people are answered all the same."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.keep import Keep

log = logging.getLogger(__name__)


class Memory:
    """Values by space and key, for so many days."""

    def __init__(self, keep: Keep, now: Callable[[], datetime]) -> None:
        self._keep = keep
        self.now = now

    async def put(self, space: str, key: object, value: str, days: float) -> None:
        """Remembers a value."""
        try:
            await self._keep.put(f"discord-{space}", str(key), value, self.now() + timedelta(days=days))
        except Exception as error:
            log.error("nothing can be remembered for Discord: %s", type(error).__name__)

    async def get(self, space: str, key: object) -> str | None:
        """The value, or None."""
        try:
            return await self._keep.get(f"discord-{space}", str(key), self.now())
        except Exception as error:
            log.error("nothing can be looked up for Discord: %s", type(error).__name__)
            return None

    async def drop(self, space: str, key: object) -> None:
        """Forgets a value."""
        await self.put(space, key, "", -1)
