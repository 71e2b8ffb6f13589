"""How it runs: tokens, shards, lost connections, interactions that are over, and the commands told once."""

import asyncio
import gc
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.discord import shards, watch
from adapters.discord.hello import WrongToken
from adapters.discord.rights import NEEDED
from bot.reply import Draft
from tests.adapters.discord.conftest import Study
from tests.adapters.discord.running import Running, running
from tests.fakes.discord_faults import Cut, Refuse, Stall
from tests.fakes.discord_server import DiscordServer

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
COMMANDS = "PUT /applications/{application_id}/commands"


async def test_the_first_run_prints_the_invite_and_the_commands_are_told_once(
    dc: DiscordServer, study: Study, tmp_path: Path
) -> None:
    async with running(dc, tmp_path) as first:
        assert "Cairn is on Discord as" in first.told[0]
        assert f"permissions={NEEDED.value}" in first.told[0]
        assert "scope=bot+applications.commands" in first.told[0]
        assert "integration_type=1" in first.told[0]
        await asyncio.sleep(0.2)
    async with running(dc, tmp_path) as second:
        await asyncio.sleep(0.2)
        assert "permissions=" not in second.told[0]
    assert len(dc.calls(COMMANDS)) == 1


async def test_a_wrong_token_is_told(dc: DiscordServer, tmp_path: Path) -> None:
    async with running(dc, tmp_path, start=False, token="wrong") as cairn:
        with pytest.raises(WrongToken, match="CAIRN_DISCORD_TOKEN"):
            await asyncio.wait_for(cairn.port.run(cairn.answer), 10)


@pytest.mark.parametrize(("code", "words"), [(4004, "TOKEN"), (4014, "intent"), (4011, "SHARDS")])
async def test_what_the_gateway_refuses_for_good_is_told(
    dc: DiscordServer, study: Study, tmp_path: Path, code: int, words: str
) -> None:
    async with running(dc, tmp_path) as cairn:
        assert cairn.task
        await dc.gateway.drop(code)
        with pytest.raises(WrongToken, match=words):
            await asyncio.wait_for(cairn.task, 10)


def test_shards_are_read() -> None:
    assert shards.read("") == (None, None)
    assert shards.read("0-3/16") == ([0, 1, 2, 3], 16)
    assert shards.read("5/16") == ([5], 16)
    for wrong in ("3-1/16", "0-16/16", "all", "1"):
        with pytest.raises(WrongToken, match="SHARDS"):
            shards.read(wrong)


async def test_a_part_of_the_shards(tmp_path: Path) -> None:
    async with DiscordServer(shards=4) as dc:
        async with running(dc, tmp_path, ready=False, shards="1/4"):
            await dc.gateway.ready()
            assert [session.shard for session in dc.gateway.connected] == [1]
            await asyncio.sleep(0.2)
            assert dc.calls(COMMANDS) == []  # told by the process with the first shard
        assert dc.violations == []


async def test_no_network_at_start_is_waited_out(
    dc: DiscordServer, study: Study, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await dc.offline()
    with caplog.at_level(logging.WARNING):
        async with running(dc, tmp_path, ready=False):
            await asyncio.sleep(1)
            await dc.online()
            await dc.gateway.ready()
            await dc.until(lambda: dc.command("start"))
            assert "Hello" in (await study.ann.slash(study.ann.dm, "start")).text
    said = [record.getMessage() for record in caplog.records]
    assert sum("cannot be reached" in line for line in said) == 1


async def test_a_gateway_that_is_down_at_start_is_waited_out(dc: DiscordServer, study: Study, tmp_path: Path) -> None:
    dc.gateway.down = True
    async with running(dc, tmp_path, ready=False):
        await asyncio.sleep(1)
        dc.gateway.down = False
        await dc.gateway.ready()
        await dc.until(lambda: dc.command("start"))
        assert (await study.ann.slash(study.ann.dm, "start")).text


async def test_lost_connections_are_resumed_and_invalid_sessions_begun_anew(
    dc: DiscordServer, cairn: Running, study: Study, caplog: pytest.LogCaptureFixture
) -> None:
    await dc.gateway.drop()
    await dc.gateway.ready()
    assert (await study.ann.slash(study.ann.dm, "help")).text
    dc.gateway.reconnect()
    await dc.until(lambda: dc.gateway.resumed >= 2, what="a second resume")
    assert (await study.ann.slash(study.ann.dm, "help")).text
    dc.gateway.invalidate()
    await dc.until(lambda: dc.gateway.identified >= 2, within=15, what="a new session")
    await dc.gateway.ready()
    assert (await study.ann.slash(study.ann.dm, "help")).text
    assert "cannot be reached" not in caplog.text


async def test_it_ends_in_the_middle_of_a_reconnection(dc: DiscordServer, tmp_path: Path) -> None:
    """discord.py swallows a cancellation while it identifies anew; stopping must not wait for it."""
    for moment in (0, 1, 3):
        async with running(dc, tmp_path) as cairn:
            await dc.gateway.drop()
            await asyncio.sleep(moment / 1000)
            assert cairn.task
            cairn.task.cancel()
            ended, _waiting = await asyncio.wait({cairn.task}, timeout=12)
            assert ended, f"it goes on when stopped {moment} ms after the connection was lost"


@pytest.fixture
def collected() -> Iterator[None]:
    """What a test leaves behind is collected while its own warnings are still expected."""
    yield
    gc.collect()


@pytest.mark.filterwarnings("ignore:Unclosed connection:ResourceWarning")  # discord.py's, of handshakes refused
async def test_a_long_outage_is_told_once_and_its_end(
    collected: None,
    dc: DiscordServer,
    cairn: Running,
    study: Study,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0.3)
    dc.gateway.down = True
    await dc.gateway.drop()
    await asyncio.sleep(1.5)
    dc.gateway.down = False
    await dc.until(lambda: "answers again" in caplog.text or None, within=20, what="the end of the outage")
    assert caplog.text.count("cannot be reached") == 1


@pytest.mark.parametrize(
    "fault",
    [Refuse(404, 10062, "Unknown interaction"), Refuse(400, 40060, "Already acknowledged"), Cut(), Refuse(500)],
)
async def test_an_interaction_that_cannot_be_answered_is_no_crash(
    dc: DiscordServer, cairn: Running, study: Study, fault: Refuse | Cut, caplog: pytest.LogCaptureFixture
) -> None:
    dc.trouble(CALLBACK, fault)
    await study.ann.slash(study.channel, "map", wait=None)
    await dc.until(lambda: cairn.asks or None)
    await asyncio.sleep(0.3)
    assert (await study.ann.slash(study.ann.dm, "map")).text
    assert "Traceback" not in caplog.text


async def test_a_slow_acknowledgement_is_waited_for(dc: DiscordServer, cairn: Running, study: Study) -> None:
    cairn.slow = 0.9
    dc.trouble(CALLBACK, Stall(1.0))
    said = await study.ann.slash(study.channel, "map")
    assert "##" in said.text
    assert dc.refusals == []


async def test_an_expired_token_is_no_crash(dc: DiscordServer, cairn: Running, study: Study) -> None:
    cairn.slow = 1.0
    dc.answer_within = 0.8
    await study.ann.slash(study.channel, "map", wait=None)
    await dc.until(lambda: dc.refusals or None)
    dc.answer_within = 900
    cairn.slow = 0
    assert (await study.ann.slash(study.channel, "map")).text


async def test_what_is_being_answered_is_finished_before_the_end(
    dc: DiscordServer, study: Study, tmp_path: Path
) -> None:
    async with running(dc, tmp_path) as cairn:
        cairn.slow = 0.4
        said = await study.ann.slash(study.channel, "map", wait=None)
        await dc.until(lambda: cairn.asks or None)
    assert "##" in said.text


async def test_a_command_that_is_no_longer_ours_is_answered(dc: DiscordServer, cairn: Running, study: Study) -> None:
    known = dc.command("map")
    assert known
    dc.commands.append({**known, "id": "4242", "name": "gone"})
    assert "There is no command" in (await study.ann.slash(study.channel, "gone")).text


async def test_an_empty_reply_is_answered_all_the_same(dc: DiscordServer, cairn: Running, study: Study) -> None:
    cairn.scripted["/map"] = None
    assert (await study.ann.slash(study.channel, "map")).text
    cairn.scripted["/next"] = Draft().reply()
    assert (await study.ann.slash(study.channel, "next")).text
