"""`cairn content check`: the loader's faults and, for complete pages, every rule that a machine can judge."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.roadmap.compile import compile_content
from bot.roadmap.faults import Fault
from bot.roadmap.writer import blocks, briefs, form, origins, questions, room, whole, wording
from bot.roadmap.writer.draft import Draft, read_drafts

Rule = Callable[[Draft], Iterable[Fault]]

TEXT_RULES: tuple[Rule, ...] = (
    form.headings,
    form.order,
    form.filled,
    form.opening,
    blocks.languages,
    blocks.closed,
    blocks.width,
    blocks.tables,
    blocks.links,
    blocks.html,
    origins.own,
    wording.filler,
    wording.spelling,
)
"""Hold for every text: pages and project briefs."""

PAGE_RULES: tuple[Rule, ...] = (
    form.unwritten,
    form.length,
    form.practice,
    form.remember,
    form.asked,
    questions.enough,
    questions.because,
    questions.catch_all,
    questions.twins,
    questions.alike,
    questions.longest,
    questions.places,
    origins.enough,
    origins.distinct,
    origins.primary,
    origins.registries,
    room.fits,
)
"""Hold for each complete page."""

BRIEF_RULES: tuple[Rule, ...] = (briefs.must, briefs.done)
"""Hold for each project brief."""

WHOLE_RULES: tuple[Callable[[Sequence[Draft]], Iterable[Fault]], ...] = (
    whole.longest,
    whole.places,
    whole.asked_twice,
    whole.shared_runs,
)
"""Hold for all complete pages together."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, and the faults, sorted."""

    topics: int
    complete: int
    projects: int
    faults: list[Fault]


def check(folder: Path) -> Report:
    """Every fault of a content folder. A page without sections is a short one, which only the loader judges."""
    content, faults = compile_content(folder)
    pages = [draft for draft in read_drafts(folder) if draft.page.parts]
    briefs = read_drafts(folder, "projects")
    found = set(faults)
    for draft in pages:
        found.update(fault for rule in (*PAGE_RULES, *TEXT_RULES) for fault in rule(draft))
    for draft in briefs:
        found.update(fault for rule in (*BRIEF_RULES, *TEXT_RULES) for fault in rule(draft))
    for over_all in WHOLE_RULES:
        found.update(over_all(pages))
    return Report(len(content.topics), len(pages), len(content.projects), sorted(found))
