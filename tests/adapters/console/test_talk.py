"""A person at a terminal: on a real one, and by keys where a form is filled in."""

import asyncio
import fcntl
import os
import pty
import select
import stat
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.console import Console
from bot.ask import Ask, Place
from bot.engine import Engine
from bot.reply import Button, Draft, Reply
from tests.adapters.console import booth

ROOT = Path(__file__).parents[3]


@dataclass
class Terminal:
    """A terminal in which Cairn runs."""

    process: subprocess.Popen[bytes]
    screen: int
    seen: str = ""

    def type(self, keys: str) -> None:
        """Presses keys."""
        os.write(self.screen, keys.encode())

    def until(self, text: str, patience: float = 20) -> str:
        """What was shown up to a text that must come."""
        end = time.monotonic() + patience
        while text not in self.seen:
            ready, _, _ = select.select([self.screen], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"no {text!r} in {self.seen!r}"
            self.seen += os.read(self.screen, 1 << 16).decode("utf-8", "replace")
        before, _, self.seen = self.seen.partition(text)
        return before


@contextmanager
def terminal(folder: Path, content: Path, columns: int = 40) -> Iterator[Terminal]:
    """Cairn in a terminal of its own."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    words = [sys.executable, "-m", "bot", "chat", "--db", f"sqlite:///{folder / 'cairn.db'}", "--content", str(content)]
    home = {"XDG_DATA_HOME": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache")}
    environment = os.environ | home | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    process = subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.mark.parametrize("leave", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_a_person_is_greeted_answered_and_let_go(tmp_path: Path, little: Path, leave: str) -> None:
    with terminal(tmp_path, little) as opened:
        assert "Hello me!" in opened.until("\x1b[?2004h")
        opened.type("/next\r")
        opened.until("Internet")
        opened.until("[1]")
        opened.until("\x1b[?2004h")
        opened.type(leave)
        opened.until("Goodbye.")
        assert opened.process.wait(20) == 0
    history = tmp_path / "data/cairn/history"
    assert "+/next" in history.read_text()
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


def test_completion_while_typing_takes_the_place_of_what_was_typed(tmp_path: Path, little: Path) -> None:
    with terminal(tmp_path, little, 100) as opened:
        opened.until("\x1b[?2004h")
        opened.type("/explain database i")
        opened.until("Database Indexes")
        opened.type("\t\r")
        opened.until("State:")
        opened.until("\x1b[?2004h")
        opened.type("\x04")
        assert opened.process.wait(20) == 0
    assert "+/explain indexes\n" in (tmp_path / "data/cairn/history").read_text()


@pytest.fixture
def engine(tmp_path: Path, little: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The engine, with a data folder that cannot be written."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with booth.engine(tmp_path, little) as made:
        yield made


async def typed(engine: Engine, *keys: str) -> None:
    """Types all of these keys at once, and leaves."""
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        console = Console(engine.suggest, interactive=True)
        serving = asyncio.create_task(console.run(engine.answer))
        keyboard.send_text("".join(keys) + "\x04")
        await asyncio.wait_for(serving, 20)


async def test_a_form_asks_for_each_word(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    await typed(engine, "/form\r", "2\r", "one two\r", "a note\r", "1\r")
    said = capsys.readouterr().out
    assert "» Hand it in" in said
    assert "Said: one two, note: a note" in said


async def test_a_form_can_be_left(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    await typed(engine, "/form\r", "2\r", "one\r", "\x03", "9\r", "1\r")
    said = capsys.readouterr().out
    assert "Nothing was sent." in said
    assert "There is no choice 9 here: choose 1 to 2." in said
    assert "Said: one" not in said
    assert "Said: this" in said
    assert said.endswith("Goodbye. Your progress is kept.\n")


async def test_what_comes_from_elsewhere_counts_on(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        console = Console(engine.suggest, interactive=True)
        answered = asyncio.Event()

        async def answer(ask: Ask) -> Reply | None:
            if ask.text == "/form":
                asyncio.get_running_loop().call_later(0.5, answered.set)
            return await engine.answer(ask)

        serving = asyncio.create_task(console.run(answer))
        keyboard.send_text("/form\r")
        await answered.wait()
        nudge = Draft().say("Time to learn.").offer([Button("Go", "/said go")]).reply()
        sent = await console.send(Place("console", "g1"), None, nudge)
        keyboard.send_text("3\r\x04")
        await asyncio.wait_for(serving, 20)
    said = capsys.readouterr().out
    assert sent.place == Place("console", "g1")
    assert "[group:g1]\nTime to learn." in said
    assert "[3] Go" in said
    assert "Said: go" in said
