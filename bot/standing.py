"""How a group stands as a whole, in words: towards its own goal, and beside another group."""

from bot.chat import Chat
from bot.defuse import defuse
from bot.language import _
from bot.learning.span import Span, begins, midnight
from bot.store import groups
from bot.store.groups import Group
from bot.store.together import Together, together


def this_week(chat: Chat, group: Group) -> Together:
    """What a group did together in its week so far."""
    start = begins(Span.WEEK, chat.now, group.zone, group.week)
    return together(chat.connection, group.id, Span.WEEK, start, midnight(start, group.zone), chat.now)


def done_together(group: Group, week: Together) -> str:
    """The topics learnt together and the share of active members."""
    topics = _("{topics} of {goal} topics") if group.goal else _("{topics} topics")
    learnt = topics.format(topics=week.topics, goal=group.goal)
    reached = " ✓" if group.goal and week.topics >= group.goal else ""
    active = _("{active} of {members} members active ({share} %)")
    shown = active.format(active=week.active, members=week.members, share=week.share)
    return _("**Together this week:** {learnt} learnt{reached}, {active}").format(
        learnt=learnt, reached=reached, active=shown
    )


def named(group: Group) -> str:
    """What a group is called elsewhere."""
    return defuse(group.name) or _("a group on {platform}").format(platform=group.place.platform.capitalize())


def compared(chat: Chat, rival_id: int, mine: Together) -> str:
    """A group's week beside its rival's: by points a member, so that the size does not decide."""
    rival = groups.by_id(chat.connection, rival_id)
    if rival is None:
        return ""
    theirs = this_week(chat, rival)
    head = "| " + " | ".join((_("challenge"), _("points a member"), _("active"), _("topics"))) + " |"
    rows = [
        f"| {name} | {week.each:.1f} | {week.share} % | {week.topics} |"
        for name, week in ((_("this group"), mine), (named(rival), theirs))
    ]
    return "\n".join([head, "|---|---|---|---|", *rows])
