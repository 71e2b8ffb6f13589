"""What is remembered of each question, and what is about to be forgotten: FSRS, in the learner's local days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from bot.learning.days import local_day

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

LIMIT = 20
"""Reviews a day, unless the learner chose another number."""

REMEMBERED = 0.8
"""Mean retrievability from which a topic counts as still remembered."""


class Grade(IntEnum):
    """How well a question was answered; FSRS's four ratings."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """A question's place in memory: stability in days, difficulty 1–10, when it is due and when it was asked last."""

    stability: float
    difficulty: float
    due: datetime
    last: datetime


@cache
def _scheduler() -> "Scheduler":
    """FSRS with its published default parameters; without steps of minutes, since a chat asks once a day."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def reviewed(memory: Memory | None, grade: Grade, now: datetime) -> Memory:
    """The memory after an answer at `now`; `memory` is None for a question never asked before."""
    from fsrs import Rating

    card, _log = _scheduler().review_card(_card(memory, now), Rating(grade), now.astimezone(UTC))
    assert card.stability is not None
    assert card.difficulty is not None
    return Memory(card.stability, card.difficulty, card.due, now.astimezone(UTC))


def _card(memory: Memory | None, now: datetime) -> "Card":
    from fsrs import Card, State

    if memory is None:
        return Card(card_id=0, due=now.astimezone(UTC))
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last,
    )


def retrievability(memory: Memory, now: datetime) -> float:
    """How likely the answer would be right now, from 0 to 1: FSRS's power forgetting curve, in whole days."""
    days = max(0, (now - memory.last).days)
    return float((1 + _factor() * days / memory.stability) ** _decay())


@cache
def _decay() -> float:
    return -float(_scheduler().parameters[20])


@cache
def _factor() -> float:
    """Chosen by FSRS so that retrievability is 0.9 after `stability` days."""
    return float(0.9 ** (1 / _decay()) - 1)


def is_due(memory: Memory, today: date, zone: str) -> bool:
    """Whether it is due on the learner's local day or before."""
    return local_day(memory.due, zone) <= today


def due_now(
    memories: Mapping[str, Memory], now: datetime, zone: str, asked_today: int, limit: int = LIMIT
) -> list[str]:
    """The questions to review today, most forgotten first.

    No more than what is left of the day's limit: the rest waits for the next days, so a holiday leaves no mountain.
    """
    today = local_day(now, zone)
    due = [question for question, memory in memories.items() if is_due(memory, today, zone)]
    due.sort(key=lambda question: (retrievability(memories[question], now), question))
    return due[: max(0, limit - asked_today)]


def ahead(memories: Mapping[str, Memory], now: datetime, count: int) -> list[str]:
    """Questions for a review before its time, most forgotten first."""
    known = sorted(memories, key=lambda question: (retrievability(memories[question], now), question))
    return known[:count]


def remembered(memories: Iterable[Memory], now: datetime) -> bool:
    """Whether a topic with these memories is still remembered: mean retrievability of at least REMEMBERED."""
    chances = [retrievability(memory, now) for memory in memories]
    return bool(chances) and sum(chances) / len(chances) >= REMEMBERED
