"""Memory: due by the learner's day, never more than the day's limit, most forgotten first."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.learning.draw import Seen, draw, shuffled
from bot.learning.knowing import shown
from bot.learning.levels import levels
from bot.learning.memory import Grade, Memory, ahead, due_now, is_due, remembered, retrievability, reviewed
from bot.learning.path import State
from bot.learning.plan import forecast, plan
from bot.learning.points import CEILING, booked

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)


def after(*grades: Grade, gap: timedelta = DAY) -> Memory:
    """The memory after these answers, one a gap, the last one just now."""
    memory: Memory | None = None
    for number, grade in enumerate(grades):
        memory = reviewed(memory, grade, NOW - gap * (len(grades) - 1 - number))
    assert memory
    return memory


def test_right_answers_make_longer_intervals_and_a_wrong_one_a_short_one() -> None:
    once, twice = after(Grade.GOOD), after(Grade.GOOD, Grade.GOOD, gap=2 * DAY)
    assert DAY <= once.due - NOW < twice.due - NOW
    assert after(Grade.GOOD, Grade.GOOD, Grade.AGAIN, gap=2 * DAY).due - NOW <= 2 * DAY
    assert after(Grade.EASY).due > after(Grade.GOOD).due > after(Grade.HARD).due >= after(Grade.AGAIN).due


def test_forgetting_follows_fsrs() -> None:
    from fsrs import Card, Scheduler
    from fsrs import State as CardState

    memory = after(Grade.GOOD, Grade.GOOD, gap=3 * DAY)
    card = Card(1, CardState.Review, None, memory.stability, memory.difficulty, memory.due, memory.last)
    for days in (0, 1, 5, 30, 365):
        expected = Scheduler().get_card_retrievability(card, NOW + days * DAY)
        assert abs(retrievability(memory, NOW + days * DAY) - expected) < 1e-9
    assert abs(retrievability(memory, NOW + timedelta(days=round(memory.stability))) - 0.9) < 0.02


def test_due_is_a_local_day_not_an_instant() -> None:
    memory = Memory(1.0, 5.0, datetime(2026, 11, 23, 12, 0, tzinfo=UTC), NOW)
    assert not is_due(memory, TODAY, "UTC")
    assert is_due(memory, TODAY + DAY, "UTC"), "in the morning already"


memories = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=4),
    st.builds(
        lambda stability, days, since: Memory(stability, 5.0, NOW - days * DAY, NOW - since * DAY),
        st.floats(0.5, 50), st.integers(-30, 60), st.integers(0, 90),
    ),
    max_size=60,
)  # fmt: skip


@given(memories, st.integers(0, 30), st.integers(1, 30))
def test_reviews_never_pass_the_days_limit_and_the_most_forgotten_come_first(
    known: dict[str, Memory], done: int, limit: int
) -> None:
    due = due_now(known, NOW, "UTC", done, limit)
    assert len(due) <= max(0, limit - done)
    chances = [retrievability(known[question], NOW) for question in due]
    assert chances == sorted(chances)
    assert all(is_due(known[question], TODAY, "UTC") for question in due)
    every = due_now(known, NOW, "UTC", 0, 1000)
    assert due == every[: max(0, limit - done)]
    assert set(ahead(known, NOW, 5)) <= set(known)


def test_a_holiday_leaves_no_mountain() -> None:
    """200 cards fall due while away: 20 a day, each day, until they are through."""
    known = {f"q{number}": Memory(5.0 + number % 7, 5.0, NOW - 10 * DAY, NOW - 20 * DAY) for number in range(200)}
    for day in range(10):
        due = due_now(known, NOW + day * DAY, "UTC", 0)
        assert len(due) == 20
        for question in due:
            known[question] = reviewed(known[question], Grade.GOOD, (NOW + day * DAY))


def test_missed_and_due_come_first_then_the_topic_then_what_it_builds_on() -> None:
    questions = {"top": ["t1", "t2", "t3"], "below": ["b1", "b2"]}
    fresh, due = Memory(20.0, 5.0, NOW + 9 * DAY, NOW - DAY), Memory(2.0, 5.0, NOW - DAY, NOW - 3 * DAY)
    seen = {"t2": Seen(fresh, True), "b1": Seen(due, True), "b2": Seen(fresh, False)}
    drawn = draw(["top", "below"], questions, seen, 5, NOW, TODAY, "UTC")
    assert drawn == ["b2", "b1", "t1", "t3", "t2"]
    assert draw(["top", "below"], questions, seen, 2, NOW, TODAY, "UTC") == ["b2", "b1"]


@given(st.integers(1, 10**9), st.integers(2, 5))
def test_options_stand_in_an_order_of_their_own_each_showing(showing: int, options: int) -> None:
    assert sorted(shuffled(options, showing)) == list(range(options))
    assert shuffled(options, showing) == shuffled(options, showing)


def test_no_place_is_favoured() -> None:
    firsts = [shuffled(4, showing)[0] for showing in range(1, 4001)]
    assert all(900 < firsts.count(option) < 1100 for option in range(4))


def test_shown_takes_three_different_right_and_hardly_one_wrong() -> None:
    assert shown(3, [True, True, True])
    assert shown(3, [True, False, True, True])
    assert not shown(2, [True, True, True])
    assert not shown(3, [False, True, False, True])
    assert shown(3, [True, True, True, True, False, False]), "only the last four count"


def test_levels_are_kept_apart() -> None:
    strong, weak = Memory(100.0, 5.0, NOW, NOW - DAY), Memory(1.0, 5.0, NOW, NOW - 60 * DAY)
    states = {"a": State.DONE, "b": State.DONE, "c": State.LEARNING}
    found = levels(states, {"b", "c"}, [("b", strong), ("c", weak), ("a", strong)], NOW)
    assert found.done == {"a", "b"}
    assert found.shown == {"b", "c"}
    assert found.remembered == {"b"}
    assert found.slipping == ("c",)
    assert remembered([strong, strong, weak], NOW) is (
        2 * retrievability(strong, NOW) + retrievability(weak, NOW) >= 2.4
    )


@given(st.lists(st.tuples(st.text("ab", min_size=1, max_size=3), st.integers(5, 900)), max_size=30), st.integers(1, 40))
def test_a_plans_weeks_add_up_to_the_pages_minutes(topics: list[tuple[str, int]], hours: int) -> None:
    weeks = plan(topics, hours, TODAY)
    assert sum(share for week in weeks for _topic, share in week.shares) == sum(minutes for _topic, minutes in topics)
    assert all(sum(share for _topic, share in week.shares) == hours * 60 for week in weeks[:-1])
    assert [week.start for week in weeks] == [TODAY + number * 7 * DAY for number in range(len(weeks))]


@given(st.integers(1, 60_000), st.integers(1, 80), st.integers(0, 800))
def test_a_goal_is_told_plainly(minutes: int, hours: int, days: int) -> None:
    goal = TODAY + days * DAY
    seen = forecast(minutes, hours, TODAY, goal)
    assert (seen.needed is None) == (seen.end <= goal)
    if seen.needed is not None and days:
        assert seen.needed > hours or minutes * 7 <= seen.needed * 60 * days
        assert minutes * 7 <= seen.needed * 60 * days


@given(st.lists(st.sampled_from([10, -5, 5, 50]), max_size=200))
def test_a_days_points_stay_between_nothing_and_the_ceiling(amounts: list[int]) -> None:
    today = quiz = 0
    for amount in amounts:
        worth = booked(amount, today, quiz)
        today += worth
        quiz += worth if amount in (10, -5) else 0
        assert quiz >= 0
        assert 0 <= today <= CEILING
