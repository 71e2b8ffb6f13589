"""The rules over all complete pages together: habits of the questions, and what stands on two pages."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from bot.roadmap.faults import Fault
from bot.roadmap.writer.chance import RARE, spread
from bot.roadmap.writer.draft import Draft
from bot.roadmap.writer.prose import Line
from bot.roadmap.writer.questions import giveaways

SAME = 85.0
"""From this likeness on (100 is equal, the order of the words left aside) two questions are one."""

RUN = 12
"""Words in a row that no two pages share."""

_WORD = re.compile(r"[\w'’]+|`")


def longest(drafts: Sequence[Draft]) -> Iterator[Fault]:
    """Over all pages, the right option is not the longest more often than chance has it once in a hundred times (RARE).

    The bound is the exact tail of `chance.at_least`; of 900 questions with four options it allows about 255.
    """
    questions = [question for draft in drafts for question in draft.questions]
    hits, rarity = giveaways(questions)
    if rarity < RARE:
        worst = max(drafts, key=lambda draft: giveaways(draft.questions)[0] - len(draft.questions) / 4)
        told = f"over all pages the right option is the longest in {hits} of {len(questions)} questions"
        yield worst.fault(worst.line("quiz"), f"{told}; lengthen wrong ones, on this page first")


def places(drafts: Sequence[Draft]) -> Iterator[Fault]:
    """Over all pages, the right options stand in no favourite place and avoid none.

    For each place, both tails of the exact `chance.spread` are held to RARE, shared among the ten of them (Bonferroni).
    """
    questions = [question for draft in drafts for question in draft.questions]
    for place in range(5):
        having = [question for question in questions if place < len(question.options)]
        hits = sum(question.right == place for question in having)
        chances = [1 / len(question.options) for question in having]
        likely = spread(chances)
        if min(sum(likely[hits:]), sum(likely[: hits + 1])) < RARE / 10:
            worst = max(drafts, key=lambda draft: abs(_share(draft, place) - 1 / 4) * len(draft.questions))
            told = f"over all pages the right option has the place {place} in {hits} of {len(having)} questions"
            yield worst.fault(worst.line("quiz"), f"{told}; {sum(chances):.0f} would be fair: move some")


def asked_twice(drafts: Sequence[Draft]) -> Iterator[Fault]:
    """No two questions, on one page or on two, ask nearly the same (the same words in any order count as the same)."""
    asks = [(draft, at, _sorted(question.ask)) for draft in drafts for at, question in enumerate(draft.questions)]
    texts = [text for _, _, text in asks]
    for number, (draft, at, text) in enumerate(asks):
        hit = process.extractOne(text, texts[:number], scorer=fuzz.ratio, score_cutoff=SAME)
        if hit:
            other, place, _ = asks[hit[2]]
            where = f"{other.path}:{other.line('quiz', place, 'ask')}"
            yield draft.fault(draft.line("quiz", at, "ask"), f"asks nearly what {where} asks; ask something else")


def shared_runs(drafts: Sequence[Draft]) -> Iterator[Fault]:
    """No twelve words in a row, outside code, stand on two pages; a longer run is named once, by its first words."""
    seen: dict[tuple[str, ...], tuple[Draft, int]] = {}
    for draft in drafts:
        for line in [*draft.quizzed, *draft.prose]:
            before = False
            for run in _runs(line):
                other, number = seen.setdefault(run, (draft, line.number))
                if other is not draft and not before:
                    told = f"'{' '.join(run)} …' stands in {other.path}:{number} too; say it in another way"
                    yield draft.fault(line.number, told)
                before = other is not draft


def _runs(line: Line) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(line.text.casefold())
    runs = (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return (run for run in runs if "`" not in run)


def _share(draft: Draft, place: int) -> float:
    return sum(question.right == place for question in draft.questions) / max(1, len(draft.questions))


def _sorted(ask: str) -> str:
    return " ".join(sorted(_WORD.findall(ask.casefold())))
