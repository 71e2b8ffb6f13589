"""Points: rows of a ledger, for answers that show knowledge; clicking and blind guessing are worth nothing."""

from datetime import date

RIGHT = 10
"""The first right answer of a card on a local day."""
WRONG = -5
KEPT = 5
"""A review that was due, kept."""
SHOWN = 50
"""A topic shown by quiz, once, when a review on a later day confirms it."""
PROJECT = 100
CHEER = 5
CHEERS = 25
"""From cheers, at most, in a week."""
CEILING = 300
"""At most, in a day."""


def booked(amount: int, today: int, quiz_today: int) -> int:
    """What a row may book: never over the day's ceiling, and a day's quiz points never fall below 0.

    `today`: all points of the local day so far; `quiz_today`: those from answers right and wrong.
    """
    if amount < 0:
        return -min(-amount, max(quiz_today, 0))
    return min(amount, max(CEILING - today, 0))


def week(day: date) -> str:
    """The week of a local day, as ISO 8601 writes it: what projects and cheers are bounded by."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"
