"""Who is still in a server: no intent that we have tells who leaves, so whoever is shown is looked up."""

import asyncio
from collections.abc import Iterable

import discord

from adapters.discord.refusals import TROUBLE, UNKNOWN_MEMBER, UNKNOWN_USER, code
from adapters.discord.spot import PLATFORM
from bot.ask import Account, Ask, Place, Role
from bot.keep import Memory
from bot.port import Answer
from bot.reply import Reply

DAYS = 1
"""For so long it is believed that somebody is there."""

AGAIN = 2
"""How often a reply is asked for anew, because somebody whom it shows has left."""

AT_ONCE = 5
WITHIN = 3.0
"""Seconds for a lookup: whoever is not found out about by then counts as there."""


class Presence:
    """Looks up whom replies show, and tells the core who has left."""

    def __init__(self, client: discord.Client, memory: Memory, answer: Answer) -> None:
        self._client = client
        self._memory = memory
        self._answer = answer
        self._few = asyncio.Semaphore(AT_ONCE)

    async def answer(self, ask: Ask, guild: int) -> Reply | None:
        """The core's answer in a server (0: elsewhere), without those who have left it."""
        reply = await self._answer(ask)
        for _ in range(AGAIN):
            if reply is None or not await self.missed(ask.place, guild, reply):
                break
            reply = await self._answer(ask)
        return reply

    async def missed(self, place: Place, guild: int, reply: Reply) -> bool:
        """Whether anybody whom a reply shows there has left the server; the core is told who."""
        gone = await self._gone(guild, reply.shows) if guild and reply.shows else []
        for account in gone:
            await self._answer(Ask("/left", account, place, self._memory.now(), Role.HOUSE))
        return bool(gone)

    async def _gone(self, guild: int, shown: Iterable[Account]) -> list[Account]:
        mine = [account for account in shown if account.platform == PLATFORM]
        left = await asyncio.gather(*(self._left(guild, account) for account in mine))
        return [account for account, has_left in zip(mine, left, strict=True) if has_left]

    async def _left(self, guild: int, account: Account) -> bool:
        """Whether somebody has left a server. Only that they are there is kept: whoever left is shown no more."""
        key = f"{guild} {account.id}"
        if await self._memory.get("here", key):
            return False
        try:
            async with asyncio.timeout(WITHIN), self._few:
                await self._client.http.get_member(guild, account.id)
        except TROUBLE as error:
            return code(error) in (UNKNOWN_MEMBER, UNKNOWN_USER)
        await self._memory.put("here", key, "1", DAYS, account)
        return False
