"""How Cairn runs on Telegram: tokens, outages, restarts, a second poller, webhooks, and what is said of them."""

import asyncio
import logging
import socket
from pathlib import Path

import aiohttp
import pytest

from adapters.telegram.port import WrongToken
from adapters.telegram.webhook import HEADER, secret
from bot.ask import Account, Place
from bot.port import Later
from bot.reply import Button, Draft
from tests.adapters.telegram.running import Running, running, stopped
from tests.fakes.telegram_faults import Cut, Fault, FloodLimits, Garbage, Refuse, Stall
from tests.fakes.telegram_server import TelegramServer


@pytest.fixture
def port() -> int:
    """A port that is free now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize("token", ["1234:other", "nonsense", ""])
async def test_a_wrong_token_is_told_without_it(tg: TelegramServer, tmp_path: Path, token: str) -> None:
    with pytest.raises(WrongToken, match="CAIRN_TELEGRAM_TOKEN") as wrong:
        async with running(tg, tmp_path, start=False, token=token) as cairn:
            await asyncio.wait_for(cairn.port.run(cairn.answer), 5)
    assert not token or token not in str(wrong.value)


async def test_a_token_that_is_taken_back_while_it_runs_ends_the_run(tg: TelegramServer, tmp_path: Path) -> None:
    async with running(tg, tmp_path, start=False) as cairn:
        task = asyncio.create_task(cairn.port.run(cairn.answer))
        ann = tg.private(tg.user("Ann"))
        await ann.says("/next")
        await ann.next()
        tg.token = "1234:another"
        await ann.says("/next")
        with pytest.raises(WrongToken):
            await asyncio.wait_for(task, 10)


async def test_the_first_run_says_where_the_bot_is_and_what_can_be_set(tg: TelegramServer, tmp_path: Path) -> None:
    told = []
    for _ in range(2):
        async with running(tg, tmp_path) as cairn:
            await tg.until(lambda: tg.calls("setMyCommands"))
            await tg.until(lambda: tg.text("short_description"))
            await asyncio.sleep(0.1)
            told.append(cairn.told[0])
    assert "https://t.me/made_bot" in told[0]
    assert "BotFather" in told[0]
    assert told[1] == "Cairn is on Telegram: https://t.me/made_bot"
    assert len(tg.calls("setMyCommands")) == 3  # the second run changed nothing
    assert len(tg.calls("setMyDescription")) == 1


async def test_menus_by_scope(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.user("Ann")
    group = tg.group("Backend", owner=ann)
    await tg.until(lambda: tg.text("short_description"))
    names = [name for name, _summary in tg.menu(tg.private(ann), ann)]
    assert names[:2] == ["start", "help"]
    assert "answer" not in names
    assert tg.menu(group, ann)
    assert all(len(summary) <= 256 for _name, summary in tg.menu(group, tg.user("Bob")))


async def test_no_network_at_the_start_and_in_between(
    tg: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await tg.offline()
    async with running(tg, tmp_path):
        await asyncio.sleep(0.8)
        await tg.online()
        ann = tg.private(tg.user("Ann"))
        await ann.says("/next")
        await ann.next()
        await tg.offline()
        await asyncio.sleep(0.8)
        await tg.online()
        await ann.says("/next")
        await ann.next()
    said = [record.message for record in caplog.records if record.name.startswith("adapters")]
    assert said[:2] == ["Telegram cannot be reached; trying again until it can", "Telegram answers again"]
    assert len(said) == 4


async def test_a_second_poller_is_told_once_and_outlived(
    tg: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tg.trouble("getUpdates", Refuse(409, "Conflict: terminated by other getUpdates request"), 2)
    async with running(tg, tmp_path):
        ann = tg.private(tg.user("Ann"))
        await ann.says("/next")
        await ann.next(8)
    said = [record.message for record in caplog.records if record.name.startswith("adapters")]
    assert len([line for line in said if "same token" in line]) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Refuse(500),
        Refuse(502),
        Refuse(429, retry_after=1),
        Cut(),
        Stall(5.5),
    ],
)
async def test_a_live_reply_outlives_a_fault(tg: TelegramServer, cairn: Running, fault: Fault) -> None:
    cairn.scripted["/x"] = Draft().say("Here").reply()
    tg.trouble("sendMessage", fault)
    ann = tg.private(tg.user("Ann"))
    await ann.says("/x")
    assert (await ann.next(8)).text == "Here"
    await ann.silent()
    assert tg.hurried == []


@pytest.mark.parametrize("fault", [Cut(after=True), Garbage()])
async def test_a_live_reply_is_never_lost(tg: TelegramServer, cairn: Running, fault: Fault) -> None:
    """Where nobody can know whether it came through, it may be said twice."""
    cairn.scripted["/x"] = Draft().say("Here").reply()
    tg.trouble("sendMessage", fault)
    ann = tg.private(tg.user("Ann"))
    await ann.says("/x")
    await ann.says("/x")
    for _ in range(2):
        assert (await ann.next(8)).text == "Here"


@pytest.mark.parametrize(
    "fault", [Refuse(500), Refuse(502), Refuse(429, retry_after=7), Cut(), Garbage(status=502), Garbage()]
)
async def test_what_nobody_waits_for_is_for_later(tg: TelegramServer, cairn: Running, fault: Fault) -> None:
    ann = tg.user("Ann")
    tg.private(ann, started=True)
    account = Account("telegram", str(ann.id))
    tg.trouble("sendMessage", fault)
    with pytest.raises(Later) as later:
        await cairn.port.send(Place("telegram"), account, Draft().say("Hello").reply())
    if isinstance(fault, Refuse) and fault.code == 429:
        assert later.value.seconds == 7
        with pytest.raises(Later):
            await cairn.port.send(Place("telegram"), account, Draft().say("Hello").reply())
        assert tg.hurried == []


async def test_faults_in_polling_lose_nothing(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    cairn.scripted["/x"] = Draft().say("Here").reply()
    for fault in (Refuse(500), Refuse(429, retry_after=1), Cut(), Cut(after=True), Garbage(), Garbage(status=502)):
        tg.trouble("getUpdates", fault)
        await ann.says("/x")
        assert (await ann.next(10)).text == "Here"
    await ann.silent()


async def test_telegrams_limits_are_kept(tg: TelegramServer, cairn: Running) -> None:
    from tests.fakes.telegram_faults import Flood

    tg.flood = Flood(FloodLimits())
    ann = tg.private(tg.user("Ann"))
    for at in range(6):
        cairn.scripted[f"/x{at}"] = Draft().say(str(at)).reply()
        await ann.says(f"/x{at}")
    assert [(await ann.next(8)).text for _ in range(6)] == list("012345")
    assert [refusal for refusal in tg.refusals if refusal.code == 429] == []


async def test_an_update_that_comes_twice_is_handled_once_also_after_a_restart(
    tg: TelegramServer, tmp_path: Path
) -> None:
    ann = tg.private(tg.user("Ann"))
    async with running(tg, tmp_path) as cairn:
        await ann.says("/next")
        await ann.next()
        await tg.until(lambda: tg.updates.delivered)
        first = tg.updates.delivered[0].id
        tg.updates.again(first)
        await tg.until(lambda: not tg.updates.pending)
        assert cairn.lines == ["/next"]
    async with running(tg, tmp_path) as cairn:
        tg.updates.again(first)
        await ann.says("/map")
        await ann.next()
        assert cairn.lines == ["/map"]


async def test_what_is_going_on_is_finished_when_it_stops(tg: TelegramServer, tmp_path: Path) -> None:
    ann = tg.private(tg.user("Ann"))
    async with running(tg, tmp_path, start=False) as cairn:
        cairn.scripted["/slow"] = Draft().say("Done").reply()
        task = asyncio.create_task(cairn.port.run(cairn.answer))
        cairn.slow = 0.7
        await ann.says("/slow")
        await tg.until(lambda: cairn.lines)
        await stopped(task)
    assert [message.text for message in ann.sent] == ["Done"]
    assert not tg.updates.pending


async def test_forms_polls_and_buttons_outlive_a_restart(tg: TelegramServer, tmp_path: Path) -> None:
    ann = tg.private(tg.user("Ann"))
    async with running(tg, tmp_path) as cairn:
        cairn.scripted["/form"] = (
            Draft().say("Fill").offer([Button("Go", "/set", fill=("zone",)), Button("Long", "/x " + "y" * 70)]).reply()
        )
        await ann.says("/quiz caching 2")
        await ann.next()
        await ann.says("/form")
        await ann.next()
        await ann.press("Go")
        await ann.next()
    async with running(tg, tmp_path) as cairn:
        cairn.scripted["/set zone=Berlin"] = Draft().say("Set").reply()
        cairn.scripted["/x " + "y" * 70] = Draft().say("Long").reply()
        await ann.says("Berlin")
        assert (await ann.next()).text == "Set"
        await ann.press("Long")
        assert (await ann.next()).text == "Long"
        await ann.votes(0)
        await ann.next()
        assert (await ann.next()).poll
        assert cairn.lines[-1].startswith("/answer ")


async def test_webhook(tg: TelegramServer, tmp_path: Path, port: int) -> None:
    url = f"http://127.0.0.1:{port}/hook"
    ann = tg.private(tg.user("Ann"))
    async with running(tg, tmp_path, webhook_url=url, listen=("127.0.0.1", port)) as cairn:
        cairn.scripted["/x"] = Draft().say("Here").reply()
        await ann.says("/x")
        assert (await ann.next()).text == "Here"
        await tg.until(lambda: tg.updates.delivered)
        tg.updates.again(tg.updates.delivered[0].id)
        await tg.until(lambda: not tg.updates.pending)
        assert cairn.lines == ["/x"]
        async with aiohttp.ClientSession() as client:
            for headers, body, status in [
                ({}, b"{}", 403),
                ({HEADER: "guess"}, b"{}", 403),
                ({HEADER: "gu\u00e9ss"}, b"{}", 403),
                ({HEADER: secret(tg.token)}, b"no json", 400),
                ({HEADER: secret(tg.token)}, b"[]", 400),
                ({HEADER: secret(tg.token)}, b"{}", 400),
            ]:
                async with client.post(url, data=body, headers=headers) as answer:
                    assert answer.status == status, (headers, body)
        assert tg.token not in secret(tg.token)
    async with running(tg, tmp_path):  # and back to asking
        await ann.says("/next")
        await ann.next()


async def test_nothing_secret_and_nobodys_words_are_logged(
    tg: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tg.trouble("sendMessage", Refuse(400, "Bad Request: something of ours is wrong"))
    async with running(tg, tmp_path):
        ann = tg.private(tg.user("Annabella"))
        await ann.says("/note caching my private words")
        await tg.until(lambda: tg.calls("sendMessage"))
        await ann.says("/next")
        await ann.next()
    shown = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    assert "Telegram refused a message" in shown
    for word in (tg.token, "private words", "Annabella"):
        assert word not in shown
