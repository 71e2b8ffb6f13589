"""The one place that knows everyone: settings -> store -> adapters -> run."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import settings as environment
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.engine import Engine
    from bot.store.database import Database

REFUSED = 2
"""The exit code when Cairn cannot begin: one sentence on standard error says why."""

INTERRUPTED = 130
"""The exit code after Ctrl-C where it was no way of leaving: in the middle of a script."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `cairn`; returns its exit code."""
    import os

    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        settings = environment.read(os.environ)
        if words[:1] == ["content"]:
            from bot.roadmap.writer.cli import main as content

            return content(words[1:], settings.content)
        given = _parser().parse_args(words)
        return _chat(given, settings) if given.command == "chat" else _run(settings)
    except SettingsError as error:
        return _refuse(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("cairn", description="A study companion for the backend developer roadmap.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="{chat,run,content}")
    chat = commands.add_parser("chat", help="talk to Cairn in this terminal, or by lines")
    chat.add_argument("--json", action="store_true", help="one JSON object per line, in and out (docs/protocol.md)")
    chat.add_argument("--db", metavar="URL", help="the database, such as sqlite:////path/to/file.db")
    chat.add_argument("--content", metavar="DIR", type=Path, help="another content folder")
    chat.add_argument("--pictures", metavar="DIR", type=Path, help="where pictures and files are written")
    chat.add_argument("--now", metavar="INSTANT", type=_instant, help="where the clock stands, ISO 8601 with offset")
    commands.add_parser("run", help="serve the platforms that are switched on")
    commands.add_parser("content", help="tools for whoever writes pages (cairn content --help)")
    return parser


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no instant; write 2026-11-22T09:00:00+01:00") from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no offset; write {text}+00:00")
    return instant


def _chat(given: argparse.Namespace, settings: Settings) -> int:
    import asyncio

    from adapters.console import Console

    url = environment.check_database(given.db, "--db") if given.db else settings.database_url
    database, engine = _core(url, given.content or settings.content, settings)
    if database is None or engine is None:
        return REFUSED

    async def tick(now: datetime) -> None:
        from scheduler.deliver import Delivery

        await Delivery(database, engine.answer, {console.platform: console}).all(now)

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
    """No platform but the terminal is built yet."""
    return _refuse("no platform is switched on; `cairn chat` talks to Cairn in this terminal")


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"cairn: {sentence}\n")
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
