"""Which project fits: its level, how much of what it needs is known, and what was given before."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta

from bot.roadmap.model import Project

LEVELS = ("beginner", "intermediate", "advanced")

STARTS = (0, 33, 75)
"""Percent of the whole roadmap from which each level fits."""

REST = timedelta(days=365)
"""For so long a project is not given again while another is left."""

_NEVER = datetime.min.replace(tzinfo=UTC)


def level_at(percent: int) -> str:
    """The level that fits whoever has done so much of the whole roadmap."""
    return next(level for level, start in reversed(list(zip(LEVELS, STARTS, strict=True))) if percent >= start)


def fitting(
    projects: Collection[Project],
    known: Mapping[str, float],
    percent: int,
    given: Mapping[str, datetime],
    now: datetime,
    wished: str = "",
) -> Project | None:
    """The project to give, None where there is none; the same state gives the same one.

    `known`: topics with the share of people who have done them (0 to 1). `percent`: of the whole roadmap. `given`: when
    a project was given last. A wished level is kept as long as it has a project at all. Otherwise a project that rested
    goes before one that did not, the nearest level before others, and within a level the one never given or given
    longest ago, of which most is known, and of these the shortest.
    """
    level = LEVELS.index(wished or level_at(percent))

    def rank(project: Project) -> tuple[bool | int | datetime | float | str, ...]:
        away = abs(LEVELS.index(project.level) - level)
        last = given.get(project.id, _NEVER)
        share = sum(known.get(topic, 0.0) for topic in project.topics) / max(len(project.topics), 1)
        return (
            bool(wished and away),
            last != _NEVER and now - last < REST,
            away,
            last,
            -share,
            project.hours,
            project.id,
        )

    return min(projects, key=rank, default=None)
