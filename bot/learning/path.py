"""A learner's way through a roadmap: what is open, what counts, how far they are, and what comes next."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from bot.roadmap.model import Kind, Member, Roadmap, Route, Step


class State(StrEnum):
    """Where a topic stands for a learner; of several that hold, the first in this order is shown."""

    DONE = "done"
    SKIPPED = "skipped"
    CLOSED = "closed"
    LEARNING = "learning"
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner has said of topics: states, choices in pick-one groups, and what was put off, when."""

    states: Mapping[str, State] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    put_off: Mapping[str, datetime] = field(default_factory=dict)
    last: str = ""
    """The topic that was moved last."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The topic to learn next, the step it stands in, and what else would do there (ids)."""

    topic: str
    step: Step
    others: tuple[str, ...]
    because: tuple[str, ...]
    """Ids of the steps it needed, which are met."""
    unlocks: tuple[str, ...]
    """Ids of the steps that nothing else holds back."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many steps count, and how many of them are done."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """100 only when nothing is left."""
        return 100 if self.done >= self.total else 100 * self.done // self.total


KINDS = (Kind.RECOMMENDED, Kind.ALTERNATIVE, Kind.ANY_TIME)

PUT_OFF = timedelta(days=3)
"""How long "not now" holds."""

KIND_WEIGHT = {Kind.RECOMMENDED: 8.0, Kind.ALTERNATIVE: 4.0, Kind.ANY_TIME: 0.0}
GROUP_WEIGHT = 2.0
SECTION_WEIGHT = 1.0
UNLOCK_WEIGHT = 0.2
UNLOCKS = 4
"""So recommended stays before alternative, and that before any-time, whatever else speaks: 2 + 1 + 0.8 < 4."""


class Path:
    """One roadmap seen by one learner on one of its routes."""

    def __init__(self, roadmap: Roadmap, standing: Standing, route: Route) -> None:
        self.roadmap = roadmap
        self.standing = standing
        self.route = route

    @cached_property
    def steps(self) -> list[Step]:
        """The steps of the route, in the roadmap's order."""
        return [step for step in self.roadmap.steps.values() if step.id in self.route.steps]

    @cached_property
    def places(self) -> Mapping[str, list[tuple[Step, Member]]]:
        """Where on the roadmap each topic stands."""
        found: dict[str, list[tuple[Step, Member]]] = {}
        for step in (*self.roadmap.steps.values(), *self.roadmap.tracks.values()):
            for member in step.members:
                found.setdefault(member.topic, []).append((step, member))
        return found

    @cached_property
    def builders(self) -> Mapping[str, list[Step]]:
        """The steps of the route that build on each step, in the roadmap's order."""
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            for need in _all_needs(step):
                found.setdefault(need, []).append(step)
        return found

    def said(self, topic: str) -> State | None:
        """What the learner said of a topic."""
        return self.standing.states.get(topic)

    def chosen(self, step: Step) -> str:
        """The member that stands for a step: the one chosen, else one done or begun; "" while undecided."""
        members = [member.topic for member in step.members]
        if not step.pick:
            return members[0]
        choice = self.standing.choices.get(step.id, "")
        if choice in members:
            return choice
        for state in (State.DONE, State.LEARNING):
            for topic in members:
                if self.said(topic) == state:
                    return topic
        return ""

    def met(self, step: Step) -> bool:
        """Whether what builds on this step may begin."""
        return self.finished(step) or any(self.said(member.topic) == State.DONE for member in step.members)

    def finished(self, step: Step) -> bool:
        """Whether nothing is left to do in a step: its topic is done or skipped, or each member was skipped."""
        chosen = self.chosen(step)
        topics = [chosen] if chosen else [member.topic for member in step.members]
        return all(self.said(topic) in (State.DONE, State.SKIPPED) for topic in topics)

    def state(self, topic: str) -> State:
        """Where a topic stands; one that is not on this roadmap is open."""
        said = self.said(topic)
        if said in (State.DONE, State.SKIPPED):
            return said
        places = self.places.get(topic, [])
        kept = [(step, member) for step, member in places if self.chosen(step) in ("", topic)]
        if places and not kept:
            return State.CLOSED
        if said:
            return said
        return State.OPEN if not kept or any(self._ready(step, member) for step, member in kept) else State.LOCKED

    def _ready(self, step: Step, member: Member) -> bool:
        return all(self.met(self.roadmap.steps[need]) for need in (*step.needs, *member.needs))

    def needs(self, topic: str) -> list[Step]:
        """The steps a topic builds on, in the roadmap's order."""
        wanted = {need for step, member in self.places.get(topic, []) for need in (*step.needs, *member.needs)}
        return [step for step in self.roadmap.steps.values() if step.id in wanted]

    def unlocks(self, topic: str) -> list[Step]:
        """The steps that build on a topic."""
        mine = {step.id for step, _ in self.places.get(topic, [])}
        return [step for step in self.roadmap.steps.values() if mine & _all_needs(step)]

    def tally(self, section: str = "") -> Tally:
        """Steps done of those that count on the route (in one section); what was skipped does not count."""
        steps = [step for step in self.steps if section in ("", step.section)]
        done = sum(self.said(self.chosen(step)) == State.DONE for step in steps)
        skipped = sum(self.finished(step) for step in steps) - done
        return Tally(done, len(steps) - skipped)

    def next(
        self, minutes: Mapping[str, int], now: datetime, within: int | None = None, group: Collection[str] = ()
    ) -> Proposal | None:
        """The best next topic, or None when nothing is left on the route; see `proposals`."""
        return next(iter(self.proposals(minutes, now, within, group)), None)

    def ahead(self, minutes: Mapping[str, int], now: datetime) -> list[str]:
        """All that is left on the route, in the order in which it would be proposed; an undecided group by its best."""
        path, order = self, []
        while proposal := path.next(minutes, now):
            order.append(proposal.topic)
            states = {**path.standing.states, proposal.topic: State.DONE}
            path = Path(self.roadmap, replace(path.standing, states=states, last=proposal.topic), self.route)
        return order

    def proposals(
        self, minutes: Mapping[str, int], now: datetime, within: int | None = None, group: Collection[str] = ()
    ) -> list[Proposal]:
        """Every step that could be next, best first. The same state gives the same answer.

        `minutes`: what each topic takes. `within`: the minutes at hand; what fits goes first. `group`: topics that the
        learner's group does this week. What was put off comes after everything else for PUT_OFF, then as before.
        """
        found = [proposal for step in self.steps for proposal in self._proposal(step)]
        order = {step.id: at for at, step in enumerate(self.steps)}
        section = self._section([proposal.step.section for proposal in found])

        def rank(proposal: Proposal) -> tuple[float | bool | int, ...]:
            put_off = self.standing.put_off.get(proposal.topic)
            return (
                put_off.timestamp() if put_off and now - put_off < PUT_OFF else 0.0,
                self.said(proposal.topic) != State.LEARNING,
                within is not None and minutes[proposal.topic] > within,
                -self._weight(proposal, section, group),
                order[proposal.step.id],
            )

        return sorted(found, key=rank)

    def _section(self, opened: Sequence[str]) -> str:
        """The section in progress: where the last step was made, else the first in which something is open."""
        last = [step.section for step, _member in self.places.get(self.standing.last, [])]
        return next((section for section in [*last, *opened] if section in opened), "")

    def _weight(self, proposal: Proposal, section: str, group: Collection[str]) -> float:
        """How much speaks for a proposal: its kind above all, then group, section in progress, and what it opens."""
        return (
            KIND_WEIGHT[proposal.step.kind]
            + GROUP_WEIGHT * (proposal.topic in group)
            + SECTION_WEIGHT * (proposal.step.section == section)
            + UNLOCK_WEIGHT * min(len(proposal.unlocks), UNLOCKS)
        )

    def _proposal(self, step: Step) -> Iterator[Proposal]:
        if self.finished(step):
            return
        chosen = self.chosen(step)
        ready = [
            member
            for member in sorted(step.members, key=lambda member: KINDS.index(member.kind))
            if (member.topic == chosen if chosen else self.said(member.topic) != State.SKIPPED)
            and self._ready(step, member)
        ]
        if ready:
            first, *rest = (member.topic for member in ready)
            met = tuple(need for need in (*step.needs, *ready[0].needs) if self.met(self.roadmap.steps[need]))
            yield Proposal(first, step, tuple(rest), met, self._freed(step))

    def _freed(self, step: Step) -> tuple[str, ...]:
        """What opens once this step is done: all else that it needs is met."""
        waiting = [other for other in self.builders.get(step.id, ()) if not self.finished(other)]
        return tuple(
            other.id
            for other in waiting
            if all(need == step.id or self.met(self.roadmap.steps[need]) for need in other.needs)
        )


def _all_needs(step: Step) -> set[str]:
    return {*step.needs, *(need for member in step.members for need in member.needs)}
