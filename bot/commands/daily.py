"""/daily: a group's topic of the day, as the clock says it."""

from dataclasses import replace
from typing import Annotated

from bot.ask import Role
from bot.chat import Chat
from bot.command import command
from bot.kinds import FreeText, OneOf, Span
from bot.language import _, mark
from bot.reply import Draft, Reply, press
from bot.store.groups import Group
from bot.teaching import Lesson, past, topic_of, why
from bot.wanted import wanted

CHOSEN = "chosen"
"""Why, where an administrator chose the topic."""


@command("daily", mark("A group's topic of the day"), role=Role.HOUSE, hidden=True)
def daily(
    chat: Chat,
    topic: Annotated[str, FreeText(64, Span.ONE)],
    by: Annotated[str | None, OneOf((CHOSEN,))] = None,
) -> Reply:
    """The topic that was chosen when it was planned."""
    found = topic_of(chat.library, topic)
    if chat.group is None or found is None or wanted(chat, "daily") is None:
        return Reply(())
    behind = past(chat, chat.group, chat.now)
    times = behind.taught[found.id].times if found.id in behind.taught else 1
    return told(chat, chat.group, Lesson(found, by == CHOSEN, times - 1, behind))


def told(chat: Chat, group: Group, of: Lesson) -> Reply:
    """A topic of the day: what it is, and why today."""
    topic = of.topic
    draft = Draft(about=[topic.id])
    draft.say(_("## Topic of the day: {title}").format(title=topic.title), topic.breath, why(chat, of))
    draft.offer(
        [
            press(_("Explain"), "explain", topic.id),
            press(_("Quiz me"), "quiz", topic.id),
            press(_("Done"), "done", topic.id),
        ]
    )
    return replace(draft.reply(), mention=group.mention)
