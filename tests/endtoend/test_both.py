"""Telegram and Discord in one process: the same Cairn, one learner for each account."""

import signal
from pathlib import Path

from tests.endtoend import test_discord as on_discord
from tests.endtoend import test_telegram as on_telegram
from tests.endtoend.process import cairn_run, ended
from tests.fakes.discord_fixture import dc
from tests.fakes.discord_server import DiscordServer
from tests.fakes.telegram_fixture import tg
from tests.fakes.telegram_server import TelegramServer

__all__ = ["dc", "tg"]


async def test_both_serve_side_by_side_and_end_together(dc: DiscordServer, tg: TelegramServer, tmp_path: Path) -> None:
    olga = dc.user("Olga")
    guild = dc.guild("Study", owner=olga)
    guild.add_bot()
    ann = tg.private(tg.user("Ann"))
    async with cairn_run(tmp_path, **on_discord.settings(dc), **on_telegram.settings(tg)) as process:
        await on_discord.ready(dc, olga)
        assert "Hello Olga" in (await olga.slash(olga.dm, "start")).text
        await ann.starts()
        await on_telegram.until(ann, "Hello Ann")
        assert "Done: " in (await olga.slash(olga.dm, "done", topic="caching")).text
        await ann.says("/undo")
        await on_telegram.until(ann, "nothing to take back")
        code, told = await ended(process, signal.SIGTERM)
    assert code == 0
    assert "Traceback" not in told
