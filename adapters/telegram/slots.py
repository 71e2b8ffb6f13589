"""Which messages stand for a slot of a place, so that a later reply can take their place."""

from adapters.telegram.spot import Spot
from bot.keep import Memory

MOST = 20
"""Messages of a slot that are known."""

DAYS = 60


class Slots:
    """The latest messages of each slot of each place."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def messages(self, spot: Spot, slot: str) -> list[int]:
        """The messages of a slot, the latest one last."""
        kept = await self._memory.get("slot", _key(spot, slot))
        return [int(each) for each in (kept or "").split()]

    async def note(self, spot: Spot, slot: str, message: int) -> None:
        """A message that stands for the slot from now on."""
        known = [each for each in await self.messages(spot, slot) if each != message]
        kept = " ".join(map(str, [*known, message][-MOST:]))
        await self._memory.put("slot", _key(spot, slot), kept, DAYS, spot.person)


def _key(spot: Spot, slot: str) -> str:
    return f"{spot.chat} {spot.thread or ''} {slot}"
