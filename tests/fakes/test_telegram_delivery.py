"""How the made Telegram delivers updates, by polling and by webhook, and how it breaks on demand."""

import asyncio
import time
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import Application, CallbackContext, ExtBot, TypeHandler

from tests.fakes.telegram_faults import Cut, Fault, FloodLimits, Garbage, Refuse, Stall
from tests.fakes.telegram_fixture import bot, real_bot, tg
from tests.fakes.telegram_server import TelegramServer

__all__ = ["bot", "tg"]


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the library's next major version will have it; else each RetryAfter warns of that."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


async def test_a_whole_application_runs_against_it(tg: TelegramServer) -> None:
    async def answer(update: Update, _: CallbackContext[ExtBot[None], object, object, object]) -> None:
        if update.callback_query is not None:
            await update.callback_query.answer("pressed")
        elif update.message is not None:
            markup = InlineKeyboardMarkup([[InlineKeyboardButton("Next", callback_data="/next")]])
            await update.message.reply_text("Hello", reply_markup=markup)

    made = Application.builder().token(tg.token).base_url(tg.base_url).base_file_url(tg.file_url).build()
    made.add_handler(TypeHandler(Update, answer))  # type: ignore[arg-type]
    async with made:
        assert made.updater is not None
        await made.updater.start_polling()
        await made.start()
        ann = tg.private(tg.user("Ann"))
        await ann.says("/start")
        assert (await ann.next()).text == "Hello"
        press = await ann.press("Next")
        assert press.text == "pressed"
        assert press.took is not None
        assert press.took < 1
        await made.updater.stop()
        await made.stop()
    assert tg.updates.pending == []


async def test_an_update_is_gone_once_a_higher_offset_is_asked(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.says("one")
    await ann.says("two")
    first, second = await bot.get_updates()
    assert [update.update_id for update in await bot.get_updates()] == [first.update_id, second.update_id]
    assert [update.update_id for update in await bot.get_updates(offset=second.update_id)] == [second.update_id]
    assert len(await bot.get_updates()) == 1
    tg.updates.again(first.update_id)
    assert [update.update_id for update in await bot.get_updates()] == [first.update_id, second.update_id]


async def test_a_poll_waits_and_a_second_poller_ends_it(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"))
    waiting = asyncio.create_task(bot.get_updates(timeout=5))
    await tg.until(lambda: tg.calls("getUpdates"))
    await ann.says("hello")
    (update,) = await waiting
    waiting = asyncio.create_task(bot.get_updates(offset=update.update_id + 1, timeout=5))
    await tg.until(lambda: tg.calls("getUpdates")[1:])
    await bot.get_updates(offset=update.update_id + 1)
    with pytest.raises(Conflict, match="Conflict: terminated by other getUpdates request"):
        await waiting


async def test_only_the_kinds_that_were_asked_for_come(tg: TelegramServer, bot: Bot) -> None:
    group = tg.group("Study", owner=(ann := tg.user("Ann")))
    await group.add_bot(admin=True)
    group.join(tg.user("Ben"))
    assert {update.effective_chat.id for update in await bot.get_updates() if update.effective_chat} == {group.id}
    await bot.get_updates(allowed_updates=["chat_member"])
    group.join(tg.user("Cem"))
    await group.says(ann, "/next")
    (*_, last) = await bot.get_updates()
    assert last.chat_member is not None
    assert last.chat_member.new_chat_member.user.first_name == "Cem"


async def test_a_webhook_gets_updates_in_order_until_it_takes_them(tg: TelegramServer, bot: Bot) -> None:
    came: list[tuple[str | None, str]] = []

    async def take(request: web.Request) -> web.Response:
        update = Update.de_json(await request.json(), bot)
        assert update.message is not None
        came.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update.message.text or ""))
        return web.Response(status=500 if len(came) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    ann = tg.private(tg.user("Ann"))
    await ann.says("one")
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret")
    await ann.says("two")
    await tg.until(lambda: not tg.updates.pending)
    assert came == [("s3cret", "one"), ("s3cret", "one"), ("s3cret", "two")]
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (
        0,
        "Wrong response from the webhook: 500 Internal Server Error",
    )
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.get_updates() == ()
    await runner.cleanup()


@pytest.mark.parametrize(
    ("fault", "kind", "words", "effect"),
    [
        (Refuse(429, retry_after=3), RetryAfter, "Flood control exceeded. Retry in 0:00:03", 0),
        (Refuse(500), NetworkError, "Internal Server Error", 0),
        (Refuse(502), NetworkError, "Bad Gateway", 0),
        (Refuse(409, "Conflict: terminated by other getUpdates request"), Conflict, "Conflict: terminated", 0),
        (Cut(), NetworkError, "RemoteProtocolError|ReadError", 0),
        (Cut(after=True), NetworkError, "RemoteProtocolError|ReadError", 1),
        (Garbage(), TelegramError, "Invalid server response", 1),
        (Stall(0.6), TimedOut, "Timed out", 1),
    ],
)
async def test_it_breaks_on_demand(
    fault: Fault, kind: type[TelegramError], words: str, effect: int, tg: TelegramServer
) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    async with real_bot(tg, read_timeout=0.4) as bot:
        trouble = tg.trouble("sendMessage", fault, skip=1)
        await bot.send_message(ann.id, "before")
        with pytest.raises(kind, match=words):
            await bot.send_message(ann.id, "troubled")
        await bot.send_message(ann.id, "after")
        await tg.until(lambda: len(ann.sent) == 2 + effect)
    assert trouble.over
    assert len(tg.hurried) == isinstance(fault, Refuse) * (getattr(fault, "retry_after", None) is not None)
    assert tg.refusals == []


async def test_it_goes_away_and_comes_back(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    address = tg.base_url
    await tg.offline()
    with pytest.raises(NetworkError, match="ConnectError"):
        await bot.send_message(ann.id, "Hello")
    await tg.online()
    assert tg.base_url == address
    await bot.send_message(ann.id, "Hello")
    assert [message.text for message in ann.sent] == ["Hello"]


async def test_a_flood_is_held_up() -> None:
    async with TelegramServer(flood=FloodLimits(total=30, chat=1.0, burst=3, group=4)) as tg, real_bot(tg) as bot:
        assert tg.flood is not None
        tg.flood.clock = lambda: 100.0
        ann = tg.private(tg.user("Ann"), started=True)
        for _ in range(3):
            await bot.send_message(ann.id, "x")
        with pytest.raises(RetryAfter) as held:
            await bot.send_message(ann.id, "x")
        assert held.value.retry_after == timedelta(seconds=1)
        with pytest.raises(RetryAfter):
            await bot.send_message(ann.id, "x")
        assert len(tg.hurried) == 1
        crowd = [tg.private(tg.user(f"User {number}"), started=True) for number in range(40)]
        sent = [bot.send_message(chat.id, "x") for chat in crowd]
        answers = await asyncio.gather(*sent, return_exceptions=True)
        assert sum(isinstance(answer, RetryAfter) for answer in answers) == 13


async def test_a_group_takes_so_many_a_minute() -> None:
    async with TelegramServer(flood=FloodLimits(chat=1000.0, burst=1000, group=4)) as tg, real_bot(tg) as bot:
        group = tg.group("Study")
        await group.add_bot()
        for _ in range(4):
            await bot.send_message(group.id, "x")
        with pytest.raises(RetryAfter) as held:
            await bot.send_message(group.id, "x")
        assert held.value.retry_after in (timedelta(seconds=59), timedelta(seconds=60))


async def test_it_is_fast_enough(tg: TelegramServer, bot: Bot) -> None:
    ann = tg.private(tg.user("Ann"), started=True)
    begun = time.perf_counter()
    for _ in range(20):
        await asyncio.gather(*(bot.send_message(ann.id, "x" * 500) for _ in range(10)))
    assert len(ann.sent) == 200
    assert time.perf_counter() - begun < 20
