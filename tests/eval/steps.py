"""What each step of the search adds: the share of right answers without it, kind by kind."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import msgspec

from bot.roadmap.finding import deciding, languages, naming, spelling, weighing
from bot.roadmap.model import Content
from bot.roadmap.search import Search
from tests.eval.measure import Means

STEPS: tuple[tuple[str, object, str, Callable[..., Any]], ...] = (
    ("misspelt names", spelling, "misspelt", lambda words, index: None),
    ("languages", languages, "translated", lambda words, index: None),
    ("names in questions", naming, "named", lambda words, index: []),
    ("synonyms", weighing, "widened", lambda stems, like: dict.fromkeys(stems, 1.0)),
    ("words of pages", weighing, "telling", lambda words: []),
    ("deciding", deciding, "sureness", lambda signs: 1.0),
)


def steps(content: Content) -> Iterator[tuple[str, Search]]:
    """The whole search, and one without each of the steps; to be used before the next is asked for."""
    yield "all steps", Search(content)
    for name, home, function, without in STEPS:
        with patch.object(home, function, without):
            yield f"without {name}", Search(content)
    yield "without fields elsewhere", Search(msgspec.structs.replace(content, elsewhere={}, index=b""))
    few = {name: msgspec.structs.replace(topic, asks=()) for name, topic in content.topics.items()}
    yield "without phrases that ask", Search(msgspec.structs.replace(content, topics=few, index=b""))


def spelling_steps(content: Content) -> Iterator[tuple[str, Search]]:
    """The whole search, and one that mends no words; to be used before the next is asked for."""
    yield "all steps", Search(content)
    with patch.object(spelling, "mended", lambda words, index: list(words)):
        yield "without mending words", Search(content)


def means(search: Search) -> Means:
    """A search as a way to find topics."""
    return Means(
        lambda text: found.topic.id if (found := search.find(text)).topic else None,
        lambda text: [topic.id for topic in search.starting(text, 5)],
    )
