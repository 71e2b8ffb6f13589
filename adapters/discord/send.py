"""What nobody asked for here: sent by the clock and by what others did, to channels, threads and people."""

import logging
from dataclasses import replace
from hashlib import sha256

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
from adapters.discord.rights import role_of
from adapters.discord.sheets import sheets
from adapters.discord.spot import PLATFORM
from bot.ask import Account, Place
from bot.port import Gone, Later, Sent
from bot.reply import Reply

log = logging.getLogger(__name__)


class Sender:
    """Says replies by themselves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Sent:
        """Says a reply in a place; a slot's message is edited. Raises Gone or Later. `key`: as in Port.send."""
        channel = 0
        try:
            channel = await self._channel(place, account)
            sent = await self._said(place, channel, reply, account if place.private else None, key)
        except TROUBLE as error:
            if place.thread and _no_thread(error):
                return await self.send(Place(PLATFORM, place.chat), account, replace(reply, thread=""), key)
            raise await self._refused(error, place, account, channel) from None
        if reply.thread and not place.private and not place.thread and sent.message:
            sent = await self._threaded(sent, channel, reply.thread)
        if reply.shows and place.chat and (guild := self._guild(int(place.chat))):
            await self._desk.presence.missed(place, guild.id, reply)
        return sent

    async def _channel(self, place: Place, account: Account | None) -> int:
        try:
            if place.private:
                return await self._desk.posting.direct(int(account.id if account else ""))
            return int(place.thread or place.chat)
        except ValueError:
            raise Gone("no such channel") from None

    async def _threaded(self, sent: Sent, channel: int, title: str) -> Sent:
        """Opens a thread under what was sent, where that may be; what follows belongs there."""
        thread = await self._desk.posting.thread(channel, int(sent.message), title)
        return Sent(Place(PLATFORM, sent.place.chat, str(thread)), sent.message) if thread else sent

    async def _said(self, place: Place, channel: int, reply: Reply, whose: Account | None, key: str) -> Sent:
        known = await self._desk.slots.message(channel, reply.slot) if reply.slot else 0
        if reply.edits and not known:
            return Sent(place, "")
        if known and (rest := self._desk.slots.wait(channel, reply.slot)):
            raise Later(rest)
        role = role_of(self._guild(channel) or self._guild(int(place.chat or 0)), reply.mention)
        if role is None:
            reply = replace(reply, mention="")
        first = 0
        for number, sheet in enumerate(sheets(reply)):
            made = await self._desk.maker.made(sheet, reply.slot, whose)
            if known and not first and await self._desk.posting.edit(channel, known, made):
                first = known
                continue
            if reply.edits:
                return Sent(place, str(known))
            for file in made.files:
                file.reset()
            try:
                sent = await self._desk.posting.post(channel, made, role=role, nonce=_nonce(key, number))
            except TROUBLE:
                if not first:
                    raise
                log.warning("the rest of a reply was refused by Discord")
                break
            first, role = first or sent, None
        if reply.slot and first != known:
            await self._desk.slots.note(channel, reply.slot, first, whose)
            self._desk.slots.wait(channel, reply.slot)
        return Sent(place, str(first) if first else "")

    def _guild(self, channel: int) -> discord.Guild | None:
        """The server of a channel, as far as it is known."""
        known = self._desk.posting.client.get_channel(channel)
        return known.guild if isinstance(known, discord.abc.GuildChannel | discord.Thread) else None

    async def _refused(self, error: Trouble, place: Place, account: Account | None, channel: int) -> Exception:
        """What the error means for whoever wanted to say something."""
        refused = refusal(error)
        if refused is None:
            log.error("Discord refused a message: %s %s", type(error).__name__, code(error) or "")
            refused = Gone("Discord does not take this message")
        if isinstance(refused, Gone):
            whose = account if place.private else None
            await self._desk.homes.lose(int(whose.id) if whose else channel, whose)
            if code(error) in (MISSING_PERMISSION, MISSING_ACCESS) and not place.private:
                try:
                    await permissions.tell(self._desk, channel)
                except TROUBLE:
                    log.info("a server's owner cannot be told what is missing")
        return refused


def _nonce(key: str, number: int) -> int:
    """The same for the same message of what has this key; 0 where it has none."""
    return int.from_bytes(sha256(f"{key} {number}".encode()).digest()[:7]) if key else 0


def _no_thread(error: Exception) -> bool:
    """Whether a thread is there no longer, or closed to us, so that its channel must do."""
    return code(error) in (UNKNOWN_CHANNEL, MISSING_PERMISSION, MISSING_ACCESS, ARCHIVED)
