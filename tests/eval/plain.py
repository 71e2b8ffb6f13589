"""What plain means reach on the same queries: fuzzy matching and full text, both over the titles."""

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz, process, utils

from bot.roadmap.model import Topic
from tests.eval.queries import Query

Ranked = list[tuple[str, float]]
"""Ids with their likeness, best first."""
Plain = Callable[[str], Ranked]


def means(topics: Mapping[str, Topic]) -> dict[str, Plain]:
    """Each of the plain means by its name, over these topics' titles."""
    titles = {topic.id: topic.title for topic in topics.values()}
    return {
        "WRatio": _fuzzy(titles, fuzz.WRatio),
        "token_set_ratio": _fuzzy(titles, fuzz.token_set_ratio),
        "difflib": _difflib(titles),
        "FTS5": _full_text(titles),
    }


def threshold(plain: Plain, queries: Sequence[Query]) -> float:
    """The likeness from which on an answer is right most often, so that a plain means may decline as well as it can."""
    best = [(query, *(plain(query.text) or [("", 0.0)])[0]) for query in queries if query.kind != "prefix"]

    def right(least: float) -> int:
        return sum(found in query.right if score >= least else not query.right for query, found, score in best)

    return max({score for _, _, score in best}, key=right)


def _fuzzy(titles: Mapping[str, str], scorer: Callable[..., float]) -> Plain:
    def ranked(text: str) -> Ranked:
        hits = process.extract(text, titles, scorer=scorer, processor=utils.default_process, limit=5)
        return [(found, score) for _, score, found in hits]

    return ranked


def _difflib(titles: Mapping[str, str]) -> Plain:
    def ranked(text: str) -> Ranked:
        likeness = {
            topic: SequenceMatcher(None, title.casefold(), text.casefold(), autojunk=False).ratio()
            for topic, title in titles.items()
        }
        return sorted(likeness.items(), key=lambda item: -item[1])[:5]

    return ranked


def _full_text(titles: Mapping[str, str]) -> Plain:
    index = sqlite3.connect(":memory:")
    index.execute("create virtual table topic using fts5(id unindexed, title, tokenize='porter unicode61')")
    index.executemany("insert into topic values (?, ?)", titles.items())

    def ranked(text: str) -> Ranked:
        words = " OR ".join(f'"{word}"*' for word in re.findall(r"\w+", text))
        if not words:
            return []
        found = index.execute("select id, -rank from topic where topic match ? order by rank limit 5", (words,))
        return [(str(topic), float(score)) for topic, score in found]

    return ranked
