"""The passages of pages that answer a question: paragraphs and list items, weighed by the words they share with it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.roadmap.finding.index import Index
from bot.roadmap.finding.text import stems, telling
from bot.roadmap.model import Topic

OPENING = ""
"""The heading of the one breath, with which a page opens."""

ASPECTS = {
    "Choosing": "vs versus difference compare when choose should better best instead alternative pros cons worth or",
    "Pitfalls": "wrong mistake mistakes problem problems fails danger dangerous risk",
    "How it works": "how works work happens inside",
    "In plain words": "why simple simply eli5 5 beginner point",
    OPENING: "what define definition meaning means",
}
"""Sections, and words of the questions that they answer."""

FITTING = 1.5
"""What a passage of that section weighs more, per rarity of a common word."""
WORTHY = 0.4
"""A passage of less than this share of the best one's weight answers nothing."""
USUAL = 40
"""Words of a usual passage; longer ones share a word more easily, and weigh less."""


LIST = 500
"""Characters up to which the steps of a numbered list stay together."""

_MARKER = re.compile(r"^(?:[-*]|\d+[.)])\s+")


class Passage(NamedTuple):
    """A piece of a topic's page under a heading, as Markdown; `place` counts from the page's opening."""

    topic: Topic
    place: int
    heading: str
    text: str


def answering(typed: Sequence[str], words: Sequence[str], topics: Iterable[Topic], index: Index) -> list[Passage]:
    """The passages of topics that share words with a question, best first; of the first topic at least the opening.

    `typed`: the words as they were asked; `words`: as English ones. Earlier topics weigh more.
    """
    asked = dict.fromkeys(telling(words))
    fitting = _aspects({*typed, *words})
    found: list[tuple[float, Passage]] = []
    for place, topic in enumerate(topics):
        for passage in passages(topic):
            weight = _weight(passage, asked, index)
            if weight or (passage.heading == OPENING and place == 0):
                found.append(((weight + FITTING * (passage.heading in fitting)) / (1 + place), passage))
    found.sort(key=lambda each: -each[0])
    best = [passage for weight, passage in found if weight >= WORTHY * found[0][0]]
    opening = [passage for _, passage in found if passage.heading == OPENING and passage not in best]
    return [*best, *opening[:1]]


@lru_cache(maxsize=64)
def passages(topic: Topic) -> tuple[Passage, ...]:
    """All passages of a page: its opening, paragraphs and list items; no tables and no code, nor what leads to it."""
    pieces = [(part.heading, text) for part in topic.parts for text in _pieces(part.text)]
    every = [(OPENING, topic.breath), *pieces]
    return tuple(Passage(topic, place, heading, text) for place, (heading, text) in enumerate(every))


def _pieces(text: str) -> Iterator[str]:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    lines = text.split("\n")

    def written(node: SyntaxTreeNode) -> str:
        return "\n".join(lines[slice(*(node.map or (0, 0)))]).strip()

    nodes = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text)).children
    for node, after in zip(nodes, [*nodes[1:], None], strict=True):
        whole = written(node)
        alone = node.type == "paragraph" and not whole.endswith(":") and not (after and after.type == "fence")
        if alone or (node.type == "ordered_list" and len(whole) <= LIST):
            yield whole
        elif node.type in ("ordered_list", "bullet_list"):
            yield from (_MARKER.sub("- ", written(item)) for item in node.children)


def _weight(passage: Passage, asked: Iterable[str], index: Index) -> float:
    told = stems(passage.text)
    shared = sum(index.rarity.get(each, 0) for each in asked if each in told)
    return shared / (1 + len(told) / USUAL)


def _aspects(words: set[str]) -> set[str]:
    return {section for section, said in ASPECTS.items() if not words.isdisjoint(said.split())}
