"""A Reply is what Cairn says: a few closed blocks that each platform draws as richly as it can."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.ask import Account
from bot.call import Call


@dataclass(frozen=True, slots=True)
class Text:
    """Words in our small Markdown (bot.markup)."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG source, made a PNG after the transaction; `alt` says the same in words."""

    name: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: it says `line` (with the words of `fill` still to be added) or opens `url`."""

    label: str
    line: str = ""
    url: str = ""
    fill: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Buttons:
    """Rows of buttons, at most five in a row."""

    rows: tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question, and the line that gives it."""

    label: str
    line: str


@dataclass(frozen=True, slots=True)
class Quiz:
    """A question about `topic` (an id) with its options.

    `right` (the position of the right option, from 0) and `because` are for platforms that tell by themselves.
    `seconds`: it is asked of everybody in a group, and may be answered for so long; 0 where it is one person's.
    """

    ask: str
    options: tuple[Option, ...]
    topic: str
    right: int = 0
    because: str = ""
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep."""

    name: str
    data: bytes
    label: str


Block = Text | Picture | Buttons | Quiz | File


@dataclass(frozen=True, slots=True)
class Reply:
    """Blocks in order.

    `about`: ids of the topics it is really about, the main one first; empty where it only suggests.
    `private`: only the asker sees it in a group. `slot`: the message of that name in that place is edited, else sent.
    `edits`: it is only worth saying in place of that message, where one stands that can be edited.
    `thread`: a title; it opens one where the platform has them. `mention`: only what the group itself chose.
    `shows`: the accounts it names; a platform that is not told who leaves looks whether they are still there.
    `checks`: what is to be done in that place later, of bot.rights; the platform adds which rights it lacks there.
    """

    blocks: tuple[Block, ...]
    about: tuple[str, ...] = ()
    private: bool = False
    slot: str = ""
    edits: bool = False
    thread: str = ""
    mention: str = ""
    shows: tuple[Account, ...] = ()
    checks: tuple[str, ...] = ()

    def adding(self, text: str) -> "Reply":
        """This reply with one more text, above the buttons at its end."""
        at = len(self.blocks)
        while at and isinstance(self.blocks[at - 1], Buttons):
            at -= 1
        return replace(self, blocks=(*self.blocks[:at], Text(text), *self.blocks[at:]))


@dataclass(slots=True)
class Draft:
    """A reply while it is being written."""

    about: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def say(self, *paragraphs: str) -> "Draft":
        """Adds a text of these paragraphs; empty ones are left out."""
        text = "\n\n".join(part for part in paragraphs if part)
        if text:
            self.blocks.append(Text(text))
        return self

    def offer(self, *rows: Iterable[Button]) -> "Draft":
        """Adds rows of buttons; empty rows are left out."""
        filled = tuple(made for row in rows if (made := tuple(row)))
        if filled:
            self.blocks.append(Buttons(filled))
        return self

    def reply(self, slot: str = "") -> Reply:
        """The finished reply."""
        return Reply(tuple(self.blocks), tuple(self.about), slot=slot)


def press(label: str, name: str, *texts: object, **named: object) -> Button:
    """A button that says a call."""
    return Button(label, Call.of(name, *texts, **named).line)


def rows_of(buttons: Iterable[Button], width: int = 2) -> list[tuple[Button, ...]]:
    """Buttons set in rows of `width`."""
    every = list(buttons)
    return [tuple(every[at : at + width]) for at in range(0, len(every), width)]
