"""What a poll's options say, and where it was shown: remembered until its votes come, across restarts."""

import json
from dataclasses import dataclass

from adapters.telegram.spot import Spot
from bot.keep import Memory

DAYS = 7


@dataclass(frozen=True, slots=True)
class Shown:
    """A poll that was shown: where, and the lines of its options."""

    spot: Spot
    lines: tuple[str, ...]


class Polls:
    """The polls of the last days by their ids."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def note(self, poll: str, shown: Shown) -> None:
        """Takes note of a poll."""
        spot = shown.spot
        kept = {"chat": spot.chat, "thread": spot.thread, "private": spot.private, "lines": shown.lines}
        await self._memory.put("poll", poll, json.dumps(kept), DAYS, spot.person)

    async def find(self, poll: str) -> Shown | None:
        """A poll, or None where it is not ours or too long ago."""
        kept = await self._memory.get("poll", poll)
        if not kept:
            return None
        found = json.loads(kept)
        return Shown(Spot(found["chat"], found["thread"], found["private"]), tuple(found["lines"]))
