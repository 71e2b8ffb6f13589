"""Placement: at most fifteen questions that find what a learner knows already.

Both functions are given all answers so far, as (topic, right), and keep nothing themselves. "Not sure" is a wrong
answer; where it can be said, people guess less, and `guess` is GUESS_OR_SAY.
"""

from collections.abc import Collection, Sequence

from bot.learning.placement_belief import Belief, Vector
from bot.learning.placement_prior import Prior, build
from bot.roadmap.model import Roadmap

QUESTIONS = 15
"""At most."""
GUESS = 0.25
"""How likely a question on an unknown topic is answered right: most have four options."""
GUESS_OR_SAY = 0.12
"""The same where "not sure" is one of the answers."""
SURE = 0.67
"""How likely a topic must be known to be marked. Marking one is worth its chance above this."""
LOOKS = 16
"""Topics that are looked at closely for the next question: those least decided."""
ENOUGH = 0.001
"""A question that is expected to be worth less, in marks, is not asked."""

Answers = Sequence[tuple[str, bool]]

_priors: dict[str, tuple[Roadmap, Prior]] = {}


def ask(roadmap: Roadmap, answers: Answers, askable: Collection[str], guess: float = GUESS) -> str | None:
    """The topic to ask about next, of those that can be; None when another question would hardly tell anything.

    No topic is asked about twice. The same answers give the same question.
    """
    if len(answers) >= QUESTIONS:
        return None
    belief = _belief(roadmap, answers, guess)
    prior = belief.prior
    asked = {topic for topic, _right in answers}
    fresh = sorted(prior.place[topic] for topic in set(askable) - asked if topic in prior.place)
    fresh.sort(key=lambda at: abs(belief.chance(at) - 0.5))
    counted = [at for at, topic in enumerate(prior.topics) if prior.lone[at] or topic in asked]
    worth = [(_worth(belief, at, counted), -number, at) for number, at in enumerate(fresh[:LOOKS])]
    most, _number, at = max(worth, default=(0.0, 0, 0))
    return prior.topics[at] if most >= ENOUGH else None


def marks(roadmap: Roadmap, answers: Answers, guess: float = GUESS) -> list[str]:
    """The topics to propose as known, in the roadmap's order, members of pick-one groups last.

    Sure ones that the answers made likelier, and what those build on. A member of a pick-one group only after a right
    answer on itself; nothing that was answered wrong.
    """
    belief = _belief(roadmap, answers, guess)
    prior = belief.prior
    before = Belief.before(prior, guess)
    said = dict(answers)
    fits = [said.get(topic, lone) for topic, lone in zip(prior.topics, prior.lone, strict=True)]
    sure = [fit and before.chance(at) < belief.chance(at) >= SURE for at, fit in enumerate(fits)]
    return [
        topic
        for at, topic in enumerate(prior.topics)
        if sure[at] or (fits[at] and any(sure[above] for above in prior.above[at]))
    ]


def _belief(roadmap: Roadmap, answers: Answers, guess: float) -> Belief:
    kept = _priors.get(roadmap.id)
    if kept is None or kept[0] is not roadmap:
        kept = _priors[roadmap.id] = (roadmap, build(roadmap))
    belief = Belief.before(kept[1], guess)
    for topic, right in answers:
        if topic in belief.prior.place:
            if_right, if_wrong = belief.outcomes(belief.prior.place[topic])
            belief = belief.moved((if_right if right else if_wrong)[1])
    return belief


def _worth(belief: Belief, at: int, counted: list[int]) -> float:
    """How much better the marks are expected to be after a question on a topic, which may then be marked itself."""
    places = counted if at in counted else [*counted, at]
    now = _value([belief.chance(each) for each in places])
    return sum(likely * _value(belief.glimpse(move, places)) for likely, move in belief.outcomes(at)) - now


def _value(chances: Vector) -> float:
    """What marks are worth: for each topic that would be marked, its chance above SURE."""
    return sum(chance - SURE for chance in chances if chance > SURE)
