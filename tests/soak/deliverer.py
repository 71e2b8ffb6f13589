"""One delivering process, which tells the sink its name; it is ended by SIGTERM, or killed."""

import asyncio
import logging
import os
import signal
from pathlib import Path

from bot.ask import Ask
from bot.port import Answer
from bot.reply import Draft, Reply
from bot.store.database import Database
from scheduler.deliver import Delivery
from tests.fakes.sink import PLATFORM, SinkPort

PATIENCE = 1.0
"""Seconds in which the sink must have answered."""


async def echo(ask: Ask) -> Reply | None:
    """What the line says."""
    return Draft().say(ask.text).reply()


def real(database: Database) -> Answer:
    """The engine's, with the shipped content."""
    from bot.commands import by_name
    from bot.engine import Engine
    from bot.library import Library
    from tests.world import content

    return Engine(database, Library(content(), by_name())).fresh


async def deliver(database: Database, path: Path, rate: float, answer: Answer) -> None:
    """Delivers until SIGTERM, which is listened to before the sink hears of us: then it may come."""
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    port = SinkPort(path, "", rate)
    delivery = Delivery(database, answer, {PLATFORM: port}, patience=PATIENCE)
    port.name = f"{os.getpid()} {delivery.name}"
    hearing = asyncio.create_task(port.run(answer))
    await port.ready.wait()
    delivering, stopping = asyncio.create_task(delivery.run()), asyncio.create_task(stopped.wait())
    await asyncio.wait([delivering, stopping], return_when=asyncio.FIRST_COMPLETED)
    delivering.cancel()
    await asyncio.wait([delivering])
    stopping.cancel()
    hearing.cancel()


def main(url: str, path: Path, rate: float, engine: bool) -> None:
    """Delivers to the sink that listens at `path`. `engine`: the real one answers, else a row's own line is said."""
    logging.basicConfig(level=logging.ERROR)
    database = Database.open(url)
    try:
        asyncio.run(deliver(database, path, rate, real(database) if engine else echo))
    finally:
        database.close()
