"""Building a roadmap's graph from its file: steps, what they need, and the routes through them."""

from collections.abc import Collection
from graphlib import CycleError, TopologicalSorter

from bot.roadmap.model import Kind, Member, Roadmap, Route, Section, Step
from bot.roadmap.schema import PickFile, RoadmapFile, SectionFile, StepFile
from bot.roadmap.yaml_lines import Lined, Spot

Found = list[tuple[int, str]]
"""Faults as (line, what is wrong and the mend)."""


def build_roadmap(made: RoadmapFile, lined: Lined, topics: Collection[str]) -> tuple[Roadmap, Found]:
    """The roadmap of a file and every fault of its graph; `topics` are the ids that have a page."""
    found: Found = []
    steps: dict[str, Step] = {}
    tracks: dict[str, Step] = {}
    sections = []
    for at, section in enumerate(made.sections):
        mine = _steps(section)
        into = tracks if section.tracks else steps
        for number, step in enumerate(mine):
            line = lined.line(("sections", at, "topics", number))
            found += _step_faults(step, line, topics)
            if step.id in into:
                found.append((line, f"{step.id} stands twice; keep one"))
            into[step.id] = step
        sections.append(
            Section(section.id, section.title, tuple(s.id for s in mine), tuple(section.notes), section.tracks)
        )
    found += _id_faults(made, lined, steps)
    found += _need_faults(made, lined, steps)
    found += _cycle_faults(steps)
    routes = tuple(
        Route(route.id, route.title, route.goal, _reached(route.reaches, made, steps)) for route in made.routes
    )
    found += _route_faults(made, lined, steps)
    return Roadmap(made.id, made.title, made.link, tuple(sections), steps, tracks, routes), found


def _steps(section: SectionFile) -> list[Step]:
    return [_pick(section, one) if isinstance(one, PickFile) else _topic(section, one) for one in section.topics]


def _topic(section: SectionFile, one: StepFile) -> Step:
    member = Member(one.id, Kind(one.kind))
    needs = tuple(one.needs)
    return Step(one.id, section.id, one.id, member.kind, (member,), needs, checkpoint=one.checkpoint)


def _pick(section: SectionFile, one: PickFile) -> Step:
    members = tuple(Member(each.id, Kind(each.kind), tuple(each.needs)) for each in one.topics)
    return Step(one.pick, section.id, one.title, Kind(one.kind), members, tuple(one.needs), pick=True)


def _step_faults(step: Step, line: int, topics: Collection[str]) -> Found:
    names = [member.topic for member in step.members]
    found = [
        (line, f"{name} has no page; write topics/{step.section}/{name}.md") for name in names if name not in topics
    ]
    if step.pick and len(set(names)) < 2:
        found.append((line, f"the pick-one group {step.id} has fewer than two members; add one or make it a topic"))
    found += [(line, f"{name} stands twice in {step.id}; keep one") for name in set(names) if names.count(name) > 1]
    return found


def _id_faults(made: RoadmapFile, lined: Lined, steps: dict[str, Step]) -> Found:
    """Sections and groups are typed by people beside topics, so an id means one thing."""
    topics = {member.topic for step in steps.values() for member in step.members}
    found: Found = []
    seen: set[str] = set()
    for at, section in enumerate(made.sections):
        if section.id in seen:
            found.append((lined.line(("sections", at)), f"the section {section.id} stands twice; rename one"))
        seen.add(section.id)
    for step in steps.values():
        if step.pick and step.id in topics | seen:
            found.append((1, f"the group {step.id} has the id of a topic or section; rename it"))
    return found


def _need_faults(made: RoadmapFile, lined: Lined, steps: dict[str, Step]) -> Found:
    grouped = {member.topic: step.id for step in steps.values() if step.pick for member in step.members}
    found: Found = []
    for at, section in enumerate(made.sections):
        for number, one in enumerate(section.topics):
            spot = ("sections", at, "topics", number)
            asked: list[tuple[Spot, str]] = [((*spot, "needs", n), need) for n, need in enumerate(one.needs)]
            if isinstance(one, PickFile):
                asked += [
                    ((*spot, "topics", m, "needs", n), need)
                    for m, member in enumerate(one.topics)
                    for n, need in enumerate(member.needs)
                ]
            for place, need in asked:
                if need in steps:
                    continue
                mend = (
                    f"name its group, {grouped[need]}" if need in grouped else "name a topic or group of this roadmap"
                )
                found.append((lined.line(place), f"needs {need}, which is no step; {mend}"))
    return found


def _all_needs(step: Step) -> set[str]:
    return {*step.needs, *(need for member in step.members for need in member.needs)}


def _cycle_faults(steps: dict[str, Step]) -> Found:
    graph = {step.id: _all_needs(step) & steps.keys() for step in steps.values()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [(1, f"a circle of needs: {' needs '.join(reversed(error.args[1]))}; remove one of them")]
    return []


def _reached(reaches: list[str], made: RoadmapFile, steps: dict[str, Step]) -> frozenset[str]:
    """The steps that a route reaches, and all that they need."""
    inside = {section.id: [step.id for step in _steps(section)] for section in made.sections}
    waiting = [step for name in reaches for step in inside.get(name, [name])]
    closed: set[str] = set()
    while waiting:
        step_id = waiting.pop()
        if step_id in steps and step_id not in closed:
            closed.add(step_id)
            waiting += _all_needs(steps[step_id])
    return frozenset(closed)


def _route_faults(made: RoadmapFile, lined: Lined, steps: dict[str, Step]) -> Found:
    known = steps.keys() | {section.id for section in made.sections}
    return [
        (lined.line(("routes", at, "reaches", number)), f"reaches {name}, which is no section, topic or group; mend it")
        for at, route in enumerate(made.routes)
        for number, name in enumerate(route.reaches)
        if name not in known
    ]
