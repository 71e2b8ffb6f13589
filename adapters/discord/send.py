"""What nobody asked for here: sent by the clock and by what others did, to channels, threads and people."""

import logging
import re

import discord

from adapters.discord import permissions
from adapters.discord.desk import Desk
from adapters.discord.refusals import (
    ARCHIVED,
    MISSING_ACCESS,
    MISSING_PERMISSION,
    TROUBLE,
    UNKNOWN_CHANNEL,
    Trouble,
    code,
    refusal,
)
from adapters.discord.sheets import sheets
from adapters.discord.spot import PLATFORM
from bot.ask import Account, Place
from bot.port import Gone, Later, Sent
from bot.reply import Reply

log = logging.getLogger(__name__)

_ROLE = re.compile(r"<@&(\d{1,20})>\Z")


class Sender:
    """Says replies by themselves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def send(self, place: Place, account: Account | None, reply: Reply) -> Sent:
        """Says a reply in a place; a slot's message is edited. Raises Gone or Later."""
        channel = 0
        try:
            channel = await self._channel(place, account)
            if reply.thread and not place.private and not place.thread:
                place, channel = await self._threaded(place, channel, reply.thread)
            return await self._said(place, channel, reply)
        except TROUBLE as error:
            if place.thread and _no_thread(error):
                return await self.send(Place(PLATFORM, place.chat), account, reply)
            raise await self._refused(error, place, account, channel) from None

    async def _channel(self, place: Place, account: Account | None) -> int:
        try:
            if place.private:
                return await self._desk.posting.direct(int(account.id if account else ""))
            return int(place.thread or place.chat)
        except ValueError:
            raise Gone("no such channel") from None

    async def _threaded(self, place: Place, channel: int, title: str) -> tuple[Place, int]:
        """A new thread, or the channel itself."""
        thread = await self._desk.posting.thread(channel, title)
        return (Place(PLATFORM, place.chat, str(thread)), thread) if thread else (place, channel)

    async def _said(self, place: Place, channel: int, reply: Reply) -> Sent:
        known = await self._desk.slots.message(channel, reply.slot) if reply.slot else 0
        if known and (rest := self._desk.slots.wait(channel, reply.slot)):
            raise Later(rest)
        role = self._role(channel, reply.mention)
        first = 0
        for sheet in sheets(reply):
            made = await self._desk.maker.made(sheet, reply.slot)
            if known and not first and await self._desk.posting.edit(channel, known, made):
                first = known
                continue
            for file in made.files:
                file.reset()
            try:
                sent = await self._desk.posting.post(channel, made, role=role)
            except TROUBLE:
                if not first:
                    raise
                log.warning("the rest of a reply was refused by Discord")
                break
            first, role = first or sent, None
        if reply.slot and first != known:
            await self._desk.slots.note(channel, reply.slot, first)
            self._desk.slots.wait(channel, reply.slot)
        return Sent(place, str(first) if first else "")

    def _role(self, channel: int, mention: str) -> discord.Role | None:
        """The role that may be mentioned, if the group has it still."""
        found = _ROLE.match(mention.strip())
        known = self._desk.posting.client.get_channel(channel)
        if not found or not isinstance(known, discord.abc.GuildChannel | discord.Thread):
            return None
        return known.guild.get_role(int(found[1]))

    async def _refused(self, error: Trouble, place: Place, account: Account | None, channel: int) -> Exception:
        """What the error means for whoever wanted to say something."""
        refused = refusal(error)
        if refused is None:
            log.error("Discord refused a message: %s %s", type(error).__name__, code(error) or "")
            refused = Gone("Discord does not take this message")
        if isinstance(refused, Gone):
            await self._desk.homes.lose(int(account.id) if place.private and account else channel)
            if code(error) in (MISSING_PERMISSION, MISSING_ACCESS) and not place.private:
                try:
                    await permissions.tell(self._desk, channel)
                except TROUBLE:
                    log.info("a server's owner cannot be told what is missing")
        return refused


def _no_thread(error: Exception) -> bool:
    """Whether a thread is there no longer, or closed to us, so that its channel must do."""
    return code(error) in (UNKNOWN_CHANNEL, MISSING_PERMISSION, MISSING_ACCESS, ARCHIVED)
