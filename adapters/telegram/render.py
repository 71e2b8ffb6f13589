"""From a Reply to the messages that say it: texts that follow each other are one, buttons belong to what is before."""

from typing import assert_never

from adapters.telegram.ballot import ballot
from adapters.telegram.keyboard import keyboard
from adapters.telegram.markdown import styled
from adapters.telegram.outs import Ballot, Document, Out, Photo, Words
from adapters.telegram.pages import pages
from adapters.telegram.spans import Styled, joined, units
from bot.ask import clean
from bot.language import _
from bot.reply import Buttons, File, Picture, Quiz, Reply, Text

BEFORE = 1024
"""Telegram: units of a poll's description."""


def render(reply: Reply) -> list[Out]:
    """The messages of a reply, in order."""
    outs: list[Out] = []
    texts = [Styled(clean(reply.mention))] if reply.mention else []
    for block in reply.blocks:
        match block:
            case Text():
                texts.append(styled(block.text))
                continue
            case Buttons():
                if texts or not outs:
                    outs.append(Words(pages(joined(texts)) or [Styled(_("Choose:"))]))
                    texts = []
                outs[-1].keys += keyboard([block])
                continue
            case Quiz():
                made = ballot(block)
                texts = _led(made, texts, outs)
                outs.append(made)
            case Picture():
                texts = _flushed(texts, outs)
                outs.append(Photo(block))
            case File():
                texts = _flushed(texts, outs)
                outs.append(Document(block))
            case _:
                assert_never(block)
    _flushed(texts, outs)
    return outs


def _led(made: Ballot | Words, texts: list[Styled], outs: list[Out]) -> list[Styled]:
    """The texts before a question stand in its own message where they fit there."""
    before = joined(texts)
    if isinstance(made, Words):
        made.pages = pages(joined([before, *made.pages]))
    elif units(before.text) <= BEFORE:
        made.before = before
        made.words.pages = pages(joined([before, *made.words.pages]))
    else:
        return _flushed(texts, outs)
    return []


def _flushed(texts: list[Styled], outs: list[Out]) -> list[Styled]:
    """Ends a message of texts; what is left of them: nothing."""
    if made := pages(joined(texts)):
        outs.append(Words(made))
    return []


def in_short(reply: Reply) -> str:
    """The words of a reply without anything else, for where only plain text is shown."""
    return joined(styled(block.text) for block in reply.blocks if isinstance(block, Text)).text
