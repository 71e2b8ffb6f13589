"""Where in Discord something is said: a channel, a thread, a direct message, or where the bot is no member."""

from dataclasses import dataclass
from typing import Any

import discord

from bot.ask import Place

PLATFORM = "discord"


@dataclass(frozen=True, slots=True)
class Spot:
    """`channel`: the id under which messages are sent there. `guild`: the server, where the bot is a member of it.

    `alone`: the place is private, but others could read along, so all that is said must be hidden from them.
    """

    channel: int
    place: Place
    guild: int = 0
    alone: bool = False

    def quiet(self, private: bool) -> bool:
        """Whether an answer must be hidden from others here."""
        return self.alone or (private and not self.place.private)


def of_interaction(interaction: discord.Interaction[Any]) -> Spot:
    """The spot of an interaction. A server or group that only its sender brought the bot to is private."""
    channel = interaction.channel_id or 0
    guild = interaction.guild_id or 0
    if guild and interaction.client.get_guild(guild) is not None:
        return Spot(channel, place(interaction.channel, channel), guild)
    return Spot(channel, Place(PLATFORM), alone=bool(guild) or not interaction.context.dm_channel)


def of_message(message: discord.Message) -> Spot:
    """The spot of a message that was received."""
    if message.guild is None:
        return Spot(message.channel.id, Place(PLATFORM))
    return Spot(message.channel.id, place(message.channel, message.channel.id), message.guild.id)


def place(channel: object, id_: int) -> Place:
    """The place of a server's channel, as the core knows it."""
    if isinstance(channel, discord.Thread):
        return Place(PLATFORM, str(channel.parent_id), str(channel.id))
    return Place(PLATFORM, str(id_))
