"""Rights, generated from the registry: what is not everybody's is refused to everybody else, and changes nothing."""

import asyncio
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.ask import Ask, Role
from bot.command import Command, Where
from bot.commands import by_name
from bot.engine import Engine
from bot.library import Library
from bot.reply import Reply
from bot.store.database import Database
from bot.store.tables import keep, metadata
from tests import ready
from tests.contract.stages import PLATFORMS, OnDiscord, Says, stage
from tests.world import content, words

GUARDED = [command for command in by_name().values() if command.role > Role.MEMBER]
Heard = asyncio.Queue[tuple[Ask, Reply | None]]
PATIENCE = 40.0
"""Seconds for an answer."""


class Overheard(Engine):
    """The real engine, of which is heard what people ask and what it says."""

    def __init__(self, database: Database, library: Library) -> None:
        super().__init__(database, library)
        self._heard: defaultdict[tuple[str, str], Heard] = defaultdict(asyncio.Queue)

    async def answer(self, ask: Ask) -> Reply | None:
        """The engine's answer."""
        reply = await super().answer(ask)
        if ask.role < Role.HOUSE:
            self._heard[ask.account.name, ask.text].put_nowait((ask, reply))
        return reply

    async def until(self, name: str, line: str) -> tuple[Ask, Reply | None]:
        """What somebody asked, and the answer, once both are there."""
        try:
            return await asyncio.wait_for(self._heard[name, line].get(), PATIENCE)
        except TimeoutError:
            raise AssertionError(f"{line} of {name} was not answered") from None


def everything(database: Database, platform: str) -> dict[str, list[Any]]:
    """All rows of all tables, but for what the platform's own adapter remembers."""
    with database.engine.begin() as connection:
        found = {table.name: list(connection.execute(select(table))) for table in metadata.sorted_tables}
    found[keep.name] = [row for row in found[keep.name] if not row.space.startswith(platform)]
    return found


def refusal(command: Command, ask: Ask) -> str:
    """The words that must be in the answer."""
    if command.role is Role.HOUSE:
        return f"There is no command “/{command.name}”"
    if command.where is Where.GROUP and ask.place.private:
        return "works in a group"
    if command.where is Where.PRIVATE and not ask.place.private:
        return "works in your private chat"
    return "is for administrators of this group" if command.role is Role.ADMIN else "is for whoever hosts this Cairn"


async def refused(engine: Overheard, name: str, says: Says) -> None:
    """Somebody says every word that is not theirs, one after another."""
    for command in GUARDED:
        await says(command.example)
        ask, reply = await engine.until(name, command.example)
        assert refusal(command, ask) in words(reply), f"{name} on {ask.place}: {command.example}"
        assert ask.role is Role.MEMBER


def test_there_are_words_of_every_role() -> None:
    assert {command.role for command in GUARDED} == {Role.ADMIN, Role.OWNER, Role.HOUSE}


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_is_not_theirs_is_refused_to_everybody_and_changes_nothing(platform: str, tmp_path: Path) -> None:
    engine = Overheard(Database.open(ready.sqlite(tmp_path)), Library(content(), by_name()))
    async with stage(platform, tmp_path, engine) as on:
        strangers = await on.strangers()
        asks = [(await engine.until(name, "/help"))[0] for name in strangers]
        others = [other for other in PLATFORMS if other != platform]
        engine.owners = frozenset((other, ask.account.id) for ask in asks for other in others)
        before = everything(engine.database, platform)
        await asyncio.gather(*(refused(engine, name, says) for name, says in strangers.items()))
        assert everything(engine.database, platform) == before
        engine.owners = frozenset((platform, ask.account.id) for ask in asks)
        await strangers["Eve"]("/health")
        _ask, reply = await engine.until("Eve", "/health")
        assert "Nothing rests undelivered" in words(reply)


async def test_discord_offers_nobody_what_they_may_not_say(tmp_path: Path) -> None:
    async with stage("discord", tmp_path) as on:
        assert isinstance(on, OnDiscord)
        offered = on.offered
    guarded = {command.name for command in GUARDED} | {"gate"}
    assert "report" in offered["member"]
    assert not guarded & (offered["member"] | offered["private"])
    assert guarded & offered["admin"] == {c.name for c in GUARDED if c.role is Role.ADMIN and not c.hidden} | {"gate"}
