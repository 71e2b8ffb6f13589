"""The one place that knows everyone: settings -> store -> adapters -> run."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import arguments
from bot import settings as environment
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.engine import Engine
    from bot.port import Port
    from bot.store.database import Database

REFUSED = 2
"""The exit code when Cairn cannot begin: one sentence on standard error says why."""

INTERRUPTED = 130
"""The exit code after Ctrl-C where it was no way of leaving: in the middle of a script."""


def main(given_words: Sequence[str] | None = None) -> int:
    """The command `cairn`; returns its exit code."""
    import os

    words = list(sys.argv[1:] if given_words is None else given_words)
    try:
        settings = environment.read(os.environ)
        if words[:1] == ["content"]:
            from bot.roadmap.writer.cli import main as content

            return content(words[1:], settings.content)
        given = arguments.parser().parse_args(words)
        return _chat(given, settings) if given.command == "chat" else _run(settings)
    except SettingsError as error:
        return _refuse(str(error))


def _chat(given: argparse.Namespace, settings: Settings) -> int:
    import asyncio

    from adapters.console import Console

    url = environment.check_database(given.db, "--db") if given.db else settings.database_url
    database, engine = _core(url, given.content or settings.content, settings)
    if database is None or engine is None:
        return REFUSED

    async def tick(now: datetime) -> None:
        from datetime import timedelta

        from scheduler.deliver import Delivery

        await engine.plan(now, timedelta())
        await Delivery(database, engine.fresh, {console.platform: console}).all(now)

    console = Console(suggest=engine.suggest, json=given.json, pictures=given.pictures, now=given.now, tick=tick)
    try:
        asyncio.run(console.run(engine.answer))
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        database.close()
    return 0


def _core(url: str, folder: Path, settings: Settings) -> "tuple[Database, Engine] | tuple[None, None]":
    """The store and the engine; where one cannot be had, says why and returns none."""
    import logging

    from bot.commands import by_name
    from bot.engine import Engine
    from bot.library import Library
    from bot.roadmap.faults import ContentError
    from bot.roadmap.load import load
    from bot.store.database import Database
    from bot.store.schema import Unusable

    logging.basicConfig(level=settings.log.upper(), format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        library = Library(load(folder, environment.cache_folder()), by_name())
        database = Database.open(url)
    except ContentError as error:
        _refuse(f"the content in {folder} cannot be used:\n" + "\n".join(map(str, error.faults)))
        return None, None
    except Unusable as error:
        _refuse(str(error))
        return None, None
    return database, Engine(database, library, settings.owners)


def _run(settings: Settings) -> int:
    """Serves the platforms that are switched on, until SIGTERM or Ctrl-C."""
    import asyncio

    if not settings.telegram_token and not settings.discord_token:
        return _refuse(arguments.HOW)
    database, engine = _core(settings.database_url, settings.content, settings)
    if database is None or engine is None:
        return REFUSED
    from bot.port import Unwelcome

    try:
        asyncio.run(_serve(settings, database, engine))
    except Unwelcome as error:
        return _refuse(str(error))
    finally:
        database.close()
    return 0


async def _serve(settings: Settings, database: "Database", engine: "Engine") -> None:
    """Runs every platform and the clock side by side; the first that cannot go on ends them all."""
    import asyncio
    import signal

    ports = {port.platform: port for port in _ports(settings, database, engine)}
    tasks = [asyncio.create_task(port.run(engine.answer)) for port in ports.values()]
    clock = asyncio.create_task(_clock(settings, database, engine, ports))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    waiting = asyncio.create_task(stop.wait())
    ended, _ = await asyncio.wait([*tasks, clock, waiting], return_when=asyncio.FIRST_COMPLETED)
    for number in (signal.SIGTERM, signal.SIGINT):  # we are ending already
        asyncio.get_running_loop().remove_signal_handler(number)
        signal.signal(number, signal.SIG_IGN)
    clock.cancel()
    await asyncio.wait([clock])  # what it has in the air still goes through the platforms
    for task in (*tasks, waiting):
        task.cancel()
    await asyncio.gather(clock, *tasks, waiting, return_exceptions=True)
    for task in ended - {waiting}:
        task.result()


async def _clock(settings: Settings, database: "Database", engine: "Engine", ports: "dict[str, Port]") -> None:
    """Plans and delivers what is due, and clears away what has served its time."""
    from datetime import timedelta

    from bot.store import kept
    from bot.store.upkeep import upkeep
    from scheduler.deliver import Delivery
    from scheduler.jobs import Job, run

    async def reap(now: datetime) -> None:
        await database.run(lambda connection: kept.reap(connection, now))

    async def clear(now: datetime) -> None:
        bounds = settings.keep_groups_days, settings.keep_accounts_months
        while await database.run(lambda connection: upkeep(connection, now, *bounds)):
            pass

    await run(
        Delivery(database, engine.fresh, ports),
        Job("plan", timedelta(seconds=1), engine.plan),
        Job("rules", timedelta(days=1), engine.new_rules),
        Job("reap", timedelta(hours=1), reap),
        Job("upkeep", timedelta(days=1), clear),
    )


def _ports(settings: Settings, database: "Database", engine: "Engine") -> "Iterator[Port]":
    """The platforms whose token is set, each imported only then."""
    from bot.keep import Keep

    keep, menu = Keep(database), engine.library.menu
    if settings.telegram_token:
        from adapters.telegram.port import Telegram

        yield Telegram(
            settings.telegram_token,
            suggest=engine.suggest,
            menu=menu,
            keep=keep,
            owners=settings.owners,
            api_url=settings.telegram_api_url,
            webhook_url=settings.telegram_webhook_url,
            listen=settings.telegram_listen,
        )
    if settings.discord_token:
        from adapters.discord.port import Discord

        yield Discord(
            settings.discord_token,
            suggest=engine.suggest,
            menu=menu,
            keep=keep,
            more={name: one.more.keys(engine.library) for name, one in menu.items() if one.more},
            api_url=settings.discord_api_url,
            gateway_url=settings.discord_gateway_url,
            shards=settings.discord_shards,
        )


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"cairn: {sentence}\n")
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
