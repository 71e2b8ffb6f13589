"""Plain lines: one line per ask, plain text out, an empty line after each reply; for pipes and simple screens."""

from typing import assert_never

from adapters.console.arrive import Clock, me
from adapters.console.as_json import not_written
from adapters.console.as_text import plain
from adapters.console.choices import Choices, pattern
from adapters.console.fields import write_place
from adapters.console.folder import Folder
from adapters.console.lines import lines, write
from bot.ask import Account, Place, clean
from bot.language import _
from bot.port import Answer
from bot.reply import Block, Button, Buttons, File, Picture, Quiz, Reply, Text


class Plain:
    """Serves lines over two file descriptors."""

    def __init__(self, clock: Clock, folder: Folder, pipes: tuple[int, int]) -> None:
        self._clock = clock
        self._folder = folder
        self._source, self._target = pipes
        self._choices = Choices()

    async def run(self, answer: Answer) -> None:
        """Answers line by line until the input ends, or nobody reads any more."""
        async for line in lines(self._source):
            said = await self._answered(line.decode("utf-8", "replace"), answer)
            if said and not write(self._target, said + "\n\n"):
                return

    async def show(self, place: Place, account: Account | None, reply: Reply) -> None:
        """Prints what is said from elsewhere."""
        head = "" if place.private else f"[{clean(write_place(place))}]\n"
        write(self._target, f"{head}{await self._words(reply)}\n\n")

    async def _answered(self, text: str, answer: Answer) -> str:
        number = self._choices.meant(text)
        if number is not None:
            button = self._choices.picked(number)
            if button is None:
                return no_choice(number, len(self._choices))
            if button.fill:
                return _("Write it: {line}").format(line=clean(pattern(button)))
            text = button.line
        reply = await answer(me(text, self._clock))
        if reply is None:
            return ""
        self._choices.forget()
        return await self._words(reply)

    async def _words(self, reply: Reply) -> str:
        return "\n\n".join([await self._block(block) for block in reply.blocks])

    async def _block(self, block: Block) -> str:
        match block:
            case Text(text):
                return plain(text)
            case Buttons(rows):
                return "\n".join(self._button(button) for row in rows for button in row)
            case Quiz(ask, options, _topic):
                chosen = (f"[{self._choices.add(Button(one.label, one.line))}] {clean(one.label)}" for one in options)
                return "\n".join([clean(ask), *chosen])
            case Picture():
                drawn = await self._folder.picture(block)
                return clean(block.alt) + (f"\n{_('Picture: {file}').format(file=drawn)}" if drawn else "")
            case File():
                written = self._folder.file(block)
                label = clean(block.label)
                return f"{label}: {written}" if written else not_written(label)
        assert_never(block)

    def _button(self, button: Button) -> str:
        if button.url:
            return f"{clean(button.label)}: {clean(button.url)}"
        return f"[{self._choices.add(button)}] {clean(button.label)}  {clean(pattern(button))}"


def no_choice(number: int, most: int) -> str:
    """Says that nothing has this number."""
    return _("There is no choice {number} here: choose 1 to {most}.").format(number=number, most=most)
