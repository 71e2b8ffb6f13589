"""What a measure hands back: rows of numbers, medians of runs that took turns, and the table they are shown in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median

Row = dict[str, str | int | float]

WIDTH = 80
"""Columns of the table."""


@dataclass
class Found:
    """One measure: its rows have the same keys, which are the table's head; `notes` say how to read them."""

    title: str
    rows: list[Row]
    notes: list[str] = field(default_factory=list)

    def table(self) -> str:
        """The rows as plain text."""
        head = list(self.rows[0])
        lines = [head, *([_shown(row[key]) for key in head] for row in self.rows)]
        widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
        drawn = [
            "  ".join(_placed(cell, width, at) for at, (cell, width) in enumerate(zip(line, widths, strict=True)))
            for line in lines
        ]
        rule = "-" * len(drawn[0])
        return "\n".join([self.title, rule, drawn[0], rule, *drawn[1:], *self.notes])


def _placed(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column else cell.ljust(width)


def _shown(value: str | int | float) -> str:
    return f"{value:.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value


def ms(seconds: Sequence[float]) -> float:
    """The median, in milliseconds."""
    return round(1000 * median(seconds), 3)


def p99_ms(seconds: Sequence[float]) -> float:
    """What 99 of 100 runs stay below, in milliseconds."""
    return round(1000 * sorted(seconds)[ceil(0.99 * len(seconds)) - 1], 3)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of neighbours: two that ran one after the other met the same noise."""
    return round(median(mine / other for mine, other in zip(ours, theirs, strict=True)), 2)
