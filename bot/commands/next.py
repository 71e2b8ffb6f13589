"""/next: the next topic for this learner, with the reason."""

from typing import Annotated

from bot.card import listed
from bot.chat import Chat
from bot.command import command
from bot.kinds import Number, TopicName
from bot.language import _, mark
from bot.learning.path import Path, Proposal, State
from bot.reply import Button, Draft, Reply, press, rows_of
from bot.roadmap.model import Topic
from bot.store import progress


@command("next", mark("Says what to learn next, and why"), "/next 30")
def next_(
    chat: Chat,
    minutes: Annotated[int | None, Number(5, 600)] = None,
    later: Annotated[Topic | None, TopicName()] = None,
) -> Reply:
    """The best open topic that fits the minutes; `later` puts one off first."""
    if later is not None:
        progress.put_off(chat.connection, chat.learner.id, later.id, chat.path.said(later.id), chat.now)
        chat.again()
    proposal = chat.path.next(chat.library.minutes, chat.now, minutes)
    return _proposed(chat, proposal) if proposal else _nothing_left(chat)


def _proposed(chat: Chat, proposal: Proposal) -> Reply:
    topic = chat.topic(proposal.topic)
    draft = Draft(about=[topic.id])
    draft.say(
        _("## Next: {title}").format(title=topic.title),
        topic.breath,
        reason(chat, proposal),
        _("It takes about {minutes} minutes.").format(minutes=topic.minutes),
    )
    begin = [] if chat.path.said(topic.id) is State.LEARNING else [press(_("Start"), "learn", topic.id)]
    draft.offer(
        [press(_("Explain"), "explain", topic.id), *begin, press(_("Done"), "done", topic.id)],
        [press(_("Not now"), "next", later=topic.id), press(_("Skip"), "skip", topic.id)],
    )
    if proposal.others:
        draft.say(
            _("{pick} is yours to pick; this one is what we recommend. Rather one of these?").format(
                pick=proposal.step.title
            )
        )
        others = [Button(chat.topic(other).title, f"/path {proposal.step.id}={other}") for other in proposal.others]
        draft.offer(*rows_of(others, 4))
    return draft.reply()


def reason(chat: Chat, proposal: Proposal) -> str:
    """One honest sentence."""
    path = chat.path
    opens = listed([chat.library.title(step, path.roadmap) for step in proposal.unlocks[:3]])
    if path.said(proposal.topic) is State.LEARNING:
        why = _("Because you have begun it")
    elif proposal.step.checkpoint:
        why = _("Because it is time to build something with what you know")
    elif proposal.because:
        why = _because(path, chat, proposal)
    else:
        why = _("Because it needs nothing before it")
    return _("{why}; it unlocks {topics}.").format(why=why, topics=opens) if opens else f"{why}."


def _because(path: Path, chat: Chat, proposal: Proposal) -> str:
    needs = [path.roadmap.steps[need] for need in proposal.because]
    done = [step for step in needs if any(path.said(member.topic) is State.DONE for member in step.members)]
    names = listed([chat.library.title(step.id, path.roadmap) for step in done])
    if not done:
        return _("Because you skipped what it builds on")
    return (
        _("Because {topics} is done").format(topics=names)
        if len(done) == 1
        else _("Because {topics} are done").format(topics=names)
    )


def _nothing_left(chat: Chat) -> Reply:
    path = chat.path
    whole = path.roadmap.routes[-1]
    draft = Draft().say(_("Nothing is left on the route “{route}”: you are at 100 %.").format(route=path.route.title))
    if path.route.id != whole.id:
        draft.say(_("The whole roadmap goes further."))
        draft.offer([press(whole.title, "path", route=whole.id)])
    return draft.offer([press(_("Progress"), "progress"), press(_("The map"), "map")]).reply()
