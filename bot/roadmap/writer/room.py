"""How much room a card has on each platform, and the rule that it fits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.card import card
from bot.markup import split
from bot.roadmap.faults import Fault
from bot.roadmap.model import Part, Source, Topic
from bot.roadmap.writer.draft import Draft

MESSAGES = {"short": 1, "normal": 2}
"""Messages that a depth may fill; deep has one for each section, turned over by buttons."""

PLACE = 400
"""Characters kept free for what a card says about its reader: state, what it needs, what it unlocks."""


@dataclass(frozen=True, slots=True)
class Platform:
    """The room of one message, counted as the platform counts."""

    name: str
    room: int
    unit: str
    measure: Callable[[str], int]


def utf16(text: str) -> int:
    """The UTF-16 units of a text, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


PLATFORMS = (
    Platform("Telegram", 4096, "UTF-16 units", utf16),
    Platform("Discord", 2000, "characters", len),
    Platform("Discord, embedded", 4096, "characters", len),
)


def fits(draft: Draft) -> Iterator[Fault]:
    """The short card fits one message and the normal one two, on each platform, with the reader's place on it."""
    topic = _topic(draft)
    for depth, most in MESSAGES.items():
        text = "\n\n".join([*card(topic, depth), "." * PLACE])
        for platform in PLATFORMS:
            count = len(split(text, platform.room, platform.measure))
            if count > most:
                told = f"the {depth} card fills {count} messages on {platform.name}, and may fill {most}"
                yield draft.fault(draft.page.opening_line, f"{told}; shorten the longest section it shows")


def _topic(draft: Draft) -> Topic:
    """As much of the topic as its card shows."""
    parts = tuple(Part(part.heading, part.text) for part in draft.page.parts)
    sources = tuple(Source(source.title, source.url, source.kind) for source in draft.sources)
    title = str(draft.page.front.value["title"])
    return Topic("", title, (), (), (), 0, " ".join(draft.page.opening.split()), parts, sources)
