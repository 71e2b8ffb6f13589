"""The rules of a page's questions; the limits of their lengths are the loader's."""

import re
from collections.abc import Iterator, Sequence

from bot.roadmap.faults import Fault
from bot.roadmap.schema import QuestionFile
from bot.roadmap.writer.chance import RARE, at_least
from bot.roadmap.writer.draft import Draft

FEWEST = 4
"""Questions of a page."""

SPREAD = 2.0, 20
"""Options are of about the same length: the longest is at most this many times the shortest, or so much longer."""

_CATCH_ALL = re.compile(r"\b(all|none|both|neither|any|each) of (the )?(above|these|those|them)\W*$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?][\"'”’)]*(?=\s+[A-Z0-9\"“`(]|\s*$)")
_SHORT = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf)\.")
_ARTICLE = re.compile(r"\b(?:a|an|the)\s+")


def enough(draft: Draft) -> Iterator[Fault]:
    """A page has four questions or more."""
    if len(draft.questions) < FEWEST:
        yield draft.fault(draft.line("quiz"), f"quiz: has {len(draft.questions)} entries; write {FEWEST} at least")


def because(draft: Draft) -> Iterator[Fault]:
    """`because` teaches, in one or two sentences."""
    for at, question in enumerate(draft.questions):
        count = len(_SENTENCE.findall(_SHORT.sub("", question.because)))
        if not 1 <= count <= 2:
            told = f"because has {count} sentences; write one or two, each with its full stop"
            yield draft.fault(draft.line("quiz", at, "because"), told)


def catch_all(draft: Draft) -> Iterator[Fault]:
    """No option stands for others: "all of the above" tests reading, not understanding."""
    for at, question in enumerate(draft.questions):
        for number, option in enumerate(question.options):
            if _CATCH_ALL.search(option):
                line = draft.line("quiz", at, "options", number)
                yield draft.fault(line, f"{option!r} stands for other options; write one that says something itself")


def twins(draft: Draft) -> Iterator[Fault]:
    """The options of a question differ by more than case, articles and punctuation."""
    for at, question in enumerate(draft.questions):
        seen: dict[str, int] = {}
        for number, option in enumerate(question.options):
            first = seen.setdefault(_plain(option), number)
            if first != number:
                line = draft.line("quiz", at, "options", number)
                yield draft.fault(line, f"{option!r} says the same as option {first}; write another")


def alike(draft: Draft) -> Iterator[Fault]:
    """All options are of about the same length."""
    times, more = SPREAD
    for at, question in enumerate(draft.questions):
        short, long = (pick(map(len, question.options)) for pick in (min, max))
        if long > times * short and long - short > more:
            line = draft.line("quiz", at, "options")
            yield draft.fault(line, f"the options have {short} to {long} characters; make them about as long")


def longest(draft: Draft) -> Iterator[Fault]:
    """On a page, the right option is not the longest so often that chance gives it once in a hundred pages or less.

    In a question with n options a right one chosen blindly is the longest with chance 1/n; the bound is the exact tail
    of `chance.at_least` at RARE: with six questions of four options five are too many, with four or five all of them.
    """
    hits, rarity = giveaways(draft.questions)
    if rarity < RARE:
        told = f"the right option is the longest in {hits} of {len(draft.questions)} questions; lengthen wrong ones"
        yield draft.fault(draft.line("quiz"), told)


def places(draft: Draft) -> Iterator[Fault]:
    """On a page, the right options do not all stand in one place."""
    taken = {question.right for question in draft.questions}
    if len(draft.questions) > 2 and len(taken) == 1:
        told = f"the right option always has the place {taken.pop()}; spread the right ones"
        yield draft.fault(draft.line("quiz"), told)


def giveaways(questions: Sequence[QuestionFile]) -> tuple[int, float]:
    """How often the right option alone is the longest, and how likely chance gives that or more."""
    hits = sum(_gives_away(question) for question in questions)
    return hits, at_least(hits, [1 / len(question.options) for question in questions])


def _gives_away(question: QuestionFile) -> bool:
    """A `right` behind the last option is the loader's fault to name."""
    lengths = [len(option) for option in question.options]
    right = lengths.pop(question.right) if question.right < len(lengths) else 0
    return right > max(lengths)


def _plain(option: str) -> str:
    """An option without what does not change its sense; signs stay, since `<` and `>` differ."""
    return " ".join(_ARTICLE.sub("", option.casefold().strip(" .,;:!?\"'")).split())
