"""/learn, /done, /skip and /undo: moving a topic's state."""

from collections.abc import Sequence
from typing import Annotated

from bot.card import listed
from bot.chat import Chat
from bot.command import command
from bot.kinds import TopicName
from bot.language import _, mark
from bot.learning.path import State
from bot.reply import Draft, Reply, press
from bot.roadmap.model import Topic
from bot.store import days, progress

Chosen = Annotated[Topic, TopicName(recent=True)]


@command("learn", mark("Marks a topic as begun"), "/learn caching", private=True)
def learn(chat: Chat, topic: Chosen) -> Reply:
    """Begins a topic."""
    draft = _moved(chat, topic, State.LEARNING, _("Begun: **{title}**"), _("**{title}** is begun already."))
    draft.offer(
        [press(_("Explain"), "explain", topic.id), press(_("Done"), "done", topic.id), press(_("Undo"), "undo")]
    )
    return draft.reply()


@command("done", mark("Marks a topic as done"), "/done caching", private=True)
def done(chat: Chat, topic: Chosen) -> Reply:
    """Finishes a topic; the day counts for the streak."""
    draft = _moved(chat, topic, State.DONE, _("Done: **{title}**"), _("**{title}** is done already."))
    draft.offer([press(_("Next"), "next"), press(_("Progress"), "progress"), press(_("Undo"), "undo")])
    return draft.reply()


@command("skip", mark("Leaves a topic out"), "/skip soap", private=True)
def skip(chat: Chat, topic: Chosen) -> Reply:
    """Leaves a topic out: it counts no more, and what builds on it may begin."""
    draft = _moved(chat, topic, State.SKIPPED, _("Skipped: **{title}**"), _("**{title}** is skipped already."))
    return draft.offer([press(_("Next"), "next"), press(_("Undo"), "undo")]).reply()


def _moved(chat: Chat, topic: Topic, state: State, moved: str, already: str) -> Draft:
    before = chat.path.said(topic.id)
    if before is state:
        return Draft(about=[topic.id]).say(already.format(title=topic.title))
    closed = {step.id for step in chat.path.steps if chat.path.met(step)}
    day = days.mark(chat.connection, chat.learner.id, chat.learner.zone, chat.now) if state is State.DONE else None
    progress.move(chat.connection, chat.learner.id, topic.id, state, before, chat.now, topic.was, day=day)
    return Draft(about=[topic.id]).say(moved.format(title=topic.title), _opened(chat, topic, closed))


def _opened(chat: Chat, topic: Topic, met_before: set[str]) -> str:
    """How far that brings the learner, and what it opened."""
    path = chat.again()
    tally = path.tally()
    told = _("{percent} % of the route “{route}”: {done} of {total}.").format(
        percent=tally.percent, route=path.route.title, done=tally.done, total=tally.total
    )
    met = {step.id for step, _member in path.places.get(topic.id, []) if path.met(step)} - met_before
    opened = [
        step
        for step in path.steps
        if met & {*step.needs}
        and not path.finished(step)
        and all(path.met(path.roadmap.steps[need]) for need in step.needs)
    ]
    if not opened:
        return told
    names = listed([chat.library.title(step.id, path.roadmap) for step in opened[:4]])
    return f"{told} " + _("Now open: {topics}.").format(topics=names)


@command("undo", mark("Takes your last step back"), private=True)
def undo(chat: Chat) -> Reply:
    """Takes back the last move, choice or putting off that still stands."""
    taken = progress.undo(chat.connection, chat.learner.id, chat.library.search.renamed, chat.now)
    if not taken:
        return Draft().say(_("There is nothing to take back.")).offer([press(_("What next?"), "next")]).reply()
    chat.again()
    draft = Draft(about=[each.topic for each in taken if each.topic in chat.library.content.topics])
    draft.say(_taken_back(chat, taken))
    return draft.offer([press(_("Next"), "next"), press(_("Undo more"), "undo")]).reply()


def _taken_back(chat: Chat, taken: Sequence[progress.Undone]) -> str:
    topics = chat.library.content.topics
    titles = [topics[each.topic].title if each.topic in topics else each.topic for each in taken]
    if taken[0].pick:
        return _("Taken back: the choice of **{title}**.").format(title=titles[0])
    if len(taken) > 1:
        return _("Taken back: {topics}.").format(topics=listed(titles))
    state = chat.path.state(taken[0].topic).value
    return _("Taken back. **{title}** is now: {state}.").format(title=titles[0], state=state)
