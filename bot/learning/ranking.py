"""A round's ranking: by right answers, then by the time that these took in all."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Played:
    """What somebody's answers in a round came to: how many were right, and the seconds that these took in all."""

    who: int
    name: str
    right: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody's rank in a round; who did as well in the same tenth of a second shares it."""

    rank: int
    played: Played


def ranked(players: Iterable[Played]) -> list[Ranked]:
    """Everybody in order, the best first."""
    made: list[Ranked] = []
    for place, each in enumerate(sorted(players, key=lambda one: (*_worth(one), one.who)), 1):
        same = bool(made) and _worth(made[-1].played) == _worth(each)
        made.append(Ranked(made[-1].rank if same else place, each))
    return made


def _worth(played: Played) -> tuple[int, float]:
    """What decides, the better the smaller."""
    return -played.right, round(played.seconds, 1)
