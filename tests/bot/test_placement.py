"""Placement: few questions, the same ones for the same answers, and marks that answers speak for."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning.placement import GUESS, GUESS_OR_SAY, QUESTIONS, ask, marks
from bot.learning.placement_belief import Belief
from bot.learning.placement_prior import build
from bot.roadmap.load import load
from bot.roadmap.model import Roadmap
from tests.bench.made import made
from tests.world import content

ROADMAP: Roadmap = content().roadmaps["backend"]
STEPS = [step for step in ROADMAP.steps.values() if not step.checkpoint]
TOPICS = sorted({member.topic for step in STEPS for member in step.members})
LONE = {step.id for step in STEPS if not step.pick}
GROUPED = {member.topic for step in STEPS if step.pick for member in step.members} - LONE

Answers = list[tuple[str, bool]]

answered = st.lists(st.tuples(st.sampled_from(TOPICS), st.booleans()), max_size=QUESTIONS, unique_by=lambda one: one[0])
guesses = st.sampled_from([GUESS, GUESS_OR_SAY])
some = st.sets(st.sampled_from(TOPICS), min_size=1, max_size=20)


@dataclass
class Always:
    """Somebody who answers all alike."""

    right: bool

    def place(self, askable: set[str] | list[str], roadmap: Roadmap = ROADMAP) -> Answers:
        """All answers of a placement."""
        answers: Answers = []
        while topic := ask(roadmap, answers, askable):
            answers.append((topic, self.right))
        return answers


def test_all_right_marks_much_and_no_member_of_a_group_that_was_not_asked() -> None:
    answers = Always(True).place(TOPICS)
    found = set(marks(ROADMAP, answers))
    assert len(found) > 0.7 * len(TOPICS)
    assert found & GROUPED <= {topic for topic, _right in answers}


@settings(max_examples=20, deadline=None)
@given(some)
def test_all_wrong_marks_nothing_whatever_can_be_asked(askable: set[str]) -> None:
    answers = Always(False).place(askable)
    assert marks(ROADMAP, answers) == []


def test_no_answers_mark_nothing() -> None:
    assert marks(ROADMAP, []) == []


def test_who_knows_nothing_is_asked_little() -> None:
    assert len(Always(False).place(TOPICS)) < QUESTIONS // 2


@settings(max_examples=25, deadline=None)
@given(some, st.data())
def test_never_more_than_fifteen_nor_a_topic_twice_nor_one_that_cannot_be_asked(
    askable: set[str], data: st.DataObject
) -> None:
    answers: Answers = []
    while topic := ask(ROADMAP, answers, askable):
        answers.append((topic, data.draw(st.booleans())))
    asked = [topic for topic, _right in answers]
    assert len(asked) <= QUESTIONS
    assert len(set(asked)) == len(asked)
    assert set(asked) <= askable


def test_with_fifteen_answers_it_ends() -> None:
    assert ask(ROADMAP, [(topic, True) for topic in TOPICS[:QUESTIONS]], TOPICS) is None


@settings(max_examples=25, deadline=None)
@given(answered, guesses)
def test_the_same_answers_give_the_same_question_and_marks(answers: Answers, guess: float) -> None:
    other = Roadmap(**{name: getattr(ROADMAP, name) for name in ROADMAP.__struct_fields__})
    assert ask(ROADMAP, answers, TOPICS, guess) == ask(other, list(answers), TOPICS[::-1], guess)
    assert marks(ROADMAP, answers, guess) == marks(other, list(answers), guess)


@settings(max_examples=60, deadline=None)
@given(answered, guesses)
def test_what_is_marked_stands_on_what_is_marked(answers: Answers, guess: float) -> None:
    """A topic of its own that a marked one builds on is marked too, unless its own answer was wrong."""
    found = set(marks(ROADMAP, answers, guess))
    wrong = {topic for topic, right in answers if not right}
    for topic in found & LONE:
        assert set(ROADMAP.steps[topic].needs) & LONE - wrong <= found, topic


def _chances(answers: Answers, guess: float) -> dict[str, float]:
    belief = Belief.before(build(ROADMAP), guess)
    for topic, right in answers:
        outcomes = list(belief.outcomes(belief.prior.place[topic]))
        belief = belief.moved(outcomes[0 if right else 1][1])
    return {topic: belief.chance(at) for at, topic in enumerate(belief.prior.topics)}


@settings(max_examples=60, deadline=None)
@given(answered, st.sampled_from(TOPICS), guesses)
def test_a_right_answer_speaks_for_a_topic_and_a_wrong_one_against_it(
    answers: Answers, topic: str, guess: float
) -> None:
    rest = [one for one in answers if one[0] != topic]
    now = _chances(rest, guess)[topic]
    assert _chances([*rest, (topic, False)], guess)[topic] <= now <= _chances([*rest, (topic, True)], guess)[topic]


@settings(max_examples=60, deadline=None)
@given(answered)
def test_chances_stay_chances(answers: Answers) -> None:
    assert all(0 <= chance <= 1 for chance in _chances(answers, GUESS).values())


def test_a_right_answer_speaks_for_what_lies_below_a_wrong_one_against_what_lies_above() -> None:
    before = _chances([], GUESS)
    right, wrong = _chances([("jwt", True)], GUESS), _chances([("what-is-http", False)], GUESS)
    assert all(right[below] > before[below] for below in ("token-authentication", "hashing-algorithms", "what-is-http"))
    assert all(wrong[above] < before[above] for above in ("authentication", "token-authentication", "jwt"))


def test_projects_are_neither_asked_nor_marked() -> None:
    checkpoints = {step.id for step in ROADMAP.steps.values() if step.checkpoint}
    assert ask(ROADMAP, [], checkpoints) is None
    assert not checkpoints & set(marks(ROADMAP, Always(True).place(TOPICS)))


def test_a_topic_the_roadmap_no_longer_has_is_no_harm() -> None:
    assert marks(ROADMAP, [("gone", True)]) == []
    assert ask(ROADMAP, [("gone", True)], ["gone"]) is None


@pytest.mark.parametrize("topics", [1, 2, 60])
def test_it_works_on_other_roadmaps(topics: int) -> None:
    roadmap = made(topics).roadmaps["made"]
    askable = [member.topic for step in roadmap.steps.values() for member in step.members]
    assert marks(roadmap, Always(False).place(askable, roadmap)) == []
    answers = Always(True).place(askable, roadmap)
    assert set(marks(roadmap, answers)) <= set(askable)


def test_two_roadmaps_of_one_name_are_kept_apart(little: Path) -> None:
    small = load(little).roadmaps["small"]
    renamed = Roadmap(**{**{n: getattr(ROADMAP, n) for n in ROADMAP.__struct_fields__}, "id": "small"})
    assert ask(small, [], ["http", "internet"]) in ("http", "internet")
    assert ask(renamed, [], ["jwt"]) == "jwt"
    assert ask(small, [], ["jwt"]) is None
