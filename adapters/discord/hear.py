"""Messages: what people write to the bot directly, and after mentioning it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import discord

from adapters.discord import arrive, people, spot
from adapters.discord.desk import Desk
from adapters.discord.people import Person
from adapters.discord.refusals import TROUBLE, refusal
from adapters.discord.sheets import sheets
from adapters.discord.spot import Spot
from bot.language import _, speaking
from bot.reply import Draft, Reply

TYPING = 0.5
"""Seconds after which Discord shows that the bot is writing."""


class Hear:
    """Answers messages: those of a channel in order, different channels side by side."""

    def __init__(self, desk: Desk, me: discord.abc.Snowflake) -> None:
        self._desk = desk
        self._me = me
        self._turns: dict[int, list[asyncio.Event]] = {}

    async def message(self, message: discord.Message) -> None:
        """One message."""
        line = arrive.line(message, self._me)
        if line is None:
            return
        async with self._turn(message.channel.id):
            here, who = spot.of_message(message), people.of_message(message)
            await self._arrived(here, who)
            with speaking(who.language):
                if line:
                    await self._serve(message, line, here, who)
                elif message.attachments or message.stickers:
                    await self._say(
                        here, who, Draft().say(_("I can only read words. /help shows what I know.")).reply()
                    )

    async def _serve(self, message: discord.Message, line: str, here: Spot, who: Person) -> None:
        async with _typing(message):
            reply = await self._desk.answered(line, who, here)
        if reply is None or not reply.blocks:
            return
        if here.quiet(reply.private):
            await self._privately(message, line, here, who, reply)
        else:
            await self._say(here, who, reply, line, None if here.place.private else message)

    async def _say(
        self, here: Spot, who: Person, reply: Reply, line: str = "", above: discord.Message | None = None
    ) -> int:
        """Says a reply in a channel; the id of its first message, or 0."""
        first = 0
        for sheet in sheets(reply, line):
            sent = await self._desk.posting.attempt(
                here.channel, await self._desk.maker.made(sheet, reply.slot, who.account), None if first else above
            )
            first = first or sent
        if reply.slot and first:
            await self._desk.slots.note(here.channel, reply.slot, first, who.account if here.place.private else None)
        return first

    async def _privately(self, message: discord.Message, line: str, here: Spot, who: Person, reply: Reply) -> None:
        """A message has no hidden answer: it goes to the person's direct messages, and the group hears one line."""
        told = _("I answered you in our direct messages.")
        try:
            direct = await self._desk.posting.direct(message.author.id)
            for sheet in sheets(reply, line):
                await self._desk.posting.post(direct, await self._desk.maker.made(sheet, reply.slot, who.account))
        except TROUBLE as error:
            if refusal(error) is None:
                raise
            told = _("That answer is for you alone, and I cannot write to you. Use my commands: type / here.")
        await self._say(here, who, Draft().say(told).reply(), above=message)

    async def _arrived(self, here: Spot, who: Person) -> None:
        if here.guild:
            await self._desk.homes.note(here.guild, int(here.place.chat))
        elif await self._desk.homes.found(int(who.account.id)):
            await self._desk.house("/back", here, who.account)

    @asynccontextmanager
    async def _turn(self, channel: int) -> AsyncIterator[None]:
        """Waits for the messages before it in its channel."""
        waiting = self._turns.setdefault(channel, [])
        mine, before = asyncio.Event(), waiting[-1] if waiting else None
        waiting.append(mine)
        try:
            if before:
                await before.wait()
            yield
        finally:
            mine.set()
            waiting.remove(mine)
            if not waiting:
                self._turns.pop(channel, None)


@asynccontextmanager
async def _typing(message: discord.Message) -> AsyncIterator[None]:
    """Shows within this block that something is being done, if it takes longer."""

    async def show() -> None:
        await asyncio.sleep(TYPING)
        with suppress(*TROUBLE):
            await message.channel.typing()  # Discord shows it for ten seconds

    task = asyncio.create_task(show())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
