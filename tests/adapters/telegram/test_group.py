"""Groups: what Cairn hears there, private answers, topics, who somebody is, and what happens to a group."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.ask import Account, Place, Role
from bot.port import Gone, Moved
from bot.reply import Button, Draft, Option, Quiz, Reply, Text
from tests.adapters.telegram.running import Running
from tests.fakes.telegram_faults import Refuse
from tests.fakes.telegram_group import Group
from tests.fakes.telegram_model import Channel, User
from tests.fakes.telegram_server import TelegramServer

SECRET = Reply((Text("Only for you"),), private=True)
LONG = Reply((Text("Only for you. " * 30),), private=True)


async def a_group(tg: TelegramServer, **options: Any) -> Group:
    """A group that Cairn is in, with Ann as its owner."""
    group = tg.group("Backend", owner=tg.user("Ann"), **options)
    await group.add_bot()
    await heard(tg)
    return group


async def heard(tg: TelegramServer) -> None:
    """Waits until everything was taken in."""
    await tg.until(lambda: not tg.updates.pending)


async def test_what_is_heard_in_a_group(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg)
    bob = tg.user("Bob")
    for text, line in [
        ("/next", "/next"),
        ("/next@made_bot 20", "/next 20"),
        ("/NEXT@MADE_BOT", "/NEXT"),
        ("@made_bot what is a cdn?", "what is a cdn?"),
        ("hey @made_bot, caching", "hey caching"),
        ("@made_bot", "/help"),
        ("@made_bot /next 5", "/next 5"),
    ]:
        cairn.scripted[line] = Draft().say("Yes").reply()
        await group.says(bob, text)
        answer = await group.next()
        assert answer.reply_to
        assert answer.reply_to.text == text
        assert cairn.lines[-1] == line
    said = await group.says(bob, "and why?", reply_to=group.sent[-1])
    cairn.scripted["and why?"] = None
    await heard(tg)
    assert said.delivered
    await asyncio.sleep(0.1)
    assert cairn.lines[-1] == "and why?"


async def test_what_is_not_ours_in_a_group(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg)
    bob, other = tg.user("Bob"), tg.user("Other", username="other_bot", bot=True)
    before = list(cairn.lines)
    await group.says(bob, "/next@other_bot")
    await group.says(bob, "/weather")
    await group.says(bob, "hello all", reach=True)
    await group.says(other, "/next", reach=True)
    await group.says(tg.channel("News"), "/next", forwarded=True, reach=True)
    await heard(tg)
    await group.silent()
    assert cairn.lines == before


async def test_roles(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg)
    bob, eve = tg.user("Bob"), tg.user("Eve")
    group.join(eve, "administrator")
    news = tg.channel("News")
    cairn.scripted["/next"] = Draft().say("Yes").reply()
    cases: list[tuple[User | Channel, bool, Role, str]] = [
        (group.owner, False, Role.ADMIN, "Ann"),
        (eve, False, Role.ADMIN, "Eve"),
        (bob, False, Role.MEMBER, "Bob"),
        (eve, True, Role.ADMIN, "Backend"),
        (news, False, Role.MEMBER, "News"),
    ]
    for who, anonymous, role, name in cases:
        await group.says(who, "/next", anonymous=anonymous)
        await group.next()
        assert (cairn.asks[-1].role, cairn.asks[-1].account.name) == (role, name)
    await group.says(bob, "/next")
    await group.next()
    assert len(tg.calls("getChatMember")) == 3  # what is known is not asked again


async def test_a_private_answer_to_a_press_is_an_alert(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg)
    cairn.scripted["/next"] = Draft().say("Press").offer([Button("Done", "/done x")]).reply()
    cairn.scripted["/done x"] = SECRET
    await group.says(group.owner, "/next")
    await group.next()
    press = await group.press(tg.user("Bob"), "Done")
    assert (press.text, press.alert) == ("Only for you", True)
    await group.silent()


async def test_a_private_answer_goes_to_the_private_chat(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg)
    ann = tg.private(group.owner, started=True)
    cairn.scripted["/review"] = LONG
    await group.says(group.owner, "/review")
    assert (await ann.next()).text == LONG.blocks[0].text.strip()  # type: ignore[union-attr]
    line = await group.next()
    assert line.text == "I answered you in our private chat."
    assert line.reply_to
    await group.silent()


async def test_whoever_never_started_the_bot_gets_a_link_that_only_they_can_use(
    tg: TelegramServer, cairn: Running
) -> None:
    group = await a_group(tg)
    cairn.scripted["/next"] = Draft().say("Press").offer([Button("Long", "/long")]).reply()
    cairn.scripted["/long"] = LONG
    await group.says(group.owner, "/next")
    await group.next()
    bob, eve = tg.user("Bob"), tg.user("Eve")
    await group.press(bob, "Long")
    line = await group.next()
    assert line.text.startswith("Bob: ")
    url = line.rows[0][0].url
    assert url
    payload = url.partition("?start=")[2]
    await tg.private(eve).starts(payload)
    await tg.private(eve).next()
    assert cairn.lines[-1] == "/start"
    await tg.private(bob).starts(payload)
    assert "Only for you" in (await tg.private(bob).next()).text
    assert cairn.lines[-1] == "/long"


async def test_private_answers_never_stand_in_the_group(tg: TelegramServer, cairn: Running) -> None:
    """Not even for those who have no private chat."""
    group = await a_group(tg)
    cairn.scripted["/review"] = SECRET
    await group.says(group.owner, "/review", anonymous=True)
    await group.says(tg.channel("News"), "/review")
    for _ in range(2):
        line = await group.next()
        assert "Only for you" not in line.text
        assert line.buttons == ["Open"]


async def test_votes_in_a_group_count_for_whoever_votes(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg, supergroup=True)
    ann, bob = tg.private(group.owner, started=True), tg.user("Bob")
    cairn.scripted["/quiz"] = Reply(
        (Quiz("Which?", (Option("One", "/answer 7 1"), Option("Two", "/answer 7 2")), "x"),)
    )
    cairn.scripted["/answer 7 2"] = SECRET
    await group.says(group.owner, "/quiz")
    await group.next()
    await group.votes(group.owner, 1)
    await group.votes(bob, 1)
    await heard(tg)
    await group.silent()
    await ann.silent()  # the poll itself told them
    assert [ask.account.name for ask in cairn.asks[-2:]] == ["Ann", "Bob"]
    assert all(ask.place == Place("telegram", str(group.id)) for ask in cairn.asks[-2:])


async def test_the_poll_of_a_round_ends_with_its_question(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg, supergroup=True)
    place = Place("telegram", str(group.id))
    options = (Option("One", "/answer 7 1"), Option("Two", "/answer 7 2"))
    asked = Draft().say("Question 1")
    asked.blocks.append(Quiz("Which?", options, "x", seconds=30))
    await cairn.port.send(place, None, asked.reply(slot="round 1 0"))
    shown = await group.next()
    assert shown.poll
    assert shown.poll.sent["open_period"] == 30
    asked.say("2 have answered.")
    await cairn.port.send(place, None, replace(asked.reply(slot="round 1 0"), edits=True))
    closed = [shown.poll.closed]
    over = replace(Draft().say("Closed").reply(slot="round 1 0"), edits=True)
    await cairn.port.send(place, None, over)
    await cairn.port.send(place, None, over)
    await cairn.port.send(place, None, replace(over, slot="round 9 9"))
    closed.append(shown.poll.closed)
    assert closed == [False, True]
    await group.silent()


async def test_a_vote_of_somebody_who_blocked_the_bot_is_no_error(
    tg: TelegramServer, cairn: Running, caplog: pytest.LogCaptureFixture
) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.says("/quiz caching 1")
    await ann.next()
    await ann.block()
    await ann.votes(0)
    await heard(tg)
    await asyncio.sleep(0.2)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_topics_are_kept(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg, forum=True)
    thread = group.topic("Daily")
    await group.says(group.owner, "/explain caching", thread=thread)
    card = await group.next()
    assert card.thread == thread
    assert cairn.asks[-1].place == Place("telegram", str(group.id), str(thread))
    await group.press(group.owner, "Deeper")
    assert await group.next_edit() is card
    await cairn.port.send(Place("telegram", str(group.id), str(thread)), None, Draft().say("Daily").reply())
    assert (await group.next()).thread == thread


async def test_a_reply_may_open_a_topic(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg, forum=True)
    await group.promote_bot()
    reply = Reply((Text("Round one"),), thread="Quiz of the week")
    sent = await cairn.port.send(Place("telegram", str(group.id)), None, reply)
    assert sent.place.thread
    assert str((await group.next()).thread) == sent.place.thread
    plain = await a_group(tg)
    sent = await cairn.port.send(Place("telegram", str(plain.id)), None, reply)
    assert (await plain.next()).text == "Round one"
    assert not sent.place.thread


async def test_a_form_in_a_group_is_for_whoever_pressed(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg)
    bob = tg.user("Bob")
    cairn.scripted["/form"] = Draft().say("Fill").offer([Button("Go", "/set", fill=("zone",))]).reply()
    cairn.scripted["/set zone=Berlin"] = Draft().say("Set").reply()
    cairn.scripted["Paris"] = None
    await group.says(group.owner, "/form@made_bot")
    await group.next()
    await group.press(bob, "Go")
    prompt = await group.next()
    assert prompt.text.startswith("Bob: ")
    assert prompt.keyboard
    assert prompt.keyboard["selective"]
    await group.says(group.owner, "Paris", reply_to=prompt)
    await group.says(bob, "Berlin", reply_to=prompt)
    assert (await group.next()).text == "Set"


async def test_coming_and_going_are_told_to_the_core(tg: TelegramServer, cairn: Running) -> None:
    cairn.scripted["/added"] = Draft().say("Hello group").reply()
    group = tg.group("Backend", owner=tg.user("Ann"), supergroup=True)
    await group.add_bot()
    assert (await group.next()).text == "Hello group"
    await group.promote_bot()
    await group.mute_bot()
    await group.unmute_bot()
    await group.kick_bot()
    await heard(tg)
    ann = tg.private(tg.user("Eve"), started=True)
    await ann.block()
    await ann.unblock()
    await heard(tg)
    await tg.until(lambda: len(cairn.lines) >= 6)
    house = [(ask.text, ask.place.private) for ask in cairn.asks]
    assert house == [
        ("/added", False),
        ("/removed", False),
        ("/returned", False),
        ("/removed", False),
        ("/left", True),
        ("/back", True),
    ]
    assert {ask.role for ask in cairn.asks} == {Role.HOUSE}


async def test_a_group_that_moves_is_told_once_and_followed(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg)
    cairn.scripted["/quiz"] = Reply(
        (Quiz("Which?", (Option("One", "/answer 7 1"), Option("Two", "/answer 7 2")), "x"),)
    )
    cairn.scripted["/answer 7 1"] = Draft().say("Counted").reply()
    await group.says(group.owner, "/quiz")
    await group.next()
    new = await group.upgrade()
    await heard(tg)
    await tg.until(lambda: [line for line in cairn.lines if line.startswith("/moved")])
    sent = await cairn.port.send(Place("telegram", str(group.id)), None, Draft().say("Daily").reply())
    assert sent.place == Place("telegram", str(new.id))
    assert (await new.next()).text == "Daily"
    await group.votes(group.owner, 0)
    assert (await new.next()).text == "Counted"
    assert [line for line in cairn.lines if line.startswith("/moved")] == [f"/moved {new.id}"]
    assert [ask.place.chat for ask in cairn.asks if ask.text.startswith("/moved")] == [str(group.id)]


async def test_an_error_tells_of_the_move_too(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg)
    new = tg.group("Backend", owner=group.owner, supergroup=True)
    await new.add_bot()
    await heard(tg)
    tg.trouble(
        "sendMessage", Refuse(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to=new.id)
    )
    with pytest.raises(Moved) as moved:
        await cairn.port.send(Place("telegram", str(group.id)), None, Draft().say("Daily").reply())
    assert moved.value.place == Place("telegram", str(new.id))
    tg.trouble(
        "sendMessage", Refuse(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to=new.id)
    )
    cairn.scripted["/next"] = Draft().say("Here").reply()
    await group.says(group.owner, "/next")
    assert (await new.next()).text == "Here"
    assert [line for line in cairn.lines if line.startswith("/moved")] == [f"/moved {new.id}"]


@pytest.mark.parametrize("trouble", ["kicked", "muted", "never", "blocked", "deactivated", "unknown"])
async def test_where_nothing_may_be_said_it_is_gone(tg: TelegramServer, cairn: Running, trouble: str) -> None:
    group = await a_group(tg, supergroup=True)
    ann = tg.private(group.owner, started=True)
    place, account = Place("telegram", str(group.id)), None
    if trouble == "kicked":
        await group.kick_bot()
    elif trouble == "muted":
        await group.mute_bot()
    elif trouble == "unknown":
        place = Place("telegram", "-100999")
    else:
        place, account = Place("telegram"), Account("telegram", str(group.owner.id))
        ann.started = trouble != "never"
        ann.blocked = trouble == "blocked"
        group.owner.deactivated = trouble == "deactivated"
    with pytest.raises(Gone):
        await cairn.port.send(place, account, Draft().say("Hello").reply())


async def test_a_slot_is_edited_from_elsewhere(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg)
    place = Place("telegram", str(group.id))
    first = await cairn.port.send(place, None, Draft().say("1 answer").reply(slot="count"))
    shown = await group.next()
    again = await cairn.port.send(place, None, Draft().say("2 answers").reply(slot="count"))
    await cairn.port.send(place, None, Draft().say("2 answers").reply(slot="count"))
    assert first == again
    assert shown.text == "2 answers"
    group.deletes(shown)
    assert await cairn.port.send(place, None, Draft().say("3 answers").reply(slot="count")) != first
    assert (await group.next()).text == "3 answers"
