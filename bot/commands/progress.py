"""/progress: how far the learner is, in words and a bar."""

from typing import Annotated

from bot.chat import Chat
from bot.command import command
from bot.kinds import SectionName, Unclear
from bot.language import _, mark, plural
from bot.learning.days import local_day, streak
from bot.learning.path import Path, State
from bot.reply import Draft, Reply, press
from bot.roadmap.model import Section
from bot.store import days

BAR = 20
"""Characters of the bar."""


@command("progress", mark("Shows how far you are, and your streak"), "/progress internet")
def progress(chat: Chat, section: Annotated[str | None, SectionName()] = None) -> Reply:
    """The whole route, or one section of it."""
    path = chat.path
    found = section_of(path, section) if section else None
    tally = path.tally(found.id if found else "")
    where = found.title if found else _("Route “{route}”").format(route=path.route.title)
    draft = Draft().say(
        _("## {where}").format(where=where),
        f"`{bar(tally.percent)}` "
        + _("{percent} %: {done} of {total} done").format(percent=tally.percent, done=tally.done, total=tally.total),
    )
    if found is None:
        draft.say(_streak(chat), _sections(path))
    begun = [
        chat.topic(topic).title
        for topic, state in path.standing.states.items()
        if state is State.LEARNING and topic in chat.library.content.topics
    ]
    draft.say(_("Begun: {topics}").format(topics=", ".join(sorted(begun))) if begun and not found else "")
    rows = [press(_("Next"), "next"), press(_("The map"), "map", found.id) if found else press(_("The map"), "map")]
    return draft.offer(rows).reply()


def section_of(path: Path, section: str) -> Section:
    """The section of the learner's roadmap; raises Unclear where it has none of that id."""
    for found in path.roadmap.sections:
        if found.id == section:
            return found
    raise Unclear(_("Your roadmap has no section “{section}”. /map shows them all.").format(section=section))


def bar(percent: int) -> str:
    """A share as a bar that can be read without colour."""
    full = BAR * percent // 100
    return "█" * full + "░" * (BAR - full)


def _streak(chat: Chat) -> str:
    today = local_day(chat.now, chat.learner.zone)
    stands = streak(days.read(chat.connection, chat.learner.id), today)
    told = _("Streak: {days} days").format(days=stands.days)
    if not stands.freezes:
        return told
    return told + plural(" ({count} freeze in hand)", " ({count} freezes in hand)", stands.freezes).format(
        count=stands.freezes
    )


def _sections(path: Path) -> str:
    """A line for each section in which something is done, and how many wait."""
    lines = []
    waiting = 0
    for section in path.roadmap.sections:
        tally = path.tally(section.id)
        if tally.done:
            lines.append(f"- {section.title}: {tally.done}/{tally.total}" + (" ✓" if tally.percent == 100 else ""))
        elif tally.total:
            waiting += 1
    if waiting:
        lines.append(
            "- " + plural("{count} section not begun", "{count} sections not begun", waiting).format(count=waiting)
        )
    return "\n".join(lines)
