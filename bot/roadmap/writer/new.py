"""`cairn content new`: an empty page that says what goes where."""

import json
import re
from pathlib import Path

from bot.roadmap.compile import compile_content
from bot.roadmap.model import Content
from bot.roadmap.writer.draft import MARK

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

PAGE = """\
---
title: {title}
labels: [{title}]
aliases: []  # {mark} other names people type: nicknames, short forms, old names
asks: []  # how people describe it without its name, three or more; feeds the search, never shown
minutes: 30  # {mark} an honest estimate of the minutes it takes to be able to use it
sources: []
# three or more, the primary one first, each on a line of its own:
#  - {{title: "RFC 9110: HTTP Semantics", url: "https://…", kind: official}}
# kind: official, paper, article, book, video or course
quiz: []
# four or more; a situation, a symptom, a choice; the right option neither the longest nor always in one place:
#  - ask: "at most 300 characters"
#    options: ["three to five", "of about the same length", "at most 100 characters each"]
#    right: 1  # counted from 0
#    because: "One or two sentences that teach, at most 200 characters."
---
<!-- {mark} one breath: a sentence or two that a nudge can carry, at most 280 characters -->

## In plain words

<!-- {mark} a picture from daily life that is right, and where the picture ends -->

## How it works

<!-- {mark} the mechanism, in the order in which it happens -->

## In practice

<!-- {mark} something to run or read, in a fence that names its language; it works as it stands; 60 columns -->

## Choosing

<!-- {mark} when to take it, when not, what instead, what it costs -->

## Pitfalls

<!-- {mark} what goes wrong in real systems, and the sign by which one notices -->

## Remember

<!-- {mark} three to five lines, each after "- ", worth having in one's head -->
"""


class Refused(Exception):
    """Why there is no new page, in one sentence."""


def create(folder: Path, topic: str, area: str | None = None) -> Path:
    """Writes the empty page and returns its path; `area` is the folder below topics/. Raises Refused."""
    content, _ = compile_content(folder)
    _check_id(topic, folder, content)
    area = area or _section(topic, content)
    if area is None:
        raise Refused(f"{topic} stands on no roadmap; say where the page belongs, with --area")
    if not _SLUG.fullmatch(area):
        raise Refused(f"{area!r} is no folder's name; write lower-case words joined by single hyphens")
    path = folder / "topics" / area / f"{topic}.md"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(PAGE.format(title=json.dumps(_title(topic, folder), ensure_ascii=False), mark=MARK))
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
    return path


def _check_id(topic: str, folder: Path, content: Content) -> None:
    if not _SLUG.fullmatch(topic) or len(topic) > 40:
        raise Refused(f"{topic!r} is no id; write lower-case words joined by single hyphens, 40 characters at most")
    there = next((folder / "topics").rglob(f"{topic}.md"), None)
    if there:
        raise Refused(f"{topic} has a page: {there}")
    for other in content.topics.values():
        if topic in other.was:
            raise Refused(f"{topic} is the old id of {other.id}; learners' progress hangs on it, take another")


def _section(topic: str, content: Content) -> str | None:
    """The first section that holds the topic."""
    for roadmap in content.roadmaps.values():
        for step in (*roadmap.steps.values(), *roadmap.tracks.values()):
            if any(member.topic == topic for member in step.members):
                return step.section
    return None


def _title(topic: str, folder: Path) -> str:
    """The roadmap's label with this id, else the id in words."""
    for file in sorted((folder / "roadmaps").glob("*.labels.txt")):
        for label in file.read_text(encoding="utf-8").splitlines():
            if re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") == topic:
                return label
    return topic.replace("-", " ").capitalize()
