"""What the tests of the terminal share: a few commands that show every block, and lines sent through a Console."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from adapters.console import Console
from bot.chat import Chat
from bot.command import Command, command
from bot.commands import by_name
from bot.engine import Engine
from bot.kinds import FreeText
from bot.library import Library
from bot.port import Answer
from bot.reply import Button, Draft, File, Option, Picture, Quiz, Reply
from bot.store.database import Database
from tests import ready
from tests.world import content

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="2" y="15">12 of 20</text></svg>'
HARM = "\x1b[2J\x1b]0;owned\x07\u202e\x9b31m red"
"""What would clear the screen, rename the window, turn the text round and colour it."""


@command("pose", "Asks a question")
def ask(chat: Chat) -> Reply:
    """A quiz block."""
    options = (Option("A queue", "/said queue"), Option("A *stack*", "/said stack"))
    return Reply((Quiz("What is first in, first out?", options, "http"),), about=("http",))


@command("draw", "Draws a picture")
def draw(chat: Chat) -> Reply:
    """A picture block."""
    return Reply((Picture("map", SVG, "12 of 20 topics are done."),))


@command("spoil", "Draws what is no picture")
def spoil(chat: Chat) -> Reply:
    """A picture that cannot be drawn."""
    return Reply((Picture("map", "no svg", "12 of 20 *topics*"),))


@command("save", "Hands out a file")
def save(chat: Chat) -> Reply:
    """A file with a name that leads elsewhere."""
    return Reply((File("../../my export.json", b"{}", "All that is kept"),))


@command("form", "Offers a form and a link")
def form(chat: Chat) -> Reply:
    """Buttons of all three sorts."""
    wanted = Button("Hand it in", "/said", fill=("what", "note"))
    link = Button("Read more", url="https://example.org/x")
    return Draft().say("What now?").offer([Button("Say it", "/said this"), wanted, link]).reply()


@command("said", "Says what was said")
def said(chat: Chat, what: Annotated[str, FreeText(90)] = "", note: Annotated[str, FreeText(90)] = "") -> Reply:
    """Its words again."""
    return Draft().say(f"Said: {what}, note: {note}").reply()


@command("harm", "Says what would do harm")
def harm(chat: Chat) -> Reply:
    """Escapes in every block."""
    quiz = Quiz(HARM, (Option(HARM, "/said"),), "http")
    file = File(HARM, b"", HARM)
    return Reply((*Draft().say(HARM + " &#x202e;").offer([Button(HARM, f"/said {HARM}")]).blocks, quiz, file))


TABLE: dict[str, Command] = {one.name: one for one in (ask, draw, spoil, save, form, said, harm)}


@contextmanager
def engine(folder: Path, little: Path) -> Iterator[Engine]:
    """The real engine on the small content, with the booth's commands beside the real ones."""
    database = Database.open(ready.sqlite(folder))
    try:
        yield Engine(database, Library(content(little), {**by_name(), **TABLE}))
    finally:
        database.close()


def through(
    engine: Engine,
    lines: bytes,
    answer: Answer | None = None,
    beside: Callable[[Console], Awaitable[None]] | None = None,
    **options: Any,
) -> bytes:
    """What a Console writes for these lines; `beside` is awaited before they are read."""
    source, feed = os.pipe()
    drain, target = os.pipe()

    async def served() -> bytes:
        console = Console(engine.suggest, interactive=False, pipes=(source, target), **options)
        fed = asyncio.to_thread(_feed, feed, lines)
        read = asyncio.to_thread(_drain, drain)
        if beside:
            await beside(console)
        waiting = asyncio.gather(fed, read)
        await console.run(answer or engine.answer)
        os.close(target)
        return (await waiting)[1]

    try:
        return asyncio.run(served())
    finally:
        os.close(source)
        os.close(drain)


def _feed(feed: int, lines: bytes) -> None:
    with os.fdopen(feed, "wb") as file:
        file.write(lines)


def _drain(drain: int) -> bytes:
    return b"".join(iter(lambda: os.read(drain, 1 << 16), b""))


def objects(written: bytes) -> list[dict[str, Any]]:
    """The objects of a protocol's output, each checked for its form."""
    assert written.isascii()
    found = [json.loads(line) for line in written.splitlines()]
    assert all(list(one) == ["reply", "sent", "suggestions", "error"] for one in found)
    assert all(one["error"] is None or one["error"].endswith(".") for one in found)
    return found
