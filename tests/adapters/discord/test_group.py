"""Servers, threads and what is said by itself: coming and going, permissions, refusals, slots, mentions."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.discord import slots
from bot.ask import Account, Place, Role
from bot.port import Gone, Later
from bot.reply import Button, Draft, File, Picture, Reply, Text
from scheduler.deliver import Delivery
from tests.adapters.discord.conftest import Study
from tests.adapters.discord.running import Running, running
from tests.fakes.discord_faults import Cut, Refuse
from tests.fakes.discord_model import Permission
from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_session import Intent
from tests.fakes.discord_thread import Thread

POST = "POST /channels/{channel_id}/messages"
HELLO = Draft().say("Good morning").reply()


def place(study: Study, thread: int = 0) -> Place:
    """The server's channel, or a thread of it."""
    return Place("discord", str(study.channel.id), str(thread) if thread else "")


async def test_it_greets_where_it_is_added_and_stops_where_it_is_removed(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    other = dc.guild("Other", owner=study.olga)
    lobby = other.channel("lobby")
    cairn.scripted["/added"] = Draft().say("Hello all").reply()
    await asyncio.sleep(2.2)  # until then the library takes every server for one that it has been in before
    other.add_bot()
    joined = {key: value for key, value in other.as_json().items() if key != "unavailable"}  # as Discord tells it
    dc.gateway.emit("GUILD_CREATE", joined, Intent.GUILDS, other)
    assert "Hello all" in (await lobby.next()).text
    assert cairn.asks[-1].role is Role.HOUSE
    assert cairn.asks[-1].place == Place("discord", str(lobby.id))
    other.remove_bot()
    await dc.until(lambda: cairn.lines[-1] == "/removed" or None)
    assert cairn.asks[-1].place == Place("discord", str(lobby.id))


async def test_a_deleted_channel_is_told(dc: DiscordServer, cairn: Running, study: Study) -> None:
    await study.ann.slash(study.channel, "map")
    unknown = study.guild.channel("quiet")
    unknown.delete()
    study.channel.delete()
    await dc.until(lambda: cairn.lines[-1] == "/removed" or None)
    assert cairn.lines.count("/removed") == 1
    with pytest.raises(Gone):
        await cairn.port.send(place(study), None, HELLO)


async def test_whoever_may_manage_the_server_is_its_admin(dc: DiscordServer, cairn: Running, study: Study) -> None:
    leaders = study.guild.role("Leaders", Permission.MANAGE_GUILD)
    ben = dc.user("Ben")
    study.guild.join(ben)
    study.guild.give(ben, leaders)
    for person in (study.ann, study.olga, ben):
        await person.slash(study.channel, "map")
        await person.says(study.channel, "@bot /map")
    await dc.until(lambda: len(cairn.asks) == 6 or None)
    roles = {(ask.account.name, ask.role) for ask in cairn.asks}
    assert roles == {("Ann", Role.MEMBER), ("Olga", Role.ADMIN), ("Ben", Role.ADMIN)}


async def test_a_thread_is_a_place_of_its_channel(dc: DiscordServer, cairn: Running, study: Study) -> None:
    sent = await cairn.port.send(place(study), None, Reply((Text("Today"),), thread="Caching today"))
    thread = study.channel.threads[0]
    assert isinstance(thread, Thread)
    assert thread.name == "Caching today"
    assert sent.place == place(study, thread.id)
    await study.ann.slash(thread, "map")
    assert cairn.asks[-1].place == sent.place
    thread.set(archived=True)
    await cairn.port.send(sent.place, None, HELLO)
    thread.set(archived=True, locked=True)
    assert (await cairn.port.send(sent.place, None, HELLO)).place == place(study)
    thread.delete()
    moved = await cairn.port.send(sent.place, None, HELLO)
    assert moved.place == place(study)


async def test_a_person_is_written_to_and_blocked_is_gone_until_they_come_back(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    ann = Account("discord", str(study.ann.id))
    await cairn.port.send(Place("discord"), ann, HELLO)
    assert (await study.ann.dm.next()).text == "Good morning"
    study.ann.closed = True
    with pytest.raises(Gone):
        await cairn.port.send(Place("discord"), ann, HELLO)
    study.ann.closed = False
    await study.ann.slash(study.ann.dm, "map")
    assert cairn.lines[-2:] == ["/back", "/map"]
    assert cairn.asks[-2].account.id == str(study.ann.id)
    await study.ann.slash(study.ann.dm, "map")
    assert cairn.lines.count("/back") == 1


async def test_a_missing_permission_is_told_once_in_words(dc: DiscordServer, cairn: Running, study: Study) -> None:
    study.channel.deny(study.guild.everyone, Permission.SEND_MESSAGES)
    await asyncio.sleep(0.1)
    for _ in range(2):
        with pytest.raises(Gone):
            await cairn.port.send(place(study), None, HELLO)
    told = (await study.olga.dm.next()).text
    assert "general" in told
    assert "Study" in told
    assert "Send Messages" in told
    await study.olga.dm.silent()
    study.channel.allow(study.guild.everyone, Permission.SEND_MESSAGES)
    await asyncio.sleep(0.1)
    await study.ann.slash(study.channel, "map")
    assert cairn.lines[-2:] == ["/returned", "/map"]


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        (Refuse(404, 10003), Gone),
        (Refuse(403, 50001), Gone),
        (Refuse(429, retry_after=45.0), Later),
        (Cut(), Later),
    ],
)
async def test_refusals(
    dc: DiscordServer, cairn: Running, study: Study, fault: Refuse | Cut, refusal: type[Exception]
) -> None:
    dc.trouble(POST, fault, None)
    with pytest.raises(refusal) as told:
        await cairn.port.send(place(study), None, HELLO)
    if isinstance(fault, Refuse) and fault.status == 429:
        assert isinstance(told.value, Later)
        assert told.value.seconds == pytest.approx(45, abs=1)


async def test_a_short_slowdown_is_waited_out_and_nothing_is_said_twice(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    dc.trouble(POST, Refuse(429, retry_after=0.2))
    dc.trouble(POST, Refuse(502))
    await cairn.port.send(place(study), None, HELLO)
    await study.channel.next()
    await study.channel.silent()


async def test_before_it_is_connected_everything_is_later(dc: DiscordServer, study: Study, tmp_path: Path) -> None:
    async with running(dc, tmp_path, start=False) as cairn:
        with pytest.raises(Later):
            await cairn.port.send(place(study), None, HELLO)


async def test_a_slots_message_is_edited_at_most_once_in_two_seconds(
    dc: DiscordServer, cairn: Running, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def count(number: int) -> Reply:
        return Draft().say(f"{number} answers").reply(slot="round")

    first = await cairn.port.send(place(study), None, count(0))
    shown = await study.channel.next()
    with pytest.raises(Later) as told:
        await cairn.port.send(place(study), None, count(1))
    assert told.value.seconds <= 2
    monkeypatch.setattr(slots, "PAUSE", 0.0)
    assert await cairn.port.send(place(study), None, count(2)) == first
    assert shown.text == "2 answers"
    await study.olga.deletes(shown)
    again = await cairn.port.send(place(study), None, count(3))
    assert again.message != first.message


async def test_nobody_is_mentioned_but_the_role_that_the_group_chose(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    role = study.guild.role("Learners", mentionable=True)
    await asyncio.sleep(0.1)
    await cairn.port.send(place(study), None, Reply((Text("@everyone Today"),), mention=f"<@&{role.id}>"))
    assert dc.calls(POST)[-1].body["allowed_mentions"]["roles"] == [role.id]
    assert dc.calls(POST)[-1].body["allowed_mentions"]["parse"] == []
    study.guild.delete_role(role)
    await asyncio.sleep(0.1)
    await cairn.port.send(place(study), None, Reply((Text("Today"),), mention=f"<@&{role.id}>"))
    assert not dc.calls(POST)[-1].body["allowed_mentions"].get("roles")


async def test_pictures_and_files_are_sent_by_themselves_and_long_texts_in_several_messages(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
    reply = Reply((Picture("board", svg, "Ann leads"), File("board.csv", b"a,b", "The numbers"), Text("word " * 1500)))
    await cairn.port.send(place(study), None, reply)
    first, second = await study.channel.next(), await study.channel.next()
    assert len(first.files) + len(second.files) == 2
    assert len(first.text) <= 4000
    assert "word" in second.text


async def test_a_broken_picture_is_told_in_words(dc: DiscordServer, cairn: Running, study: Study) -> None:
    cairn.scripted["/map"] = Reply((Picture("map", "no picture", "A map in **words**"),))
    assert "A map in **words**" in (await study.ann.slash(study.channel, "map")).text


async def test_a_round_counts_live_and_takes_the_buttons_of_a_closed_question_away(
    dc: DiscordServer, cairn: Running, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "PAUSE", 0.0)
    delivery = Delivery(cairn.engine.database, cairn.engine.fresh, {"discord": cairn.port})
    shown = (await study.ann.slash(study.channel, "quiz", topic="sharding-strategies", count=2)).message
    await study.channel.next()
    assert "question 1 of 2" in shown.text
    told = await study.olga.press(shown.buttons[0], shown)
    assert told.private
    await delivery.all(datetime.now(UTC) + timedelta(seconds=3))
    assert "1 has answered." in shown.text
    assert len(shown.buttons) > 2
    option = shown.buttons[0]
    await study.ann.press(option, shown)
    await delivery.all(datetime.now(UTC) + timedelta(seconds=3))
    following = await study.channel.next()
    assert "Question 1 is closed" in following.text
    assert "question 2 of 2" in following.text
    assert "This question is closed" in shown.text
    assert shown.buttons == []


async def test_a_round_begun_from_a_hidden_message_is_for_everybody(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    nothing = Draft().say("Nothing is due").offer([Button("A quiz", "/quiz sharding 2")]).reply()
    cairn.scripted["/review"] = replace(nothing, private=True)
    hidden = await study.ann.slash(study.channel, "review")
    assert hidden.private
    shown = await study.ann.press("A quiz", hidden.message)
    assert not shown.private
    assert "question 1 of 2" in shown.text
