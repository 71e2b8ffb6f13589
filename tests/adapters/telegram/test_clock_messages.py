"""What the clock says on Telegram: topics that are gone, which rights lack, and setting a group up."""

from bot.ask import Place
from bot.reply import Draft, Reply, Text
from bot.rights import POLL, SEND, THREAD
from tests.adapters.telegram.running import Running
from tests.adapters.telegram.test_group import a_group
from tests.fakes.telegram_server import TelegramServer

CHECKED = Reply((Text("That is all."),), checks=(SEND, THREAD, POLL))


async def test_a_topic_that_is_gone_or_closed_falls_back_to_its_group(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg, forum=True)
    for end in (group.close_topic, group.delete_topic):
        thread = group.topic("Daily")
        there = Place("telegram", str(group.id), str(thread))
        await cairn.port.send(there, None, Draft().say("Daily").reply())
        assert (await group.next()).thread == thread
        end(thread)
        sent = await cairn.port.send(there, None, Draft().say("Daily").reply())
        assert sent.place == Place("telegram", str(group.id))
        assert not (await group.next()).thread


async def test_what_the_bot_may_do_here_is_looked_up(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg, supergroup=True)
    ann = tg.private(group.owner, started=True)
    cairn.scripted["/next"] = CHECKED
    await group.says(group.owner, "/next")
    assert "every right" in (await group.next()).text
    cairn.scripted["/next"] = Reply(CHECKED.blocks, private=True, checks=CHECKED.checks)
    await group.mute_bot()
    await group.says(group.owner, "/next")
    told = (await ann.next()).text
    assert "Sending messages: " in told
    assert "Sending polls: " in told


async def test_the_wizard_is_one_message_edited_in_place(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg, supergroup=True)
    await group.says(group.owner, "/setup@made_bot")
    message = await group.next()
    assert "1 of 5" in message.text
    for label in ("UTC", "Here", "08:00", "Every day", "Mon 18:00"):
        await group.press(group.owner, label, message)
        assert await group.next_edit() is message
    assert "That is all" in message.text
    assert "every right" in message.text
    assert "(next: " in message.text
