"""A person on Discord, from /start to a review, with Cairn killed in the middle."""

import asyncio
import signal
from pathlib import Path

from tests.endtoend.process import cairn_run, ended
from tests.fakes.discord_fixture import dc
from tests.fakes.discord_person import Person
from tests.fakes.discord_server import DiscordServer

__all__ = ["dc"]

WAIT = 25.0


def settings(dc: DiscordServer) -> dict[str, str]:
    return {
        "CAIRN_DISCORD_TOKEN": dc.token,
        "CAIRN_DISCORD_API_URL": dc.api_url,
        "CAIRN_DISCORD_GATEWAY_URL": dc.gateway_url,
    }


async def ready(dc: DiscordServer, person: Person) -> None:
    """Waits until commands are known."""
    await dc.gateway.ready(within=WAIT)
    await dc.until(lambda: dc.command("start"), within=WAIT, what="the commands")
    assert person.offered(person.dm)


async def test_a_person_walks_and_cairn_is_killed_in_the_middle(dc: DiscordServer, tmp_path: Path) -> None:
    olga, ann = dc.user("Olga"), dc.user("Ann")
    guild = dc.guild("Study", owner=olga)
    guild.join(ann)
    guild.add_bot()
    async with cairn_run(tmp_path, **settings(dc)) as process:
        await ready(dc, ann)
        assert "Hello Ann" in (await ann.slash(ann.dm, "start")).text
        card = await ann.slash(ann.dm, "explain", topic="sharding")
        assert "Sharding Strategies" in card.text
        proposed = await ann.slash(ann.dm, "next")
        assert "Introduction" in proposed.text
        assert "Done: " in (await ann.press("Done", proposed.message)).text
        asked = await ann.slash(ann.dm, "quiz", topic="sharding", count=3)
        assert "question 1 of 3" in asked.text
        await ann.press(asked.message.buttons[0], asked.message)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with cairn_run(tmp_path, **settings(dc)) as process:
        await ready(dc, ann)
        assert "1 of 123 done" in (await ann.slash(ann.dm, "progress")).text
        again = await ann.press("Explain", proposed.message)
        assert "Introduction" in again.text, "a button outlives a restart"
        assert "question 2 of 3" in (await ann.slash(ann.dm, "quiz")).text
        assert "review" in (await ann.slash(ann.dm, "review")).text.lower()
        code, told = await ended(process, signal.SIGTERM)
    assert code == 0
    assert "Traceback" not in told
    assert dc.token not in told


async def test_a_wrong_token_is_told_once_and_ends_with_2(dc: DiscordServer, tmp_path: Path) -> None:
    async with cairn_run(tmp_path, **{**settings(dc), "CAIRN_DISCORD_TOKEN": "wrong.made.token"}) as process:
        _out, err = await asyncio.wait_for(process.communicate(), WAIT)
    assert process.returncode == 2
    assert b"CAIRN_DISCORD_TOKEN" in err
    assert b"wrong.made.token" not in err
    assert err.count(b"\n") == 1
