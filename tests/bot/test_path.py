"""The way through a roadmap: whatever a learner chooses, /next leads to 100 %."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning.path import Path, Standing, State
from bot.roadmap.model import Roadmap, Step
from tests.world import START, content

SHIPPED = content()
ROADMAP: Roadmap = SHIPPED.roadmaps["backend"]
MINUTES = {topic.id: topic.minutes for topic in SHIPPED.topics.values()}
ROUTES = [route.id for route in ROADMAP.routes]
PICKS = [step for step in ROADMAP.steps.values() if step.pick]

choices = st.fixed_dictionaries(
    {}, optional={step.id: st.sampled_from([member.topic for member in step.members]) for step in PICKS}
)
said = st.dictionaries(
    st.sampled_from(sorted(SHIPPED.topics)), st.sampled_from([State.DONE, State.SKIPPED, State.LEARNING]), max_size=40
)


def seen(standing: Standing, route: str = "whole") -> Path:
    return Path(ROADMAP, standing, ROADMAP.route(route))


def follow(standing: Standing, route: str, moves: list[State]) -> tuple[Path, int]:
    """Does what is proposed, with these moves in turn, until nothing is left."""
    states = dict(standing.states)
    for step in range(400):
        path = seen(Standing(states, standing.choices, standing.put_off), route)
        proposal = path.next(MINUTES, START)
        if proposal is None:
            return path, step
        assert path.state(proposal.topic) in (State.OPEN, State.LEARNING)
        states[proposal.topic] = moves[step % len(moves)]
    raise AssertionError("it goes on for ever")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ROUTES), choices, said)
def test_following_next_reaches_100_percent(route: str, chosen: dict[str, str], states: dict[str, State]) -> None:
    path, _steps = follow(Standing(states, chosen), route, [State.DONE])
    assert path.tally().percent == 100
    assert path.tally().done == path.tally().total


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(ROUTES), choices, st.lists(st.sampled_from([State.DONE, State.SKIPPED]), min_size=1, max_size=7))
def test_skipping_on_the_way_reaches_100_percent_too(route: str, chosen: dict[str, str], moves: list[State]) -> None:
    path, _steps = follow(Standing({}, chosen), route, moves)
    assert path.tally().percent == 100


@pytest.mark.parametrize("step", PICKS, ids=lambda step: step.id)
def test_every_member_of_every_group_completes_it(step: Step) -> None:
    for member in step.members:
        path, _steps = follow(Standing({}, {step.id: member.topic}), "whole", [State.DONE])
        assert path.said(member.topic) is State.DONE
        assert path.tally().percent == 100


@settings(max_examples=40, deadline=None)
@given(choices, said)
def test_the_same_state_gives_the_same_answer(chosen: dict[str, str], states: dict[str, State]) -> None:
    one = seen(Standing(states, chosen)).proposals(MINUTES, START)
    other = seen(Standing(dict(reversed(states.items())), dict(reversed(chosen.items())))).proposals(MINUTES, START)
    assert one == other


def test_choosing_closes_the_siblings_and_a_sibling_learnt_anyway_is_knowledge() -> None:
    path = seen(Standing({"go": State.DONE}, {"language": "python"}))
    assert path.state("rust") is State.CLOSED
    assert path.state("go") is State.DONE
    before = seen(Standing({}, {"language": "python"})).tally()
    assert path.tally() == before
    assert path.met(ROADMAP.steps["language"])


def test_changing_ones_mind_opens_them_again() -> None:
    base = {"pick-a-backend-language": State.DONE, "what-is-http": State.DONE}
    assert seen(Standing(base, {"language": "go"})).state("python") is State.CLOSED
    assert seen(Standing(base, {"language": "python"})).state("python") is not State.CLOSED


def test_a_topic_in_two_places_is_learnt_once_and_closed_only_where_both_are() -> None:
    assert seen(Standing({}, {"server-cache": "memcached"})).state("redis") is not State.CLOSED
    both = {"server-cache": "memcached", "key-value-db": "dynamodb"}
    assert seen(Standing({}, both)).state("redis") is State.CLOSED
    learnt = seen(Standing({"redis": State.DONE}))
    assert learnt.chosen(ROADMAP.steps["server-cache"]) == "redis"
    assert learnt.chosen(ROADMAP.steps["key-value-db"]) == "redis"
    assert seen(Standing({}, {"language": "python"})).state("javascript") is not State.CLOSED, "it is frontend too"


def test_an_undecided_group_proposes_its_recommended_member_with_the_others_beside_it() -> None:
    done = dict.fromkeys(("introduction", "backend", "how-does-the-internet-work", "what-is-http"), State.DONE)
    proposals = seen(Standing({**done, "pick-a-backend-language": State.DONE})).proposals(MINUTES, START)
    language = next(proposal for proposal in proposals if proposal.step.id == "language")
    assert language.topic == "python"
    assert len(language.others) == 7


def test_what_was_put_off_comes_back_after_the_rest() -> None:
    first = seen(Standing()).next(MINUTES, START)
    assert first
    later = seen(Standing(put_off={first.topic: START})).proposals(MINUTES, START)
    assert later[0].topic != first.topic
    assert later[-1].topic == first.topic
    twice = {first.topic: START, later[0].topic: START + timedelta(hours=1)}
    assert [each.topic for each in seen(Standing(put_off=twice)).proposals(MINUTES, START)][-2:] == list(twice)


def test_what_fits_the_minutes_goes_first() -> None:
    states = dict.fromkeys(("introduction", "backend", "how-does-the-internet-work", "what-is-http"), State.DONE)
    for minutes in (15, 30, 60):
        proposals = seen(Standing(states)).proposals(MINUTES, START, minutes)
        fits = [MINUTES[proposal.topic] <= minutes for proposal in proposals]
        assert fits == sorted(fits, reverse=True)


def test_what_the_group_does_this_week_goes_before_its_equals() -> None:
    states = dict.fromkeys(("introduction", "backend", "how-does-the-internet-work"), State.DONE)
    equals = [each for each in seen(Standing(states)).proposals(MINUTES, START) if each.step.kind == "recommended"]
    last = equals[-1].topic
    with_group = seen(Standing(states)).proposals(MINUTES, START, group={last})
    assert with_group[0].topic == last
    kinds = [proposal.step.kind for proposal in with_group]
    assert kinds == sorted(kinds, key=["recommended", "alternative", "any-time"].index)


def test_putting_off_holds_for_some_days_only() -> None:
    first = seen(Standing()).next(MINUTES, START)
    assert first
    standing = Standing(put_off={first.topic: START})
    assert seen(standing).next(MINUTES, START + timedelta(days=2)) != first
    assert seen(standing).next(MINUTES, START + timedelta(days=4)) == first


def test_a_checkpoint_is_proposed_as_its_own_topic() -> None:
    topics = []
    states: dict[str, State] = {}
    while proposal := seen(Standing(states), "job-ready").next(MINUTES, START):
        topics.append(proposal.topic)
        states[proposal.topic] = State.DONE
    assert {"beginner-project-ideas", "intermediate-project-ideas"} <= set(topics)


def test_percent_is_100_only_at_the_end() -> None:
    order = []
    states: dict[str, State] = {}
    while proposal := seen(Standing(states)).next(MINUTES, START):
        order.append(seen(Standing(states)).tally().percent)
        states[proposal.topic] = State.DONE
    assert order == sorted(order)
    assert 100 not in order
    assert seen(Standing(states)).tally().percent == 100


def test_tracks_count_on_no_route() -> None:
    assert not {"devops", "full-stack", "basic-operations-skills"} & set(ROADMAP.steps)
