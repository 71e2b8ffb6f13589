"""The passages of pages that answer a question: paragraphs and list items, weighed by the words they share with it."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.roadmap.finding.called import names
from bot.roadmap.finding.counting import PICTURE
from bot.roadmap.finding.index import Index
from bot.roadmap.finding.languages import CHINESE
from bot.roadmap.finding.text import listed, stems, telling
from bot.roadmap.model import Part, Topic
from bot.roadmap.names import folded

OPENING = ""
"""The heading of the one breath, with which a page opens."""

ASPECTS = [
    (section.strip(), folded(said).split()) for section, _, said in (line.partition(":") for line in listed("aspects"))
]
"""Sections, and words of the questions that they answer."""

CHOOSING = "Choosing"

DEFINING = frozenset({OPENING, "In plain words", "Remember"})
"""Sections that answer a name and nothing else."""

FITTING = 1.5
"""What a passage of a fitting section weighs more, per rarity of a common word."""
WORTHY = 0.35
"""A passage of less than this share of the best one's weight answers nothing."""
USUAL = 40
"""Words of a usual passage; longer ones share a word more easily, and weigh less."""

LIST = 700
"""Characters up to which a numbered list is a passage: its steps stay together, or are left out."""

_BULLET = re.compile(r"^[-*]\s+")


class Passage(NamedTuple):
    """A piece of a topic's page under a heading, as Markdown; `place` counts from the page's opening."""

    topic: Topic
    place: int
    heading: str
    text: str


def answering(typed: Sequence[str], words: Sequence[str], topics: Sequence[Topic], index: Index) -> list[Passage]:
    """The passages of topics that answer a question, best first; the opening of the first topic at least comes last.

    `typed`: the words as they were asked; `words`: as English ones. Earlier topics weigh more.
    """
    asked = dict.fromkeys(telling(words))
    fitting = _fitting([*typed, *words], asked, topics[0])
    found: list[tuple[float, Passage]] = []
    for place, topic in enumerate(topics):
        for passage in passages(topic):
            shared = _shared(passage, asked, index)
            more = FITTING * (passage.heading in fitting)
            if shared or (place == 0 and more):
                found.append(((shared + more) / (1 + place), passage))
    found.sort(key=lambda each: -each[0])
    opening = passages(topics[0])[0]
    best = [passage for weight, passage in found if weight >= WORTHY * found[0][0]]
    return best if opening in best else [*best, opening]


def comparing(topic: Topic, other: Topic) -> list[Passage]:
    """What a topic is, then what its page says of another one, then how to choose."""
    opening, *rest = passages(topic)
    called = [folded(name) for name in names(other)]
    told = {each: f" {folded(each.text)} " for each in rest}
    beside = [each for each in rest if any(f" {name} " in told[each] for name in called)]
    chosen = [each for each in rest if each.heading == CHOOSING and each not in beside]
    return [opening, *sorted(beside, key=lambda each: each.heading != CHOOSING), *chosen]


def _fitting(words: Sequence[str], asked: Iterable[str], topic: Topic) -> Collection[str]:
    """The sections that answer a question by its kind."""
    text = " ".join(words)
    found = {
        section
        for section, said in ASPECTS
        if any(each in words if each.isascii() or not CHINESE.search(each) else each in text for each in said)
    }
    return found or (DEFINING if {*asked} <= {*stems(" ".join((topic.title, *topic.labels)))} else ())


@lru_cache(maxsize=256)
def passages(topic: Topic) -> tuple[Passage, ...]:
    """All passages of a page: its opening, paragraphs and list items.

    No tables and no code, nor what leads to them or speaks of them.
    """
    pieces = [(part.heading, text) for part in topic.parts for text in _pieces(part)]
    every = [(OPENING, topic.breath), *pieces]
    return tuple(Passage(topic, place, heading, text) for place, (heading, text) in enumerate(every))


def _pieces(part: Part) -> Iterator[str]:
    """The passages of a section; a picture stays whole, as its second half says where it ends."""
    if folded(part.heading) == PICTURE:
        yield part.text
        return
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    lines = part.text.split("\n")

    def written(node: SyntaxTreeNode) -> str:
        return "\n".join(lines[slice(*(node.map or (0, 0)))]).strip()

    nodes = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(part.text)).children
    for before, node, after in zip([None, *nodes], nodes, [*nodes[1:], None], strict=False):
        whole = written(node)
        leads = whole.endswith(":") or (after is not None and after.type == "fence")
        follows = before is not None and before.type in ("fence", "table")
        alone = node.type == "paragraph" and not follows
        short = node.type == "ordered_list" and len(whole) <= LIST
        if (alone or short) and not leads:
            yield whole
        elif node.type == "bullet_list":
            items = (_BULLET.sub("- ", written(item)) for item in node.children)
            yield from (item for item in items if not item.endswith(":"))


def _shared(passage: Passage, asked: Iterable[str], index: Index) -> float:
    told = stems(passage.text)
    rarity = sum(index.rarity.get(each, 0) for each in asked if each in told)
    return rarity / (1 + len(told) / USUAL)
