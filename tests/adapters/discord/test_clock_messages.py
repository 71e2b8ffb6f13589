"""What the clock says on Discord: threads under messages, the one role, timestamps, and which rights lack."""

import asyncio

import pytest

from adapters.discord.markdown import dressed
from bot.ask import Place
from bot.reply import Draft, Reply, Text
from bot.rights import MENTION, POLL, SEND, THREAD
from tests.adapters.discord.conftest import Study
from tests.adapters.discord.running import Running
from tests.fakes.discord_faults import Refuse
from tests.fakes.discord_model import Permission
from tests.fakes.discord_server import DiscordServer

POST = "POST /channels/{channel_id}/messages"
OPEN = "POST /channels/{channel_id}/messages/{message_id}/threads"
PROJECT = Reply((Text("Build a cache"),), thread="A cache of your own")


def place(study: Study, thread: int = 0) -> Place:
    """The server's channel, or a thread of it."""
    return Place("discord", str(study.channel.id), str(thread) if thread else "")


def checked(*checks: str) -> Reply:
    """A reply that asks what may be done here."""
    return Reply((Text("That is all."),), checks=checks)


async def test_a_project_stands_in_the_channel_with_a_thread_under_it(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    sent = await cairn.port.send(place(study), None, PROJECT, key="weekly g1 2026-11-23")
    shown = await study.channel.next()
    assert shown.text == "Build a cache"
    [thread] = study.channel.threads
    assert (thread.id, thread.name) == (shown.id, "A cache of your own")
    assert sent.place == place(study, thread.id)
    again = await cairn.port.send(place(study), None, PROJECT, key="weekly g1 2026-11-23")
    assert again == sent, "tried again, it is said once and the thread is the same"
    assert len(study.channel.threads) == 1
    await cairn.port.send(sent.place, None, Draft().say("A day is left").reply())
    assert (await thread.next()).text == "A day is left"


async def test_a_group_in_a_thread_stays_there(dc: DiscordServer, cairn: Running, study: Study) -> None:
    first = await cairn.port.send(place(study), None, PROJECT)
    assert await cairn.port.send(first.place, None, PROJECT) != first
    assert len(study.channel.threads) == 1
    assert (await study.channel.threads[0].next()).text == "Build a cache"


@pytest.mark.parametrize("trouble", [True, False])
async def test_without_a_thread_it_is_said_plainly(
    dc: DiscordServer, cairn: Running, study: Study, trouble: bool
) -> None:
    if trouble:
        dc.trouble(OPEN, Refuse(404, 10008))
    else:
        study.channel.deny(study.guild.everyone, Permission.CREATE_PUBLIC_THREADS)
    sent = await cairn.port.send(place(study), None, PROJECT)
    assert sent.place == place(study)
    assert (await study.channel.next()).text == "Build a cache"


async def test_everybody_is_never_mentioned(dc: DiscordServer, cairn: Running, study: Study) -> None:
    for mention in (f"<@&{study.guild.id}>", "@everyone", "@here", "<@&1>"):
        await cairn.port.send(place(study), None, Reply((Text("Today"),), mention=mention))
        assert not dc.calls(POST)[-1].body["allowed_mentions"].get("roles")
        assert dc.calls(POST)[-1].body["allowed_mentions"]["parse"] == []
        assert (await study.channel.next()).text == "Today"


async def test_the_chosen_role_is_called_by_the_daily_topic_alone(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    role = study.guild.role("Learners", mentionable=True)
    await asyncio.sleep(0.1)
    await study.olga.slash(study.channel, "group", mention=f"<@&{role.id}>")
    shown = await study.olga.slash(study.channel, "group")
    assert f"mentions <@&{role.id}>" in shown.text
    daily = Reply((Text("Topic of the day"),), mention=f"<@&{role.id}>")
    await cairn.port.send(place(study), None, daily)
    assert dc.calls(POST)[-1].body["allowed_mentions"]["roles"] == [role.id]


async def test_what_lacks_for_the_clock_is_said_right_by_right(dc: DiscordServer, cairn: Running, study: Study) -> None:
    role = study.guild.role("Learners")
    await asyncio.sleep(0.1)
    cairn.scripted["/map"] = checked(SEND, THREAD, POLL)
    assert "every right" in (await study.ann.slash(study.channel, "map")).text
    cairn.scripted["/map"] = checked(SEND, THREAD, POLL, f"{MENTION} <@&{role.id}>")
    study.channel.deny(study.guild.everyone, Permission.CREATE_PUBLIC_THREADS | Permission.SEND_MESSAGES)
    await asyncio.sleep(0.1)
    told = (await study.ann.slash(study.channel, "map")).text
    for right in ("Send Messages: ", "Create Public Threads: ", f"<@&{role.id}> is not called"):
        assert right in told
    study.guild.delete_role(role)
    await asyncio.sleep(0.1)
    assert "no longer there" in (await study.ann.slash(study.channel, "map")).text


async def test_a_preview_is_seen_by_the_administrator_alone(cairn: Running, study: Study) -> None:
    await study.olga.slash(study.channel, "setup", step="defaults")
    shown = await study.olga.slash(study.channel, "group", action="preview")
    assert shown.private
    assert "Topic of the day" in shown.text
    assert "every right" in shown.text


async def test_the_wizard_is_one_message_edited_in_place(cairn: Running, study: Study) -> None:
    first = await study.olga.slash(study.channel, "setup")
    assert "1 of 5" in first.text
    message = study.channel.sent[-1]
    await study.olga.selects(message, "UTC")
    for label in ("Here", "08:00", "Every day", "Mon 18:00"):
        await study.olga.press(label, message)
    assert len(study.channel.sent) == 1
    assert "That is all" in message.text
    assert "<t:" in message.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("next: Mon (2026-11-23T09:00:00+01:00)", "next: Mon (<t:1795420800:F>)"),
        ("(2026-11-23T09:00:00+01:00) `a` **b**", "(<t:1795420800:F>) `a` **b**"),
        ("```\n(2026-11-23T09:00:00+01:00)\n```", "```\n(2026-11-23T09:00:00+01:00)\n```"),
        ("2026-11-23 (today)", "2026-11-23 (today)"),
    ],
)
def test_instants_are_shown_as_discords_own(text: str, shown: str) -> None:
    assert dressed(text) == shown
