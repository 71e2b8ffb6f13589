"""Ways to spend the day's minutes: as Cairn says, down the roadmap with or without random reviews, or at random."""

from collections.abc import Callable, Iterable, Iterator
from random import Random

from bot.commands.quiz import COUNT
from bot.learning import memory
from bot.learning.days import local_day
from bot.learning.draw import Seen, draw
from bot.learning.memory import Grade, Memory
from bot.learning.path import Path, Standing, State
from tests.simulate.memories import evening
from tests.simulate.studying import Desk, facts

ZONE = "UTC"


class Cairn:
    """Due reviews first, then the topic Cairn proposes, and a quiz when it is finished.

    Cairn sees answers, never the mind: it does not know what was a guess or a slip.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.seen: dict[str, Seen] = {}
        self.last = ""
        self.today = 0
        self.skipped = {step.id: State.SKIPPED for step in desk.world.roadmap.steps.values() if step.checkpoint}

    def day(self) -> None:
        """One day."""
        self.today = 0
        self._review()
        while self.desk.left > 0 and (topic := self._next()):
            self.last = topic
            if self.desk.study(topic):
                self._quiz(topic)

    def _review(self) -> None:
        memories = {question: seen.memory for question, seen in self.seen.items()}
        for question in memory.due_now(memories, self.desk.now, ZONE, self.today):
            if self.desk.left <= 0:
                return
            self._ask(question)

    def _quiz(self, topic: str) -> None:
        drawn = draw(
            [topic], {topic: facts(topic)}, self.seen, COUNT, self.desk.now, local_day(self.desk.now, ZONE), ZONE
        )
        for question in drawn:
            self._ask(question)

    def _ask(self, question: str) -> None:
        right = self.desk.ask(question)
        old: Memory | None = self.seen[question].memory if question in self.seen else None
        grade = Grade.GOOD if right else Grade.AGAIN
        self.seen[question] = Seen(memory.reviewed(old, grade, self.desk.now), right)
        self.today += 1

    def _next(self) -> str | None:
        world = self.desk.world
        standing = Standing({**self.skipped, **self.desk.states()}, self.desk.chosen, last=self.last)
        path = Path(world.roadmap, standing, world.roadmap.routes[-1])
        proposal = path.next(world.minutes, self.desk.now, within=int(world.daily))
        return proposal.topic if proposal else None


class InOrder:
    """One topic after another from a list; a share of each day goes to random questions on what was read."""

    def __init__(self, desk: Desk, order: Iterable[str], reviews: float = 0.0) -> None:
        self.desk = desk
        self.order: Iterator[str] = iter(dict.fromkeys(order))
        self.topic = next(self.order, None)
        self.reviews = reviews
        self.owed = 0.0
        self.rng = Random(f"{desk.who.seed} reviews")

    def day(self) -> None:
        """One day."""
        self._review()
        while self.desk.left > 0 and self.topic:
            if self.desk.study(self.topic):
                self.topic = next(self.order, None)

    def _review(self) -> None:
        self.owed += self.reviews * self.desk.world.daily
        read = [
            fact
            for topic, share in self.desk.read.items()
            for at, fact in enumerate(facts(topic))
            if share >= (at + 1) / len(facts(topic))
        ]
        self.rng.shuffle(read)
        while read and self.owed > 0 and self.desk.left > 0:
            self.desk.ask(read.pop())
            self.owed -= self.desk.who.answer


def spend(desk: Desk, way: Callable[[], None]) -> Desk:
    """All days of a learner, up to the morning after the last one."""
    for number in range(desk.world.days):
        desk.now = evening(number)
        desk.left = min(desk.left, 0.0) + desk.world.daily
        way()
    desk.now = evening(desk.world.days)
    return desk


def down(desk: Desk) -> list[str]:
    """The roadmap from top to bottom."""
    return [desk.chosen[step.id] for step in desk.world.steps]


def anyhow(desk: Desk) -> list[str]:
    """The roadmap's topics in random order."""
    order = down(desk)
    Random(f"{desk.who.seed} order").shuffle(order)
    return order
