"""Which questions a learner is asked: missed and due ones first, then unseen ones of the nearest topics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from bot.learning.memory import Memory, is_due, retrievability


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a question that was asked before: its place in memory, and whether the last answer was right."""

    memory: Memory
    right: bool


def draw(
    topics: Sequence[str],
    questions: Mapping[str, Sequence[str]],
    seen: Mapping[str, Seen],
    count: int,
    now: datetime,
    today: date,
    zone: str,
) -> list[str]:
    """`count` questions of these topics, the nearest topics first.

    In this order: missed the last time, due, never asked (topic by topic), then the most forgotten. The same state on
    the same day gives the same questions.
    """
    known = [question for topic in topics for question in questions.get(topic, ())]
    order = {question: place for place, question in enumerate(known)}

    def rank(question: str) -> tuple[float, ...]:
        found = seen.get(question)
        if found is None:
            return (2, order[question])
        if not found.right:
            return (0, retrievability(found.memory, now), order[question])
        if is_due(found.memory, today, zone):
            return (1, retrievability(found.memory, now), order[question])
        return (3, retrievability(found.memory, now), order[question])

    return sorted(dict.fromkeys(known), key=rank)[:count]


def shuffled(options: int, showing: int) -> list[int]:
    """The order in which a showing's options stand: the same for the same showing, however often it is drawn."""
    order = list(range(options))
    Random(showing).shuffle(order)
    return order
