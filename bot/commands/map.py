"""/map: the roadmap with a sign for each topic's state, in words."""

from typing import Annotated

from bot.chat import Chat
from bot.command import command
from bot.commands.progress import section_of
from bot.kinds import SectionName
from bot.language import _, mark
from bot.learning.path import Path, State
from bot.reply import Draft, Reply, press, rows_of
from bot.roadmap.model import Kind, Section, Step

SIGNS = {
    State.DONE: "✓",
    State.LEARNING: "◐",
    State.OPEN: "○",
    State.LOCKED: "·",
    State.SKIPPED: "–",
    State.CLOSED: "×",
}


@command("map", mark("Shows the roadmap, or one section of it, with your state on every topic"), "/map caching")
def map_(chat: Chat, section: Annotated[str | None, SectionName()] = None) -> Reply:
    """All sections, or the topics of one."""
    return _one(chat, section_of(chat.path, section)) if section else _all(chat)


def _all(chat: Chat) -> Reply:
    path = chat.path
    lines = [_line(path, section) for section in path.roadmap.sections]
    buttons = [press(section.title, "map", section.id) for section in path.roadmap.sections]
    return (
        Draft()
        .say(_("## {roadmap}").format(roadmap=path.roadmap.title), "\n".join(lines))
        .say(
            _("The roadmap is drawn after [roadmap.sh]({link}); Cairn is not affiliated with it.").format(
                link=path.roadmap.link
            )
        )
        .offer(*rows_of(buttons, 5))
        .reply(slot="map")
    )


def _line(path: Path, section: Section) -> str:
    """A section with its count: of the steps on the route, or that it lies beside it."""
    tally = path.tally(section.id)
    on_route = any(step.section == section.id for step in path.steps)
    sign = (
        SIGNS[State.DONE] if on_route and tally.percent == 100 else SIGNS[State.LEARNING if tally.done else State.OPEN]
    )
    count = f"{tally.done}/{tally.total}" if on_route else _("beside your route")
    return f"- {sign} {section.title}: {count}"


def _one(chat: Chat, section: Section) -> Reply:
    path = chat.path
    known = {**path.roadmap.tracks, **path.roadmap.steps}
    lines = [line for step in section.steps for line in _step(chat, known[step])]
    used = {path.state(member.topic) for step in section.steps for member in known[step].members}
    legend = ", ".join(f"{sign} {state.value}" for state, sign in SIGNS.items() if state in used)
    draft = Draft().say(
        _("## {section}").format(section=section.title),
        "\n".join(f"> {note}" for note in section.notes),
        "\n".join(lines),
        legend,
    )
    opened = [
        member.topic
        for step in section.steps
        for member in known[step].members
        if path.state(member.topic) in (State.OPEN, State.LEARNING)
    ]
    draft.offer(*rows_of((press(chat.topic(topic).title, "explain", topic) for topic in opened[:6]), 3))
    return draft.offer([press(_("All sections"), "map"), press(_("Next"), "next")]).reply(slot="map")


def _step(chat: Chat, step: Step) -> list[str]:
    """A topic's line, or a group's with its members behind it."""
    if not step.pick:
        return [f"- {_named(chat, step.members[0].topic)}{_kind(step.kind)}"]
    members = [f"  - {_named(chat, member.topic)}{_kind(member.kind)}" for member in step.members]
    return [f"- {step.title} " + _("(pick one)") + ":", *members]


def _named(chat: Chat, topic: str) -> str:
    return f"{SIGNS[chat.path.state(topic)]} {chat.topic(topic).title}"


def _kind(kind: Kind) -> str:
    return {Kind.RECOMMENDED: "", Kind.ALTERNATIVE: _(" (alternative)"), Kind.ANY_TIME: _(" (any time)")}[kind]
