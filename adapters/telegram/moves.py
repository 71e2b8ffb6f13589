"""Groups that became supergroups: what is said to the old address goes to the new one."""

from adapters.telegram.spot import Spot
from bot.keep import Memory

DAYS = 400


class Moves:
    """The new ids of chats by their old ones."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._known: dict[int, int] = {}

    async def learn(self, old: int, new: int) -> bool:
        """Takes note of a move; False where it was known."""
        if old == new or await self._new(old) == new:
            return False
        self._known[old] = new
        await self._memory.put("moved", old, str(new), DAYS)
        await self._memory.put("moved-to", new, str(old), DAYS)
        return True

    async def now(self, spot: Spot) -> Spot:
        """Where a spot that was written down is today."""
        new = None if spot.private else await self._new(spot.chat)
        return spot.moved(new) if new else spot

    async def arrived(self, chat: int) -> bool:
        """Whether a chat is one that only moved."""
        return await self._memory.get("moved-to", chat) is not None

    async def _new(self, old: int) -> int | None:
        if old not in self._known and (kept := await self._memory.get("moved", old)):
            self._known[old] = int(kept)
        return self._known.get(old)
