"""A whole Cairn for a test: the real engine on a real database, and people who talk to it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.ask import Account, Ask, Place, Role
from bot.commands import by_name
from bot.engine import Engine
from bot.library import Library
from bot.reply import Button, Buttons, Reply, Text
from bot.roadmap.load import load
from bot.roadmap.model import Content
from bot.store.database import Database

SHIPPED = Path(__file__).parent.parent / "content"
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@cache
def content(folder: Path = SHIPPED) -> Content:
    """The content of a folder, loaded once a run."""
    return load(folder)


@dataclass
class World:
    """One Cairn. Every `say` is one ask; `last` is the reply to it."""

    database: Database
    library: Library
    owners: frozenset[tuple[str, str]] = frozenset()
    now: datetime = START
    last: Reply | None = None
    who: str = "me"
    place: Place = field(default_factory=lambda: Place("console"))
    role: Role = Role.MEMBER

    def __post_init__(self) -> None:
        self.engine = Engine(self.database, self.library, self.owners)

    def say(self, text: str, who: str = "") -> Reply:
        """Says a line and returns the reply; it must be one."""
        account = Account("console", who or self.who, who or self.who)
        ask = Ask(text, account, self.place, self.now, self.role)
        self.last = asyncio.run(self.engine.answer(ask))
        assert self.last is not None
        return self.last

    def press(self, label: str) -> Reply:
        """Presses a button of the last reply."""
        return self.say(self.button(label).line)

    def button(self, label: str) -> Button:
        """The button of the last reply with this label."""
        found = [button for button in buttons(self.last) if button.label == label]
        assert found, f"no button {label!r} among {[button.label for button in buttons(self.last)]}"
        return found[0]


def words(reply: Reply | None) -> str:
    """All texts of a reply."""
    return "\n".join(block.text for block in reply.blocks if isinstance(block, Text)) if reply else ""


def buttons(reply: Reply | None) -> list[Button]:
    """All buttons of a reply."""
    blocks = reply.blocks if reply else ()
    return [button for block in blocks if isinstance(block, Buttons) for row in block.rows for button in row]


@contextmanager
def world(url: str, folder: Path = SHIPPED) -> Iterator[World]:
    """A Cairn on the database `url` with the content of a folder."""
    database = Database.open(url)
    try:
        yield World(database, Library(content(folder), by_name()))
    finally:
        database.close()
