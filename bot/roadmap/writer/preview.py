"""`cairn content preview`: a card in its three depths, drawn for two terminals and measured for each platform."""

import io
from collections.abc import Iterator

from bot.card import DEPTHS, card
from bot.markup import split
from bot.roadmap.model import Topic
from bot.roadmap.writer.room import MESSAGES, PLATFORMS, Platform

WIDTHS = (40, 100)
"""Columns of a narrow and of a wide terminal."""


def told(topic: Topic) -> str:
    """The card of a topic in each depth: how it looks in a terminal and how it falls into messages."""
    return "\n\n".join(part for depth in DEPTHS for part in _depth(topic, depth))


def _depth(topic: Topic, depth: str) -> Iterator[str]:
    text = "\n\n".join(card(topic, depth))
    yield f"===== {topic.id}, {depth} =====\n" + "\n".join(_length(text, depth, one) for one in PLATFORMS)
    for width in WIDTHS:
        yield f"----- {depth}, terminal of {width} columns -----\n{drawn(text, width)}"


def _length(text: str, depth: str, platform: Platform) -> str:
    pieces = split(text, platform.room, platform.measure)
    sizes = " + ".join(str(platform.measure(piece)) for piece in pieces)
    most = MESSAGES.get(depth, len(pieces))
    verdict = "" if len(pieces) <= most else f"; too long, {depth} has {most}"
    noun = "message" if len(pieces) == 1 else "messages"
    return f"{platform.name}: {len(pieces)} {noun}, {sizes} of {platform.room} {platform.unit}{verdict}"


def drawn(text: str, width: int) -> str:
    """Markdown as a terminal of that width shows it, without colours."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(file=io.StringIO(), width=width, color_system=None, legacy_windows=False)
    with console.capture() as shown:
        console.print(Markdown(text, hyperlinks=False))
    return "\n".join(line.rstrip() for line in shown.get().splitlines())
