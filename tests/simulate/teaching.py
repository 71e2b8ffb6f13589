"""Does it teach? The same made learners, each in four ways, and what is left of it at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import mean

from tests.bench.numbers import Found, Row
from tests.simulate.many import Many
from tests.simulate.memories import learner
from tests.simulate.studying import Desk, World
from tests.simulate.ways import Cairn, InOrder, anyhow, down, spend

CAIRN, DOWN, REVIEWER, ANYHOW = "Cairn", "top to bottom", "top to bottom, random reviews", "random topics"


@dataclass(frozen=True)
class Outcome:
    """One learner after the last day of one way."""

    remembered: float
    mastery: float
    """Topics' worth of questions that could be answered: the sum of mastery over all topics."""
    finished: int
    begun: int
    unread: int
    unknown: int
    hours: float
    answering: float
    """The share of the time that went into answering."""


def outcomes(world: World, seed: str) -> dict[str, Outcome]:
    """One learner in all ways. The random reviewer gets the share of time that this learner answered in with Cairn."""

    who = learner(seed)
    if world.takes_in is not None:
        who = replace(who, takes_in=world.takes_in)

    def desk() -> Desk:
        return Desk(world, who)

    cairn = desk()
    found = {CAIRN: _outcome(spend(cairn, Cairn(cairn).day))}
    share = found[CAIRN].answering
    for name, order, reviews in ((DOWN, down, 0.0), (REVIEWER, down, share), (ANYHOW, anyhow, 0.0)):
        other = desk()
        found[name] = _outcome(spend(other, InOrder(other, order(other), reviews).day))
    return found


def _outcome(desk: Desk) -> Outcome:
    minutes = desk.reading + desk.answering
    return Outcome(
        remembered=desk.remembered(),
        mastery=sum(desk.mastery(topic) for topic in desk.read),
        finished=sum(share >= 1 for share in desk.read.values()),
        begun=len(desk.read),
        unread=desk.unread,
        unknown=desk.unknown,
        hours=minutes / 60,
        answering=desk.answering / minutes,
    )


Ways = dict[str, list[Outcome]]
"""Outcomes of the same learners, in the same order, by the name of the way."""


def taught(world: World, count: int, seed: str, many: Many) -> Ways:
    """All outcomes of `count` learners, by way."""
    people = many(partial(outcomes, world), [f"{seed} {number}" for number in range(count)])
    return {name: [person[name] for person in people] for name in people[0]}


def per_hour(found: Sequence[Outcome], what: str = "remembered") -> float:
    """Topics remembered (or mastered) for each hour studied."""
    left: float = sum(getattr(each, what) for each in found)
    return left / sum(each.hours for each in found)


def times(of: Ways, other: str, what: str = "remembered") -> float:
    """How many times as much an hour with Cairn leaves as one of another way."""
    theirs = per_hour(of[other], what)
    return per_hour(of[CAIRN], what) / theirs if theirs else float("inf")


def led_astray(found: Sequence[Outcome], what: str) -> float:
    """The share of the topics begun that were begun too early (`unread` or `unknown`)."""
    astray: int = sum(getattr(each, what) for each in found)
    return astray / max(1, sum(each.begun for each in found))


def measure(world: World, count: int, seed: str, many: Many) -> list[Found]:
    """The table of ways, and what becomes of it when what was taken for granted is changed."""
    of = taught(world, count, seed, many)
    alike = replace(world, minutes=dict.fromkeys(world.minutes, 45))
    changed = {
        "all topics take 45 minutes": alike,
        "the same, no burden": replace(alike, burden=0.0),
        "the same, burden 1": replace(alike, burden=1.0),
        "the same, all that is read is taken in": replace(alike, takes_in=1.0),
    }
    some = max(1, count // 4)
    rows = [_changed("as above", of)]
    rows += [_changed(name, taught(other, some, seed, many)) for name, other in changed.items()]
    title = f"Teaching: {count:,} learners, {world.daily:.0f} minutes a day, {world.days} days"
    return [
        Found(title, [_way(name, of) for name in of], NOTES),
        Found(f"Cairn's learners against the others when something else holds ({some:,} learners)", rows, AIMS),
    ]


NOTES = [
    "remembered: topics with a true mean recall of 0.8 at the end; mastery: topics' worth of true recall, summed",
    "early: begun while a prerequisite was never learnt; unknown: while less than half of one could be answered",
    "answering: the share of the time that goes into quizzes and reviews; the random reviewer gets Cairn's share",
]
AIMS = [
    "times as much per hour: remembered (mastery). Aims for remembered: 1.5 x the reader, 1.15 x the random reviewer",
    "burden: how much longer a topic takes, and how much less of it sticks, when nothing it builds on is known",
]


def _way(name: str, of: Ways) -> Row:
    found = of[name]
    return {
        "way": name,
        "remembered": round(mean(each.remembered for each in found), 2),
        "per hour": f"{per_hour(found):.3f}",
        "mastery": round(mean(each.mastery for each in found), 2),
        "finished": round(mean(each.finished for each in found), 2),
        "early": f"{led_astray(found, 'unread'):.1%}",
        "unknown": f"{led_astray(found, 'unknown'):.1%}",
        "answering": f"{mean(each.answering for each in found):.0%}",
    }


def _changed(name: str, of: Ways) -> Row:
    def against(other: str) -> str:
        return f"{times(of, other):.2f} x ({times(of, other, 'mastery'):.2f} x)"

    return {
        "when": name,
        "reader": against(DOWN),
        "random reviewer": against(REVIEWER),
        "unknown with Cairn": f"{led_astray(of[CAIRN], 'unknown'):.1%}",
    }
