"""Made learners who know something already, for measuring placement, and how they answer.

Placement takes commands to be jointly normal. Here nobody has a command: each learner has a history, of one of three
kinds, which ends in a set of topics. Histories do not keep to the graph: there are holes and topics met out of turn.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp
from random import Random

from bot.roadmap.model import Kind, Roadmap, Step

WEIGHTS = {Kind.RECOMMENDED: 3, Kind.ALTERNATIVE: 1, Kind.ANY_TIME: 1}
HOLES = 0.04
"""Each learner has lost a share of what was learnt, from nothing to this."""


@dataclass(frozen=True)
class Newcomer:
    """What somebody knows, and the chances of guessing and slipping, which nobody else knows."""

    seed: str
    kind: str
    known: frozenset[str]
    guess: float
    slip: float

    def right(self, topic: str, rng: Random) -> bool:
        """Answers a question."""
        return rng.random() < (1 - self.slip if topic in self.known else self.guess)


def newcomers(roadmap: Roadmap, count: int, seed: str, unsure: float = 0.0) -> Iterator[Newcomer]:
    """`count` learners, the three kinds in turn.

    With `unsure`, each says "not sure" in at least that share of the cases where they would guess.
    """
    for number in range(count):
        rng = Random(f"{seed} {number}")
        kind = list(HISTORIES)[number % len(HISTORIES)]
        learnt = HISTORIES[kind](roadmap, rng)
        holes = rng.uniform(0, HOLES)
        known = frozenset(topic for topic in sorted(learnt) if rng.random() >= holes)
        guess = rng.uniform(0.15, 0.35) * (1 - rng.uniform(unsure, 1) if unsure else 1)
        yield Newcomer(f"{seed} {number} answers", kind, known, guess, rng.uniform(0.02, 0.15))


def course(roadmap: Roadmap, rng: Random) -> set[str]:
    """Followed a course in about the roadmap's order up to some point; the edge is blurred."""
    steps = _steps(roadmap)
    until, blur = rng.random() * len(steps), rng.uniform(0, 8)
    return {_member(step, rng) for at, step in enumerate(steps) if at + rng.gauss(0, blur) < until}


def work(roadmap: Roadmap, rng: Random) -> set[str]:
    """Met single topics at work, fewer in later sections, and learnt whatever they build on."""
    place = {section.id: at for at, section in enumerate(roadmap.sections)}
    until = rng.random() * len(place)
    met = []
    for step in _steps(roadmap):
        likely = 0.85 / (1 + exp((place[step.section] - until) / 1.5))
        if rng.random() < likely * (1 if step.kind is Kind.RECOMMENDED else 0.5):
            met.append(step)
    below: dict[str, Step] = {}
    while met:
        step = met.pop()
        if step.id not in below and not step.checkpoint:
            below[step.id] = step
            met += [roadmap.steps[need] for need in step.needs]
    return {_member(step, rng) for step in below.values()}


def wander(roadmap: Roadmap, rng: Random) -> set[str]:
    """Learnt one open topic after another by taste, staying in a section for a while; now and then one out of turn."""
    steps = _steps(roadmap)
    wide, basics, odd = rng.lognormvariate(1, 0.7), rng.uniform(3, 15), rng.uniform(0, 0.05)
    taste = {section.id: rng.gammavariate(wide, 1 / wide) + 0.02 for section in roadmap.sections}
    draw = {
        step.id: taste[step.section] * WEIGHTS[step.kind] * exp(-basics * at / len(steps))
        for at, step in enumerate(steps)
    }
    ids = {step.id for step in steps}
    known: set[str] = set()
    done: set[str] = set()
    last = ""
    for _ in range(rng.randint(0, 120)):
        out_of_turn = rng.random() < odd
        fresh = [step for step in steps if step.id not in done and (out_of_turn or ids & {*step.needs} <= done)]
        if not fresh:
            break
        step = rng.choices(fresh, [draw[step.id] * (3 if step.section == last else 1) for step in fresh])[0]
        topic = _member(step, rng)
        known.add(topic)
        done |= {other.id for other in steps if any(topic == member.topic for member in other.members)}
        last = step.section
    return known


HISTORIES: dict[str, Callable[[Roadmap, Random], set[str]]] = {"course": course, "work": work, "wander": wander}


def _steps(roadmap: Roadmap) -> list[Step]:
    return [step for step in roadmap.steps.values() if not step.checkpoint]


def _member(step: Step, rng: Random) -> str:
    return rng.choices(step.members, [WEIGHTS[member.kind] for member in step.members])[0].topic
