"""The made Telegram says no as Telegram does: each refusal provoked through the real python-telegram-bot."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, InvalidToken, TelegramError

from tests.fakes.telegram_fixture import bot, picture, real_bot, tg
from tests.fakes.telegram_server import TelegramServer

__all__ = ["bot", "tg"]

Asking = Callable[[Bot, int], Awaitable[Any]]


def quiz(**changes: Any) -> Asking:
    sent: dict[str, Any] = {"question": "Q?", "options": ["a", "b"], "type": "quiz", "correct_option_ids": [0]}
    return lambda bot, chat: bot.send_poll(chat, **(sent | changes))


def button(text: str, **does: str) -> Asking:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton(text, **does)]])  # type: ignore[arg-type]
    return lambda bot, chat: bot.send_message(chat, "text", reply_markup=markup)


def marked(text: str, *entities: MessageEntity) -> Asking:
    return lambda bot, chat: bot.send_message(chat, text, entities=entities)


def marks(*spans: tuple[str, int, int]) -> list[MessageEntity]:
    return [MessageEntity(kind, offset, length) for kind, offset, length in spans]


REFUSED: dict[str, Asking] = {
    "Message text is empty": lambda bot, chat: bot.send_message(chat, ""),
    "Text must be non-empty": lambda bot, chat: bot.send_message(chat, " \n "),
    "Message is too long": lambda bot, chat: bot.send_message(chat, "🪨" * 2048 + "."),
    "Message caption is too long": lambda bot, chat: bot.send_photo(chat, picture(), caption="." * 1025),
    "Image_process_failed": lambda bot, chat: bot.send_photo(chat, b"GIF, or not"),
    "Photo_invalid_dimensions": lambda bot, chat: bot.send_photo(chat, picture(9000, 2000)),
    "File must be non-empty": lambda bot, chat: bot.send_document(chat, b"", filename="empty"),
    "Wrong file identifier/http url specified": lambda bot, chat: bot.send_photo(chat, "file0"),
    "Button_data_invalid": button("Next", callback_data="é" * 33),
    "Can't parse inline keyboard button: inline keyboard button text must be non-empty": button(" ", callback_data="x"),
    "Inline keyboard button url 'here' is invalid: wrong http url": button("Go", url="here"),
    "Message to be replied not found": lambda bot, chat: bot.send_message(
        chat, "x", reply_parameters=ReplyParameters(999)
    ),
    "Message to edit not found": lambda bot, chat: bot.edit_message_text("x", chat, 999),
    "Message to delete not found": lambda bot, chat: bot.delete_message(chat, 999),
    "Chat not found": lambda bot, chat: bot.send_message(chat + 1, "x"),
    "Message thread not found": lambda bot, chat: bot.send_message(chat, "x", message_thread_id=7),
    "Poll question length must not exceed 300": quiz(question="?" * 301),
    "Poll options length must not exceed 100": quiz(options=["a" * 101, "b"]),
    "Poll must have at least 2 option": quiz(options=["a"]),
    "Poll can't have more than 12 options": quiz(options=[str(number) for number in range(13)]),
    "Poll_option_duplicate": quiz(options=["a", "a "]),
    "Message_too_long": quiz(explanation="." * 201),
    "Poll explanation has more than 2 line feeds": quiz(explanation="1\n2\n3\n4"),
    "Correct quiz option list must be non-empty": quiz(correct_option_ids=[]),
    "Wrong quiz correct_option_id": quiz(correct_option_ids=[2]),
    "Receive an entity with incorrect offset -1": marked("text", MessageEntity("bold", -1, 2)),
    "Entity begins after the end of the text at utf-16 offset 4": marked("text", MessageEntity("bold", 4, 1)),
    "Entity beginning at utf-16 offset 2 ends after the end of the text at utf-16 offset 5": marked(
        "text", MessageEntity("bold", 2, 3)
    ),
    "Entity begins in a middle of a utf-16 symbol at utf-16 offset 1": marked("🪨🪨", MessageEntity("bold", 1, 1)),
    "Entity beginning at utf-16 offset 0 ends in a middle of a utf-16 symbol": marked(
        "🪨", MessageEntity("bold", 0, 1)
    ),
    "Entity url 'nowhere' is invalid: wrong http url": marked("text", MessageEntity("text_link", 0, 4, url="nowhere")),
    "Query is too old and response timeout expired or query id is invalid": lambda bot, _: bot.answer_callback_query(
        "p"
    ),
    "Bot_command_invalid": lambda bot, _: bot.set_my_commands([BotCommand("Next", "What is next")]),
    "Bot_commands_too_much": lambda bot, _: bot.set_my_commands([BotCommand(f"c{n}", "x") for n in range(101)]),
    "Command length must not exceed 32": lambda bot, _: bot.set_my_commands([BotCommand("n" * 33, "x")]),
    "Command description length must not exceed 256": lambda bot, _: bot.set_my_commands([BotCommand("n", "x" * 257)]),
    "Command description must be non-empty": lambda bot, _: bot.set_my_commands([BotCommand("n", "")]),
    "Description is too long: 513 of 512": lambda bot, _: bot.set_my_description("x" * 513),
    "Short_description is too long: 121 of 120": lambda bot, _: bot.set_my_short_description("x" * 121),
    "Wrong parameter action in request": lambda bot, chat: bot.send_chat_action(chat, "thinking"),
    "Wrong file_id or the file is temporarily unavailable": lambda bot, _: bot.get_file("file0"),
    "Bad webhook: an https url must be provided for webhook": lambda bot, _: bot.set_webhook("http://example.org/x"),
    "Secret token contains unallowed characters": lambda bot, _: bot.set_webhook(
        "https://example.org", secret_token="ä"
    ),
}


@pytest.mark.parametrize("words", REFUSED)
async def test_it_refuses(words: str, tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    with pytest.raises(BadRequest) as refused:
        await REFUSED[words](bot, ann.id)
    assert refused.value.message.casefold() == words.casefold()
    assert [refusal.code for refusal in tg.refusals] == [400]
    assert ann.sent == []


MAIMED: dict[str, Asking] = {
    "101 entities, of which Telegram shows 100": marked("x" * 101, *marks(*(("bold", at, 1) for at in range(101)))),
    "an empty entity at 2, which Telegram drops": marked("text", *marks(("bold", 2, 0))),
    "entities overlap: bold at 0 and italic at 1": marked("text", *marks(("bold", 0, 2), ("italic", 1, 2))),
    "italic within code at 1, of which Telegram drops one": marked("text", *marks(("code", 0, 4), ("italic", 1, 2))),
    "unsupported type specified: neon": marked("text", *marks(("neon", 0, 4))),
    "9 buttons in a row, of which Telegram shows 8": lambda bot, chat: bot.send_message(
        chat, "x", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")] * 9])
    ),
    "entities in a question or an option, which Telegram drops": quiz(question_entities=marks(("bold", 0, 1))),
    "an explanation or a right answer without a quiz, which Telegram drops": quiz(type="regular"),
    "sendMessage has no field 'parse_mode'": lambda bot, chat: bot.send_message(chat, "x", parse_mode="HTML"),
    "InputPollOption has no field 'colour'": quiz(options=[{"text": "a", "colour": "red"}, "b"]),
    'field "message_thread_id" must be a Number': lambda bot, chat: bot.send_message(
        chat,
        "x",
        message_thread_id="x",  # type: ignore[arg-type]
    ),
    'parameter "message_id" is required': lambda bot, chat: bot.do_api_request("stopPoll", {"chat_id": chat}),
}


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBUserWarning")  # of do_api_request
@pytest.mark.parametrize("words", MAIMED)
async def test_it_reports(words: str, tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    with pytest.raises(BadRequest):
        await MAIMED[words](bot, ann.id)
    (violation,) = tg.violations
    assert words.casefold() in violation.casefold()
    tg.violations.clear()


async def test_an_unknown_method_is_reported(tg: TelegramServer, bot: Bot) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendTelegram")
    assert tg.violations == ["sendTelegram: Not Found: method not found"]
    tg.violations.clear()


@pytest.mark.parametrize(("token", "code"), [("1234:wrong", "401 Unauthorized"), ("nonsense", "404 Not Found")])
async def test_a_wrong_token_is_refused(token: str, code: str, tg: TelegramServer) -> None:
    with pytest.raises(InvalidToken):
        async with real_bot(tg, token):
            pass
    assert [str(refusal) for refusal in tg.refusals] == [code]


async def test_whoever_cannot_be_written_to(tg: TelegramServer, bot: Bot) -> None:
    ann, ben = tg.private(tg.user("Ann")), tg.private(tg.user("Ben"), started=True)

    async def refused(kind: type[TelegramError], words: str, chat_id: int) -> None:
        with pytest.raises(kind, match=words):
            await bot.send_message(chat_id, "Hello")

    await refused(BadRequest, "Chat not found", ann.id)
    group = tg.group("Study", owner=ann.user, supergroup=True)
    await refused(BadRequest, "Chat not found", group.id)
    await group.add_bot()
    await refused(Forbidden, "Forbidden: bot can't initiate conversation with a user", ann.id)
    await ben.block()
    await refused(Forbidden, "Forbidden: bot was blocked by the user", ben.id)
    ben.user.deactivated = True
    await refused(Forbidden, "Forbidden: user is deactivated", ben.id)
    await group.mute_bot()
    await refused(BadRequest, "Not enough rights to send text messages to the chat", group.id)
    with pytest.raises(BadRequest, match="Not enough rights to send polls to the chat"):
        await quiz()(bot, group.id)
    await group.kick_bot()
    await refused(Forbidden, "Forbidden: bot was kicked from the supergroup chat", group.id)
    statuses = [
        update.my_chat_member.new_chat_member.status for update in await bot.get_updates() if update.my_chat_member
    ]
    assert statuses == ["member", "kicked", "restricted", "kicked"]


async def test_a_group_that_moved_names_its_new_id(tg: TelegramServer, bot: Bot) -> None:
    group = tg.group("Study")
    await group.add_bot()
    new = await group.upgrade()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "Hello")
    assert moved.value.new_chat_id == new.id
    assert (await bot.send_message(new.id, "Hello")).message_id == 2
    told = [update.message for update in await bot.get_updates() if update.message][-2:]
    assert [message.migrate_to_chat_id or message.migrate_from_chat_id for message in told] == [new.id, group.id]


async def test_topics_that_are_not_there(tg: TelegramServer, bot: Bot) -> None:
    forum = tg.group("Forum", forum=True)
    await forum.add_bot()
    topic = forum.topic("Talk")
    for thread in (1, topic + 50):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(forum.id, "x", message_thread_id=thread)
    forum.close_topic(topic)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(forum.id, "x", message_thread_id=topic)
    forum.delete_topic(topic)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.id, "x", message_thread_id=topic)


async def test_edits_that_change_nothing_or_the_wrong_thing(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    text = await bot.send_message(ann.id, "one")
    photo = await bot.send_photo(ann.id, picture())
    said = await ann.says("mine")
    for words, asked in {
        "Message is not modified: specified new message content": text.edit_text("one"),
        "There is no caption in the message to edit": text.edit_caption("one"),
        "There is no text in the message to edit": photo.edit_text("one"),
        "Message can't be edited": bot.edit_message_text("x", ann.id, said.id),
    }.items():
        with pytest.raises(BadRequest, match=words):
            await asked
    await text.delete()
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await text.edit_text("two")
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await text.reply_text("two", do_quote=True)


async def test_answers_come_once_and_in_time(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    press = await ann.press("/next", await ann.says("x"), wait=None, forged=True)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(press.id, "." * 201)
    assert await bot.answer_callback_query(press.id)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(press.id)
    tg.query_lifetime = 0.0
    asked = await ann.asks_inline("x", wait=None)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_inline_query(asked.id, [])
    tg.query_lifetime = 15.0
    results = [InlineQueryResultArticle(str(n), "x", InputTextMessageContent("x")) for n in range(51)]
    with pytest.raises(BadRequest, match="Too many inline query results specified"):
        await bot.answer_inline_query(asked.id, results)
