"""What a learner's series say: the nudge, and the warning that a streak is about to end."""

from datetime import timedelta

from bot.call import Call
from bot.chat import Chat
from bot.learning.days import local_day
from bot.learning.nudging import LAST, at_stake, days_between
from bot.planning.firing import Firing
from bot.store import days, nudges

CROWDED = timedelta(hours=1)
"""No warning comes so soon after a nudge."""


def nudge(chat: Chat, firing: Firing) -> Call | None:
    """The next topic and due reviews; more and more seldom while it is ignored, and in the end that it rests."""
    learner_id = _learner(firing)
    mine = nudges.wanted(chat.connection, learner_id, firing.zone, "nudge", chat.now)
    if mine is None:
        return None
    if mine.sent is not None:
        passed = local_day(firing.at, firing.zone) - local_day(mine.sent, firing.zone)
        if passed.days < days_between(mine.unheard):
            return None
    if mine.unheard < LAST:
        return Call.of("nudged", mine.unheard)
    nudges.rest(chat.connection, learner_id)
    return Call.of("resting")


def streak(chat: Chat, firing: Firing) -> Call | None:
    """A streak that would end with this day."""
    return Call.of("ending") if stake(chat, _learner(firing), firing.zone) else None


def stake(chat: Chat, learner_id: int, zone: str) -> int:
    """The days of the streak whose end is worth a warning now; 0 where there is no reason, or a nudge just came."""
    mine = nudges.wanted(chat.connection, learner_id, zone, "streak", chat.now)
    if mine is None or (mine.sent and chat.now - mine.sent < CROWDED):
        return 0
    return at_stake(days.read(chat.connection, learner_id), chat.now, zone)


def _learner(firing: Firing) -> int:
    assert firing.learner_id is not None
    return firing.learner_id
