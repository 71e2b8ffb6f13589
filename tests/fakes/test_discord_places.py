"""The made Discord's places and the real discord.py: direct messages, channels, threads, who sees and hears what."""

import io
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
from discord import ui

from tests.fakes.discord_fixture import RealClient, connected, dc
from tests.fakes.discord_model import NOTHING, Permission
from tests.fakes.discord_server import DiscordServer

__all__ = ["dc"]


async def test_direct_messages(dc: DiscordServer) -> None:
    ann = dc.user("Ann")
    guild = dc.guild("Study", owner=ann)
    guild.add_bot()
    client = RealClient()

    @client.event
    async def on_message(message: discord.Message) -> None:
        if not message.author.bot:
            await message.reply(f"You said {message.content}", nonce="7")

    async with connected(dc, client):
        said = await ann.says(ann.dm, "hello")
        answer = await ann.dm.next()
        assert (answer.text, answer.reply_to, answer.nonce) == ("You said hello", said, "7")
        user = await client.fetch_user(ann.id)
        await user.send("Good morning")
        assert (await ann.dm.next()).text == "Good morning"
        async with user.typing():
            assert ann.dm.typed == 1
        ann.closed = True
        with pytest.raises(discord.Forbidden) as refused:
            await user.send("Good morning")
        assert refused.value.code == 50007
        ann.closed = False
        guild.quit(ann)
        with pytest.raises(discord.Forbidden):
            await user.send("Good morning")


async def test_what_the_bot_may_read_in_a_channel(dc: DiscordServer) -> None:
    ann = dc.user("Ann")
    guild = dc.guild("Study", owner=ann)
    guild.add_bot()
    channel, hidden = guild.channel("general"), guild.channel("staff")
    hidden.deny(guild.everyone, Permission.VIEW_CHANNEL)
    client = RealClient()
    heard: list[str] = []

    @client.event
    async def on_message(message: discord.Message) -> None:
        heard.append(message.content)
        if message.author.id == ann.id and "done?" in message.content:
            await message.channel.send("Done.", allowed_mentions=discord.AllowedMentions.all())

    async with connected(dc, client):
        await ann.says(channel, "a secret")
        await ann.says(hidden, "@bot a greater secret")
        await ann.says(channel, "@bot done?")
        answer = await channel.next()
        await dc.until(lambda: len(heard) == 3)
        assert heard == ["", f"{dc.bot.mention} done?", "Done."]
        await ann.says(channel, "I see", reply_to=answer)
        await dc.until(lambda: heard[-1] == "I see")
        await ann.edits(answer, "Done!")
        await ann.deletes(answer)
        assert channel.sent == []


async def test_threads(dc: DiscordServer) -> None:
    ann = dc.user("Ann")
    guild = dc.guild("Study", owner=ann)
    guild.add_bot()
    channel = guild.channel("general")
    client = RealClient()
    async with connected(dc, client):
        place = client.get_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        message = await place.send("Caching, today's topic")
        thread = await message.create_thread(name="Caching")
        await thread.send("Ask here")
        (made,) = channel.threads
        assert (made.id, made.name, (await made.next()).text) == (message.id, "Caching", "Ask here")
        with pytest.raises(discord.HTTPException) as refused:
            await message.create_thread(name="Caching")
        assert refused.value.code == 160004
        other = await place.create_thread(name="Week 3", type=discord.ChannelType.public_thread)
        made_too = dc.channels[other.id]
        made_too.set(archived=True)  # type: ignore[attr-defined]
        await other.edit(archived=False)
        made_too.set(archived=True)  # type: ignore[attr-defined]
        last = await other.send("Opened by writing")
        assert not made_too.archived  # type: ignore[attr-defined]
        made_too.set(archived=True, locked=True)  # type: ignore[attr-defined]
        for refused_call in (other.send("No"), last.edit(content="No"), other.edit(archived=False)):
            with pytest.raises(discord.HTTPException) as refused:
                await refused_call
            assert refused.value.code in (50083, 50013)
        made_too.delete()
        with pytest.raises(discord.NotFound):
            await other.send("No")


async def test_components_v2(dc: DiscordServer) -> None:
    ann = dc.user("Ann", installed=True)

    class Page(ui.LayoutView):
        row: ui.ActionRow[Any] = ui.ActionRow()

        def __init__(self) -> None:
            super().__init__(timeout=None)
            shown = ui.Button[Any](label="Read", custom_id="/read")
            self.add_item(ui.Container(ui.Section("**Caching**", accessory=shown), ui.File("attachment://map.svg")))
            self.row.add_item(ui.Button(label="Site", url="https://example.org"))

    async with connected(dc, client := RealClient()):
        user = await client.fetch_user(ann.id)
        sent = await user.send(view=Page(), file=discord.File(io.BytesIO(b"<svg/>"), "map.svg"))
        message = await ann.dm.next()
        assert (message.text, message.buttons, message.modern) == ("**Caching**", ["Site", "Read"], True)
        assert message.button("Site") is not None
        await sent.edit(view=ui.LayoutView().add_item(ui.TextDisplay("gone")), attachments=[])
        assert ((await ann.dm.next_edit()).text, message.files) == ("gone", [])


async def test_who_is_notified(dc: DiscordServer) -> None:
    ann = dc.user("Ann")
    guild = dc.guild("Study", owner=ann)
    guild.add_bot()
    channel = guild.channel("general")
    role = guild.role("Learners")
    words = f"{ann.mention} {role.mention} @everyone"
    async with connected(dc, client := RealClient()):
        place = client.get_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        chosen = discord.AllowedMentions(roles=[discord.Object(role.id)], everyone=False, users=False)
        await place.send(words)
        await place.send(words, allowed_mentions=chosen)
        role.mentionable = True
        await place.send(words, allowed_mentions=chosen)
        await place.send(words, allowed_mentions=discord.AllowedMentions.all())
        pings = [(await channel.next()).pings for _ in range(4)]
        assert pings == [[], [], [role.mention], [ann.mention, role.mention]]


async def test_what_is_gone(dc: DiscordServer) -> None:
    ann = dc.user("Ann")
    guild = dc.guild("Study", owner=ann)
    guild.add_bot()
    channel, other = guild.channel("general"), guild.channel("other")
    role = guild.role("Learners")
    async with connected(dc, client := RealClient()):
        places = [client.get_channel(found.id) for found in (channel, other)]
        told: list[str] = []
        for event in ("guild_channel_delete", "guild_role_delete", "guild_remove", "guild_channel_update"):
            setattr(client, f"on_{event}", _noting(told, event))
        other.deny(guild.everyone, Permission.SEND_MESSAGES)
        with pytest.raises(discord.Forbidden) as refused:
            await places[1].send("No")  # type: ignore[union-attr]
        assert refused.value.code == 50013
        channel.delete()
        guild.delete_role(role)
        guild.remove_bot()
        await dc.until(lambda: len(told) == 4)
        assert told == ["guild_channel_update", "guild_channel_delete", "guild_role_delete", "guild_remove"]
        with pytest.raises(discord.NotFound) as missing:
            await places[0].send("No")  # type: ignore[union-attr]
        with pytest.raises(discord.Forbidden) as outside:
            await places[1].send("No")  # type: ignore[union-attr]
        assert (missing.value.code, outside.value.code) == (10003, 50001)
        assert guild.permissions(dc.bot) == NOTHING


def _noting(told: list[str], event: str) -> Callable[..., Awaitable[None]]:
    async def note(*_: object) -> None:
        told.append(event)

    return note
