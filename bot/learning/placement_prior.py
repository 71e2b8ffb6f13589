"""What placement takes for granted before the first question: how widely topics are known, and what goes together.

The weights are rough judgements and were not fitted to anybody's answers; `make simulate` shows what they are worth.
"""

from dataclasses import dataclass
from graphlib import TopologicalSorter
from math import sqrt
from statistics import NormalDist

from bot.roadmap.model import Kind, Roadmap, Step

LEVEL, TASTE, BASIS, OWN = 0.7, 0.14, 0.16, 0.03
"""What a command is made of: general level, taste for the section, what lies below, and nothing but itself."""
CHOICE = 0.5
"""A member of a pick-one group has more of its own: its learners chose it among others."""
WIDELY, RARELY = 0.9, 0.04
"""How many know the first topic and the last one."""
DEPTH = 0.4
"""How much the length of the chain below counts for a topic's place, beside the order of the roadmap."""
WEIGHTS = {Kind.RECOMMENDED: 3, Kind.ALTERNATIVE: 1, Kind.ANY_TIME: 1}
OPTIONAL = 0.5
"""How much less an any-time topic is known (in standard deviations)."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Mean and covariance of the hidden commands of topics, in the order of `topics`; every variance is 1."""

    topics: list[str]
    place: dict[str, int]
    mean: list[float]
    covariance: list[list[float]]
    lone: list[bool]
    """Whether a topic is a step of its own; else it is one of a pick-one group."""
    above: list[list[int]]
    """For each lone topic, those that build on it, however far up."""


def build(roadmap: Roadmap) -> Prior:
    """The prior of a roadmap. Checkpoints ask for a project, not for answers, so they have no place in it."""
    steps = {step.id: step for step in roadmap.steps.values() if not step.checkpoint}
    homes = _homes(steps)
    basis = _basis(steps)
    rank = _ranks(steps, basis)
    mean = [_mean(topic, home, rank[home.id]) for topic, home in homes.items()]
    own = [OWN + (CHOICE if home.pick else 0.0) for home in homes.values()]
    lone = [not home.pick for home in homes.values()]
    covariance = _covariance(list(homes.values()), basis, own)
    place = {topic: at for at, topic in enumerate(homes)}
    return Prior(list(homes), place, mean, covariance, lone, _above(homes, basis))


def _homes(steps: dict[str, Step]) -> dict[str, Step]:
    """Each topic's step; one of its own goes before a group."""
    homes: dict[str, Step] = {}
    for step in sorted(steps.values(), key=lambda step: step.pick):
        for member in step.members:
            homes.setdefault(member.topic, step)
    return homes


def _needs(step: Step) -> set[str]:
    return {*step.needs, *(need for member in step.members for need in member.needs)}


def _basis(steps: dict[str, Step]) -> dict[str, set[str]]:
    """Each step, in an order that begins at the bottom, with itself and all that lies below it."""
    graph = {step.id: _needs(step) & steps.keys() for step in steps.values()}
    basis: dict[str, set[str]] = {}
    for name in TopologicalSorter(graph).static_order():
        basis[name] = {name}.union(*(basis[need] for need in graph[name]))
    return basis


def _ranks(steps: dict[str, Step], basis: dict[str, set[str]]) -> dict[str, float]:
    """Each step's place between 0, where everybody begins, and 1."""
    chain: dict[str, int] = {}
    for name in basis:
        chain[name] = 1 + max((chain[need] for need in _needs(steps[name]) & steps.keys()), default=0)
    longest = max(chain.values(), default=1)
    place = {name: (1 - DEPTH) * at / len(steps) + DEPTH * chain[name] / longest for at, name in enumerate(steps)}
    ordered = sorted(place, key=lambda name: (place[name], name))
    return {name: (at + 0.5) / len(ordered) for at, name in enumerate(ordered)}


def _mean(topic: str, home: Step, rank: float) -> float:
    share = WIDELY - (WIDELY - RARELY) * rank
    weights = {member.topic: WEIGHTS[member.kind] for member in home.members}
    share *= weights[topic] / sum(weights.values())
    optional = all(member.kind is Kind.ANY_TIME for member in home.members)
    return NormalDist().inv_cdf(max(share, 0.02)) - (OPTIONAL if optional else 0.0)


def _covariance(homes: list[Step], basis: dict[str, set[str]], own: list[float]) -> list[list[float]]:
    """Two topics' shares of the level, of the section, and of what both build on; scaled to variances of 1."""
    bit = {name: 1 << at for at, name in enumerate(basis)}
    masks = [sum(bit[name] for name in basis[home.id]) for home in homes]
    roots = [sqrt(mask.bit_count()) for mask in masks]
    scale = [1 / sqrt(LEVEL + TASTE + BASIS + each) for each in own]

    def shared(one: int, other: int) -> float:
        if one == other:
            return 1.0
        taste = TASTE if homes[one].section == homes[other].section else 0.0
        common = (masks[one] & masks[other]).bit_count() / (roots[one] * roots[other])
        return (LEVEL + taste + BASIS * common) * scale[one] * scale[other]

    return [[shared(one, other) for other in range(len(homes))] for one in range(len(homes))]


def _above(homes: dict[str, Step], basis: dict[str, set[str]]) -> list[list[int]]:
    return [
        [at for at, other in enumerate(homes.values()) if other is not home and home.id in basis[other.id]]
        if not home.pick
        else []
        for home in homes.values()
    ]
