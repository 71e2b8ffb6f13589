"""/recap: what a group did in its week, as the clock says it at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated

from bot.ask import Account, Role
from bot.card import listed
from bot.chat import Chat
from bot.command import command
from bot.commands.leaderboard import ranked
from bot.defuse import defuse
from bot.kinds import Day, FreeText, Span
from bot.language import _, mark, plural
from bot.learning.days import local_day
from bot.learning.pride import Pride
from bot.learning.span import Span as Stretch
from bot.learning.span import midnight
from bot.proud import proud
from bot.reply import Draft, Reply, press
from bot.roadmap.model import Project
from bot.store import boards, briefs
from bot.store import recap as store
from bot.store.boards import Board
from bot.store.groups import Group
from bot.wanted import wanted

NAMES = 20
TOPICS = 10
"""So many are named; the others are counted."""
MEMBERS = 1_000
"""Who kept a streak is looked for up to so many."""


@dataclass(frozen=True, slots=True)
class Week:
    """A group's week: its first and last local date, and the instants between which it lay or lies."""

    first: date
    last: date
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """The project that closes, and who handed it in; "" for one who hides."""

    project: Project
    names: Sequence[str]


@command("recap", mark("What a group did in its week"), role=Role.HOUSE, hidden=True)
def recap(
    chat: Chat,
    week: Annotated[date, Day()],
    project: Annotated[str | None, FreeText(64, Span.ONE)] = None,
) -> Reply:
    """The week that began on a date, and the project that closes with it."""
    if chat.group is None or wanted(chat, "recap") is None:
        return Reply(())
    return told(chat, chat.group, week, project or "")


def told(chat: Chat, group: Group, start: date, project: str) -> Reply:
    """The board, who kept a streak, what was learnt and handed in, and one number to be proud of."""
    week = _week(chat, group, start)
    board = boards.board(chat.connection, group.id, Stretch.WEEK, start, chat.learner.id)
    topics = store.finished(chat.connection, group.id, week.since, week.until, chat.library.search.renamed)
    topics = {topic: count for topic, count in topics.items() if topic in chat.library.content.topics}
    right = store.right(chat.connection, group.id, week.since, week.until)
    handed = _handed(chat, group, project)
    draft = Draft().say(
        _("## Recap: {first} to {last}").format(first=week.first.isoformat(), last=week.last.isoformat()),
        _proud(chat, topics, right, handed),
        *_board(chat, group, board, start),
        _steady(chat, group, week),
        _learnt(chat, topics),
        _closing(handed) if handed else "",
    )
    draft.offer([press(_("Board"), "leaderboard"), press(_("Projects"), "projects"), press(_("A quiz"), "quiz")])
    shows = tuple(Account(group.place.platform, line.account) for line in board.top if line.account)
    return replace(draft.reply(), shows=shows)


def _week(chat: Chat, group: Group, start: date) -> Week:
    after = start + timedelta(days=7)
    until = min(midnight(after, group.zone), chat.now)
    return Week(start, after - timedelta(days=1), midnight(start, group.zone), until)


def _handed(chat: Chat, group: Group, project: str) -> Handed | None:
    found = chat.library.content.projects.get(project)
    since = briefs.to_group(chat.connection, group.id).get(project)
    if found is None or since is None:
        return None
    return Handed(found, store.handed_in(chat.connection, group.id, project, since))


def _proud(chat: Chat, topics: dict[str, int], right: int, handed: Handed | None) -> str:
    minutes = sum(chat.topic(topic).minutes * count for topic, count in topics.items())
    counts = {
        Pride.PROJECTS: len(handed.names) if handed else 0,
        Pride.TOPICS: sum(topics.values()),
        Pride.RIGHT: right,
        Pride.HOURS: minutes // 60,
    }
    return proud(counts)


def _board(chat: Chat, group: Group, board: Board, start: date) -> list[str]:
    if not board.top:
        return []
    return [_("### The board"), *ranked(chat, group, replace(board, around=()), Stretch.WEEK, start)]


def _steady(chat: Chat, group: Group, week: Week) -> str:
    """Who learnt on each day of the week that is over; one day alone is no streak."""
    last = min(week.last, local_day(chat.now, group.zone) - timedelta(days=1))
    if last <= week.first:
        return ""
    names = store.steady(chat.connection, group.id, week.first, last, MEMBERS)
    return _("**Kept a streak, every day:** {names}").format(names=_named(names)) if names else ""


def _named(names: Sequence[str], most: int = NAMES) -> str:
    """Names of people, those beyond the most and those who hide as a number or as others."""
    shown = [defuse(name) for name in names[:most] if name]
    more = len(names) - len(shown)
    others = [plural("{count} more", "{count} more", more).format(count=more)] if more else []
    return listed([*shown, *others])


def _learnt(chat: Chat, topics: dict[str, int]) -> str:
    if not topics:
        return ""
    titles = [
        f"{chat.topic(topic).title} ({count})" if count > 1 else chat.topic(topic).title
        for topic, count in list(topics.items())[:TOPICS]
    ]
    more = len(topics) - len(titles)
    others = [plural("{count} more", "{count} more", more).format(count=more)] if more else []
    return _("**Learnt:** {topics}").format(topics=listed([*titles, *others]))


def _closing(of: Handed) -> str:
    if not of.names:
        return _("**The project, {title}:** nobody has handed it in.").format(title=of.project.title)
    return _("**The project, {title}:** handed in by {names}").format(title=of.project.title, names=_named(of.names))
