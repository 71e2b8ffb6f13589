"""The plan that /path shows: weeks of topics, and whether the goal can be met."""

from datetime import date

from bot.chat import Chat
from bot.language import _, plural
from bot.learning.days import local_day
from bot.learning.plan import Forecast, Week, forecast, plan
from bot.reply import Draft

HOURS = 5
"""A week, where only a goal was given."""
SHOWN = 4
"""Weeks that are shown whole."""


def planned(chat: Chat, draft: Draft, hours: int, goal: date | None) -> None:
    """Adds the plan from today on to a reply."""
    topics = [(topic, chat.library.minutes[topic]) for topic in chat.path.ahead(chat.library.minutes, chat.now)]
    minutes = sum(each for _topic, each in topics)
    today = local_day(chat.now, chat.learner.zone)
    if not minutes:
        draft.say(_("**Your plan:** nothing is left on this route."))
        return
    weeks = plan(topics, hours, today)
    rest = len(weeks) - SHOWN
    lines = [_week(chat, number, week) for number, week in enumerate(weeks[:SHOWN], 1)]
    if rest > 0:
        left = sum(share for week in weeks[SHOWN:] for _topic, share in week.shares)
        told = plural("- … and {count} more week ({hours})", "- … and {count} more weeks ({hours})", rest)
        lines.append(told.format(count=rest, hours=_hours(left)))
    head = _("**Your plan:** {left} are left; at {hours} h a week that takes {weeks} weeks.")
    draft.say(head.format(left=_hours(minutes), hours=hours, weeks=len(weeks)), "\n".join(lines))
    draft.say(_outlook(forecast(minutes, hours, today, goal), goal))


def _week(chat: Chat, number: int, week: Week) -> str:
    shares = ", ".join(f"{chat.topic(topic).title} ({_hours(minutes)})" for topic, minutes in week.shares)
    return _("- Week {number}, from {day}: {shares}").format(number=number, day=week.start.isoformat(), shares=shares)


def _hours(minutes: int) -> str:
    """Minutes as "45 min", "2 h" or "1 h 30"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    return _("{hours} h {minutes:02}").format(hours=hours, minutes=rest) if rest else _("{hours} h").format(hours=hours)


def _outlook(seen: Forecast, goal: date | None) -> str:
    end = seen.end.isoformat()
    if goal is None:
        return _("You would be through on {end}.").format(end=end)
    if seen.needed is None:
        return _("You would be through on {end}: your goal, {goal}, can be met.").format(end=end, goal=goal.isoformat())
    late = (seen.end - goal).days
    told = _("Your goal, {goal}, cannot be met so: you would be through on {end}, {late} days late.")
    more = _("It takes {needed} h a week.").format(needed=seen.needed)
    return told.format(goal=goal.isoformat(), end=end, late=late) + " " + more
