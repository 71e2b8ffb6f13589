"""What a group is taught next: along the roadmap, nothing twice before all is through, then again when it fades."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.learning.path import Path, Standing, State
from bot.roadmap.model import Roadmap

MOST = 0.5
"""A topic is known in a group when more than this share of its active members have done it."""

ACTIVE = timedelta(days=28)
"""Who was active within this time counts among them."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A topic that a group was taught: when last, and how often."""

    at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class Past:
    """What a group has behind it. `done`: how many of its `active` members have done each topic."""

    taught: Mapping[str, Taught]
    done: Mapping[str, int]
    active: int

    @property
    def known(self) -> set[str]:
        """The topics that most of the active members have done."""
        return {topic for topic, count in self.done.items() if count > MOST * self.active}


def had(roadmap: Roadmap, past: Past, but: str = "") -> Path:
    """The group's way: what it was taught or knows is done, `but` for one topic."""
    topics = (past.taught.keys() | past.known) - {but}
    last = max(past.taught, key=lambda topic: (past.taught[topic].at, topic), default="")
    return Path(roadmap, Standing(dict.fromkeys(sorted(topics), State.DONE), last=last), roadmap.routes[-1])


def lesson(roadmap: Roadmap, minutes: Mapping[str, int], past: Past, now: datetime) -> str:
    """The topic to teach now. The same past gives the same one.

    It comes along the roadmap, where a group to pick from stands for its recommended member. Once all steps are
    through, a topic returns: one that was known without ever being taught, in the roadmap's order, then the one most
    overdue, as each time that a topic was taught doubles the time that it lasts.
    """
    path = had(roadmap, past)
    if proposal := path.next(minutes, now):
        return proposal.topic
    return _again(path, minutes, past.taught, now)


def _again(path: Path, topics: Collection[str], taught: Mapping[str, Taught], now: datetime) -> str:
    on_the_way = [topic for step in path.steps if (topic := path.chosen(step))]
    every = dict.fromkeys([*on_the_way, *sorted(topic for topic in taught if topic in topics)])
    return max(every, key=lambda topic: _overdue(taught.get(topic), now))


def _overdue(taught: Taught | None, now: datetime) -> tuple[bool, timedelta]:
    """The greater, the more overdue."""
    if taught is None:
        return True, timedelta()
    return False, (now - taught.at) / 2**taught.times
