"""How likely it is that chance alone gives so many hits."""

from collections.abc import Iterable

RARE = 0.01
"""What happens by chance less often than this is taken as a habit of the writer."""


def at_least(hits: int, chances: Iterable[float]) -> float:
    """The probability of `hits` or more successes in independent trials, each with its own chance; see `spread`."""
    return sum(spread(chances)[hits:])


def spread(chances: Iterable[float]) -> list[float]:
    """The probability of each number of successes, from none to all.

    This is the exact Poisson binomial distribution, by direct convolution (Y. Hong: On computing the distribution
    function for the Poisson binomial distribution, Computational Statistics & Data Analysis 59, 2013, pp. 41-51, doi
    10.1016/j.csda.2012.10.006). With equal chances it is the binomial distribution.
    """
    made = [1.0]
    for chance in chances:
        stay = [*(mass * (1 - chance) for mass in made), 0.0]
        made = [kept + came * chance for kept, came in zip(stay, [0.0, *made], strict=True)]
    return made
