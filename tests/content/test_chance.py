"""The bounds on habits, against figures worked out by hand."""

import pytest

from bot.roadmap.writer.chance import at_least, spread


@pytest.mark.parametrize(
    ("hits", "chances", "expected"),
    [
        (5, [1 / 4] * 6, 19 / 4096),
        (4, [1 / 4] * 4, 1 / 256),
        (1, [1 / 2, 1 / 3], 2 / 3),
        (2, [1 / 2, 1 / 3], 1 / 6),
        (0, [1 / 5] * 3, 1.0),
        (3, [1 / 2] * 2, 0.0),
        (0, [], 1.0),
    ],
)
def test_the_upper_tail_is_exact(hits: int, chances: list[float], expected: float) -> None:
    assert at_least(hits, chances) == pytest.approx(expected)


def test_the_spread_is_whole_and_lies_about_its_mean() -> None:
    likely = spread([1 / 3, 1 / 4, 1 / 5] * 100)
    assert sum(likely) == pytest.approx(1)
    assert sum(at * mass for at, mass in enumerate(likely)) == pytest.approx(100 * (1 / 3 + 1 / 4 + 1 / 5))
