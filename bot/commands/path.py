"""/path: the learner's route and choices."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from bot.chat import Chat
from bot.command import Keys, command
from bot.commands.plan import HOURS, planned
from bot.kinds import Choice, Day, Kind, Number, Span, TopicName, Unclear
from bot.language import _, mark
from bot.library import Library
from bot.markup import escape, shorten
from bot.reply import Button, Draft, Reply, press, rows_of
from bot.roadmap.model import Roadmap, Route, Step, Topic
from bot.store import learners, progress


class RouteName(Kind):
    """A route by its id, or the start of it."""

    def read(self, text: str, library: Library) -> str:
        """The route's id."""
        routes = _routes(library)
        hits = [route for route in routes if route == text.casefold()] or [
            route for route in routes if route.startswith(text.casefold())
        ]
        if len(hits) == 1:
            return hits[0]
        told = _("“{text}” is no route. There are: {routes}.")
        raise Unclear(told.format(text=escape(shorten(text, 40)), routes=", ".join(routes)), self.suggest("", library))

    def suggest(self, text: str, library: Library) -> list[Choice]:
        """The routes that begin so."""
        return [
            Choice(route.title, route.id) for route in _routes(library).values() if route.id.startswith(text.casefold())
        ]


def _routes(library: Library) -> dict[str, Route]:
    return {route.id: route for roadmap in library.content.roadmaps.values() for route in roadmap.routes}


class RoadmapName(Kind):
    """A roadmap by its id."""

    def read(self, text: str, library: Library) -> str:
        """The roadmap's id."""
        if text.casefold() in library.content.roadmaps:
            return text.casefold()
        told = _("“{text}” is no roadmap here. There are:")
        raise Unclear(told.format(text=escape(shorten(text, 40))), self.suggest("", library))

    def suggest(self, text: str, library: Library) -> list[Choice]:
        """The roadmaps that begin so."""
        roadmaps = library.content.roadmaps.values()
        return [Choice(roadmap.title, roadmap.id) for roadmap in roadmaps if roadmap.id.startswith(text.casefold())]


class PickName(Keys):
    """The member chosen in a pick-one group; the keys are the groups."""

    span = Span.MANY

    def keys(self, library: Library) -> Mapping[str, str]:
        """Every pick-one group."""
        return {
            step.id: step.title
            for roadmap in library.content.roadmaps.values()
            for step in roadmap.steps.values()
            if step.pick
        }

    def read(self, text: str, library: Library) -> Topic:
        """The topic."""
        topic: Topic = TopicName().read(text, library)
        return topic

    def suggest(self, text: str, library: Library) -> list[Choice]:
        """Topics whose names begin so."""
        return TopicName().suggest(text, library)


@command("path", mark("Your route, your choices, and a plan to a date"), "/path language=python", private=True)
def path(
    chat: Chat,
    route: Annotated[str | None, RouteName()] = None,
    roadmap: Annotated[str | None, RoadmapName()] = None,
    hours: Annotated[int | None, Number(1, 80)] = None,
    goal: Annotated[date | None, Day()] = None,
    **choices: Annotated[Topic, PickName()],
) -> Reply:
    """Shows the route, the choices and the plan, or changes them."""
    draft = Draft()
    for setting, value in (("roadmap", roadmap), ("route", route), ("hours", hours), ("goal", goal)):
        if value is not None:
            learners.change(chat.connection, chat.learner.id, setting, value)
    if route is not None:
        title = _routes(chat.library)[route].title
        draft.say(_("Your route: **{route}**.").format(route=title))
    if roadmap is not None:
        draft.say(_("Your roadmap: **{roadmap}**.").format(roadmap=chat.library.content.roadmaps[roadmap].title))
    if hours is not None or goal is not None:
        planned(chat, draft, hours or chat.learner.hours or HOURS, goal or chat.learner.goal)
    for pick, topic in choices.items():
        _choose(chat, draft, pick, topic)
    if draft.blocks:
        return draft.offer(
            [press(_("Next"), "next"), press(_("My path"), "path"), press(_("Progress"), "progress")]
        ).reply()
    return _shown(chat)


def _choose(chat: Chat, draft: Draft, pick: str, topic: Topic) -> None:
    step = _pick(chat.roadmap, pick)
    if topic.id not in [member.topic for member in step.members]:
        draft.say(_("{topic} is not one of “{pick}”. Pick one:").format(topic=topic.title, pick=step.title))
        draft.offer(*_members(chat, step))
        return
    before = chat.path.standing.choices.get(pick, "")
    if before != topic.id:
        progress.choose(chat.connection, chat.learner.id, chat.roadmap.id, pick, topic.id, before, chat.now)
        chat.again()
    draft.about.append(topic.id)
    draft.say(
        _("{pick}: **{topic}**. The others are closed, and you may change your mind.").format(
            pick=step.title, topic=topic.title
        )
    )


def _pick(roadmap: Roadmap, pick: str) -> Step:
    step = roadmap.steps.get(pick)
    if step is None:
        raise Unclear(_("Your roadmap has no choice “{pick}”.").format(pick=escape(pick)))
    return step


def _members(chat: Chat, step: Step) -> list[tuple[Button, ...]]:
    buttons = [Button(chat.topic(member.topic).title, f"/path {step.id}={member.topic}") for member in step.members]
    return rows_of(buttons, 4)


def _shown(chat: Chat) -> Reply:
    path = chat.path
    tally = path.tally()
    draft = Draft().say(
        _("## Your path"),
        _("Route: **{route}** ({goal}), {percent} %: {done} of {total}.").format(
            route=path.route.title, goal=path.route.goal, percent=tally.percent, done=tally.done, total=tally.total
        ),
        _notes(chat),
    )
    routes = [press(route.title, "path", route=route.id) for route in path.roadmap.routes if route.id != path.route.id]
    draft.offer(routes)
    picks = [step for step in path.steps if step.pick]
    lines = []
    for step in picks:
        chosen = path.chosen(step)
        shown = f"**{chat.topic(chosen).title}**" if chosen else _("not chosen yet")
        lines.append(f"- {step.title} (`{step.id}`): {shown}")
    draft.say(_("**Your choices**") + "\n\n" + "\n".join(lines) if lines else "")
    if chat.learner.hours or chat.learner.goal:
        planned(chat, draft, chat.learner.hours or HOURS, chat.learner.goal)
    else:
        draft.say(_("`/path hours=5 goal=2027-06-01` makes a plan by week."))
    undecided = next((step for step in picks if not path.chosen(step)), None)
    if undecided:
        draft.say(_("**{pick}:** which one do you take?").format(pick=undecided.title))
        draft.offer(*_members(chat, undecided))
    if len(chat.library.content.roadmaps) > 1:
        others = [one for one in chat.library.content.roadmaps.values() if one.id != path.roadmap.id]
        draft.offer([press(one.title, "path", roadmap=one.id) for one in others])
    return draft.offer([press(_("Next"), "next"), press(_("The map"), "map")]).reply()


def _notes(chat: Chat) -> str:
    """The roadmap's advice for the sections that are on the way."""
    on_way = {step.section for step in chat.path.steps if not chat.path.finished(step)}
    notes = [note for section in chat.roadmap.sections if section.id in on_way for note in section.notes]
    return "\n".join(f"> {note}" for note in notes[:1])
