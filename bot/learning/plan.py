"""A plan by week: what is left on the route, laid into the hours a learner has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """A week that begins on `start`, with minutes for each topic; a long topic goes on in the next week."""

    start: date
    shares: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The day by which all is done, and how many hours a week would be needed to meet the goal (None: it is met)."""

    end: date
    needed: int | None


def plan(topics: Sequence[tuple[str, int]], hours: int, start: date) -> list[Week]:
    """Topics with their minutes, in order, laid into weeks of `hours`; the minutes of all weeks add up to theirs."""
    weeks: list[Week] = []
    shares: list[tuple[str, int]] = []
    room = hours * 60
    for topic, minutes in topics:
        left = minutes
        while left:
            share = min(left, room)
            shares.append((topic, share))
            left, room = left - share, room - share
            if not room:
                weeks.append(Week(start + len(weeks) * WEEK, tuple(shares)))
                shares, room = [], hours * 60
    if shares:
        weeks.append(Week(start + len(weeks) * WEEK, tuple(shares)))
    return weeks


def forecast(minutes: int, hours: int, start: date, goal: date | None) -> Forecast:
    """When `minutes` are done at `hours` a week from `start`, and what the goal would take."""
    end = start + timedelta(days=ceil(minutes * 7 / (hours * 60)))
    if goal is None or end <= goal:
        return Forecast(end, None)
    days = max((goal - start).days, 1)
    return Forecast(end, ceil(minutes * 7 / (60 * days)))
