"""Some minutes a day on one roadmap: what reading and answering cost, and what they leave in a made learner's mind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from bot.learning.memory import REMEMBERED
from bot.learning.path import State
from bot.roadmap.model import Roadmap, Step
from tests.simulate.memories import Learner, Mind, evening

FACTS = 6
"""Made questions of each topic; one asks for one fact."""
UNKNOWN = 0.5
"""A prerequisite is unknown when its learner can answer less than this share of its questions."""


@dataclass(frozen=True)
class World:
    """What all learners share. `burden`: how much longer a topic takes, and how much less of it sticks, at worst.

    At worst is when nothing is known of what it builds on; in between it grows evenly.
    """

    roadmap: Roadmap
    minutes: Mapping[str, int]
    burden: float = 0.5
    takes_in: float | None = None
    """The share of facts that reading leaves in memory; None: each learner's own."""
    days: int = 120
    daily: float = 20.0

    @property
    def steps(self) -> list[Step]:
        """The steps in the roadmap's order. Checkpoints are left out: they ask for a project."""
        return [step for step in self.roadmap.steps.values() if not step.checkpoint]


@dataclass
class Desk:
    """One learner studying in one way. `left` is what is left of the day; what was overdrawn is missing tomorrow."""

    world: World
    who: Learner
    mind: Mind = field(init=False)
    chosen: dict[str, str] = field(init=False)
    """The member each step stands for: everybody chose before they began, whatever the way."""
    now: datetime = field(default_factory=lambda: evening(0))
    left: float = 0.0
    read: dict[str, float] = field(default_factory=dict)
    """Topics begun, and the share of each that was read."""
    cost: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Of each topic begun: its minutes for this learner, and how it sticks (1 is best)."""
    reading: float = 0.0
    answering: float = 0.0
    unread: int = 0
    """Topics begun while something they build on was never learnt."""
    unknown: int = 0
    """Topics begun while something they build on was unknown."""

    def __post_init__(self) -> None:
        self.mind = Mind(self.who, Random(f"{self.who.seed} mind"))
        rng = Random(f"{self.who.seed} choices")
        self.chosen = {step.id: rng.choice(step.members).topic for step in self.world.steps}

    def study(self, topic: str) -> bool:
        """Reads on in a topic until the day or the topic ends; whether it is finished."""
        if topic not in self.read:
            self._begin(topic)
        takes, sticks = self.cost[topic]
        minutes = min(max(self.left, 0.0), takes * (1 - self.read[topic]))
        before, after = self.read[topic], min(1.0, self.read[topic] + minutes / takes)
        if takes * (1 - after) < 0.01:
            after = 1.0
        self.left -= minutes
        self.reading += minutes
        self.read[topic] = after
        for at, fact in enumerate(facts(topic)):
            if before < (at + 1) / FACTS <= after:
                self.mind.study(fact, self.now, sticks)
        return after >= 1.0

    def _begin(self, topic: str) -> None:
        unread, unknown, gap = min(self._missing(needs) for needs in self._ways_in(topic))
        takes = self.world.minutes[topic] * self.who.pace * (1 + self.world.burden * gap)
        self.cost[topic] = (takes, 1 - self.world.burden * gap)
        self.read[topic] = 0.0
        self.unread += unread
        self.unknown += unknown

    def _ways_in(self, topic: str) -> list[list[Step]]:
        """What a topic builds on, once for each place where it stands: one of them is enough."""
        steps = self.world.roadmap.steps
        return [
            [steps[need] for need in (*step.needs, *member.needs) if not steps[need].checkpoint]
            for step in self.world.steps
            for member in step.members
            if member.topic == topic
        ]

    def _missing(self, needs: list[Step]) -> tuple[bool, bool, float]:
        """Whether any of these steps was never learnt, whether any is unknown, and the share of them not known."""
        know = [self.knows(need) for need in needs]
        unread = any(all(self.read.get(m.topic, 0.0) < 1 for m in need.members) for need in needs)
        return unread, any(each < UNKNOWN for each in know), 1 - sum(know) / len(know) if know else 0.0

    def ask(self, fact: str) -> bool:
        """Answers a question and reads why."""
        self.left -= self.who.answer
        self.answering += self.who.answer
        return self.mind.answer(fact, self.now)

    def mastery(self, topic: str) -> float:
        """The share of a topic's questions the learner could answer without luck."""
        return sum(self.mind.recall(fact, self.now) for fact in facts(topic)) / FACTS

    def knows(self, step: Step) -> float:
        """The best mastery among a step's members."""
        return max(self.mastery(member.topic) for member in step.members)

    def remembered(self) -> int:
        """Topics begun that are remembered: a mean recall of REMEMBERED, as Cairn itself counts, but of true memory."""
        return sum(self.mastery(topic) >= REMEMBERED for topic in self.read)

    def states(self) -> dict[str, State]:
        """What the learner would say of each topic."""
        return {topic: State.DONE if share >= 1 else State.LEARNING for topic, share in self.read.items()}


def facts(topic: str) -> list[str]:
    """The ids of a topic's made questions."""
    return [f"{topic} {number}" for number in range(FACTS)]
