"""Killed at any moment, the next start finds every step that was acknowledged."""

import os
import random
import signal
import time
from pathlib import Path

from sqlalchemy import select

from bot.store.database import Database
from bot.store.tables import event, progress

KILLS = 100


def test_a_hundred_kills_lose_nothing(tmp_path: Path, little: Path) -> None:
    url = f"sqlite:///{tmp_path / 'cairn.db'}"
    Database.open(url).close()
    moment = random.Random(2)
    at = written = 0
    fork = _Forker(url, little)
    for _kill in range(KILLS):
        asked, told = fork.write_until_killed(at, moment.uniform(0.0, 0.05))
        events = _events(url)
        new = len(events) - written
        assert told <= new <= asked, f"told {told}, found {new}, asked {asked}"
        written, at = len(events), at + new
    assert written > KILLS
    states = {row[0]: row[1] for row in _progress(url)}
    last = {topic: kind for kind, topic in _events(url)}
    assert states == last, "what is derived agrees with the log"


class _Forker:
    """Forks a writer from a warm process, so that a hundred starts take seconds."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder

    def write_until_killed(self, start: int, after: float) -> tuple[int, int]:
        """Lets a process write, kills it `after` seconds past its first answer; steps asked and acknowledged."""
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            try:
                _write(self.url, self.folder, start, write)
            finally:
                os._exit(1)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            first = pipe.read(2)
            assert first == b"at"
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            rest = first + pipe.read()
        return rest.count(b"a"), rest.count(b"t")


def _write(url: str, folder: Path, start: int, pipe: int) -> None:
    from tests.world import world

    with world(url, folder) as cairn:
        for number in range(start, start + 10_000):
            os.write(pipe, b"a")
            cairn.say(f"/{('done', 'learn')[number % 2]} {('http', 'apple')[number // 2 % 2]}")
            os.write(pipe, b"t")


def _events(url: str) -> list[tuple[str, str]]:
    database = Database.open(url)
    try:
        with database.engine.begin() as connection:
            rows = connection.execute(select(event.c.kind, event.c.topic).order_by(event.c.id))
            return [(row.kind, row.topic) for row in rows]
    finally:
        database.close()


def _progress(url: str) -> list[tuple[str, str]]:
    database = Database.open(url)
    try:
        with database.engine.begin() as connection:
            return [(row.topic, row.state) for row in connection.execute(select(progress.c.topic, progress.c.state))]
    finally:
        database.close()
