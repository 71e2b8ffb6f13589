"""The rules of a page's sources."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.roadmap.faults import Fault
from bot.roadmap.writer.draft import Draft

FEWEST = 3
PRIMARY = ("official", "paper")
"""Kinds of sources that come from those who made the thing."""

REGISTRIES = frozenset(
    [
        "pypi",
        "pythonhosted",
        "npmjs",
        "yarnpkg",
        "jsr",
        "rubygems",
        "crates",
        "packagist",
        "nuget",
        "mvnrepository",
        "sonatype",
    ]
)
"""Package registries, each by the part of its host's name that is its own."""

ROADMAP = "roadmap.sh"


def enough(draft: Draft) -> Iterator[Fault]:
    """A page has three sources or more."""
    if len(draft.sources) < FEWEST:
        yield draft.fault(draft.line("sources"), f"sources: has {len(draft.sources)} entries; write {FEWEST} at least")


def distinct(draft: Draft) -> Iterator[Fault]:
    """No source stands twice."""
    seen: dict[str, int] = {}
    for at, source in enumerate(draft.sources):
        first = seen.setdefault(source.url.rstrip("/").casefold(), at)
        if first != at:
            told = f"{source.url} is the address of source {first} too; name another"
            yield draft.fault(draft.line("sources", at), told)


def primary(draft: Draft) -> Iterator[Fault]:
    """The first source is a primary one: the standard, the official manual, the paper."""
    if draft.sources and draft.sources[0].kind not in PRIMARY:
        told = f"the first source is of kind {draft.sources[0].kind}; put one of kind {' or '.join(PRIMARY)} first"
        yield draft.fault(draft.line("sources", 0), told)


def registries(draft: Draft) -> Iterator[Fault]:
    """No source is a package registry's page; the project's own manual says more."""
    for at, source in enumerate(draft.sources):
        if REGISTRIES & set((urlsplit(source.url).hostname or "").split(".")):
            told = f"{source.url} is a package registry's page; name the project's own"
            yield draft.fault(draft.line("sources", at), told)


def own(draft: Draft) -> Iterator[Fault]:
    """Pages are ours and rest on primary sources, so none names the roadmap's site."""
    for number, line in enumerate(draft.lines, 1):
        if ROADMAP in line.casefold():
            yield draft.fault(number, f"names {ROADMAP}; say it in words of our own and name where the facts come from")
