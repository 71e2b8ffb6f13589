"""From a Reply to the parts that say it, in order: Components V2 lets texts, pictures and buttons follow each other.

Embeds were the other way: they are narrower, hold no buttons between their texts, and show a file only below.
"""

from collections.abc import Iterator
from typing import assert_never

from adapters.discord.keys import keys
from adapters.discord.markdown import dressed
from adapters.discord.outs import Document, Image, Part, Words
from adapters.discord.question import question
from bot.reply import Buttons, File, Picture, Quiz, Reply, Text


def render(reply: Reply) -> list[Part]:
    """The parts of a reply; texts that follow each other are one."""
    made: list[Part] = []
    for part in _parts(reply):
        last = made[-1] if made else None
        if isinstance(part, Words) and isinstance(last, Words):
            made[-1] = Words(f"{last.text}\n\n{part.text}")
        elif not isinstance(part, Words) or part.text.strip():
            made.append(part)
    return made


def _parts(reply: Reply) -> Iterator[Part]:
    if reply.mention:
        yield Words(reply.mention)
    for block in reply.blocks:
        match block:
            case Text():
                yield Words(dressed(block.text))
            case Buttons():
                yield from keys(block)
            case Quiz():
                yield from question(block)
            case Picture():
                yield Image(block)
            case File():
                yield Words(dressed(block.label))
                yield Document(block)
            case _:
                assert_never(block)
