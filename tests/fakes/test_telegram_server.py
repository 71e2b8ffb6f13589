"""The made Telegram and the real python-telegram-bot: what a person does, what the bot is told, what is then shown."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    MessageEntity,
    Update,
)
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest

from tests.fakes.telegram_fixture import bot, picture, tg
from tests.fakes.telegram_server import TelegramServer

__all__ = ["bot", "tg"]


def keyboard(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
    )


async def updates(bot: Bot) -> list[Update]:
    """What is pending, and confirmed by a second request."""
    found = await bot.get_updates()
    if found:
        assert await bot.get_updates(offset=found[-1].update_id + 1) == ()
    return list(found)


async def test_a_person_starts_and_the_bot_answers(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann", language="de"))
    await ann.starts("explain_caching")
    (update,) = await updates(bot)
    assert update.message is not None
    assert update.message.text == "/start explain_caching"
    assert [entity.type for entity in update.message.entities] == ["bot_command"]
    sent = await update.message.reply_text("Hello 🪨 there", entities=[MessageEntity("bold", 6, 2)], do_quote=True)
    message = await ann.next()
    assert (message.id, message.text, message.html) == (sent.message_id, "Hello 🪨 there", "Hello <b>🪨</b> there")
    assert message.reply_to is ann.messages[0]


async def test_text_is_trimmed_and_its_entities_move_along(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    sent = await bot.send_message(ann.id, " \n one two \n", entities=[MessageEntity("code", 7, 5)])
    assert (sent.text, sent.entities[0].offset, sent.entities[0].length) == ("one two", 4, 3)
    assert ann.sent[0].html == "one <code>two</code>"


async def test_a_press_is_answered_and_the_message_edited(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    await bot.send_message(ann.id, "1 of 2", reply_markup=keyboard([("Next", "/page 2")]))
    press = await ann.press("Next", wait=None)
    query = (await updates(bot))[0].callback_query
    assert query is not None
    assert query.data == "/page 2"
    await query.edit_message_text("2 of 2")
    await query.answer("Done", show_alert=True)
    assert (await press.answer()).text == "Done"
    assert press.alert
    assert ((await ann.next_edit()).text, ann.sent[0].buttons) == ("2 of 2", [])


async def test_a_press_on_a_deleted_message_still_arrives(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    sent = await bot.send_message(ann.id, "1 of 2", reply_markup=keyboard([("Next", "/page 2")]))
    message = await ann.next()
    assert await sent.delete()
    await ann.press("Next", message, wait=None)
    query = (await updates(bot))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert not query.message.is_accessible


async def test_a_quiz_is_voted_in(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    sent = await bot.send_poll(
        ann.id,
        "Which is a verb?",
        ["PUT", "404"],
        type="quiz",
        correct_option_ids=[0],
        is_anonymous=False,
        explanation="PUT replaces.\nIt is a verb.",
        explanation_entities=[MessageEntity("code", 0, 3)],
    )
    await ann.votes(0)
    poll, answer = await updates(bot)
    assert poll.poll is not None
    assert poll.poll.total_voter_count == 1
    assert answer.poll_answer is not None
    assert sent.poll is not None
    assert (answer.poll_answer.poll_id, answer.poll_answer.option_ids) == (sent.poll.id, (0,))
    assert answer.poll_answer.user is not None
    assert answer.poll_answer.user.id == ann.id
    with pytest.raises(AssertionError, match="this vote cannot be changed"):
        await ann.votes(1)
    stopped = await bot.stop_poll(ann.id, sent.message_id)
    assert (stopped.is_closed, stopped.correct_option_ids, stopped.options[0].voter_count) == (True, (0,), 1)


async def test_an_inline_query_offers_results_and_one_is_sent(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    query = await ann.asks_inline("shard", wait=None)
    asked = (await updates(bot))[0].inline_query
    assert asked is not None
    assert asked.query == "shard"
    content = InputTextMessageContent("Sharding splits data.", entities=[MessageEntity("bold", 0, 8)])
    result = InlineQueryResultArticle("sharding", "Sharding", content, reply_markup=keyboard([("More", "/more")]))
    await asked.answer([result], cache_time=0, is_personal=True)
    message = (await query.answer()).pick(0, ann)
    assert (query.titles, message.html) == (["Sharding"], "<b>Sharding</b> splits data.")
    assert message.inline_id is not None
    assert await bot.edit_message_text("Changed.", inline_message_id=message.inline_id)
    assert message.text == "Changed."


async def test_files_go_up_and_come_down(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    photo = await bot.send_photo(ann.id, picture(64, 32), caption="Your map", filename="map.png")
    await bot.send_document(ann.id, b"topic,known\n", filename="progress.csv")
    shown, document = ann.sent
    assert shown.photo is not None
    assert (shown.photo.width, shown.photo.content[:4], shown.text) == (64, b"\x89PNG", "Your map")
    assert document.document is not None
    assert (document.document.name, document.document.content) == ("progress.csv", b"topic,known\n")
    file = await bot.get_file(photo.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == picture(64, 32)
    await bot.edit_message_media(InputMediaPhoto(picture(10, 10), caption="New"), ann.id, photo.message_id)
    assert (shown.photo.width, shown.text) == (10, "New")
    await ann.sends(b"mine", "mine.csv", "/import")
    message = (await updates(bot))[-1].message
    assert message is not None
    assert message.document is not None
    assert await (await message.document.get_file()).download_as_bytearray() == bytearray(b"mine")


async def test_a_group_hears_what_privacy_mode_lets_through(tg: TelegramServer, bot: Bot) -> None:
    ann, other = tg.user("Ann"), tg.user("Other", username="other_bot", bot=True)
    group = tg.group("Study", owner=ann)
    await group.add_bot(ann, start="setup")
    added, service, start = await updates(bot)
    assert added.my_chat_member is not None
    assert added.my_chat_member.new_chat_member.status == ChatMemberStatus.MEMBER
    assert service.message is not None
    assert service.message.new_chat_members[0].id == bot.id
    assert start.message is not None
    assert start.message.text == "/start@made_bot setup"
    mine = await group.says(ann, "just talking")
    await bot.send_message(group.id, "Hi")
    heard = [
        await group.says(ann, "/next"),
        await group.says(ann, "/next@made_bot"),
        await group.says(ann, "what is @made_bot for?"),
        await group.says(ann, "thanks", reply_to=await group.next()),
        await group.says(ann, "/setup", anonymous=True),
        await group.says(tg.channel("News"), "/next"),
    ]
    unheard = [mine, await group.says(ann, "/next@other_bot"), await group.says(other, "/next")]
    assert [message.delivered for message in [*heard, *unheard]] == [True] * 6 + [False] * 3
    told = [update.message for update in await updates(bot)]
    assert [message.sender_chat.id if message and message.sender_chat else None for message in told[4:]] == [
        group.id,
        told[5].sender_chat.id if told[5] and told[5].sender_chat else 0,
    ]


async def test_members_administrators_and_topics(tg: TelegramServer, bot: Bot) -> None:
    ann, ben = tg.user("Ann"), tg.user("Ben")
    forum = tg.group("Forum", owner=ann, forum=True)
    await forum.add_bot(admin=True)
    forum.join(ben)
    assert [member.user.id for member in await bot.get_chat_administrators(forum.id)] == [ann.id, bot.id]
    assert (await bot.get_chat_member(forum.id, ben.id)).status == ChatMemberStatus.MEMBER
    assert await bot.get_chat_member_count(forum.id) == 3
    assert (await bot.get_chat(forum.id)).is_forum
    made = await bot.create_forum_topic(forum.id, "Weekly project")
    sent = await bot.send_message(forum.id, "Here", message_thread_id=made.message_thread_id)
    assert sent.message_thread_id == made.message_thread_id
    said = await forum.says(ben, "/next", thread=forum.topic("Talk", ann))
    assert (await updates(bot))[-1].message is not None
    assert said.thread != made.message_thread_id


async def test_menus_are_kept_by_scope_and_language(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.user("Ann", language="de")
    group = tg.group("Study", owner=ann)
    await group.add_bot()
    await bot.set_my_commands([BotCommand("next", "What is next")])
    await bot.set_my_commands([BotCommand("next", "Was kommt")], BotCommandScopeAllPrivateChats(), language_code="de")
    await bot.set_my_commands([BotCommand("setup", "Set up")], BotCommandScopeChat(group.id))
    assert tg.menu(tg.private(ann), ann) == [("next", "Was kommt")]
    assert tg.menu(group, ann) == [("setup", "Set up")]
    assert [command.command for command in await bot.get_my_commands()] == ["next"]
    await bot.set_my_description("Learn backend.")
    await bot.set_my_short_description("Backend", language_code="de")
    assert (await bot.get_my_description()).description == tg.text("description") == "Learn backend."
    assert (await bot.get_my_short_description(language_code="de")).short_description == "Backend"
    assert (await bot.get_my_name()).name == ""


async def test_a_forced_reply_and_what_the_bot_is_doing(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    await bot.send_chat_action(ann.id, "typing")
    await bot.send_message(ann.id, "Which topic?", reply_markup=ForceReply(input_field_placeholder="topic"))
    asked = await ann.next()
    assert (ann.actions, asked.keyboard and asked.keyboard["force_reply"]) == (["typing"], True)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("Never mind", ann.id, asked.id)
    await ann.says("caching", reply_to=asked)
    message = (await updates(bot))[0].message
    assert message is not None
    assert message.reply_to_message is not None
    assert message.reply_to_message.message_id == asked.id
