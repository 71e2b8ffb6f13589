"""Where a person types: with the lines of earlier days, and completion while typing."""

import os
import re
from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from adapters.console.arrive import Clock, me
from adapters.console.choices import filled
from adapters.console.script import Suggest
from bot.ask import clean
from bot.kinds import Choice

_AFTER_KEY = re.compile(r"(?:^|\s)[\w-]+=(?=\S*$)")
_MENU = 6
"""Lines kept free for the menu of completions."""


class Entry:
    """The prompt for lines, and the one for single words of a form."""

    def __init__(self, suggest: Suggest, clock: Clock) -> None:
        self._suggest = suggest
        self._clock = clock
        self._lines: PromptSession[str] = _session(_history())

    async def line(self) -> str:
        """A line that somebody typed. Raises KeyboardInterrupt (Ctrl-C) or EOFError (Ctrl-D)."""
        completer = _Typing(self._suggest, self._clock, lambda text: text or "/", start_of)
        return await self._lines.prompt_async(FormattedText([("bold", "> ")]), completer=completer)

    async def word(self, line: str, key: str) -> str:
        """A word that is still to be added to a line. Raises as `line` does."""
        completer = _Typing(self._suggest, self._clock, lambda text: _with(line, key, text), lambda text, choice: 0)
        prompt = FormattedText([("bold", f"{clean(key)}: ")])
        return (await _session(InMemoryHistory()).prompt_async(prompt, completer=completer)).strip()


def _session(history: History) -> PromptSession[str]:
    return PromptSession(history=history, complete_while_typing=True, reserve_space_for_menu=_MENU)


def _with(line: str, key: str, text: str) -> str:
    return filled(line, {key: text}) if text else f"{line} {key}="


class _Typing(Completer):
    """Completes through the engine: `whole` is the line to complete, `start` where in the text a choice goes."""

    def __init__(
        self, suggest: Suggest, clock: Clock, whole: Callable[[str], str], start: Callable[[str, Choice], int]
    ) -> None:
        self._suggest = suggest
        self._clock = clock
        self._whole = whole
        self._start = start

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Nothing: completions come from the loop that the engine runs in."""
        return ()

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """What could stand where the cursor is."""
        text = document.text_before_cursor
        for choice in await self._suggest(me(self._whole(text), self._clock)):
            yield Completion(choice.value, self._start(text, choice) - len(text), display=clean(choice.label))


def start_of(text: str, choice: Choice) -> int:
    """Where in a line the words begin that a choice completes: all words of the parameter, not only the last one."""
    if choice.value.startswith("/") and " " not in text:
        return 0
    if after := _AFTER_KEY.search(text):
        return after.end()
    first = len(text) - len(text.partition(" ")[2]) if text.startswith("/") else 0
    names = [_folded(choice.label), _folded(choice.value)]
    for at in [first, *(gap.end() for gap in re.finditer(r"\s+", text) if gap.end() > first)]:
        typed = _folded(text[at:])
        if typed and any(name.startswith(typed) for name in names):
            return at
    return len(text) if text.endswith(" ") else first


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _history() -> History:
    """The lines typed so far, readable by nobody else; only those of this session where no file can be written."""
    import platformdirs

    file = Path(platformdirs.user_data_path("cairn", appauthor=False)) / "history"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600))
        file.chmod(0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(file))
