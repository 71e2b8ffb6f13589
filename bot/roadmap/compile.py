"""Turning the files of a content folder into checked data."""

import hashlib
from collections import defaultdict
from pathlib import Path

import msgspec

from bot.roadmap import page as pages
from bot.roadmap import phrases, yaml_lines
from bot.roadmap.faults import Fault
from bot.roadmap.finding.building import build
from bot.roadmap.finding.called import names
from bot.roadmap.graph import build_roadmap
from bot.roadmap.model import Content, Part, Project, Question, Roadmap, Source, Topic
from bot.roadmap.names import folded
from bot.roadmap.page import Page
from bot.roadmap.schema import PageFile, ProjectFile, QuestionFile, RoadmapFile, validate
from bot.roadmap.yaml_lines import Lined

BREATH = 280
"""Characters of the one breath: a nudge carries it."""

PART = 3500
"""Characters of one section: with its title it fits one message on each platform (Telegram: 4,096)."""


def compile_content(folder: Path) -> tuple[Content, list[Fault]]:
    """Everything in a folder, and every fault; with faults the content is not to be used."""
    faults: list[Fault] = []
    topics, written = _topics(folder, faults)
    projects = _projects(folder, written, faults)
    _check_names(topics, written, faults)
    roadmaps = _roadmaps(folder, written, faults)
    elsewhere = _elsewhere(folder, faults)
    index = msgspec.msgpack.encode(build(topics, elsewhere)) if not faults else b""
    return Content(topics, roadmaps, projects, elsewhere, index), faults


def read_pages(folder: Path, kind: str) -> list[Page]:
    """The files of `topics` or `projects`; a translation (`<id>.de.md`) is read with its page, not here."""
    files = sorted((folder / kind).rglob("*.md"))
    return [pages.read(file, str(file.relative_to(folder))) for file in files if "." not in file.stem]


def _topics(folder: Path, faults: list[Fault]) -> tuple[dict[str, Topic], dict[str, Page]]:
    topics: dict[str, Topic] = {}
    written: dict[str, Page] = {}
    for page in read_pages(folder, "topics"):
        topic_id = Path(page.path).stem
        front = validate(PageFile, page.front) if page.front.value is not None or not page.front.faults else None
        faults += (Fault(page.path, line, text) for line, text in page.front.faults)
        if topic_id in written:
            faults.append(Fault(page.path, 1, f"{topic_id} has a page at {written[topic_id].path} too; keep one"))
        written[topic_id] = page
        if front is None:
            continue
        faults += _text_faults(page)
        faults += _question_faults(page, front.quiz)
        asks, wrong = _read_phrases(folder, phrases.beside(folder / page.path))
        faults += wrong
        topics[topic_id] = _topic(topic_id, front, page, asks)
    faults += _strays(folder, written)
    return topics, written


def _strays(folder: Path, written: dict[str, Page]) -> list[Fault]:
    files = sorted((folder / "topics").rglob(f"*{phrases.BESIDE}"))
    pages_ = {page.path for page in written.values()}
    paths = [str(file.relative_to(folder)) for file in files]
    told = "has no page beside it; name it like its page, or remove it"
    return [Fault(path, 1, told) for path in paths if path.removesuffix(phrases.BESIDE) + ".md" not in pages_]


def _read_phrases(folder: Path, file: Path) -> tuple[tuple[str, ...], list[Fault]]:
    return phrases.read(file, str(file.relative_to(folder)))


def _elsewhere(folder: Path, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
    """What is asked about fields that stand on no roadmap, by field."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted((folder / "elsewhere").glob("*.txt")):
        found[file.stem], wrong = _read_phrases(folder, file)
        faults += wrong
    return found


def _topic(topic_id: str, front: PageFile, page: Page, asks: tuple[str, ...]) -> Topic:
    return Topic(
        id=topic_id,
        title=front.title,
        labels=tuple(front.labels),
        aliases=tuple(front.aliases),
        asks=(*front.asks, *asks),
        minutes=front.minutes,
        breath=" ".join(page.opening.split()),
        parts=tuple(Part(part.heading, part.text) for part in page.parts),
        sources=tuple(Source(source.title, source.url, source.kind) for source in front.sources),
        questions=tuple(_question(topic_id, question) for question in front.quiz),
        was=tuple(front.was),
    )


def _question(topic_id: str, made: QuestionFile) -> Question:
    """A question; without an id of its own it is known by its wording."""
    own = made.id or hashlib.blake2b(made.ask.encode(), digest_size=4).hexdigest()
    return Question(f"{topic_id}/{own}", made.ask, tuple(made.options), made.right, made.because)


def _text_faults(page: Page) -> list[Fault]:
    found = []
    length = len(" ".join(page.opening.split()))
    if not length:
        found.append(Fault(page.path, page.opening_line, "the one breath is missing; write a sentence or two"))
    if length > BREATH:
        found.append(
            Fault(page.path, page.opening_line, f"the one breath has {length} characters; shorten it to {BREATH}")
        )
    for part in page.parts:
        if len(part.text) > PART:
            text = f"{part.heading} has {len(part.text)} characters, too long for a message; shorten it to {PART}"
            found.append(Fault(page.path, part.line, text))
    return found


def _question_faults(page: Page, questions: list[QuestionFile]) -> list[Fault]:
    return [
        Fault(
            page.path,
            page.front.line(("quiz", at, "right")),
            f"right is {question.right}, but the options end at {len(question.options) - 1}; count from 0",
        )
        for at, question in enumerate(questions)
        if question.right >= len(question.options)
    ]


def _projects(folder: Path, written: dict[str, Page], faults: list[Fault]) -> dict[str, Project]:
    projects: dict[str, Project] = {}
    for page in read_pages(folder, "projects"):
        project_id = Path(page.path).stem
        front = validate(ProjectFile, page.front) if page.front.value is not None or not page.front.faults else None
        faults += (Fault(page.path, line, text) for line, text in page.front.faults)
        if front is None:
            continue
        for at, topic in enumerate(front.topics):
            if topic not in written:
                line = page.front.line(("topics", at))
                faults.append(Fault(page.path, line, f"{topic} is no topic; name one that has a page"))
        projects[project_id] = Project(
            id=project_id,
            title=front.title,
            level=front.level,
            hours=front.hours,
            topics=tuple(front.topics),
            brief=" ".join(page.opening.split()),
            parts=tuple(Part(part.heading, part.text) for part in page.parts),
        )
    return projects


def _check_names(topics: dict[str, Topic], written: dict[str, Page], faults: list[Fault]) -> None:
    """A name may mean one topic only: ids, old ids, titles, labels and aliases share one space."""
    owners: dict[str, set[str]] = defaultdict(set)
    for topic in topics.values():
        for name in names(topic):
            owners[folded(name)].add(topic.id)
    for topic in topics.values():
        page = written[topic.id]
        for key, group in (("was", topic.was), ("labels", topic.labels), ("aliases", topic.aliases)):
            for at, name in enumerate(group):
                others = sorted(owners[folded(name)] - {topic.id})
                if others:
                    line = page.front.line((key, at))
                    text = f"{name!r} means {', '.join(others)} too; leave it to one page"
                    faults.append(Fault(page.path, line, text))


def _roadmaps(folder: Path, written: dict[str, Page], faults: list[Fault]) -> dict[str, Roadmap]:
    files = sorted((folder / "roadmaps").glob("*.yaml"))
    if not files:
        faults.append(Fault("roadmaps", 1, "there is no roadmap; write roadmaps/<id>.yaml"))
    roadmaps: dict[str, Roadmap] = {}
    for file in files:
        path = str(file.relative_to(folder))
        lined = _lined(file)
        made = validate(RoadmapFile, lined) if not lined.faults else None
        faults += (Fault(path, line, text) for line, text in lined.faults)
        if made is None:
            continue
        if made.id != file.stem:
            faults.append(Fault(path, lined.line(("id",)), f"the id is {made.id}; write the file's name, {file.stem}"))
        roadmap, found = build_roadmap(made, lined, written.keys())
        faults += (Fault(path, line, text) for line, text in found)
        faults += _label_faults(file.with_suffix(".labels.txt"), folder, written)
        roadmaps[made.id] = roadmap
    return roadmaps


def _labels(page: Page) -> list[object]:
    """The labels of a page, also of one that has faults elsewhere: one fault is told once."""
    labels = page.front.value.get("labels") if isinstance(page.front.value, dict) else None
    return labels if isinstance(labels, list) else []


def _lined(file: Path) -> Lined:
    try:
        return yaml_lines.read(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return Lined(faults=[(1, f"cannot be read ({error.__class__.__name__}); save it as UTF-8 text")])


def _label_faults(file: Path, folder: Path, written: dict[str, Page]) -> list[Fault]:
    """Each label that the roadmap's list names, one a line, must be answered by a page."""
    if not file.exists():
        return []
    answered = {label for page in written.values() for label in _labels(page)}
    path = str(file.relative_to(folder))
    lines = file.read_text(encoding="utf-8").splitlines()
    return [
        Fault(path, at, f"nobody answers the label {label!r}; add it to the labels of a page")
        for at, label in enumerate(lines, 1)
        if label and label not in answered
    ]
