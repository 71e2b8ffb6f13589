"""The made Discord's connections and the real discord.py: sessions, resumes, shards, outages, faults, rate limits."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
import pytest_asyncio

from tests.fakes.discord_channel import Channel
from tests.fakes.discord_faults import Cut, Garbage, Limit, Refuse, Stall
from tests.fakes.discord_fixture import INTENTS, RealClient, connected, dc, pointed
from tests.fakes.discord_server import DiscordServer

__all__ = ["dc"]
SEND = "POST /channels/{channel_id}/messages"


class Echo(RealClient):
    """A bot that repeats what mentions it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(commands=False, **options)

    async def on_message(self, message: discord.Message) -> None:
        if not message.author.bot:
            await message.channel.send(message.content.partition(" ")[2])


@pytest_asyncio.fixture
async def channel(dc: DiscordServer) -> AsyncIterator[Channel]:
    """A channel of a server with the bot."""
    guild = dc.guild("Study", owner=dc.user("Ann"))
    guild.add_bot()
    yield guild.channel("general")


async def echoes(dc: DiscordServer, channel: Channel, words: str, within: float = 5.0) -> None:
    assert channel.guild is not None
    await channel.guild.owner.says(channel, f"@bot {words}")
    assert (await channel.next(within=within)).text == words


@pytest.mark.parametrize("how", ["dropped", "closed", "asked to reconnect", "invalid but resumable"])
async def test_a_session_is_resumed_with_what_was_missed(dc: DiscordServer, channel: Channel, how: str) -> None:
    assert channel.guild is not None
    async with connected(dc, Echo(), sync=False):
        await echoes(dc, channel, "one")
        if how == "dropped":
            await dc.gateway.drop()
        elif how == "closed":
            await dc.gateway.drop(4000)
        elif how == "asked to reconnect":
            dc.gateway.reconnect()
        else:
            dc.gateway.invalidate(resumable=True)
        await channel.guild.owner.says(channel, "@bot while it was away")
        assert (await channel.next()).text == "while it was away"
        await echoes(dc, channel, "two")
        assert (dc.gateway.identified, dc.gateway.resumed) == (1, 1)


async def test_an_invalid_session_is_identified_anew(dc: DiscordServer, channel: Channel) -> None:
    async with connected(dc, Echo(), sync=False):
        dc.gateway.invalidate()
        await dc.until(lambda: dc.gateway.identified == 2)
        await echoes(dc, channel, "one")
        dc.gateway.forget()
        await dc.gateway.drop(4000)
        await dc.until(lambda: dc.gateway.identified == 3)
        await echoes(dc, channel, "two")
        assert dc.gateway.resumed == 0


async def test_the_gateway_is_down_for_a_while(dc: DiscordServer, channel: Channel) -> None:
    async with connected(dc, Echo(), sync=False):
        dc.gateway.down = True
        await dc.gateway.drop()
        await asyncio.sleep(0.1)
        dc.gateway.down = False
        await dc.gateway.ready(within=10)
        await echoes(dc, channel, "one")


async def test_a_disallowed_intent_and_a_wrong_token(dc: DiscordServer) -> None:
    client = Echo(intents=INTENTS | discord.Intents(message_content=True))
    with pointed(dc):
        await client.login(dc.token)
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.connect()
        await client.close()
        client = Echo(shard_count=1)
        await client.login(dc.token)
        dc.token = "another"
        with pytest.raises(discord.ConnectionClosed) as closed:
            await client.connect()
        assert closed.value.code == 4004
        await client.close()


async def test_granted_intents_bring_all_content() -> None:
    content = discord.Intents(message_content=True)
    async with DiscordServer(privileged=content.value) as dc:
        guild = dc.guild("Study")
        guild.add_bot()
        channel = guild.channel("general")
        async with connected(dc, Echo(intents=INTENTS | content), sync=False):
            await guild.owner.says(channel, "the whole text")
            assert (await channel.next()).text == "whole text"
        assert dc.violations == []


async def test_shards(dc: DiscordServer) -> None:
    dc.shards = 2
    channels = []
    for shard in (0, 1):
        guild = dc.guild(f"Server {shard}", number=(1000 + shard) << 22)
        guild.add_bot()
        channels.append(guild.channel("general"))
    async with connected(dc, client := Echo(), sync=False):
        assert sorted(client.shards) == [0, 1]
        for channel in channels:
            await echoes(dc, channel, "one")
    async with connected(dc, client := Echo(shard_count=2, shard_ids=[1]), sync=False):
        assert [guild.name for guild in client.guilds] == ["Server 1"]
        await echoes(dc, channels[1], "two")
        assert channels[0].guild is not None
        await channels[0].guild.owner.says(channels[0], "@bot three")
        await channels[0].silent()


async def test_heartbeats_without_an_answer_end_the_connection(dc: DiscordServer, channel: Channel) -> None:
    dc.gateway.heartbeat_interval = 100
    async with connected(dc, Echo(heartbeat_timeout=0.4), sync=False):
        await dc.until(lambda: dc.gateway.beats >= 3)
        dc.gateway.acking = False
        await dc.until(lambda: dc.gateway.resumed, within=10)
        dc.gateway.acking = True
        await echoes(dc, channel, "one")


async def test_no_network_for_a_while(dc: DiscordServer, channel: Channel) -> None:
    async with connected(dc, client := Echo(), sync=False):
        await dc.offline()
        with pytest.raises((discord.HTTPException, OSError)):
            await client.fetch_channel(channel.id)
        await dc.online()
        await dc.gateway.ready()
        await echoes(dc, channel, "one")


async def test_buckets_are_kept_by_the_library(channel: Channel, dc: DiscordServer) -> None:
    dc.limits.by_route[SEND] = Limit(2, 0.3)
    async with connected(dc, client := Echo(), sync=False):
        place = client.get_partial_messageable(channel.id)
        start = time.monotonic()
        await asyncio.gather(*(place.send(str(number)) for number in range(5)))
        assert 0.5 < time.monotonic() - start < 3
        assert (len(channel.messages), dc.hurried) == (5, [])


@pytest.mark.parametrize("everywhere", [False, True])
async def test_too_many_requests(channel: Channel, dc: DiscordServer, everywhere: bool) -> None:
    async with connected(dc, client := Echo(), sync=False):
        dc.trouble(SEND, Refuse(429, retry_after=0.2, everywhere=everywhere))
        place = client.get_partial_messageable(channel.id)
        start = time.monotonic()
        await place.send("one")
        assert time.monotonic() - start > 0.2
        assert (len(dc.calls(SEND)), dc.hurried) == (2, [])


async def test_what_goes_wrong_on_demand(channel: Channel, dc: DiscordServer) -> None:
    async with connected(dc, client := Echo(), sync=False):
        place = client.get_partial_messageable(channel.id)
        dc.trouble(SEND, Cut())
        with pytest.raises(Exception, match="disconnected"):
            await place.send("lost")
        dc.trouble(SEND, Cut(after=True))
        with pytest.raises(Exception, match="disconnected"):
            await place.send("arrived")
        dc.trouble("*", Garbage(status=403))
        with pytest.raises(discord.Forbidden):
            await place.send("blocked on the way")
        dc.trouble(SEND, Refuse(503, message="Service Unavailable"), skip=1)
        await place.send("first")
        with pytest.raises(discord.DiscordServerError):
            await place.send("refused")
        dc.trouble(SEND, Stall(0.1), times=None)
        start = time.monotonic()
        await place.send("second")
        dc.calm()
        assert time.monotonic() - start > 0.1
        dc.trouble(SEND, Refuse(500))
        await place.send("third")
        assert [message.text for message in channel.messages] == ["arrived", "first", "second", "third"]
