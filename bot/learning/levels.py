"""Three levels of knowing, kept apart: said done, shown by quiz, still remembered now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.learning.memory import Memory, remembered, retrievability
from bot.learning.path import State


@dataclass(frozen=True, slots=True)
class Levels:
    """Ids of topics on each level; `slipping` were shown and are no longer remembered, the most forgotten first."""

    done: frozenset[str]
    shown: frozenset[str]
    remembered: frozenset[str]
    slipping: tuple[str, ...]


def levels(
    states: Mapping[str, State], shown: Collection[str], memories: Iterable[tuple[str, Memory]], now: datetime
) -> Levels:
    """The levels of all topics; `memories` are the questions in memory, each with its topic."""
    of: dict[str, list[Memory]] = defaultdict(list)
    for topic, memory in memories:
        of[topic].append(memory)
    kept = frozenset(topic for topic in shown if remembered(of[topic], now))
    lost = sorted(
        (sum(retrievability(each, now) for each in of[topic]) / len(of[topic]), topic)
        for topic in shown
        if topic not in kept and of[topic]
    )
    done = frozenset(topic for topic, state in states.items() if state is State.DONE)
    return Levels(done, frozenset(shown), kept, tuple(topic for _chance, topic in lost))
