"""What everything that arrives goes through: who, where and as what becomes an Ask, and its Reply is said."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import discord

from adapters.discord.data import Data, Handles
from adapters.discord.homes import Homes
from adapters.discord.make import Maker, mark, marked
from adapters.discord.people import Person
from adapters.discord.posting import Posting
from adapters.discord.presence import Presence
from adapters.discord.rights import checked
from adapters.discord.sheets import sheets
from adapters.discord.slots import Slots
from adapters.discord.spot import PLATFORM, Spot
from adapters.discord.turn import Turn
from bot.ask import Account, Ask, Role
from bot.command import Command
from bot.keep import Memory
from bot.kinds import Choice
from bot.language import _, speaking
from bot.port import Answer
from bot.reply import Draft, Quiz, Reply

log = logging.getLogger(__name__)

NOBODY = Account(PLATFORM, "")
"""Who speaks where Discord does not say who did something."""

Suggest = Callable[[Ask], Awaitable[Sequence[Choice]]]
"""Completions of the last word of an ask's text, best first."""


@dataclass
class Desk:
    """What all that serve people share. `invite`: the address at which a server adds the bot."""

    answer: Answer
    suggest: Suggest
    menu: Mapping[str, Command]
    memory: Memory
    maker: Maker
    posting: Posting
    slots: Slots
    homes: Homes
    presence: Presence
    invite: str = ""

    @property
    def now(self) -> datetime:
        """This instant."""
        return self.memory.now()

    @property
    def handles(self) -> Handles:
        """Short names of long lines."""
        return self.maker.handles

    def ask(self, line: str, who: Person, spot: Spot) -> Ask:
        """What somebody says in a spot."""
        return Ask(line, who.account, spot.place, self.now, who.role, who.language)

    async def answered(self, line: str, who: Person, spot: Spot) -> Reply | None:
        """What the core answers to what somebody says in a spot, with the rights that the bot lacks there."""
        reply = await self.presence.answer(self.ask(line, who, spot), spot.guild)
        with speaking(who.language):
            return reply and checked(self._channel(spot), reply)

    def _channel(self, spot: Spot) -> object:
        """The channel of a spot; that of a thread which is not known stands for it."""
        client = self.posting.client
        return client.get_channel(spot.channel) or client.get_channel(int(spot.place.chat or 0))

    async def house(self, line: str, spot: Spot, who: Account = NOBODY) -> None:
        """Tells the core what happened to the bot in a spot; what it says to that is said there."""
        reply = await self.answer(Ask(line, who, spot.place, self.now, Role.HOUSE))
        if reply is not None and reply.blocks:
            for sheet in sheets(reply):
                await self.posting.attempt(spot.channel, await self.maker.made(sheet, reply.slot))

    async def serve(
        self, turn: Turn, spot: Spot, who: Person, data: Data, message: discord.Message | None = None
    ) -> None:
        """Answers a line in its interaction. `message`: the one with the button that said it."""
        reply = await self.answered(data.line, who, spot)
        with speaking(who.language):
            if reply is None or not reply.blocks:
                reply = Draft().say(_("There is nothing to say to that.")).reply()
            await self.say(turn, spot, who, reply, data, message)

    async def say(
        self, turn: Turn, spot: Spot, who: Person, reply: Reply, data: Data, message: discord.Message | None = None
    ) -> None:
        """Says a reply in an interaction; what answers a hidden message is hidden too, unless it asks everybody."""
        hidden = message is not None and message.flags.ephemeral and not _for_all(reply)
        quiet = spot.quiet(reply.private)
        over = message is not None and (hidden or not quiet) and _replaces(reply, data, message)
        sent = 0
        for sheet in sheets(reply, data.line, data.page):
            made = await self.maker.made(sheet, reply.slot, data.about or who.account)
            sent = sent or await turn.say(made, quiet or hidden, over)
            over = False
        if reply.slot and sent and not quiet and not hidden:
            await self.slots.note(spot.channel, reply.slot, sent, who.account if spot.place.private else None)

    async def tell(self, turn: Turn, sentence: str) -> None:
        """Says a sentence of the adapter's own, to one person only."""
        reply = Draft().say(sentence).reply()
        await turn.say(await self.maker.made(sheets(reply)[0]), quiet=True)


def _for_all(reply: Reply) -> bool:
    """Whether a reply asks everybody in the place something."""
    return any(isinstance(block, Quiz) and block.seconds for block in reply.blocks)


def _replaces(reply: Reply, data: Data, message: discord.Message) -> bool:
    """Whether the reply takes the place of the message under which the button was."""
    return data.page > 0 or (bool(reply.slot) and marked(message) == mark(reply.slot))


class InFlight:
    """What is being answered now, so that it is finished before the end."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    def __enter__(self) -> None:
        self._count += 1
        self._none.clear()

    def __exit__(self, *_error: Any) -> None:
        self._count -= 1
        if not self._count:
            self._none.set()

    async def settle(self, seconds: float) -> None:
        """Waits until nothing is in flight, for so long at most."""
        try:
            await asyncio.wait_for(self._none.wait(), seconds)
        except TimeoutError:
            log.warning("some answers were not finished in time")
