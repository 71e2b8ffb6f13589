"""What the tests of Discord may ask for."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio

from tests.adapters.discord.running import Running, running
from tests.fakes.discord_channel import Channel
from tests.fakes.discord_fixture import dc
from tests.fakes.discord_guild import Guild
from tests.fakes.discord_person import Person
from tests.fakes.discord_server import DiscordServer

__all__ = ["dc"]


@dataclass
class Study:
    """A server with the bot in it, and two people: Olga owns it, Ann is a member."""

    guild: Guild
    channel: Channel
    olga: Person
    ann: Person


@pytest_asyncio.fixture
async def study(dc: DiscordServer) -> Study:
    """The server, before Cairn starts."""
    olga, ann = dc.user("Olga"), dc.user("Ann")
    guild = dc.guild("Study", owner=olga)
    guild.join(ann)
    guild.add_bot()
    return Study(guild, guild.channel("general"), olga, ann)


@pytest_asyncio.fixture
async def cairn(dc: DiscordServer, study: Study, tmp_path: Path) -> AsyncIterator[Running]:
    """A Cairn that serves the made Discord."""
    async with running(dc, tmp_path) as made:
        yield made
