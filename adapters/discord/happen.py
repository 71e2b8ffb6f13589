"""What happens to the bot: it comes to a server or is removed, a channel is deleted."""

import discord

from adapters.discord.desk import Desk
from adapters.discord.spot import PLATFORM, Spot
from bot.ask import Place


class Happen:
    """Tells the core by lines of the house."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def joined(self, guild: discord.Guild) -> None:
        """The bot came to a server: it greets in one channel, and is back where it was known."""
        greeted = _greeted(guild)
        for channel in await self._desk.homes.of(guild.id) - {greeted}:
            await self._desk.house("/returned", _spot(guild, channel))
        if greeted:
            await self._desk.homes.note(guild.id, greeted)
            await self._desk.house("/added", _spot(guild, greeted))

    async def left(self, guild: discord.Guild) -> None:
        """The bot was removed from a server, or the server was deleted."""
        for channel in sorted(await self._desk.homes.of(guild.id)):
            await self._desk.house("/removed", _spot(guild, channel))

    async def deleted(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted."""
        if await self._desk.homes.drop(channel.guild.id, channel.id):
            await self._desk.house("/removed", _spot(channel.guild, channel.id))


def _spot(guild: discord.Guild, channel: int) -> Spot:
    return Spot(channel, Place(PLATFORM, str(channel)), guild.id)


def _greeted(guild: discord.Guild) -> int:
    """Where a greeting disturbs least: the channel for Discord's own notices, else the first that we may write in."""
    channels = sorted(guild.text_channels, key=lambda each: (each != guild.system_channel, each.position, each.id))
    for channel in channels:
        may = channel.permissions_for(guild.me)
        if may.view_channel and may.send_messages:
            return channel.id
    return 0
