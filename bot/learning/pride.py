"""The one number that a group may be proud of after a week."""

from collections.abc import Mapping
from enum import StrEnum


class Pride(StrEnum):
    """What is counted of a group's week."""

    PROJECTS = "projects"
    TOPICS = "topics"
    RIGHT = "right"
    HOURS = "hours"


WORTH = {Pride.PROJECTS: 1, Pride.TOPICS: 3, Pride.RIGHT: 20, Pride.HOURS: 3}
"""What one diligent learner comes to in a week: it makes the numbers comparable."""


def proudest(counts: Mapping[Pride, int]) -> tuple[Pride, int] | None:
    """The count that is worth most learners' weeks; None where nothing was done."""
    best = max(counts, key=lambda of: counts[of] / WORTH[of], default=None)
    return (best, counts[best]) if best and counts[best] else None
