"""The queries that the search is measured by: what somebody typed, of which kind it is, and the topics that are right.

Written by hand from several points of view, before the search was. `tuning.tsv` may be looked at; `kept.tsv` is the
other half, drawn by lot within each kind, and is read for the final figure only. `learning.tsv` came later, for what
should be declined and what stands in unusual company: with the tuning half it teaches the weights.
"""

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent

KINDS = ("exact", "typo", "nickname", "named", "described", "language", "prefix", "declined")
NOTHING = "-"
"""Stands for the topics of a query that must be declined."""


class Query(NamedTuple):
    """What was typed, and the ids that would be right; none where it is to be declined."""

    kind: str
    text: str
    right: frozenset[str]


def read(name: str) -> list[Query]:
    """The queries of `tuning` or `kept`."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [_query(line) for line in lines]


def _query(line: str) -> Query:
    kind, text, right = line.split("\t")
    return Query(kind, text, frozenset() if right == NOTHING else frozenset(right.split(",")))
