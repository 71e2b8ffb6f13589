"""Messages: what people type, in private chats and in groups."""

import asyncio

from telegram import Location, Message

from adapters.telegram.arrive import Ours
from adapters.telegram.busy import busy
from adapters.telegram.desk import Desk
from adapters.telegram.flood import Verdict
from adapters.telegram.forms import Forms
from adapters.telegram.links import Links
from adapters.telegram.manner import Manner
from adapters.telegram.people import Person, sender
from adapters.telegram.private import Private
from adapters.telegram.spot import Spot
from bot.call import Call
from bot.language import _, speaking
from bot.zones import near


class Hear:
    """Answers messages."""

    def __init__(self, desk: Desk, ours: Ours, forms: Forms, links: Links, private: Private) -> None:
        self._desk = desk
        self._ours = ours
        self._forms = forms
        self._links = links
        self._private = private

    async def message(self, message: Message) -> None:
        """One message."""
        who = sender(message)
        line = self._ours.line(message)
        if who is None or line is None or (message.via_bot and message.via_bot.id == self._desk.me.id):
            return
        spot = Spot.here(message.chat, message.message_thread_id if message.is_topic_message else None)
        if (verdict := self._desk.flood.take(who.account.id)) is not Verdict.SERVE:
            await self._too_much(spot, who, verdict)
        elif (filled := await self._forms.take(spot, who, message)) is not None:
            if filled:
                await self.serve(spot, who, filled, message.message_id)
        elif line:
            await self.serve(spot, who, await self._links.line(line, who.account), message.message_id)
        elif spot.private and message.location:
            await self.serve(spot, who, await _there(message.location), message.message_id)
        else:
            await self._wordless(spot, who, message)

    async def serve(self, spot: Spot, who: Person, line: str, message: int) -> None:
        """Answers a line where it was said; in private where the answer is meant for one person."""
        async with busy(self._desk.bot, spot):
            reply = await self._desk.answered(line, who, spot)
            if reply is None:
                return
            to = 0 if spot.private else message
            if reply.private and not spot.private:
                await self._private.say(spot, who, line, reply, to)
            else:
                await self._desk.say(spot, reply, Manner(line, to=to, who=who.account))

    async def _too_much(self, spot: Spot, who: Person, verdict: Verdict) -> None:
        if verdict is Verdict.NOTICE:
            with speaking(who.language):
                await self._desk.tell(spot, too_much())

    async def _wordless(self, spot: Spot, who: Person, message: Message) -> None:
        """A picture, a voice, a sticker; what Telegram itself says about a chat is passed over."""
        if message.effective_attachment is not None and message.pinned_message is None:
            with speaking(who.language):
                await self._desk.tell(spot, _("I can only read words. /help shows what I know."))


def too_much() -> str:
    """The polite notice."""
    return _("That is more than I can follow. Please wait a few seconds, then go on.")


async def _there(location: Location) -> str:
    """The line that sets the zone of a place that was shared."""
    zone = await asyncio.to_thread(near, location.latitude, location.longitude)
    return Call.of("settings", zone=zone).line
