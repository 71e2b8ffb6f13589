"""A made roadmap of any size: sections of twenty steps, every tenth of them a pick-one group of three."""

from bot.roadmap.model import Content, Kind, Member, Roadmap, Route, Section, Step, Topic

LONG = 20
"""Steps of a section."""


def made(topics: int) -> Content:
    """Content of that many topics; each step needs the one before it, a section's first that of the last."""
    names = [f"topic-{number}" for number in range(topics)]
    steps = _steps(names)
    sections: dict[str, list[str]] = {}
    for step in steps.values():
        sections.setdefault(step.section, []).append(step.id)
    parts = tuple(Section(name, name.capitalize(), tuple(inside)) for name, inside in sections.items())
    route = Route("whole", "Whole", "everything", frozenset(steps))
    roadmap = Roadmap("made", "Made", "https://example.org/made", parts, steps, {}, (route,))
    return Content({name: _topic(name) for name in names}, {"made": roadmap}, {})


def _steps(names: list[str]) -> dict[str, Step]:
    steps: dict[str, Step] = {}
    heads: list[str] = []
    waiting = list(names)
    while waiting:
        number = len(steps)
        pick = number % 10 == 9 and len(waiting) > 2
        members = [waiting.pop(0) for _ in range(3 if pick else 1)]
        name = f"pick-{number}" if pick else members[0]
        before = list(steps)[-1:] if number % LONG else heads[-1:]
        heads += [] if number % LONG else [name]
        stands = tuple(Member(member, Kind.RECOMMENDED) for member in members)
        section = f"section-{number // LONG}"
        steps[name] = Step(name, section, name, Kind.RECOMMENDED, stands, tuple(before), pick)
    return steps


def _topic(name: str) -> Topic:
    title = name.replace("-", " ").capitalize()
    return Topic(name, title, (title,), (), (), 30, "It is what it is, and it is enough to be measured.")
