"""Which message stands for a slot of a place, so that a later reply can take its place; and how often it may."""

import time

from bot.ask import Account
from bot.keep import Memory

DAYS = 60

PAUSE = 2.0
"""Seconds between two edits of a message that nobody pressed: counts change often, and Discord slows down who edits."""

_REMEMBERED = 10_000


class Slots:
    """The latest message of each slot of each channel."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._edited: dict[tuple[int, str], float] = {}

    async def message(self, channel: int, slot: str) -> int:
        """The message of a slot; 0 where there is none."""
        kept = await self._memory.get("slot", f"{channel} {slot}")
        return int(kept) if kept else 0

    async def note(self, channel: int, slot: str, message: int, about: Account | None) -> None:
        """The message that stands for the slot from now on; `about`: whose private place it is."""
        await self._memory.put("slot", f"{channel} {slot}", str(message), DAYS, about)

    def wait(self, channel: int, slot: str) -> float:
        """Seconds after which the slot's message may be edited again; 0 where that is now, which is taken note of."""
        now = time.monotonic()
        if (rest := self._edited.get((channel, slot), 0.0) + PAUSE - now) > 0:
            return rest
        if len(self._edited) >= _REMEMBERED:
            self._edited = {key: at for key, at in self._edited.items() if at + PAUSE > now}
        self._edited[channel, slot] = now
        return 0.0
