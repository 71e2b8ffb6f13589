"""A whole Cairn for a test: the real engine on a real database, and people who talk to it."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.ask import Account, Ask, Place, Role
from bot.commands import by_name
from bot.engine import Engine
from bot.library import Library
from bot.port import Answer
from bot.port import Sent as Landed
from bot.reply import Button, Buttons, Quiz, Reply, Text
from bot.roadmap.load import load
from bot.roadmap.model import Content
from bot.store.database import Database
from scheduler.deliver import Delivery

SHIPPED = Path(__file__).parent.parent / "content"
CACHE = Path(tempfile.gettempdir()) / "cairn-tests"
"""Where the content is kept ready-made for all processes of the tests; it is made anew when a file changes."""
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@cache
def content(folder: Path = SHIPPED) -> Content:
    """The content of a folder, loaded once a run."""
    return load(folder, CACHE)


@dataclass(frozen=True)
class Sent:
    """What was said by itself: where, to whom in private, and what."""

    place: Place
    to: str
    reply: Reply


class Sink:
    """A terminal that keeps what it is sent: messages in `sent`, and what only edits an earlier one in `edits`."""

    platform = "console"
    rate = 0.0

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.edits: list[Sent] = []

    async def run(self, answer: Answer) -> None:
        """Nobody comes by itself."""

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Landed:
        """Keeps a reply."""
        kept = self.edits if reply.edits else self.sent
        kept.append(Sent(place, account.id if account else "", reply))
        return Landed(place, str(len(kept)))


@dataclass
class World:
    """One Cairn. Every `say` is one ask; `last` is the reply to it, or what the last `tick` sent."""

    database: Database
    library: Library = field(repr=False)
    owners: frozenset[tuple[str, str]] = frozenset()
    now: datetime = START
    last: Reply | None = None
    who: str = "me"
    place: Place = field(default_factory=lambda: Place("console"))
    role: Role = Role.MEMBER
    asked: Quiz | None = None
    sink: Sink = field(default_factory=Sink)

    def __post_init__(self) -> None:
        self.engine = Engine(self.database, self.library, self.owners)

    def say(self, text: str, who: str = "") -> Reply:
        """Says a line and returns the reply; it must be one."""
        account = Account("console", who or self.who, who or self.who)
        ask = Ask(text, account, self.place, self.now, self.role)
        reply = asyncio.run(self.engine.answer(ask))
        assert reply is not None
        self._shown(reply)
        return reply

    def tick(self) -> list[Sent]:
        """Plans and delivers all that is due now; what was sent, but for what only edits an earlier message."""
        self.sink.sent, self.sink.edits = [], []
        asyncio.run(self.engine.plan(self.now, timedelta()))
        delivery = Delivery(self.database, self.engine.answer, {self.sink.platform: self.sink})
        asyncio.run(delivery.all(self.now))
        replies = [sent.reply for sent in self.sink.sent]
        about = dict.fromkeys(topic for reply in replies for topic in reply.about)
        self._shown(Reply(tuple(block for reply in replies for block in reply.blocks), tuple(about)))
        return self.sink.sent

    def _shown(self, reply: Reply) -> None:
        self.last = reply
        self.asked = next((block for block in reply.blocks if isinstance(block, Quiz)), self.asked)

    def happens(self, text: str) -> Reply | None:
        """What the platform tells of who speaks, as a line of the house."""
        return asyncio.run(
            self.engine.answer(Ask(text, Account("console", self.who), self.place, self.now, Role.HOUSE))
        )

    def answers(self, *, right: bool = True, who: str = "") -> Reply:
        """Answers the question that was shown last."""
        quiz = self.asked
        assert quiz, "no question was shown yet"
        at = quiz.right if right else (quiz.right + 1) % len(quiz.options)
        return self.say(quiz.options[at].line, who)

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
