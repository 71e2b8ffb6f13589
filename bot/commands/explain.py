"""/explain: the card of a topic, with the learner's own place on it."""

from typing import Annotated

from bot import asking
from bot.card import DEPTHS, card, heading, listed, part_id, section
from bot.chat import Chat
from bot.command import command
from bot.kinds import OneOf, TopicMeant
from bot.language import _, mark
from bot.learning.path import State
from bot.markup import quote
from bot.reply import Button, Draft, Reply, press, rows_of
from bot.roadmap.model import Topic
from bot.roadmap.search import Found
from bot.store import notes

PARTS = ("in-plain-words", "how-it-works", "in-practice", "choosing", "pitfalls", "remember")
"""The sections of a complete page, as words of a line."""


@command("explain", mark("Explains a topic: what it is, how it works, and where you stand on it"), "/explain sharding")
def explain(
    chat: Chat,
    topic: Annotated[Found, TopicMeant(recent=True)],
    depth: Annotated[str | None, OneOf(DEPTHS)] = None,
    part: Annotated[str | None, OneOf(PARTS)] = None,
) -> Reply:
    """One card, or one section of it; with what else may be meant."""
    if topic.topic is None:
        return asking.not_meant(topic.text, topic)
    return _shown(chat, topic, topic.topic, depth, part)


def _shown(chat: Chat, found: Found, topic: Topic, depth: str | None, part: str | None) -> Reply:
    chosen = next((each for each in topic.parts if part and part_id(each) == part), None)
    draft = Draft(about=[topic.id, *(side.id for side in found.sides[1:])])
    if chosen:
        draft.say(heading(topic), section(chosen))
    else:
        depth = depth or chat.learner.depth or "normal"
        first, breath, *rest = card(topic, depth)
        draft.say(first, breath, _place(chat, topic), *rest, _note(chat, topic))
    draft.offer(*_buttons(chat, topic, depth or "deep", part))
    if found.sides:
        draft.say(_("The other side:")).offer(*asking.maybe(found.sides[1:]))
    if found.others:
        draft.say(asking.did_you_mean()).offer(*asking.maybe(found.others))
    return draft.reply(slot="card")


def _place(chat: Chat, topic: Topic) -> str:
    """Where the learner stands on the topic, what it needs and what it unlocks."""
    path = chat.path
    titles = {step.id: chat.library.title(step.id, path.roadmap) for step in path.roadmap.steps.values()}
    needs = [titles[step.id] + (" ✓" if path.met(step) else "") for step in path.needs(topic.id)]
    opens = [titles[step.id] for step in path.unlocks(topic.id)]
    state = _("State: {state}").format(state=path.state(topic.id).value)
    lines = []
    if needs:
        lines.append(_("Needs first: {topics}").format(topics=listed(needs)))
    if opens:
        lines.append(_("Unlocks: {topics}").format(topics=listed(opens)))
    lines.append(_("Takes about: {minutes} min").format(minutes=topic.minutes))
    return "\n\n".join([state, "\n".join(f"- {line}" for line in lines)])


def _note(chat: Chat, topic: Topic) -> str:
    text = notes.read(chat.connection, chat.learner.id, topic.id)
    return _("**Your note**") + "\n\n" + quote(text) if text else ""


def _buttons(chat: Chat, topic: Topic, depth: str, part: str | None) -> list[tuple[Button, ...]]:
    state = chat.path.state(topic.id)
    moves = []
    if state not in (State.DONE, State.LEARNING):
        moves.append(press(_("Start"), "learn", topic.id))
    if state is not State.DONE:
        moves.append(press(_("Done"), "done", topic.id))
    moves.append(press(_("Next"), "next"))
    if part:
        moves.append(press(_("Whole card"), "explain", topic.id, "deep"))
    elif depth != "deep" and topic.complete:
        moves.append(press(_("Deeper"), "explain", topic.id, "deep"))
    sections = [
        press(each.heading, "explain", topic.id, part=part_id(each))
        for each in topic.parts
        if depth == "deep" and part_id(each) != part
    ]
    return [tuple(moves), *rows_of(sections, 3)]
