"""Learning the weights of `bot.roadmap.finding.deciding` from the tuning half and learning.tsv: logistic regression."""

from collections.abc import Iterator, Sequence
from math import exp, sqrt
from typing import NamedTuple

from bot.roadmap.finding import deciding
from bot.roadmap.search import Search
from tests.eval.queries import Query

ROUNDS = 3000
RATE = 0.3
SHRINKING = 0.01
"""Of each weight, in each round, so that signs which say the same share it (L2)."""


class Example(NamedTuple):
    """The signs of a query, and whether it means a topic."""

    signs: tuple[float, ...]
    meant: bool


def examples(search: Search, queries: Sequence[Query]) -> Iterator[Example]:
    """Of the queries that no name answers."""
    for query in queries:
        if query.kind != "prefix" and (words := search.read(query.text)).topic is None:
            yield Example(search.signs(words.words), bool(query.right))


def fitted(given: Sequence[Example]) -> tuple[float, tuple[float, ...]]:
    """The bias and the weights under which the examples are likeliest."""
    means, spreads = _scales([each.signs for each in given])
    rows = [
        [(sign - mean) / spread for sign, mean, spread in zip(each.signs, means, spreads, strict=True)]
        for each in given
    ]
    bias, weights = 0.0, [0.0] * len(means)
    for _ in range(ROUNDS):
        gaps = [_sure(bias, weights, row) - each.meant for row, each in zip(rows, given, strict=True)]
        bias -= RATE * sum(gaps) / len(gaps)
        for at in range(len(weights)):
            slope = sum(gap * row[at] for gap, row in zip(gaps, rows, strict=True)) / len(gaps)
            weights[at] -= RATE * (slope + SHRINKING * weights[at])
    scaled = tuple(weight / spread for weight, spread in zip(weights, spreads, strict=True))
    return bias - sum(weight * mean for weight, mean in zip(scaled, means, strict=True)), scaled


def report(search: Search, queries: Sequence[Query]) -> str:
    """The lines to write into deciding.py."""
    bias, weights = fitted(list(examples(search, queries)))
    assert len(weights) == len(deciding.WEIGHTS)
    return f"BIAS = {bias:.2f}\nWEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})"


def _scales(rows: Sequence[Sequence[float]]) -> tuple[list[float], list[float]]:
    columns = list(zip(*rows, strict=True))
    means = [sum(column) / len(column) for column in columns]
    spreads = [
        sqrt(sum((each - mean) ** 2 for each in column) / len(column)) or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    return means, spreads


def _sure(bias: float, weights: Sequence[float], row: Sequence[float]) -> float:
    return 1 / (1 + exp(-bias - sum(weight * sign for weight, sign in zip(weights, row, strict=True))))
