"""Which updates were handled, so that one that comes twice is handled once, also after a restart.

Update ids are kept in blocks of 64, 64 of them in turn: as many rows, whatever arrives.
"""

import asyncio

from bot.keep import Memory

BLOCK = 64
BLOCKS = 64
DAYS = 3
"""Telegram delivers an update for 24 hours."""


class Seen:
    """The ids of the updates that were handled, or are being handled now."""

    def __init__(self, memory: Memory, bot: int) -> None:
        self._memory = memory
        self._bot = bot
        self._blocks: dict[int, tuple[int, int]] = {}  # slot -> (number of the block, bits)
        self._busy: set[int] = set()
        self._dirty: set[int] = set()
        self._writer: asyncio.Task[None] | None = None

    async def begin(self, update: int) -> bool:
        """Takes an update on; False where it was taken on before."""
        if update in self._busy:
            return False
        self._busy.add(update)
        number, bit = divmod(update, BLOCK)
        if (await self._block(number)) >> bit & 1:
            self._busy.discard(update)
            return False
        return True

    def done(self, update: int) -> None:
        """An update was handled; it is written down in a moment, together with others."""
        self._busy.discard(update)
        number, bit = divmod(update, BLOCK)
        slot = number % BLOCKS
        known, bits = self._blocks.get(slot, (number, 0))
        if 0 < known - number < 1_000 * BLOCKS:  # late; ids that begin anew are far away
            return
        self._blocks[slot] = (number, (bits if known == number else 0) | 1 << bit)
        self._dirty.add(slot)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())

    async def flush(self) -> None:
        """Waits until all is written down."""
        if self._writer:
            await self._writer

    async def _block(self, number: int) -> int:
        """The bits of a block."""
        slot = number % BLOCKS
        if slot not in self._blocks and (kept := await self._memory.get("seen", f"{self._bot} {slot}")):
            known, _, bits = kept.partition(" ")
            self._blocks.setdefault(slot, (int(known), int(bits, 16)))
        known_, bits_ = self._blocks.get(slot, (number, 0))
        return bits_ if known_ == number else 0

    async def _write(self) -> None:
        while self._dirty:
            slot = self._dirty.pop()
            number, bits = self._blocks[slot]
            await self._memory.put("seen", f"{self._bot} {slot}", f"{number} {bits:x}", DAYS)
