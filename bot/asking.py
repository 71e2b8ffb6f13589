"""What /ask and /explain share: an answer in passages, and what is said where no topic is clearly meant."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest

from bot.chat import Chat
from bot.kinds import missed, unclear
from bot.language import _
from bot.reply import Button, Draft, Reply, press, rows_of
from bot.roadmap.finding.passages import OPENING, Passage, comparing
from bot.roadmap.model import Topic
from bot.roadmap.search import Found

ROOM = 900
"""Characters of an answer."""
MOST = 6
"""Passages of it."""

_ITEM = re.compile(r"- |\d+\. ")


def answered(chat: Chat, question: str, found: Found) -> str:
    """The passages that answer a question about a topic, each under its topic; `ROOM` characters at most."""
    assert found.topic is not None
    topics = [found.topic, *found.others]
    return _fitting(chat.library.search.passages(question, found, topics), topics, MOST)


def compared(one: Topic, other: Topic) -> str:
    """Two topics side by side: what each is, then what their pages say of each other; `ROOM` characters at most."""
    both = zip_longest(comparing(one, other), comparing(other, one))
    return _fitting([each for pair in both for each in pair if each], [one, other], 2 * MOST)


def _fitting(passages: Iterable[Passage], topics: Sequence[Topic], most: int) -> str:
    """The first passages that fit, under the titles of their topics."""
    chosen: list[Passage] = []
    for passage in passages:
        if len(chosen) < most and len(_set([*chosen, passage], topics)) <= ROOM:
            chosen.append(passage)
    return _set(chosen, topics)


def _set(chosen: Sequence[Passage], topics: Sequence[Topic]) -> str:
    """Passages in the order of the topics and of their pages, under the headings of their sections."""
    blocks: list[str] = []
    for topic in topics:
        mine = sorted((each for each in chosen if each.topic is topic), key=lambda each: each.place)
        blocks += [f"**{topic.title}**"] if mine else []
        for heading, passages in groupby(mine, key=lambda each: each.heading):
            blocks += [f"*{heading}*"] if heading != OPENING else []
            for passage in passages:
                if _ITEM.match(passage.text) and _ITEM.match(blocks[-1]):
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
    return draft.offer(*maybe(found.others or found.near), [missed(text), press(_("The map"), "map")]).reply()
