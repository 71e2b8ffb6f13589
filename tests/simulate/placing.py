"""Placement on made learners: how much of what they know it finds, after each number of questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random

from bot.learning import placement
from bot.learning.placement import GUESS, GUESS_OR_SAY
from bot.roadmap.model import Roadmap
from tests.bench.numbers import Found, Row
from tests.simulate.many import Many
from tests.simulate.pasts import HISTORIES, Newcomer, newcomers

CURVE = (1, 2, 3, 5, 7, 9, 11, 13, 15)
SAYS = 0.5
"""Who may say "not sure" does so in at least this share of the cases, drawn for each learner."""
LOT = 125
"""Learners that one process takes at a time."""

Answers = tuple[tuple[str, bool], ...]
Placed = tuple[Newcomer, Answers]


@dataclass(frozen=True)
class Tally:
    """Topics marked, topics known, and both, over many learners."""

    both: int
    marked: int
    known: int

    @property
    def precision(self) -> float:
        """The share of the marked topics that are known."""
        return self.both / self.marked if self.marked else 1.0

    @property
    def recall(self) -> float:
        """The share of the known topics that are marked."""
        return self.both / self.known if self.known else 1.0


@dataclass
class Placer:
    """Asks and marks; what was asked after the same answers is kept, since nothing else decides it."""

    roadmap: Roadmap
    guess: float = GUESS
    next: dict[Answers, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        steps = [step for step in self.roadmap.steps.values() if not step.checkpoint]
        self.askable = frozenset(member.topic for step in steps for member in step.members)
        self.grouped = frozenset(member.topic for step in steps if step.pick for member in step.members)

    def place(self, who: Newcomer) -> Placed:
        """A learner and all their answers."""
        rng = Random(who.seed)
        answers: Answers = ()
        while topic := self._ask(answers):
            answers = (*answers, (topic, who.right(topic, rng)))
        return who, answers

    def _ask(self, answers: Answers) -> str | None:
        if answers not in self.next:
            self.next[answers] = placement.ask(self.roadmap, answers, self.askable, self.guess)
        return self.next[answers]

    def tally(self, placed: Iterable[Placed], asked: int = placement.QUESTIONS, without: Iterable[str] = ()) -> Tally:
        """What the first `asked` answers mark, leaving some topics out of account."""
        both = marked = known = 0
        for who, answers in placed:
            found = set(placement.marks(self.roadmap, answers[:asked], self.guess)) - {*without}
            both += len(found & who.known)
            marked += len(found)
            known += len(who.known - {*without})
        return Tally(both, marked, known)


def placed(roadmap: Roadmap, people: Sequence[Newcomer], many: Many, guess: float = GUESS) -> list[Placed]:
    """Everybody with their answers."""
    lots = [people[at : at + LOT] for at in range(0, len(people), LOT)]
    return [one for lot in many(partial(_lot, roadmap, guess), lots) for one in lot]


def _lot(roadmap: Roadmap, guess: float, people: Sequence[Newcomer]) -> list[Placed]:
    placer = Placer(roadmap, guess)
    return [placer.place(who) for who in people]


def measure(roadmap: Roadmap, count: int, seed: str, many: Many) -> list[Found]:
    """The curve over the number of questions, the kinds of learners, and what it does that one can say "not sure"."""
    guessing = list(newcomers(roadmap, count, seed))
    saying = list(newcomers(roadmap, count, seed, SAYS))
    usual, open_ = Placer(roadmap), Placer(roadmap, GUESS_OR_SAY)
    all_guess = placed(roadmap, guessing, many)
    may_say = placed(roadmap, saying, many, GUESS_OR_SAY)
    for_nothing = placed(roadmap, guessing, many, GUESS_OR_SAY)
    most = max(len(answers) for _who, answers in [*all_guess, *may_say, *for_nothing])
    curve = [_point(asked, usual.tally(all_guess, asked), open_.tally(may_say, asked)) for asked in CURVE]
    rows = [
        _row("all guess", usual, all_guess),
        *(_row(f"  {kind}", usual, [one for one in all_guess if one[0].kind == kind]) for kind in HISTORIES),
        _row("  without members of groups", usual, all_guess, usual.grouped),
        _row('may say "not sure"', open_, may_say),
        _row("may say it, but all guess", open_, for_nothing),
    ]
    aims = ["aims: precision 0.92, recall 0.75"]
    return [
        Found(f"Placement: {count:,} learners, after a number of questions", curve, aims),
        Found(f"Placement: after the last question (at most {most} were asked)", rows, aims),
    ]


def _point(asked: int, guess: Tally, may_say: Tally) -> Row:
    return {
        "questions": str(asked),
        "all guess: precision": f"{guess.precision:.3f}",
        "recall": f"{guess.recall:.3f}",
        "may say: precision": f"{may_say.precision:.3f}",
        "recall ": f"{may_say.recall:.3f}",
    }


def _row(name: str, placer: Placer, people: list[Placed], without: Iterable[str] = ()) -> Row:
    found = placer.tally(people, without=without)
    return {
        "learners": name,
        "precision": f"{found.precision:.3f}",
        "recall": f"{found.recall:.3f}",
        "known": f"{found.known / len(people):.1f}",
        "marked": f"{found.marked / len(people):.1f}",
        "asked": f"{sum(len(answers) for _who, answers in people) / len(people):.1f}",
    }
