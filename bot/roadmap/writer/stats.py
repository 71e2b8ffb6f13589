"""`cairn content stats`: how much is written, by topic and by section of each roadmap."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.roadmap.compile import compile_content
from bot.roadmap.model import Roadmap
from bot.roadmap.writer.draft import Draft, read_drafts

ELSEWHERE = "On no roadmap"
LEVELS = ("beginner", "intermediate", "advanced")


@dataclass(frozen=True, slots=True)
class Written:
    """What is written of one page, or of several together: then `topics` and `complete` count them."""

    words: int = 0
    questions: int = 0
    sources: int = 0
    complete: int = 0
    topics: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """A section of a roadmap and the ids of its topics, in order."""

    roadmap: str
    id: str
    title: str
    topics: tuple[str, ...]


def told(folder: Path, *, as_json: bool = False) -> str:
    """The figures as a table of 80 columns, or as a JSON object with `topics`, `sections`, `projects` and `total`."""
    pages = {Path(draft.path).stem: _page(draft) for draft in read_drafts(folder)}
    content = compile_content(folder)[0]
    groups = list(_groups(content.roadmaps.values(), pages))
    levels = Counter(project.level for project in content.projects.values())
    return _json(pages, groups, levels) if as_json else _table(pages, groups, levels)


def _page(draft: Draft) -> Written:
    complete = bool(draft.page.parts) and not draft.unwritten
    return Written(draft.words, len(draft.questions), len(draft.sources), int(complete))


def _groups(roadmaps: Iterable[Roadmap], pages: dict[str, Written]) -> Iterable[Group]:
    placed: set[str] = set()
    for roadmap in roadmaps:
        for section in roadmap.sections:
            steps = roadmap.tracks if section.tracks else roadmap.steps
            members = (member.topic for step in section.steps for member in steps[step].members)
            topics = tuple(topic for topic in dict.fromkeys(members) if topic in pages)
            placed.update(topics)
            yield Group(roadmap.id, section.id, section.title, topics)
    rest = tuple(topic for topic in pages if topic not in placed)
    if rest:
        yield Group("", "", ELSEWHERE, rest)


def _sum(pages: Iterable[Written]) -> Written:
    columns = list(
        zip(*((one.words, one.questions, one.sources, one.complete, one.topics) for one in pages), strict=True)
    )
    return Written(*map(sum, columns)) if columns else Written(topics=0)


def _json(pages: dict[str, Written], groups: list[Group], levels: Counter[str]) -> str:
    topics = {
        topic: {"words": one.words, "questions": one.questions, "sources": one.sources, "complete": bool(one.complete)}
        for topic, one in pages.items()
    }
    sections = [asdict(group) | {"total": asdict(_sum(pages[topic] for topic in group.topics))} for group in groups]
    made = {"topics": topics, "sections": sections, "projects": dict(levels), "total": asdict(_sum(pages.values()))}
    return json.dumps(made, indent=2)


def _table(pages: dict[str, Written], groups: list[Group], levels: Counter[str]) -> str:
    lines = []
    for group in groups:
        inside = [pages[topic] for topic in group.topics]
        lines += [_row(group.title, "words", "questions", "sources", "complete"), "-" * 79]
        lines += [
            _row(f"  {topic}", one.words, one.questions, one.sources, "yes" if one.complete else "no")
            for topic, one in zip(group.topics, inside, strict=True)
        ]
        lines += [_total("  together", _sum(inside)), ""]
    by_level = ", ".join(f"{levels[level]} {level}" for level in sorted(levels, key=LEVELS.index))
    projects = f"Projects: {levels.total()} ({by_level or 'none'})"
    return "\n".join([*lines, _total("All topics, each once", _sum(pages.values())), projects])


def _total(name: str, all_of: Written) -> str:
    return _row(name, all_of.words, all_of.questions, all_of.sources, f"{all_of.complete} of {all_of.topics}")


def _row(name: str, *cells: object) -> str:
    return f"{name[:36]:<36}" + "".join(
        f"{cell!s:>{width}}" for cell, width in zip(cells, (9, 11, 10, 13), strict=True)
    )
