"""What /ask and /explain share: an answer in passages, and what is said where no topic is clearly meant."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.chat import Chat
from bot.kinds import unclear
from bot.language import _
from bot.reply import Button, Draft, Reply, press, rows_of
from bot.roadmap.finding.passages import OPENING, Passage
from bot.roadmap.model import Topic
from bot.roadmap.search import Found

ROOM = 900
"""Characters of an answer."""
MOST = 6
"""Passages of it."""


def answered(chat: Chat, question: str, found: Found) -> str:
    """The passages that answer a question about a topic, each under its topic; `ROOM` characters at most."""
    search = chat.library.search
    if found.sides:
        room = ROOM // len(found.sides) - 2
        return "\n\n".join(_fitting(_side(chat, question, found, side), room) for side in found.sides)
    assert found.topic is not None
    return _fitting(search.passages(question, found, [found.topic, *found.others]), ROOM)


def _side(chat: Chat, question: str, found: Found, topic: Topic) -> list[Passage]:
    """What one of two compared topics is, then what its page says to the question."""
    best = chat.library.search.passages(question, found, [topic])
    return sorted(best, key=lambda each: each.heading != OPENING)


def _fitting(passages: Iterable[Passage], room: int) -> str:
    """The first passages that fit, in the order of their pages, under the titles of their topics."""
    chosen: list[Passage] = []
    for passage in passages:
        if len(chosen) < MOST and len(_set([*chosen, passage])) <= room:
            chosen.append(passage)
    return _set(chosen)


def _set(chosen: Sequence[Passage]) -> str:
    """Passages in the order of their pages, under the titles of their topics and the headings of their sections."""
    blocks: list[str] = []
    for topic in {passage.topic.id: passage.topic for passage in chosen}.values():
        mine = sorted((each for each in chosen if each.topic is topic), key=lambda each: each.place)
        blocks.append(f"**{topic.title}**")
        for heading, passages in groupby(mine, key=lambda each: each.heading):
            if heading != OPENING:
                blocks.append(f"*{heading}*")
            for passage in passages:
                if passage.text.startswith("- ") and blocks[-1].startswith("- "):
                    blocks[-1] += f"\n{passage.text}"
                else:
                    blocks.append(passage.text)
    return "\n\n".join(blocks)


def did_you_mean() -> str:
    """Stands above buttons for what else may be meant."""
    return _("Or did you mean this?")


def maybe(topics: Iterable[Topic]) -> list[tuple[Button, ...]]:
    """Buttons for what may be meant."""
    return rows_of([press(topic.title, "explain", topic.id) for topic in topics], 3)


def not_meant(text: str, found: Found) -> Reply:
    """Says that no topic is clearly meant, offers the nearest, and to report that one is missing."""
    draft = Draft().say(unclear(text, bool(found.others), bool(found.near)))
    missing = press(_("Ask for a page on it"), "report", " ".join(text.split())[:200], _("is missing"))
    return draft.offer(*maybe(found.others or found.near), [missing, press(_("The map"), "map")]).reply()
