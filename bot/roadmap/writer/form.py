"""The rules of a page's form: its sections, its length, its opening and its last lines."""

from collections.abc import Iterator
from itertools import pairwise

from bot.roadmap.faults import Fault
from bot.roadmap.page import LinedPart
from bot.roadmap.writer import briefs
from bot.roadmap.writer.draft import Draft

SECTIONS = ("In plain words", "How it works", "In practice", "Choosing", "Pitfalls", "Remember")
FEWEST, MOST = 150, 450
"""Words of a page, fenced blocks and headings left out."""


def unwritten(draft: Draft) -> Iterator[Fault]:
    """An empty page says what goes where; each such line is still to be written."""
    for line, hint in draft.unwritten.items():
        yield draft.fault(line, f"is still to be written; replace the comment by {hint}")


def headings(draft: Draft) -> Iterator[Fault]:
    """Exactly the sections of its kind, a page's six or a brief's four, and no other headings."""
    sections = _sections(draft)
    mend = f"write exactly these: {', '.join(sections)}"
    wanted = list(sections)
    for line, level, text in draft.headings:
        if level != 2:
            yield draft.fault(line, f"{text!r} is a heading of level {level}; take level 2 only, and {mend}")
        elif text not in sections:
            yield draft.fault(line, f"{text!r} is no section here; {mend}")
        elif text not in wanted:
            yield draft.fault(line, f"{text!r} stands twice; keep one")
        else:
            wanted.remove(text)
    last = draft.headings[-1][0] if draft.headings else 1
    yield from (draft.fault(last, f"the section {text!r} is missing; {mend}") for text in wanted)


def order(draft: Draft) -> Iterator[Fault]:
    """The sections stand in the order in which a reader needs them."""
    sections = _sections(draft)
    found = [(line, text) for line, level, text in draft.headings if level == 2 and text in sections]
    for (_, before), (line, text) in pairwise(found):
        if sections.index(text) < sections.index(before):
            yield draft.fault(line, f"{text!r} stands after {before!r}; put it before")


def filled(draft: Draft) -> Iterator[Fault]:
    """No section is empty."""
    lines = {text: line for line, _, text in draft.headings}
    for part in draft.page.parts:
        if not part.text.strip():
            yield draft.fault(lines.get(part.heading, part.line), f"{part.heading!r} is empty; write it")


def length(draft: Draft) -> Iterator[Fault]:
    """A page has 150 to 450 words beside its example."""
    line = draft.page.opening_line
    if draft.words < FEWEST and not draft.unwritten:
        yield draft.fault(line, f"the page has {draft.words} words; write {FEWEST} at least")
    if draft.words > MOST:
        yield draft.fault(line, f"the page has {draft.words} words; cut it to {MOST}")


def opening(draft: Draft) -> Iterator[Fault]:
    """The one breath is a single paragraph of whole sentences, since a nudge carries it alone."""
    page = draft.page
    if page.opening_line in draft.unwritten:
        return
    if "\n\n" in page.opening or not page.opening[:1].isalnum():
        yield draft.fault(page.opening_line, "the one breath is no single paragraph; write one or two sentences")
    elif page.opening[-1:] not in (".", "!", "?", ")"):
        yield draft.fault(page.opening_line, "the one breath does not end like a sentence; end it with a full stop")


def practice(draft: Draft) -> Iterator[Fault]:
    """In practice shows something to run or to read."""
    part = _part(draft, "In practice")
    if part and part.text and part.line not in draft.unwritten and "```" not in part.text:
        yield draft.fault(part.line, "'In practice' shows nothing to run or read; add a fenced block")


def remember(draft: Draft) -> Iterator[Fault]:
    """Remember is a list of three to five lines."""
    part = _part(draft, "Remember")
    if part is None or not part.text or part.line in draft.unwritten:
        return
    lines = part.text.split("\n")
    if any(not line.startswith("- ") for line in lines):
        yield draft.fault(part.line, "'Remember' is no plain list; begin each of its lines with '- '")
    elif not 3 <= len(lines) <= 5:
        yield draft.fault(part.line, f"'Remember' has {len(lines)} lines; write three to five")


def asked(draft: Draft) -> Iterator[Fault]:
    """`asks` feeds the search, so a page needs what people say who do not know its name."""
    if len(draft.asks) < 3:
        told = f"asks: has {len(draft.asks)} entries; write 3 at least: how people describe it without its name"
        yield draft.fault(draft.line("asks"), told)


def _sections(draft: Draft) -> tuple[str, ...]:
    return briefs.SECTIONS if draft.path.startswith("projects") else SECTIONS


def _part(draft: Draft, heading: str) -> LinedPart | None:
    return next((part for part in draft.page.parts if part.heading == heading), None)
