"""The true memory of a made learner: FSRS with parameters of their own, which nobody else knows."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

START = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Learner:
    """What differs between learners. Chances from 0 to 1; `answer` in minutes; `pace` times a page's minutes."""

    parameters: tuple[float, ...]
    slip: float
    guess: float
    takes_in: float
    """The share of a topic's facts that studying it leaves in memory."""
    answer: float
    pace: float
    seed: str


def learner(seed: str) -> Learner:
    """A learner drawn at random. FSRS's parameters lie around the published ones, within FSRS's own bounds."""
    rng = Random(seed)
    lasting = rng.lognormvariate(0, 0.4)
    drawn = [
        each * rng.lognormvariate(0, 0.2) * (lasting if at < len(Rating) else 1)
        for at, each in enumerate(DEFAULT_PARAMETERS)
    ]
    bounds = zip(drawn, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return Learner(
        parameters=tuple(min(max(each, low), high) for each, low, high in bounds),
        slip=rng.uniform(0.02, 0.12),
        guess=rng.uniform(0.15, 0.35),
        takes_in=rng.uniform(0.7, 0.95),
        answer=rng.uniform(0.3, 0.6),
        pace=rng.uniform(0.7, 1.4),
        seed=seed,
    )


@dataclass
class Mind:
    """What a learner truly remembers of each fact (one question asks for one fact)."""

    who: Learner
    rng: Random
    facts: dict[str, Card] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rules = Scheduler(self.who.parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)

    def recall(self, fact: str, now: datetime) -> float:
        """How likely the learner knows a fact right now; 0 for one that was never taken in."""
        card = self.facts.get(fact)
        return self.rules.get_card_retrievability(card, now) if card else 0.0

    def study(self, fact: str, now: datetime, sticks: float = 1.0) -> None:
        """Reads about a fact; it is taken in or not. How well it sticks at first differs from fact to fact."""
        taken_in = self.rng.random() < self.who.takes_in * sticks
        rating = self.rng.choices((Rating.Hard, Rating.Good, Rating.Easy), (25, 60, 15))[0]
        if taken_in and fact not in self.facts:
            self._review(fact, rating, now)

    def answer(self, fact: str, now: datetime) -> bool:
        """Answers the question for a fact and reads why; memory moves by what was truly recalled."""
        recalled = self.rng.random() < self.recall(fact, now)
        luck = self.rng.random()
        right = luck >= self.who.slip if recalled else luck < self.who.guess
        self._review(fact, Rating.Good if recalled else Rating.Again, now)
        return right

    def _review(self, fact: str, rating: Rating, now: datetime) -> None:
        self.facts[fact] = self.rules.review_card(self.facts.get(fact) or Card(card_id=0, due=now), rating, now)[0]


def evening(day: int) -> datetime:
    """The instant of a day's twenty minutes."""
    return START + timedelta(days=day)
