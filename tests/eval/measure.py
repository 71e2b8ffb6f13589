"""How many queries of each kind are answered rightly."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.eval.queries import KINDS, Query

AMONG = 5
"""What is being typed is found if it is among the first five completions."""


class Means(NamedTuple):
    """A way to find topics: the one meant or None, and completions of what has been typed so far."""

    meant: Callable[[str], str | None]
    starting: Callable[[str], Sequence[str]]


class Share(NamedTuple):
    """Of how many queries how many were answered rightly."""

    right: int
    of: int

    @property
    def percent(self) -> float:
        """0 to 100."""
        return 100 * self.right / self.of if self.of else 0.0


def is_right(query: Query, means: Means) -> bool:
    """Whether a query is answered by one of its topics, or declined where it has none."""
    if query.kind == "prefix":
        return not query.right.isdisjoint(means.starting(query.text)[:AMONG])
    found = means.meant(query.text)
    return found in query.right if query.right else found is None


def shares(queries: Sequence[Query], means: Means) -> dict[str, Share]:
    """By kind, and all together."""
    right = [(query.kind, is_right(query, means)) for query in queries]
    kinds = {kind: [ok for each, ok in right if each == kind] for kind in KINDS}
    return {
        **{kind: Share(sum(each), len(each)) for kind, each in kinds.items()},
        "all": Share(sum(ok for _, ok in right), len(right)),
    }
