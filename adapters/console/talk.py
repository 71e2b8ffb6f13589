"""A person at a terminal: a prompt with history and completion, replies drawn to its width, choices by number."""

from prompt_toolkit.application import get_app_or_none, run_in_terminal
from rich.console import Console, Group
from rich.text import Text as Line

from adapters.console.arrive import Clock, me
from adapters.console.as_screen import drawn
from adapters.console.choices import Choices, filled
from adapters.console.entry import Entry
from adapters.console.fields import write_place
from adapters.console.folder import Folder
from adapters.console.plain import no_choice
from adapters.console.script import Suggest
from adapters.console.words import LOOK
from bot.ask import Account, Place, clean
from bot.language import _
from bot.port import Answer
from bot.reply import Button, Reply

WIDEST = 100
"""Columns after which lines are hard to follow."""


class Talk:
    """Serves the person at this terminal."""

    def __init__(self, suggest: Suggest, clock: Clock, folder: Folder) -> None:
        self._clock = clock
        self._folder = folder
        self._choices = Choices()
        self._entry = Entry(suggest, clock)
        self._screen = Console(theme=LOOK, highlight=False, markup=False, emoji=False)

    async def run(self, answer: Answer) -> None:
        """Greets, then answers line by line until Ctrl-C or Ctrl-D."""
        await self._say("/start", answer)
        try:
            while True:
                await self._take(await self._entry.line(), answer)
        except (EOFError, KeyboardInterrupt):
            self._print(Line(_("Goodbye. Your progress is kept.")))

    async def show(self, place: Place, account: Account | None, reply: Reply) -> None:
        """Prints what is said from elsewhere above the prompt; its choices are counted on."""
        made = await drawn(reply, self._choices, self._folder)
        head = [] if place.private else [Line(f"[{clean(write_place(place))}]")]
        app = get_app_or_none()
        if app is not None and app.is_running:
            await run_in_terminal(lambda: self._print(Group(*head, made)))
        else:
            self._print(Group(*head, made))

    async def _take(self, text: str, answer: Answer) -> None:
        """A line, or the number of a choice."""
        number = self._choices.meant(text)
        if number is None:
            return await self._say(text, answer)
        button = self._choices.picked(number)
        if button is None:
            return self._print(Line(no_choice(number, len(self._choices)) + "\n"))
        line = await self._form(button) if button.fill else button.line
        if line is None:
            return self._print(Line(_("Nothing was sent.") + "\n"))
        self._print(Line(f"» {clean(button.label)}", "dim"))
        return await self._say(line, answer)

    async def _form(self, button: Button) -> str | None:
        """The button's line with the words that it still wanted; None where the person left."""
        words: dict[str, str] = {}
        try:
            for key in button.fill:
                words[key] = await self._entry.word(button.line, key)
        except (EOFError, KeyboardInterrupt):
            return None
        return filled(button.line, words) if any(words.values()) else None

    async def _say(self, text: str, answer: Answer) -> None:
        reply = await answer(me(text, self._clock))
        if reply is not None:
            self._choices.forget()
            self._print(Group(Line(), await drawn(reply, self._choices, self._folder)))

    def _print(self, made: Group | Line) -> None:
        self._screen.print(made, width=min(self._screen.width, WIDEST))
