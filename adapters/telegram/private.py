"""A private answer to something said in a group: it goes to the person's private chat, and the group hears one line."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters

from adapters.telegram.desk import Desk
from adapters.telegram.links import Links
from adapters.telegram.manner import Manner
from adapters.telegram.people import Person, addressed
from adapters.telegram.render import in_short
from adapters.telegram.spans import units
from adapters.telegram.spot import Spot
from bot.language import _, speaking
from bot.reply import Buttons, Reply, Text

ALERT = 200
"""Telegram: characters of the alert that answers a press."""


def alert(reply: Reply) -> str:
    """The words of a reply where an alert can carry all that matters of it; else ""."""
    if any(not isinstance(block, Text | Buttons) for block in reply.blocks):
        return ""
    words = in_short(reply)
    asks = words.endswith(("?", ":")) and any(isinstance(block, Buttons) for block in reply.blocks)
    return words if 0 < units(words) <= ALERT and not asks else ""


class Private:
    """Answers people in private who spoke in a group."""

    def __init__(self, desk: Desk, links: Links) -> None:
        self._desk = desk
        self._links = links

    async def say(self, spot: Spot, who: Person, line: str, reply: Reply, to: int = 0) -> None:
        """Says a reply in private, and one line in the group. `to`: the message in the group that asked."""
        told = await self.reach(who, line, reply)
        with speaking(who.language):
            await (self._went(spot, who, to) if told else self._invite(spot, who, line, to))

    async def reach(self, who: Person, line: str, reply: Reply) -> bool:
        """Says a reply in somebody's private chat; False where they never opened it."""
        if not who.user:
            return False
        return await self._desk.say(Spot(who.user, private=True), reply, Manner(line)) is not None

    async def _went(self, spot: Spot, who: Person, to: int) -> None:
        text = _("I answered you in our private chat.")
        await self._line(spot, who, text, _("Open"), f"https://t.me/{self._desk.username}", to)

    async def _invite(self, spot: Spot, who: Person, line: str, to: int) -> None:
        """Whoever writes as a chat has no private one: anybody of it may open the general address."""
        text = _("That answer is for you alone. Open our private chat, and it is there.")
        url = f"https://t.me/{self._desk.username}?start=hello"
        if who.user:
            url = await self._links.lend(line, who.account, self._desk.username)
        await self._line(spot, who, text, _("Open"), url, to)

    async def _line(self, spot: Spot, who: Person, text: str, label: str, url: str, to: int) -> None:
        """The one line, for the person by name where it does not stand under their message."""
        said, entities = (text, []) if to else addressed(who, text)

        async def make() -> Message:
            return await self._desk.bot.send_message(
                spot.chat,
                said,
                entities=entities,
                message_thread_id=spot.thread,
                reply_parameters=ReplyParameters(to, allow_sending_without_reply=True) if to else None,
                reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(label, url=url)]]),
            )

        await self._desk.post(spot, make)
