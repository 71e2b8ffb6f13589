"""A question as a native quiz poll where Telegram's limits allow it, else as a text with buttons."""

import string

from adapters.telegram.data import Data
from adapters.telegram.keyboard import keyboard
from adapters.telegram.markdown import styled
from adapters.telegram.outs import Ballot, Key, Words
from adapters.telegram.pages import pages
from adapters.telegram.spans import Span, Styled, joined, units
from bot.reply import Button, Buttons, Quiz

QUESTION = 300
OPTION = 100
OPTIONS = range(2, 11)
BECAUSE = 200
FEEDS = 2
"""Telegram: units of a poll's parts, the number of options, and line feeds of the explanation."""

_SHORT = 16
"""An option of so few characters stands in its button."""


def ballot(quiz: Quiz) -> Ballot | Words:
    """The poll of a question, or the text that stands in for it."""
    words = in_words(quiz)
    ask, because = styled(quiz.ask), styled(quiz.because)
    options = tuple(styled(option.label).text for option in quiz.options)
    fits = (
        0 < units(ask.text) <= QUESTION
        and all(0 < units(option) <= OPTION for option in options)
        and len(options) in OPTIONS
        and len(set(options)) == len(options)
        and quiz.right in range(len(options))
        and units(because.text) <= BECAUSE
        and because.text.count("\n") <= FEEDS
        and not any(span.kind == "pre" for span in ask.spans)
    )
    if not fits:
        return words
    lines = tuple(option.line for option in quiz.options)
    return Ballot(ask.text, options, lines, quiz.right, because, words, seconds=quiz.seconds)


def in_words(quiz: Quiz) -> Words:
    """The question with its options as buttons, by letters where they are long."""
    labels = [styled(option.label) for option in quiz.options]
    if all(len(label.text) <= _SHORT for label in labels):
        buttons = [Button(label.text, option.line) for label, option in zip(labels, quiz.options, strict=True)]
        return Words(pages(styled(quiz.ask)), keyboard([Buttons(tuple((button,) for button in buttons))]))
    letters = string.ascii_uppercase
    listed = joined((_lettered(letter, label) for letter, label in zip(letters, labels, strict=False)), "\n")
    keys = tuple(
        Key(letter, Data(option.line).written()) for letter, option in zip(letters, quiz.options, strict=False)
    )
    return Words(pages(joined([styled(quiz.ask), listed])), (keys,))


def _lettered(letter: str, label: Styled) -> Styled:
    return joined([Styled(f"{letter}.", (Span("bold", 0, 2),)), label], " ")
