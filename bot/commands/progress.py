"""/progress: how far the learner is, in words and a bar."""

from datetime import timedelta
from typing import Annotated

from bot.calendar import calendar
from bot.card import listed
from bot.chat import Chat
from bot.command import command
from bot.kinds import SectionName, Unclear
from bot.language import _, mark, plural
from bot.learning.days import Active, local_day, streak
from bot.learning.levels import Levels, levels
from bot.learning.path import Path, State
from bot.reply import Draft, Reply, press
from bot.roadmap.model import Section
from bot.store import days, ledger, memories
from bot.store import progress as log

BAR = 20
"""Characters of the bar."""
WEEK = timedelta(days=7)
SLIPPING = 3
"""Slipping topics that are named."""


@command("progress", mark("Shows how far you are, what you still remember, and your streak"), "/progress internet")
def progress(chat: Chat, section: Annotated[str | None, SectionName()] = None) -> Reply:
    """The whole route, or one section of it."""
    path = chat.path
    shown = memories.shown_topics(chat.connection, chat.learner.id)
    kept = memories.read(chat.connection, chat.learner.id, shown).values()
    known = levels(path.standing.states, shown, ((each.topic, each.memory) for each in kept), chat.now)
    return _section(chat, section_of(path, section), known) if section else _all(chat, known)


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


def _head(path: Path, where: str, section: str = "") -> list[str]:
    head = _("## {where}").format(where=where)
    if section and not any(step.section == section for step in path.steps):
        return [head, _("This section lies beside your route.")]
    tally = path.tally(section)
    far = _("{percent} %: {done} of {total} done").format(percent=tally.percent, done=tally.done, total=tally.total)
    return [head, f"`{bar(tally.percent)}` {far}"]


def _all(chat: Chat, known: Levels) -> Reply:
    path = chat.path
    active = days.read(chat.connection, chat.learner.id)
    draft = Draft().say(
        *_head(path, _("Route “{route}”").format(route=path.route.title)),
        _streak(chat, active),
        _levels(path, known),
        _this_week(chat),
        _slipping(chat, known),
        _begun(chat),
    )
    if active:
        draft.say(calendar([day.date for day in active], local_day(chat.now, chat.learner.zone)))
    return _suggested(chat, draft, known)


def _streak(chat: Chat, active: list[Active]) -> str:
    stands = streak(active, chat.now, chat.learner.zone)
    told = _("Streak: {days} days").format(days=stands.days)
    if not stands.freezes:
        return told
    held = plural(" ({count} freeze in hand)", " ({count} freezes in hand)", stands.freezes)
    return told + held.format(count=stands.freezes)


def _levels(path: Path, known: Levels) -> str:
    """The three levels of each section that was begun, and how many wait."""
    rows = []
    waiting = 0
    for section in path.roadmap.sections:
        tally = path.tally(section.id)
        topics = {member.topic for step in path.steps if step.section == section.id for member in step.members}
        if tally.done or topics & known.shown:
            shown, kept = len(topics & known.shown), len(topics & known.remembered)
            rows.append(f"| {section.title} | {tally.done}/{tally.total} | {shown} | {kept} |")
        elif tally.total:
            waiting += 1
    heads = (_("section"), _("said done"), _("shown by quiz"), _("still remembered"))
    table = [f"| {' | '.join(heads)} |", "|---|---|---|---|", *rows] if rows else []
    if waiting:
        told = plural("{count} section is not begun.", "{count} sections are not begun.", waiting)
        table += ["", told.format(count=waiting)]
    return "\n".join(table)


def _this_week(chat: Chat) -> str:
    """What was finished in the last seven days, and the points they brought."""
    topics = chat.library.content.topics
    finished = log.finished_since(chat.connection, chat.learner.id, chat.now - WEEK)
    titles = [topics[topic].title for topic in finished if topic in topics]
    since = local_day(chat.now, chat.learner.zone) - timedelta(days=6)
    points = ledger.since(chat.connection, chat.learner.id, since)
    lines = []
    if titles:
        shown = titles[-5:]
        more = len(titles) - len(shown)
        names = listed([*shown, *([_("{count} more").format(count=more)] if more else [])])
        lines.append(_("This week: {topics}.").format(topics=names))
    if points:
        lines.append(_("{points} points this week.").format(points=points))
    return " ".join(lines)


def _slipping(chat: Chat, known: Levels) -> str:
    topics = [chat.topic(topic).title for topic in known.slipping if topic in chat.library.content.topics][:SLIPPING]
    return _("Slipping: {topics}.").format(topics=listed(topics)) if topics else ""


def _begun(chat: Chat) -> str:
    known = chat.library.content.topics
    begun = [topic for topic, state in chat.path.standing.states.items() if state is State.LEARNING and topic in known]
    return _("Begun: {topics}.").format(topics=listed(sorted(known[topic].title for topic in begun))) if begun else ""


def _suggested(chat: Chat, draft: Draft, known: Levels) -> Reply:
    """One suggestion: review what slips, else go on."""
    if known.slipping:
        draft.say(_("A review now would keep what is slipping."))
        return draft.offer([press(_("Review"), "review"), press(_("Next"), "next"), press(_("The map"), "map")]).reply()
    proposal = chat.path.next(chat.library.minutes, chat.now)
    if proposal:
        draft.say(_("A good next step: {title}.").format(title=chat.topic(proposal.topic).title))
    return draft.offer([press(_("Next"), "next"), press(_("A quiz"), "quiz"), press(_("The map"), "map")]).reply()


def _section(chat: Chat, section: Section, known: Levels) -> Reply:
    path = chat.path
    rows = []
    known_steps = {**path.roadmap.tracks, **path.roadmap.steps}
    for step in (known_steps[each] for each in section.steps):
        topics = [path.chosen(step)] if path.chosen(step) else [member.topic for member in step.members]
        for topic in topics:
            signs = [topic in each for each in (known.shown, known.remembered)]
            shown, kept = ("✓" if sign else "–" for sign in signs)
            rows.append(f"| {chat.topic(topic).title} | {path.state(topic).value} | {shown} | {kept} |")
    heads = (_("topic"), _("state"), _("shown by quiz"), _("still remembered"))
    table = "\n".join([f"| {' | '.join(heads)} |", "|---|---|---|---|", *rows]) if rows else ""
    draft = Draft().say(*_head(path, section.title, section.id), table)
    return draft.offer([press(_("Next"), "next"), press(_("The map"), "map", section.id)]).reply()
