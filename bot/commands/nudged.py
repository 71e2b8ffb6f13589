"""What the clock says to a learner who turned it on: the nudge, that a streak is about to end, and that it rests."""

from typing import Annotated

from bot.ask import Role
from bot.chat import Chat
from bot.command import command
from bot.commands.next import reason
from bot.instants import told
from bot.kinds import Number
from bot.language import _, mark, plural
from bot.learning.days import day_ends, local_day
from bot.learning.memory import due_now
from bot.learning.nudging import LAST
from bot.learning.path import Proposal
from bot.planning.personal import stake
from bot.reply import Button, Draft, Reply, press
from bot.store import memories, nudges, series
from bot.store.series import Owner
from bot.times import written_time


@command("nudged", mark("The nudge at a learner's hour"), role=Role.HOUSE, hidden=True)
def nudged(chat: Chat, ignored: Annotated[int, Number(0, LAST)] = 0) -> Reply:
    """Next topic and due reviews, where that is still wanted; `ignored`: so many nudges in a row were before it."""
    if nudges.wanted(chat.connection, chat.learner.id, chat.learner.zone, "nudge", chat.now) is None:
        return Reply(())
    proposal, due = chat.path.next(chat.library.minutes, chat.now), _due(chat)
    if proposal is None and not due:
        return Reply(())
    nudges.sent(chat.connection, chat.learner.id, chat.now, ignored)
    draft = Draft().say(_proposed(chat, proposal) if proposal else "", _reviews(due))
    onward = [press(_("Review"), "review")] if due else []
    if proposal:
        draft.about.append(proposal.topic)
        about = [proposal.topic] if proposal.topic in chat.library.questions_of else []
        onward += [press(_("Explain"), "explain", proposal.topic), press(_("Quiz"), "quiz", *about)]
    return draft.offer(onward, under("off")).reply()


def under(*stop: str, **off: str) -> list[Button]:
    """What stands under each: later, a pause, and the end of it."""
    return [
        press(_("Later today"), "nudge", "later"),
        press(_("Pause a week"), "nudge", "pause"),
        press(_("Stop"), "nudge", *stop, **off),
    ]


def _proposed(chat: Chat, proposal: Proposal) -> str:
    topic = chat.topic(proposal.topic)
    why = reason(chat, proposal)
    return _("**Today: {title}.** {breath}\n\n{why} It takes about {minutes} minutes.").format(
        title=topic.title, breath=topic.breath, why=why, minutes=topic.minutes
    )


def _reviews(due: int) -> str:
    return plural("{count} review is due.", "{count} reviews are due.", due).format(count=due) if due else ""


def _due(chat: Chat) -> int:
    """How many reviews are due on a day on which none was done yet."""
    learner = chat.learner
    known = memories.due(chat.connection, learner.id, day_ends(local_day(chat.now, learner.zone), learner.zone))
    asked = {each.question: each.memory for each in known.values() if each.question in chat.library.questions}
    return len(due_now(asked, chat.now, learner.zone, 0, learner.reviews))


@command("ending", mark("The warning that a streak is about to end"), role=Role.HOUSE, hidden=True)
def ending(chat: Chat) -> Reply:
    """Until when the streak can be kept, where it is still about to end."""
    zone = chat.learner.zone
    if not (count := stake(chat, chat.learner.id, zone)):
        return Reply(())
    ends = told(day_ends(local_day(chat.now, zone), zone), zone)
    draft = Draft().say(
        _("**Your streak of {days} days ends tonight.** One answer before {instant} keeps it.").format(
            days=count, instant=ends
        )
    )
    onward = [press(_("Review"), "review")] if _due(chat) else []
    return draft.offer([*onward, press(_("Quiz"), "quiz"), press(_("What next?"), "next")], under(streak="off")).reply()


@command("resting", mark("The last nudge before they rest"), role=Role.HOUSE, hidden=True)
def resting(chat: Chat) -> Reply:
    """That nudges rest, and how they come back."""
    learner = chat.learner
    mine = nudges.read(chat.connection, learner.id)
    kept = series.read(chat.connection, Owner(None, learner.id, learner.zone)).get("nudge")
    if mine is None or kept is None or mine.until != nudges.UNTIL_RESUMED or mine.is_quiet(chat.now, learner.zone):
        return Reply(())
    draft = Draft().say(
        _("My last {count} nudges found you busy, so this is the last one: I write no more by myself.").format(
            count=LAST
        ),
        _("`/nudge resume` brings them back, at {time} as before. All you have learnt is kept.").format(
            time=written_time(kept.minute)
        ),
    )
    again = [press(_("Resume"), "nudge", "resume"), press(_("Turn off"), "nudge", "off")]
    return draft.offer(again, [press(_("What next?"), "next")]).reply()
