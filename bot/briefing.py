"""Which project is at hand: one that fits a learner, or the one that a group does this week."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.chat import Chat
from bot.learning.fitting import fitting
from bot.learning.path import Path, Standing, State
from bot.learning.span import Span, begins, midnight
from bot.library import Library
from bot.roadmap.model import Project
from bot.store import briefs, groups, submissions
from bot.store.groups import Group

HALF = 0.5
"""A group knows what at least this share of its learners has done."""

_LATEST = datetime.max.replace(tzinfo=UTC)
"""When the project that is to be changed counts as given: later than any other."""


def week_began(chat: Chat, group: Group) -> datetime:
    """The instant since which a group's project counts: it was announced then, else the group's own week began."""
    if announced := briefs.announced(chat.connection, group.id):
        return announced.at
    return midnight(begins(Span.WEEK, chat.now, group.zone, group.week), group.zone)


def at_hand(chat: Chat) -> Project | None:
    """The project that is handed in here: the group's of this week, or the one given to me last."""
    if chat.group is None:
        return _latest(chat.library, briefs.to_learner(chat.connection, chat.learner.id))
    given = briefs.to_group(chat.connection, chat.group.id)
    return _latest(chat.library, given, week_began(chat, chat.group))


def mine(chat: Chat, level: str = "", another: bool = False) -> Project | None:
    """My project: the one given last until I hand it in, wish another or another level; None where there are none."""
    given = briefs.to_learner(chat.connection, chat.learner.id)
    handed = submissions.edited(chat.connection, chat.learner.id)
    current = _latest(chat.library, given)
    done = current is not None and current.id in handed and handed[current.id] >= given[current.id]
    if current and not done and not another and level in ("", current.level):
        return current
    known = {topic: 1.0 for topic, state in chat.path.standing.states.items() if state is State.DONE}
    before = given | {project: max(at, given.get(project, at)) for project, at in handed.items()}
    chosen = _chosen(chat, known, chat.path, before, current, level)
    if chosen:
        briefs.give_learner(chat.connection, chat.learner.id, chosen.id, chat.now)
    return chosen


def of_week(chat: Chat, group: Group, level: str = "", another: bool = False) -> Project | None:
    """The group's project of this week, chosen when it is asked for first, or anew; None where there are none."""
    groups.lock(chat.connection, group.id)
    given = briefs.to_group(chat.connection, group.id)
    current = _latest(chat.library, given, week_began(chat, group))
    if current and not another and level in ("", current.level):
        return current
    chosen = _for_group(chat, group, given, current, level)
    if chosen:
        briefs.give_group(chat.connection, group.id, chosen.id, chat.now)
    return chosen


def announce(chat: Chat, group: Group, key: str, at: datetime) -> Project | None:
    """Gives a group the project of the week that begins at an instant; `key`: of the row that announces it."""
    groups.lock(chat.connection, group.id)
    chosen = coming(chat, group)
    if chosen:
        briefs.give_group(chat.connection, group.id, chosen.id, at, key)
    return chosen


def coming(chat: Chat, group: Group) -> Project | None:
    """The project that would be announced now; None where there are none."""
    given = briefs.to_group(chat.connection, group.id)
    return _for_group(chat, group, given, _latest(chat.library, given), "")


def _for_group(
    chat: Chat, group: Group, given: Mapping[str, datetime], current: Project | None, level: str
) -> Project | None:
    known = briefs.known_in(chat.connection, group.id, chat.library.search.renamed)
    roadmap = chat.library.roadmap("")
    states = {topic: State.DONE for topic, share in known.items() if share >= HALF}
    path = Path(roadmap, Standing(states), roadmap.routes[-1])
    return _chosen(chat, known, path, given, current, level)


def _chosen(
    chat: Chat,
    known: Mapping[str, float],
    path: Path,
    given: Mapping[str, datetime],
    current: Project | None,
    level: str,
) -> Project | None:
    """The project that fits best; the one at hand only where there is no other."""
    percent = Path(path.roadmap, path.standing, path.roadmap.routes[-1]).tally().percent
    before = {**given, current.id: _LATEST} if current else given
    return fitting(chat.library.content.projects.values(), known, percent, before, chat.now, level)


def _latest(library: Library, given: dict[str, datetime], since: datetime | None = None) -> Project | None:
    """The project given last (since an instant), unless the content no longer has it."""
    if not given:
        return None
    project = next(reversed(given))
    return None if since and given[project] < since else library.content.projects.get(project)
