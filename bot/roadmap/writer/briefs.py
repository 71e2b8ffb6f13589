"""The rules of a project brief's form."""

from collections.abc import Iterator

from bot.roadmap.faults import Fault
from bot.roadmap.writer.draft import Draft

MUST, DONE = "What it must do", "How to know that it is done"
SECTIONS = (MUST, "Hints", "Stretch goals", DONE)
FEWEST, MOST = 5, 8
"""Checkable lines of what a project must do."""


def must(draft: Draft) -> Iterator[Fault]:
    """What it must do is a list of five to eight lines that can be checked."""
    part = next((part for part in draft.page.parts if part.heading == MUST), None)
    count = sum(line.startswith("- ") for line in part.text.split("\n")) if part else FEWEST
    if part and not FEWEST <= count <= MOST:
        yield draft.fault(part.line, f"{MUST!r} has {count} lines; write {FEWEST} to {MOST}, each after '- '")


def done(draft: Draft) -> Iterator[Fault]:
    """How to know that it is done shows commands or requests with the expected answers."""
    part = next((part for part in draft.page.parts if part.heading == DONE), None)
    if part and part.text and "```" not in part.text:
        yield draft.fault(part.line, f"{DONE!r} shows no commands or requests; add a fenced block")
