"""Completing a name while it is typed: whole names first, then how it begins, then how a word of it begins."""

from collections.abc import Mapping

from bot.roadmap.finding.index import Index
from bot.roadmap.model import Topic
from bot.roadmap.names import folded, squashed

LONGEST = 80
"""Characters of a text that may be a name, or its beginning."""


def completed(text: str, index: Index, topics: Mapping[str, Topic]) -> list[str]:
    """Topics whose names begin so, best first."""
    typed = folded(text[:LONGEST])
    short = squashed(typed)
    if not short:
        return []

    def rank(name: str, topic: str) -> tuple[bool, bool, bool, int]:
        return (name != typed, not name.startswith(typed), folded(topics[topic].title) != name, len(name))

    hits = [
        (rank(name, topic), topic)
        for name, topic in index.names.items()
        if name.startswith(typed) or f" {typed}" in name or name.replace(" ", "").startswith(short)
    ]
    return list(dict.fromkeys(topic for _, topic in sorted(hits)))
