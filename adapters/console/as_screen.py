"""A Reply as a person's terminal shows it: in the terminal's own colours, folded to its width, choices with numbers."""

from itertools import chain
from typing import assert_never

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from adapters.console.as_json import not_written
from adapters.console.choices import Choices
from adapters.console.folder import Folder
from adapters.console.words import Words
from bot.ask import clean
from bot.language import _
from bot.reply import Block, Button, Buttons, File, Option, Picture, Quiz, Reply, Text


async def drawn(reply: Reply, choices: Choices, folder: Folder) -> Group:
    """What to print for a reply; its buttons and options are added to the choices."""
    blocks = [await _block(block, choices, folder) for block in reply.blocks]
    return Group(*chain.from_iterable((block, Line()) for block in blocks))


async def _block(block: Block, choices: Choices, folder: Folder) -> RenderableType:
    match block:
        case Text(text):
            return Words(text)
        case Buttons(rows):
            return Columns([_button(button, choices) for row in rows for button in row], padding=(0, 3))
        case Quiz(ask, options, _topic):
            return Group(Line(clean(ask), "bold"), Line(), _options(options, choices))
        case Picture():
            return _told(clean(block.alt), _("Picture: {file}"), await folder.picture(block))
        case File():
            label, written = clean(block.label), folder.file(block)
            return _told(label, _("File: {file}"), written) if written else Line(not_written(label))
    assert_never(block)


def _told(words: str, pattern: str, path: object) -> Line:
    """Words, and where what they are about was written."""
    return Line(words + (f"\n{pattern.format(file=path)}" if path else ""), overflow="fold")


def _button(button: Button, choices: Choices) -> Line:
    if button.url:
        return Line(f"{clean(button.label)}: {clean(button.url)}")
    return Line.assemble((f"[{choices.add(button)}]", "bold"), f" {clean(button.label)}")


def _options(options: tuple[Option, ...], choices: Choices) -> Table:
    table = Table.grid(padding=(0, 1))
    for option in options:
        number = choices.add(Button(option.label, option.line))
        table.add_row(Line(f"[{number}]", "bold"), Line(clean(option.label), overflow="fold"))
    return table
