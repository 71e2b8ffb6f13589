"""Nudges as learners meet them: ignored ones, streaks, zones, blocked chats, joined accounts; and nothing unasked."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot.ask import Account, Ask, Place, Role
from bot.store.tables import outbox, series
from tests.bot.test_link import answers, link
from tests.world import START, World, buttons, words

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PRIVATE, GROUP = Place("console"), Place("console", "g1")


def ticks(cairn: World, days: int, at: datetime = EIGHT) -> list[str]:
    """Lets the clock run once a day at an hour; the dates on which something was sent, the last of which was shown."""
    dates = []
    for cairn.now in (at + number * DAY for number in range(days)):
        if cairn.tick():
            dates.append(cairn.now.strftime("%d"))
    return dates


def house(cairn: World, line: str, who: str = "me") -> None:
    """The platform tells something of an account's private chat."""
    asyncio.run(cairn.engine.answer(Ask(line, Account("console", who), PRIVATE, cairn.now, Role.HOUSE)))


def test_ignored_ones_come_more_seldom_and_then_rest(cairn: World) -> None:
    cairn.say("/nudge on 08:00")
    assert ticks(cairn, 37) == ["23", "24", "25", "27", "29", "01", "08", "15", "22", "29"]
    assert "this is the last one" in words(cairn.last)
    shown = cairn.last
    assert ticks(cairn, 15, cairn.now + DAY) == []
    cairn.last = shown
    assert "Nudge: 08:00, every day" in words(cairn.press("Resume"))
    assert len(ticks(cairn, 3, cairn.now + DAY)) == 3


def test_any_use_of_cairn_counts_as_heard(cairn: World) -> None:
    cairn.say("/nudge on 08:00")
    assert len(ticks(cairn, 5)) == 4
    cairn.place = GROUP
    cairn.say("/explain caching")
    cairn.place = PRIVATE
    assert len(ticks(cairn, 4, cairn.now + DAY)) == 3, "three again before they come every second day"


def test_what_the_platform_tells_of_somebody_is_no_sign_of_life(quick: World) -> None:
    quick.say("/nudge on 08:00")
    for number in range(3):
        assert ticks(quick, 1, EIGHT + number * DAY)
        house(quick, "/back")
    assert ticks(quick, 2, EIGHT + 3 * DAY) == ["27"]


def test_a_streak_is_warned_of_once_and_only_when_it_would_end(cairn: World) -> None:
    cairn.say("/nudge streak=on")
    for number in range(2):
        cairn.now = START + number * DAY
        answers(cairn, "me")
        assert ticks(cairn, 1, cairn.now.replace(hour=21)) == [], "kept today"
    assert ticks(cairn, 4, cairn.now + DAY) == ["24"]


def test_the_warning_says_what_ends_and_until_when(cairn: World) -> None:
    cairn.say("/nudge quiet=20:30-07:00 streak=on zone=Berlin")
    for number in range(2):
        cairn.now = START + number * DAY
        answers(cairn, "me")
    cairn.now = datetime(2026, 11, 24, 18, 29, tzinfo=UTC)
    assert cairn.tick() == []
    cairn.now += timedelta(minutes=1)
    (sent,) = cairn.tick()
    assert "Your streak of 2 days ends tonight" in words(sent.reply)
    assert "(2026-11-25T04:00:00+01:00)" in words(sent.reply)
    assert [button.label for button in buttons(sent.reply)][-3:] == ["Later today", "Pause a week", "Stop"]
    assert "Streak warning: off" in words(cairn.press("Stop"))


def test_a_changed_end_of_the_day_moves_the_warning(quick: World) -> None:
    assert "Streak warning: 21:00" in words(quick.say("/nudge streak=on"))
    assert "Streak warning: 19:00" in words(quick.say("/nudge quiet=20:00-07:00"))
    assert "Streak warning: 21:00" in words(quick.say("/nudge quiet=off"))


def test_off_ends_all_of_it_and_what_was_put_off(cairn: World) -> None:
    cairn.say("/nudge on 08:00 streak=on")
    assert ticks(cairn, 1) == ["23"]
    cairn.press("Later today")
    cairn.say("/nudge off")
    cairn.now += 3 * HOUR
    assert cairn.tick() == []
    assert ticks(cairn, 5, cairn.now + DAY) == []


def test_nothing_comes_in_quiet_hours_however_late_it_is(cairn: World) -> None:
    cairn.say("/nudge on 21:00 quiet=22:00-07:00")
    cairn.now = START.replace(hour=21, minute=0)
    asyncio.run(cairn.engine.plan(cairn.now, timedelta()))
    cairn.now += timedelta(minutes=70)
    assert cairn.tick() == []
    cairn.now = START.replace(hour=21) + DAY + timedelta(minutes=70)
    assert cairn.tick() == [], "nor is it planned then"
    assert ticks(cairn, 1, START.replace(hour=21) + 2 * DAY) == ["24"]


def test_what_was_learnt_between_planning_and_sending_counts(cairn: World) -> None:
    cairn.say("/nudge on 09:30")
    cairn.now = START.replace(minute=30)
    asyncio.run(cairn.engine.plan(cairn.now, timedelta()))
    answers(cairn, "me")
    assert cairn.tick() == []


def test_a_new_zone_counts_at_once_wherever_it_is_set(cairn: World) -> None:
    cairn.say("/nudge on 12:00")
    cairn.say("/settings zone=Asia/Tokyo")
    cairn.now = START.replace(hour=12)
    assert cairn.tick() == []
    assert ticks(cairn, 1, datetime(2026, 11, 23, 3, 0, tzinfo=UTC)) == ["23"]
    assert "(2026-11-24T12:00:00+01:00)" in words(cairn.say("/nudge zone=Berlin"))
    assert ticks(cairn, 1, datetime(2026, 11, 24, 3, 0, tzinfo=UTC)) == []
    assert ticks(cairn, 1, datetime(2026, 11, 24, 11, 0, tzinfo=UTC)) == ["24"]


def test_after_a_downtime_only_a_fresh_one_comes(cairn: World) -> None:
    cairn.say("/nudge on 08:00")
    assert ticks(cairn, 1, EIGHT + 3 * DAY + 3 * HOUR) == [], "three hours late is too late"
    assert ticks(cairn, 1, EIGHT + 6 * DAY + HOUR) == ["29"], "an hour late is not, and those before are past"
    assert cairn.tick() == []


def test_who_blocks_the_bot_hears_nothing_and_who_lets_it_back_does(cairn: World) -> None:
    cairn.say("/nudge on 08:00")
    house(cairn, "/left")
    assert ticks(cairn, 3) == []
    house(cairn, "/back")
    assert ticks(cairn, 1, cairn.now + DAY) == ["26"]


def test_through_with_everything_there_is_nothing_to_say(quick: World) -> None:
    quick.say("/nudge on 08:00")
    quick.say("/path route=beginner")
    for _topic in range(200):
        reply = quick.say("/next")
        if not reply.about:
            break
        quick.say(f"/skip {reply.about[0]}")
    quick.now = EIGHT
    assert quick.tick() == []


@pytest.mark.parametrize("first", ["ann", "phone"])
def test_of_two_joined_accounts_the_older_ones_nudges_hold(cairn: World, first: str) -> None:
    cairn.say("/nudge on 08:00 quiet=22:00-07:00 zone=Berlin", "ann")
    cairn.now += timedelta(minutes=1)
    cairn.say("/nudge on 18:00 streak=on zone=Tokyo", "phone")
    link(cairn, first, "phone" if first == "ann" else "ann")
    told = words(cairn.say("/nudge", "phone"))
    for word in ("08:00, every day", "Quiet hours: 22:00-07:00", "Europe/Berlin", "Streak warning: 21:00"):
        assert word in told
    assert ticks(cairn, 1, datetime(2026, 11, 23, 7, 0, tzinfo=UTC)) == ["23"]
    assert len(cairn.sink.sent) == 1


def test_words_for_the_hour(quick: World) -> None:
    for line in ("/nudge 8am", "/nudge on 8 am", "/nudge on 08:00", "/nudge at=8am", "/nudge 08:00 daily"):
        assert "Nudge: 08:00, every day" in words(quick.say(line)), line
        assert "Nudge: off" in words(quick.say("/nudge off"))
    assert "Nudge: 20:30, weekdays" in words(quick.say("/nudge on 20:30 weekdays"))
    assert "is no time of day" in words(quick.say("/nudge on 25:00"))
    assert "Nudge: off" in words(quick.say("/nudge on off"))


PEOPLE = ("ann", "ben")
LINES = (
    "/start",
    "/explain sharding",
    "/next",
    "/done introduction",
    "/undo",
    "/quiz caching 1",
    "(answer)",
    "/review",
    "/placement",
    "/project",
    "/submit https://example.org/x",
    "/projects",
    "/leaderboard",
    "/report caching wrong",
    "/settings zone=Asia/Tokyo",
    "/note caching mine",
    "/nudge",
    "/nudge on",
    "/nudge days=daily",
    "/nudge quiet=22:00-07:00",
    "/nudge later",
    "/nudge pause",
    "/nudge resume",
    "/nudge streak=off",
    "/nudge off",
)
SET_UP = ("/group daily=09:00", '/group weekly="mon 18:00"', '/group recap="sun 18:00"', "/group zone=Berlin")
steps = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from((*LINES, *["(tick)"] * 8)), st.booleans(), st.integers(0, 2880)),
    min_size=5,
    max_size=25,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_who_turned_nothing_on_receives_nothing(quick: World, history: list[tuple[str, str, bool, int]]) -> None:
    """Whatever they do, in private and in a group with everything on; only reports reach who hosts."""
    quick.engine.owners = frozenset({("console", "host")})
    quick.place, quick.role = GROUP, Role.ADMIN
    for line in SET_UP:
        quick.say(line, "olga")
    quick.role = Role.MEMBER
    for who, line, private, minutes in history:
        quick.now += timedelta(minutes=minutes)
        quick.place = PRIVATE if private else GROUP
        if line == "(tick)":
            assert {sent.to for sent in quick.tick() if sent.place.private} <= {"host"}
        elif line != "(answer)":
            quick.say(line, who)
        elif quick.asked:
            quick.answers(who=who)
    with quick.database.engine.begin() as connection:
        addressed = select(outbox.c.account).where(outbox.c.chat == "").distinct()
        assert set(connection.execute(addressed).scalars()) <= {"host"}
        assert connection.execute(select(series).where(series.c.learner_id.is_not(None))).all() == []
        connection.execute(delete(outbox))
