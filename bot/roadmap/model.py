"""What content is made of, as plain data: topics, roadmaps and projects."""

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """How strongly a roadmap suggests a step."""

    RECOMMENDED = "recommended"
    ALTERNATIVE = "alternative"
    ANY_TIME = "any-time"


class Source(msgspec.Struct, frozen=True):
    """Where to read more."""

    title: str
    url: str
    kind: str


class Question(msgspec.Struct, frozen=True):
    """A question with its options; `right` counts from 0. `id` outlives a new wording."""

    id: str
    ask: str
    options: tuple[str, ...]
    right: int
    because: str


class Part(msgspec.Struct, frozen=True):
    """One section of a page: its heading and its Markdown."""

    heading: str
    text: str


class Topic(msgspec.Struct, frozen=True):
    """A page: what a learner can know, whatever roadmap it stands on. `minutes` to be able to use it."""

    id: str
    title: str
    labels: tuple[str, ...]
    aliases: tuple[str, ...]
    asks: tuple[str, ...]
    minutes: int
    breath: str
    parts: tuple[Part, ...] = ()
    sources: tuple[Source, ...] = ()
    questions: tuple[Question, ...] = ()
    was: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the long page is written."""
        return bool(self.parts)


class Member(msgspec.Struct, frozen=True):
    """A topic as it stands in a step; `needs` are its own, beside the step's."""

    topic: str
    kind: Kind
    needs: tuple[str, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """One thing to do on a roadmap: a topic of its own, or a pick-one group of which one member completes it.

    `id` is the topic's or the group's; `needs` are ids of steps.
    """

    id: str
    section: str
    title: str
    kind: Kind
    members: tuple[Member, ...]
    needs: tuple[str, ...] = ()
    pick: bool = False
    checkpoint: bool = False


class Section(msgspec.Struct, frozen=True):
    """A part of a roadmap. `tracks`: related roads, explained but counted on no route. `steps`: ids in order."""

    id: str
    title: str
    steps: tuple[str, ...]
    notes: tuple[str, ...] = ()
    tracks: bool = False


class Route(msgspec.Struct, frozen=True):
    """A way through a roadmap; `steps` holds all that what it reaches needs."""

    id: str
    title: str
    goal: str
    steps: frozenset[str]


class Roadmap(msgspec.Struct, frozen=True, dict=True):
    """Sections, steps (in order, by id) and routes over topics. The last route is the whole."""

    id: str
    title: str
    link: str
    sections: tuple[Section, ...]
    steps: dict[str, Step]
    tracks: dict[str, Step]
    routes: tuple[Route, ...]

    def route(self, route_id: str) -> Route:
        """The route of that id, or the whole where there is none."""
        return next((route for route in self.routes if route.id == route_id), self.routes[-1])


class Project(msgspec.Struct, frozen=True):
    """A project brief; `level` is beginner, intermediate or advanced; `topics` are ids."""

    id: str
    title: str
    level: str
    hours: int
    topics: tuple[str, ...]
    brief: str
    parts: tuple[Part, ...]


class Content(msgspec.Struct, frozen=True):
    """All that was loaded from a content folder; the first roadmap is the one a new learner gets.

    `elsewhere`: by field, what people ask that stands on no roadmap. `index`: what the search made of it all, as bytes
    until something is searched.
    """

    topics: dict[str, Topic]
    roadmaps: dict[str, Roadmap]
    projects: dict[str, Project]
    elsewhere: dict[str, tuple[str, ...]] = {}
    index: bytes = b""
