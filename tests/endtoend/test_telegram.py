"""A person on Telegram, from /start to a review, with Cairn killed in the middle."""

import asyncio
import signal
from pathlib import Path

from tests.endtoend.process import cairn_run, ended
from tests.fakes.telegram_fixture import tg
from tests.fakes.telegram_message import Message
from tests.fakes.telegram_private import Private
from tests.fakes.telegram_server import TelegramServer

__all__ = ["tg"]

WAIT = 15.0


def settings(tg: TelegramServer) -> dict[str, str]:
    return {"CAIRN_TELEGRAM_TOKEN": tg.token, "CAIRN_TELEGRAM_API_URL": tg.url}


async def until(chat: Private, text: str) -> Message:
    """Waits for a message that holds a text, new or edited."""
    for _ in range(int(WAIT * 20)):
        found = [message for message in chat.sent if text in shown(message)]
        if found:
            return found[-1]
        await asyncio.sleep(0.05)
    raise AssertionError(f"{text!r} did not come; there is {[shown(message)[:80] for message in chat.sent]}")


def shown(message: Message) -> str:
    poll = message.poll
    return message.text + (poll.question if poll else "")


async def vote_all(chat: Private, count: int) -> None:
    """Answers `count` polls, each with its right option, as they come."""
    seen: list[Message] = []
    for _ in range(count):
        fresh: list[Message] = []
        for _attempt in range(int(WAIT * 20)):
            fresh = [message for message in chat.sent if message.poll and message not in seen]
            if fresh:
                break
            await asyncio.sleep(0.05)
        assert fresh, "no further poll came"
        seen.append(fresh[-1])
        assert fresh[-1].poll
        await chat.votes(*fresh[-1].poll.correct, message=fresh[-1])


async def test_a_person_walks_from_start_to_progress_and_cairn_is_killed_in_the_middle(
    tg: TelegramServer, tmp_path: Path
) -> None:
    ann = tg.private(tg.user("Ann"))
    async with cairn_run(tmp_path, **settings(tg)) as process:
        await ann.starts()
        await until(ann, "Hello Ann")
        await ann.says("/explain sharding")
        await until(ann, "Sharding Strategies")
        await ann.says("/next")
        await until(ann, "Next: Introduction")
        await ann.press("Done")
        await until(ann, "Done: Introduction")
        await ann.says("/quiz sharding 3")
        await vote_all(ann, 1)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    await ann.says("/progress")
    async with cairn_run(tmp_path, **settings(tg)) as process:
        await until(ann, "1 of 123 done")
        await ann.says("/quiz")
        await vote_all(ann, 1)
        await ann.says("/review")
        await until(ann, "review")
        code, told = await ended(process, signal.SIGTERM)
    assert code == 0
    assert "Traceback" not in told
    assert tg.token not in told


async def test_a_wrong_token_is_told_once_and_ends_with_2(tg: TelegramServer, tmp_path: Path) -> None:
    async with cairn_run(tmp_path, **{**settings(tg), "CAIRN_TELEGRAM_TOKEN": "99:wrong"}) as process:
        _out, err = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert b"CAIRN_TELEGRAM_TOKEN" in err
    assert b"99:wrong" not in err
    assert err.count(b"\n") == 1


async def test_no_network_at_start_is_waited_out(tg: TelegramServer, tmp_path: Path) -> None:
    ann = tg.private(tg.user("Ann"))
    await tg.offline()
    async with cairn_run(tmp_path, **settings(tg)) as process:
        assert process.stderr
        await asyncio.wait_for(process.stderr.readuntil(b"cannot be reached"), WAIT)
        await tg.online()
        await ann.starts()
        await until(ann, "Hello Ann")
        code, told = await ended(process, signal.SIGTERM)
    assert code == 0
    assert "cannot be reached" not in told


async def test_without_any_token_it_says_how_to_get_one(tmp_path: Path) -> None:
    async with cairn_run(tmp_path) as process:
        _out, err = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert b"BotFather" in err


async def test_twenty_people_who_come_at_once_are_all_greeted_by_name(tg: TelegramServer, tmp_path: Path) -> None:
    people = [tg.private(tg.user(f"Person {number}")) for number in range(20)]
    async with cairn_run(tmp_path, **settings(tg)):
        await asyncio.gather(*(person.starts() for person in people))
        greetings = await asyncio.gather(*(until(person, "Hello Person") for person in people))
    for number, greeting in enumerate(greetings):
        assert f"Hello Person {number}!" in greeting.text
