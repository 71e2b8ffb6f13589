"""What everything that arrives goes through: who, where and as what becomes an Ask, and its Reply is said."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from telegram import Bot, Message, User
from telegram.error import TelegramError

from adapters.telegram.flood import Flood
from adapters.telegram.manner import Manner, Said
from adapters.telegram.people import Person, Rights
from adapters.telegram.refusals import refusal
from adapters.telegram.rights import checked
from adapters.telegram.speaker import Speaker
from adapters.telegram.spot import PLATFORM, Spot
from bot.ask import Account, Ask, Role
from bot.keep import Memory
from bot.kinds import Choice
from bot.language import speaking
from bot.port import Answer, Refused
from bot.reply import Draft, Reply

T = TypeVar("T")

log = logging.getLogger(__name__)

Suggest = Callable[[Ask], Awaitable[Sequence[Choice]]]
"""Completions of the last word of an ask's text, best first."""


@dataclass
class Desk:
    """What all that serve people share."""

    bot: Bot
    me: User
    answer: Answer
    suggest: Suggest
    speaker: Speaker
    memory: Memory
    rights: Rights
    flood: Flood

    @property
    def username(self) -> str:
        """The bot's name in addresses."""
        return self.me.username or ""

    @property
    def now(self) -> datetime:
        """This instant."""
        return self.memory.now()

    async def ask(self, line: str, who: Person, spot: Spot) -> Ask:
        """What somebody says in a spot."""
        role = await self.rights.role(spot, who)
        return Ask(line, who.account, spot.place, self.now, role, who.language)

    async def answered(self, line: str, who: Person, spot: Spot) -> Reply | None:
        """What the core answers to what somebody says in a spot, with the rights that the bot lacks there."""
        reply = await self.answer(await self.ask(line, who, spot))
        with speaking(who.language):
            return reply and await checked(self.bot, self.me.id, spot, reply)

    async def house(self, line: str, spot: Spot, who: Person | None = None) -> None:
        """Tells the core what happened to the bot in a spot; what it says to that is said there."""
        account = who.account if who else Account(PLATFORM, str(spot.chat))
        language = who.language if who else "en"
        reply = await self.answer(Ask(line, account, spot.place, self.now, Role.HOUSE, language))
        if reply is not None and reply.blocks:
            await self.say(spot, replace(reply, private=False))

    async def say(self, spot: Spot, reply: Reply, manner: Manner | None = None) -> Said | None:
        """Says a reply; None where Telegram does not take it."""
        return await self.taken(spot, self.speaker.say(spot, reply, manner))

    async def post(self, spot: Spot, make: Callable[[], Awaitable[Message]]) -> Message | None:
        """Sends a message of the adapter's own; None where Telegram does not take it."""
        return await self.taken(spot, self.speaker.posting.wire.send(spot.chat, make))

    async def taken(self, spot: Spot, sending: Awaitable[T]) -> T | None:
        """What sending gives; None where it is refused. That somebody has left or blocked us is no error."""
        try:
            return await sending
        except TelegramError as error:
            if refusal(error, spot) is None:
                log.error("Telegram refused a message: %s", type(error).__name__)
        except Refused:
            pass
        return None

    async def tell(self, spot: Spot, sentence: str, manner: Manner | None = None) -> None:
        """Says a sentence of the adapter's own."""
        await self.say(spot, Draft().say(sentence).reply(), manner)
