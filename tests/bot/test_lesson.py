"""What a group is taught: along the roadmap, nothing twice before all is through, then what is most overdue."""

from datetime import datetime, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning.lesson import Past, Taught, had, lesson
from bot.learning.path import Path, Standing
from bot.roadmap.model import Roadmap
from tests.world import START, content

SHIPPED = content()
ROADMAP: Roadmap = SHIPPED.roadmaps["backend"]
MINUTES = {topic.id: topic.minutes for topic in SHIPPED.topics.values()}
TOPICS = sorted(SHIPPED.topics)
DAY = timedelta(days=1)

done = st.dictionaries(st.sampled_from(TOPICS), st.integers(1, 5), max_size=60)
histories = st.dictionaries(st.sampled_from(TOPICS), st.integers(1, 300), max_size=60).map(
    lambda ages: {topic: Taught(START - age * DAY, 1) for topic, age in ages.items()}
)


def next_of(past: Past, now: datetime = START) -> str:
    return lesson(ROADMAP, MINUTES, past, now)


def taught(past: Past, topic: str, now: datetime) -> Past:
    times = past.taught[topic].times if topic in past.taught else 0
    return Past({**past.taught, topic: Taught(now, times + 1)}, past.done, past.active)


@cache
def whole() -> list[str]:
    """All that a group is taught of which nobody knows anything, in order."""
    topics: list[str] = []
    past = Past({}, {}, 0)
    while (topic := next_of(past)) not in past.taught:
        topics.append(topic)
        past = taught(past, topic, START)
    return topics


def follow(past: Past, days: int) -> list[str]:
    """The topics of so many days."""
    told = []
    for day in range(days):
        told.append(next_of(past, START + day * DAY))
        past = taught(past, told[-1], START + day * DAY)
    return told


@settings(max_examples=6, deadline=None)
@given(histories, done, st.integers(0, 5))
def test_nothing_comes_twice_before_all_steps_are_through(
    history: dict[str, Taught], done: dict[str, int], active: int
) -> None:
    past = Past(history, done, active)
    behind = set(history) | past.known
    while (topic := next_of(past)) not in behind:
        behind.add(topic)
        past = taught(past, topic, START)
    assert had(ROADMAP, past).tally().percent == 100


@settings(max_examples=20, deadline=None)
@given(histories, done, st.integers(0, 5))
def test_what_a_topic_needs_was_taught_or_known_before(
    history: dict[str, Taught], done: dict[str, int], active: int
) -> None:
    past = Past(history, done, active)
    for day in range(5):
        path = had(ROADMAP, past)
        topic = next_of(past, START + day * DAY)
        steps = [(step, member) for step, member in path.places[topic] if step.id in path.route.steps]
        assert any(
            all(path.met(ROADMAP.steps[need]) for need in (*step.needs, *member.needs)) for step, member in steps
        )
        past = taught(past, topic, START + day * DAY)


@settings(max_examples=20, deadline=None)
@given(histories, done)
def test_the_same_past_gives_the_same_topic(history: dict[str, Taught], done: dict[str, int]) -> None:
    other = Past(dict(reversed(history.items())), dict(reversed(done.items())), 3)
    assert next_of(Past(history, done, 3)) == next_of(other)


def test_the_first_topic_is_the_roadmaps_first() -> None:
    first = Path(ROADMAP, Standing(), ROADMAP.routes[-1]).next(MINUTES, START)
    assert first
    assert next_of(Past({}, {}, 0)) == first.topic


def test_an_undecided_group_of_topics_is_taught_by_its_recommended_member() -> None:
    topics = whole()
    assert "python" in topics
    assert not {"go", "rust", "java", "ruby"} & set(topics)


def test_a_topic_is_passed_over_once_most_have_done_it() -> None:
    first = next_of(Past({}, {}, 4))
    assert next_of(Past({}, {first: 2}, 4)) == first, "half of them are not most"
    assert next_of(Past({}, {first: 3}, 4)) != first


def test_the_member_of_a_pick_that_most_have_done_stands_for_it() -> None:
    assert "python" not in follow(Past({}, {"go": 3}, 4), 25)


def test_once_all_is_through_a_topic_returns_when_it_is_most_overdue() -> None:
    topics = whole()
    past = Past({topic: Taught(START + day * DAY, 1) for day, topic in enumerate(topics)}, {}, 0)
    again = []
    for day in range(len(topics), len(topics) + 12):
        again.append(next_of(past, START + day * DAY))
        past = taught(past, again[-1], START + day * DAY)
    assert again == topics[:12], "those taught longest ago"


def test_each_time_that_a_topic_was_taught_doubles_its_rest() -> None:
    once, thrice = "caching", "docker"
    fresh = dict.fromkeys(whole(), Taught(START, 1))
    rested = {**fresh, once: Taught(START - 10 * DAY, 1), thrice: Taught(START - 39 * DAY, 3)}
    assert next_of(Past(rested, {}, 0)) == once
    rested[thrice] = Taught(START - 41 * DAY, 3)
    assert next_of(Past(rested, {}, 0)) == thrice


def test_who_knows_all_is_taught_what_was_never_taught_there() -> None:
    known = dict.fromkeys(TOPICS, 3)
    topics = follow(Past({}, known, 3), 10)
    assert len(set(topics)) == 10
