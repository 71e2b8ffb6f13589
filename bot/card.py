"""A topic's card in words: how much of its page each depth shows."""

from collections.abc import Sequence

from bot.language import _
from bot.roadmap.model import Part, Topic
from bot.roadmap.names import folded

DEPTHS = ("short", "normal", "deep")

_SHOWN = {
    "short": ("remember",),
    "normal": ("how it works", "in practice", "pitfalls"),
}
"""The sections of the smaller depths; deep shows them all."""


def part_id(part: Part) -> str:
    """A section's heading as one word of a line: "How it works" -> "how-it-works"."""
    return folded(part.heading).replace(" ", "-")


def heading(topic: Topic) -> str:
    """The first line of everything said about a topic."""
    return _("## {title}").format(title=topic.title)


def card(topic: Topic, depth: str) -> list[str]:
    """The paragraphs of a card, without what concerns the learner."""
    shown = [part for part in topic.parts if depth == "deep" or folded(part.heading) in _SHOWN[depth]]
    texts = [heading(topic), topic.breath, *(section(part) for part in shown)]
    if not topic.complete:
        texts.append(_("*The long page is not written yet: this is all there is for now.*"))
    if topic.sources and depth != "short":
        texts.append(sources(topic, len(topic.sources) if depth == "deep" else 1))
    return texts


def section(part: Part) -> str:
    """A section under its heading."""
    return f"### {part.heading}\n\n{part.text}"


def sources(topic: Topic, count: int) -> str:
    """Where to read more, the primary source first."""
    links = ", ".join(f"[{source.title}]({source.url})" for source in topic.sources[:count])
    return _("Read more: {links}").format(links=links)


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])
