"""The made Discord and the real discord.py: what a person does, what the bot is told, what is then shown."""

import asyncio
import io
from collections.abc import Awaitable
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from tests.fakes.discord_fixture import Reacting, RealClient, button, command, connected, dc, declare, word
from tests.fakes.discord_model import Permission
from tests.fakes.discord_server import DiscordServer

__all__ = ["dc"]


async def test_a_slash_command_with_everything(dc: DiscordServer) -> None:
    ann = dc.user("Ann", locale="de")
    guild = dc.guild("Study", owner=ann)
    guild.add_bot()
    channel = guild.channel("general")
    client = RealClient()

    @client.tree.command(description="Explain a topic")
    async def explain(
        asked: discord.Interaction[Any],
        topic: str,
        count: app_commands.Range[int, 1, 20] = 5,
        who: discord.User | None = None,
    ) -> None:
        embed = discord.Embed(title=topic, description=f"{count} {asked.locale} {who}")
        await asked.response.send_message("Here:", embed=embed, view=button("Next", "/page 2"), ephemeral=True)
        await asked.followup.send("More", file=discord.File(io.BytesIO(b"<svg/>"), "map.svg"))

    @explain.autocomplete("topic")
    async def topics(asked: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}ding", value=typed)]

    async with connected(dc, client):
        assert ann.offered(channel) == ["explain"]
        assert await ann.autocomplete(channel, "explain", topic="shar") == [("sharding", "shar")]
        asked = await ann.slash(channel, "explain", topic="caching", count=7, who=ann)
        assert (asked.text, asked.private) == ("Here:\ncaching\n7 de ann", True)
        assert asked.message.buttons == ["Next"]
        more = await asked.next_follow_up()
        assert (more.text, more.private, more.files[0].name, more.files[0].content) == (
            "More",
            False,
            "map.svg",
            b"<svg/>",
        )
        assert (channel.messages, channel.seen_by(ann)) == ([more], [asked.message, more])
        with pytest.raises(AssertionError, match="21 is more than 20"):
            await ann.slash(channel, "explain", topic="caching", count=21)
        with pytest.raises(AssertionError, match="needs topic"):
            await ann.slash(channel, "explain")


async def test_a_deferred_answer_keeps_its_privacy(dc: DiscordServer) -> None:
    ann, bob = dc.user("Ann"), dc.user("Bob")
    guild = dc.guild("Study", owner=ann)
    guild.add_bot()
    guild.join(bob)
    channel = guild.channel("general")

    async def react(happened: discord.Interaction[Any]) -> None:
        await happened.response.defer(ephemeral=True)
        await happened.edit_original_response(content="one")
        await happened.followup.send("two", ephemeral=True)
        await happened.edit_original_response(content="one!", attachments=[discord.File(io.BytesIO(b"x"), "a.txt")])

    async with connected(dc, client := Reacting(react), sync=False):
        await declare(dc, client, command("progress"))
        asked = await bob.slash(channel, "progress", wait=None)
        assert await asked.acknowledged() == 5
        assert (await asked.next_follow_up()).private
        first = await channel.next_edit(bob)
        assert (first.text, first.private, first.versions, first.files[0].name) == ("one!", True, 2, "a.txt")
        assert (channel.seen_by(ann), len(channel.seen_by(bob))) == ([], 2)


async def test_a_press_changes_its_message_or_answers(dc: DiscordServer) -> None:
    ann = dc.user("Ann", installed=True)

    async def react(happened: discord.Interaction[Any]) -> None:
        assert happened.data is not None
        if happened.type is discord.InteractionType.application_command:
            await happened.response.send_message("1 of 3", view=button("Next", "/page 2"))
        elif happened.data.get("custom_id") == "/page 2":
            await happened.response.edit_message(content="2 of 3", view=button("Last", "/page 3"))
        else:
            await happened.response.defer()
            await happened.edit_original_response(content="3 of 3", view=None)

    async with connected(dc, client := Reacting(react), sync=False):
        await declare(dc, client, command("page", integration_types=[0, 1], contexts=[0, 1, 2]))
        asked = await ann.slash(ann.dm, "page")
        assert asked.text == "1 of 3"
        pressed = await ann.press("Next", ann.dm)
        assert (pressed.message, pressed.text) == (asked.message, "2 of 3")
        assert (await ann.press("Last", ann.dm)).text == "3 of 3"
        assert (asked.message.buttons, asked.message.versions) == ([], 3)
        again = await ann.press("/page 2", asked.message, forged=True)
        assert again.text == "2 of 3"


async def test_a_menu_and_a_form(dc: DiscordServer) -> None:
    ann, bob = dc.user("Ann"), dc.user("Bob")
    guild = dc.guild("Study", owner=ann)
    guild.add_bot()
    guild.join(bob)
    channel = guild.channel("general")

    class Note(ui.Modal, title="A note"):
        text: ui.TextInput[Any] = ui.TextInput(label="Text", max_length=10, custom_id="text")

    async def react(happened: discord.Interaction[Any]) -> None:
        data: Any = happened.data
        if happened.type is discord.InteractionType.modal_submit:
            inner = data["components"][0]["components"][0]
            await happened.response.edit_message(content=f"noted: {inner['value']}", view=None)
        elif "values" in data:
            await happened.response.send_modal(Note(custom_id=f"/note {data['values'][0]}"))

    async with connected(dc, Reacting(react), sync=False) as _:
        view = ui.View(timeout=None)
        options = [discord.SelectOption(label="Caching", value="caching"), discord.SelectOption(label="DNS")]
        view.add_item(ui.Select(custom_id="/topic", options=options))
        sender = Reacting(react)
        await sender.login(dc.token)
        await (await sender.fetch_channel(channel.id)).send("Which?", view=view)  # type: ignore[union-attr]
        await sender.close()
        chosen = await ann.selects(channel, "Caching")
        assert chosen.modal is not None
        assert (chosen.modal.title, chosen.modal.custom_id) == ("A note", "/note caching")
        assert [(field.label, field.high, field.required) for field in chosen.modal.fields] == [("Text", 10, True)]
        with pytest.raises(AssertionError, match="does not fit"):
            await ann.submits(chosen, text="far too long a note")
        with pytest.raises(AssertionError, match="shown to Ann"):
            await bob.submits(chosen, text="mine")
        sent = await ann.submits(chosen, text="ttl")
        assert (sent.text, sent.message is channel.sent[0]) == ("noted: ttl", True)


class Line(ui.DynamicItem[ui.Button[Any]], template=r"/(?P<line>.+)"):
    """One item for every button, as the adapter has it: the line is in the custom_id."""

    def __init__(self, line: str) -> None:
        super().__init__(ui.Button(label="Next", custom_id=f"/{line}"))
        self.line = line

    @classmethod
    async def from_custom_id(cls, _: Any, item: Any, match: Any) -> "Line":
        return cls(match["line"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(content=f"did {self.line}", view=None)


async def test_a_button_that_outlives_a_restart(dc: DiscordServer) -> None:
    ann = dc.user("Ann")
    guild = dc.guild("Study", owner=ann)
    guild.add_bot()
    channel = guild.channel("general")
    async with connected(dc, before := RealClient(), sync=False):
        await before.get_partial_messageable(channel.id).send("1 of 2", view=button("Next", "/page 2"))
    after = RealClient()
    after.add_dynamic_items(Line)
    async with connected(dc, after, sync=False):
        assert (await ann.press("Next", channel)).text == "did page 2"
        thread = ann.starts_thread(channel, "Questions")
        await dc.until(lambda: after.get_channel(thread.id))


async def test_installed_for_a_user(dc: DiscordServer) -> None:
    ann, bob = dc.user("Ann", installed=True), dc.user("Bob")
    foreign = dc.guild("Elsewhere", owner=bob)
    foreign.join(ann)
    channel, between = foreign.channel("general"), dc.elsewhere(ann, bob)
    seen: list[tuple[bool, bool, int | None]] = []

    async def react(happened: discord.Interaction[Any]) -> None:
        seen.append((happened.is_guild_integration(), happened.is_user_integration(), happened.guild_id))
        await happened.response.send_message(f"{happened.context.guild} {happened.context.private_channel}")
        for number in range(6):
            await happened.followup.send(str(number))

    async with connected(dc, client := Reacting(react), sync=False):
        await declare(
            dc, client, command("ask", integration_types=[0, 1], contexts=[0, 1, 2]), command("group", contexts=[0])
        )
        assert (ann.offered(channel), ann.offered(between), bob.offered(channel)) == (["ask"], ["ask"], [])
        asked = await ann.slash(channel, "ask")
        assert (asked.text, asked.private) == ("True False", False)
        await asked.next_follow_up(5)
        await dc.until(lambda: [refusal.code for refusal in dc.refusals] == [40094])
        foreign.set_role(foreign.everyone, foreign.everyone.permissions & ~Permission.USE_EXTERNAL_APPS)
        assert (await ann.slash(channel, "ask")).private
        assert (await ann.slash(between, "ask")).text == "False True"
        assert seen == [(False, True, foreign.id), (False, True, foreign.id), (False, True, None)]
        with pytest.raises(discord.Forbidden):
            await (await client.fetch_channel(channel.id)).send("No")  # type: ignore[union-attr]


async def test_which_commands_are_offered(dc: DiscordServer) -> None:
    ann, bob = dc.user("Ann"), dc.user("Bob")
    guild = dc.guild("Study", owner=ann)
    guild.add_bot()
    guild.join(bob)
    channel = guild.channel("general")
    async with connected(dc, client := RealClient(), sync=False):
        leads = str(int(Permission.MANAGE_GUILD))
        await declare(
            dc,
            client,
            command("daily", default_member_permissions=int(leads), contexts=[0]),
            command("next"),
            command("owner", default_member_permissions=0, contexts=[0, 1]),
        )
        assert ann.offered(channel) == ["daily", "next", "owner"]
        assert (bob.offered(channel), bob.offered(bob.dm)) == (["next"], ["next", "owner"])
        guild.give(bob, guild.role("Mods", Permission.MANAGE_GUILD))
        assert bob.offered(channel) == ["daily", "next"]
        before = {found["name"]: (found["id"], found["version"]) for found in dc.commands}
        await declare(dc, client, command("next"), command("daily", word("zone")))
        after = {found["name"]: (found["id"], found["version"]) for found in dc.commands}
        assert (after["next"], after["daily"][0]) == (before["next"], before["daily"][0])
        assert (after["daily"][1] != before["daily"][1], dc.syncs) == (True, 2)


async def test_too_late_twice_and_expired(dc: DiscordServer) -> None:
    ann = dc.user("Ann", installed=True)
    codes: list[int] = []
    held: list[discord.Interaction[Any]] = []

    async def attempt(said: Awaitable[Any]) -> None:
        with pytest.raises(discord.HTTPException) as refused:
            await said
        codes.append(refused.value.code)

    async def react(happened: discord.Interaction[Any]) -> None:
        held.append(happened)

    async with connected(dc, client := Reacting(react), sync=False):
        await declare(dc, client, command("ask", integration_types=[1]))
        dc.acknowledge_within = 0.1
        with pytest.raises(AssertionError, match=r"no answer within 0\.1 s"):
            await ann.slash(ann.dm, "ask")
        await attempt(held[0].response.send_message("late"))
        dc.acknowledge_within = 3.0
        asked = await ann.slash(ann.dm, "ask", wait=None)
        await dc.until(lambda: len(held) == 2)
        await attempt(held[1].followup.send("first things first"))
        await held[1].response.send_message("in time")
        held[1].response._response_type = None
        await attempt(held[1].response.send_message("again"))
        asked.at -= 901
        await attempt(held[1].followup.send("after a quarter of an hour"))
        assert codes == [10062, 10015, 40060, 50027]
        assert [message.text for message in ann.dm.messages] == ["in time"]


async def test_answers_that_do_not_fit(dc: DiscordServer) -> None:
    ann = dc.user("Ann", installed=True)
    held: list[discord.Interaction[Any]] = []

    async def react(happened: discord.Interaction[Any]) -> None:
        held.append(happened)

    async def refused(said: Awaitable[Any], problem: str) -> None:
        with pytest.raises(discord.HTTPException):
            await said
        assert problem in dc.violations.pop()

    async with connected(dc, client := Reacting(react), sync=False):
        await declare(dc, client, command("ask", word("topic", autocomplete=True), integration_types=[1]))
        await ann.slash(ann.dm, "ask", wait=None, topic="dns")
        await dc.until(lambda: held)
        await refused(held[0].response.send_message("x" * 2001), "2000 in length")
        await held[0].response.defer(ephemeral=True)
        await refused(held[0].followup.send("seen by all"), "as private as the deferral")
        await held[0].followup.send("seen by one", ephemeral=True)
        typing = asyncio.create_task(ann.autocomplete(ann.dm, "ask", topic="d"))
        await dc.until(lambda: len(held) == 2)
        choices = [app_commands.Choice(name=str(number), value=str(number)) for number in range(26)]
        await refused(held[1].response.autocomplete(choices), "between 0 and 25")
        await held[1].response.autocomplete(choices[:1])
        assert await typing == [("0", "0")]
        assert [message.text for message in ann.dm.seen_by(ann)] == ["seen by one"]
