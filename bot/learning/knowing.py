"""What an answered quiz shows: knowing a topic is three different questions right, and hardly one wrong of late."""

from collections.abc import Sequence

DIFFERENT = 3
"""Different questions of the topic answered right."""
LATELY = 4
"""The last answers that are looked at."""
WRONG = 1
"""Wrong ones allowed among them."""


def shown(right: int, lately: Sequence[bool]) -> bool:
    """Whether a topic is shown by quiz: `right` different questions, and the last answers (newest first)."""
    return right >= DIFFERENT and sum(not each for each in lately[:LATELY]) <= WRONG
