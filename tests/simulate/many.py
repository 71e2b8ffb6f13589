"""Working on many made learners: one after another, or on all cores; the result is the same."""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import Protocol, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


class Many(Protocol):
    """Does the same to each, and returns the results in order."""

    def __call__(self, do: Callable[[In], Out], each: Iterable[In]) -> list[Out]:
        """The results."""
        ...


def in_turn(do: Callable[[In], Out], each: Iterable[In]) -> list[Out]:
    """In this process."""
    return [do(one) for one in each]


def on(pool: ProcessPoolExecutor) -> Many:
    """In the processes of a pool."""

    def at_once(do: Callable[[In], Out], each: Iterable[In]) -> list[Out]:
        return list(pool.map(do, each))

    return at_once
