"""What placement believes a learner knows: a chance for each topic, moved by every answer along the graph.

A learner has a hidden command of each topic, and knows it where that is above 0. Commands are jointly normal: they
share the learner's general level, a taste for the section, and what was put into what both build on. An answer moves
the mean and the covariance by matching moments (Opper, "A Bayesian approach to on-line learning", 1998; Rasmussen and
Williams, "Gaussian Processes for Machine Learning", 2006, chapter 3), with guesses and slips in the likelihood.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import erfc, exp, pi, sqrt

from bot.learning.placement_prior import Prior

SLIP = 0.08
"""A wrong answer to a question on a known topic."""

Vector = list[float]


@dataclass(frozen=True, slots=True)
class Move:
    """How an answer moves every command: along `column`, the mean by `shift`, the covariance by `bend` (below 0)."""

    column: Vector
    shift: float
    bend: float


@dataclass(frozen=True, slots=True)
class Belief:
    """Mean and variance of every command, and the moves that led here (they hold the rest of the covariance)."""

    prior: Prior
    guess: float
    """How likely a question on an unknown topic is answered right."""
    mean: Vector
    variance: Vector
    moves: tuple[Move, ...] = ()

    @classmethod
    def before(cls, prior: Prior, guess: float) -> "Belief":
        """What is believed of somebody who has answered nothing."""
        return cls(prior, guess, prior.mean, [row[at] for at, row in enumerate(prior.covariance)])

    def chance(self, at: int) -> float:
        """How likely the topic is known."""
        return below(self.mean[at] / sqrt(self.variance[at]))

    def outcomes(self, at: int) -> Iterator[tuple[float, Move]]:
        """The answers to a question on a topic, right first: how likely each is, and how it would move the belief."""
        column = self._column(at)
        spread = sqrt(self.variance[at])
        place = self.mean[at] / spread
        known, slope = below(place), exp(-place * place / 2) / sqrt(2 * pi) / spread
        gap = 1 - SLIP - self.guess
        for unknown, step in ((self.guess, gap), (1 - self.guess, -gap)):
            likely = unknown + step * known
            shift = step * slope / likely
            yield likely, Move(column, shift, -shift * place / spread - shift * shift)

    def moved(self, move: Move) -> "Belief":
        """The belief after an answer."""
        mean = [old + move.shift * each for old, each in zip(self.mean, move.column, strict=True)]
        wide = [_bent(old, each, move) for old, each in zip(self.variance, move.column, strict=True)]
        return Belief(self.prior, self.guess, mean, wide, (*self.moves, move))

    def glimpse(self, move: Move, places: list[int]) -> Vector:
        """The chances of some topics after an answer."""
        mean, variance, column = self.mean, self.variance, move.column
        return [
            below((mean[at] + move.shift * column[at]) / sqrt(_bent(variance[at], column[at], move))) for at in places
        ]

    def _column(self, at: int) -> Vector:
        """The covariance of every command with one of them."""
        column = self.prior.covariance[at]
        for move in self.moves:
            factor = move.bend * move.column[at]
            column = [old + factor * each for old, each in zip(column, move.column, strict=True)]
        return column


def _bent(variance: float, covariance: float, move: Move) -> float:
    return max(variance + move.bend * covariance * covariance, 1e-6)


def below(place: float) -> float:
    """The share of the standard normal distribution below a place."""
    return 0.5 * erfc(place / -sqrt(2))
