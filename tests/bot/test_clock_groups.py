"""What the clock says to groups: once a local day, at its instant, and to each group its own."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.ask import Account, Place, Role
from bot.learning.pride import WORTH, Pride, proudest
from bot.port import Sent as Landed
from bot.reply import Reply
from bot.store import groups
from bot.store.tables import brief, group, outbox, taught
from tests.bench.statements import recorded
from tests.world import Sent, Sink, World, words

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Threads(Sink):
    """A platform that opens a thread where a reply wants one."""

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Landed:
        landed = await super().send(place, account, reply, key)
        opened = bool(reply.thread) and not place.thread
        return Landed(Place(place.platform, place.chat, "opened"), landed.message) if opened else landed


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def set_up(cairn: World, line: str, chat: str = "g1", thread: str = "") -> None:
    """An administrator sets a group up."""
    with speaking(cairn, "olga", Role.ADMIN, Place("console", chat, thread)):
        cairn.say(f"/group zone=Europe/Berlin {line}")


@contextmanager
def speaking(cairn: World, who: str, role: Role = Role.MEMBER, place: Place | None = None) -> Iterator[None]:
    before = cairn.who, cairn.role, cairn.place
    cairn.who, cairn.role, cairn.place = who, role, place or Place("console", "g1")
    yield
    cairn.who, cairn.role, cairn.place = before


def tick(cairn: World, now: datetime) -> list[Sent]:
    cairn.now = now
    return cairn.tick()


def rows(cairn: World, statement: Any) -> list[Any]:
    return asyncio.run(cairn.database.run(lambda connection: list(connection.execute(statement).all())))


def topic(sent: list[Sent]) -> str:
    return sent[0].reply.about[0]


def test_each_chosen_day_has_its_topic_at_its_instant(cairn: World) -> None:
    cairn.now = at("2026-10-16T20:00")
    set_up(cairn, "daily=09:00 days=weekdays")
    topics = []
    for number in range(21):  # summer time ends on the 25th
        day = date(2026, 10, 17) + number * DAY
        fires = datetime(day.year, day.month, day.day, 9, tzinfo=BERLIN).astimezone(UTC)
        assert tick(cairn, fires - timedelta(seconds=1)) == []
        sent = tick(cairn, fires)
        assert len(sent) == (day.weekday() < 5)
        topics += [topic(sent)] if sent else []
        assert tick(cairn, fires + HOUR) == []
    assert len(set(topics)) == 15
    dates = [row.key for row in rows(cairn, select(outbox.c.key).order_by(outbox.c.due))]
    assert dates[5:7] == ["daily g1 2026-10-26", "daily g1 2026-10-27"]


def test_after_a_downtime_only_the_latest_is_said_and_only_if_it_is_fresh(cairn: World) -> None:
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, "daily=09:00")
    first = tick(cairn, at("2026-11-21T09:00"))
    late = tick(cairn, at("2026-11-24T14:00"))
    assert len(late) == 1
    assert topic(late) != topic(first)
    assert tick(cairn, at("2026-11-26T15:01")) == [], "older than six hours"
    dropped = rows(cairn, select(outbox.c.key, outbox.c.why).where(outbox.c.state == "dropped"))
    assert dropped == [("daily g1 2026-11-26", "stale")]
    assert len(rows(cairn, select(taught.c.topic))) == 2, "nothing is used up by what was never said"


def test_a_changed_hour_says_nothing_twice_and_uses_nothing_up(cairn: World) -> None:
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, "daily=09:00")
    tick(cairn, at("2026-11-21T09:00"))
    cairn.now = at("2026-11-21T09:30")
    set_up(cairn, "daily=10:00 next=sharding")
    assert tick(cairn, at("2026-11-21T10:00")) == []
    assert len(rows(cairn, select(taught.c.topic))) == 1
    sent = tick(cairn, at("2026-11-22T10:00"))
    assert topic(sent) == "sharding-strategies"
    assert topic(tick(cairn, at("2026-11-23T10:00"))) != "sharding-strategies"


def test_a_changed_zone_says_nothing_twice_on_a_date(cairn: World) -> None:
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, "daily=09:00")
    tick(cairn, at("2026-11-21T09:00"))
    with speaking(cairn, "olga", Role.ADMIN):
        cairn.say("/group zone=America/Lima")
    lima = ZoneInfo("America/Lima")
    assert tick(cairn, at("2026-11-21T09:00", lima)) == []
    assert len(tick(cairn, at("2026-11-22T09:00", lima))) == 1


@pytest.mark.parametrize("word", ["pause", "daily=off"])
def test_what_was_planned_is_not_said_once_it_is_no_longer_wanted(cairn: World, word: str) -> None:
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, "daily=09:00")
    cairn.now = at("2026-11-21T09:00")
    assert asyncio.run(cairn.engine.plan(cairn.now)) == 1
    set_up(cairn, word)
    assert tick(cairn, at("2026-11-21T09:30")) == []
    assert tick(cairn, at("2026-11-22T09:00")) == []


def test_two_groups_of_one_chat_have_each_their_own(cairn: World) -> None:
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, 'daily=09:00 weekly="sat 09:00"', thread="a")
    set_up(cairn, "daily=09:00 next=caching", thread="b")
    sent = tick(cairn, at("2026-11-21T09:00"))
    said = [(each.place.thread, words(each.reply).splitlines()[0]) for each in sent]
    assert sorted(said)[2] == ("b", "## Topic of the day: Caching")
    assert [thread for thread, _line in sorted(said)] == ["a", "a", "b"]
    with speaking(cairn, "ann", place=Place("console", "g1", "b")):
        assert "no project of this week" in words(cairn.say("/submit https://example.org/x"))
    with speaking(cairn, "ann", place=Place("console", "g1", "a")):
        assert "Handed in" in words(cairn.say("/submit https://example.org/x"))


def test_only_a_daily_topic_calls_the_role_that_was_set(cairn: World) -> None:
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, 'daily=09:00 weekly="sat 09:00" recap="sat 09:00"')
    call = update(group).values(mention="<@&7>")
    asyncio.run(cairn.database.run(lambda connection: connection.execute(call)))
    sent = tick(cairn, at("2026-11-21T09:00"))
    assert [each.reply.mention for each in sent if each.reply.mention] == ["<@&7>"]
    assert len(sent) == 3


def test_the_projects_thread_is_the_groups_and_the_reminder_finds_it(cairn: World) -> None:
    cairn.sink = Threads()
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, 'weekly="wed 18:00"')
    (announced,) = tick(cairn, at("2026-11-25T18:00"))
    assert announced.reply.thread
    with speaking(cairn, "ann", place=Place("console", "g1", "opened")):
        assert "Handed in" in words(cairn.say("/submit https://example.org/ann"))
    with speaking(cairn, "ben"):
        cairn.now = at("2026-11-30T12:00")
        assert "by ann" in words(cairn.say("/projects")), "a new week of the calendar is none of the project"
        assert "Handed in" in words(cairn.say("/submit https://example.org/ben"))
    (reminded,) = tick(cairn, at("2026-12-01T18:00"))
    assert reminded.place == Place("console", "g1", "opened")
    assert "(2026-12-02T18:00:00+01:00)" in words(reminded.reply)
    assert "2 of you" in words(reminded.reply)
    assert len(rows(cairn, select(group.c.id))) == 1
    (following,) = tick(cairn, at("2026-12-02T18:00"))
    assert following.place == Place("console", "g1")
    with speaking(cairn, "ben"):
        assert "Nothing was handed in" in words(cairn.say("/projects"))


def test_projects_do_not_come_again_while_another_is_left(cairn: World) -> None:
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, 'weekly="mon 18:00"')
    for week in range(52):
        tick(cairn, at("2026-11-23T18:00") + 7 * week * DAY)
    given = [row.project for row in rows(cairn, select(brief.c.project))]
    assert len(set(given)) == len(given) == 52, "a year without a repeat"


def test_a_changed_project_keeps_its_thread_and_is_what_is_reminded_of(cairn: World) -> None:
    cairn.sink = Threads()
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, 'weekly="mon 18:00"')
    tick(cairn, at("2026-11-23T18:00"))
    with speaking(cairn, "olga", Role.ADMIN):
        changed = words(cairn.say("/project beginner another=yes")).splitlines()[0].removeprefix("## ")
    (reminded,) = tick(cairn, at("2026-11-29T18:00"))
    assert changed in words(reminded.reply)
    assert reminded.place.thread == "opened"


def test_a_switched_off_project_reminds_of_nothing(cairn: World) -> None:
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, 'weekly="mon 18:00"')
    tick(cairn, at("2026-11-23T18:00"))
    set_up(cairn, "weekly=off")
    assert tick(cairn, at("2026-11-29T18:00")) == []
    assert tick(cairn, at("2026-11-30T18:00")) == []


def test_a_topic_that_most_have_done_is_passed_over(cairn: World) -> None:
    cairn.now = at("2026-11-20T20:00")
    set_up(cairn, "daily=09:00")
    for who in ("ann", "ben"):
        with speaking(cairn, who):
            cairn.say("/done introduction")
    with speaking(cairn, "cat"):
        cairn.say("/explain caching")  # reads only, so she is not among the active
    (sent,) = tick(cairn, at("2026-11-21T09:00"))
    assert sent.reply.about != ("introduction",)
    assert "2 of 2 active members have not done it yet" in words(sent.reply)


def test_the_recap_names_who_learnt_every_day_but_nobody_who_hides_or_left(cairn: World) -> None:
    cairn.now = at("2026-11-22T20:00")
    set_up(cairn, 'recap="sun 18:00" weekly="mon 00:00"')
    tick(cairn, at("2026-11-23T00:00"))
    for number in range(6):
        cairn.now = at("2026-11-23T12:00") + number * DAY
        for who in ("ann", "hidden", "gone", "@everyone"):
            with speaking(cairn, who):
                cairn.say(f"/done {('introduction', 'http', 'rest', 'docker', 'jwt', 'kafka')[number]}")
                cairn.say("/submit https://example.org/x")
        with speaking(cairn, "once", place=Place("console")):
            cairn.say("/quiz sharding 1")
            cairn.answers()
        with speaking(cairn, "once"):
            cairn.say("/next")
    with speaking(cairn, "hidden", place=Place("console")):
        cairn.say("/settings board=hidden")
    with speaking(cairn, "gone"):
        cairn.happens("/left")
    (sent,) = [each for each in tick(cairn, at("2026-11-29T18:00")) if "Recap" in words(each.reply)]
    said = words(sent.reply)
    assert "Recap: 2026-11-23 to 2026-11-29" in said
    assert "1\\. once: " in said
    assert "**Kept a streak, every day:** ann, @\u200deveryone and once" in said
    assert "HTTP" in said
    assert "handed in by ann, @\u200deveryone and 1 more" in said
    assert "**Be proud of this: 19 topics finished together**" in said
    assert "gone" not in said
    assert "hidden" not in said


def test_a_recap_is_about_the_week_in_whose_second_half_it_comes(cairn: World) -> None:
    cairn.now = at("2026-11-16T12:00")
    set_up(cairn, 'recap="mon 09:00"')
    with speaking(cairn, "ann"):
        cairn.say("/done introduction")
    (sent,) = tick(cairn, at("2026-11-23T09:00"))
    assert "Recap: 2026-11-16 to 2026-11-22" in words(sent.reply)
    assert "**Learnt:** Introduction" in words(sent.reply)


def test_a_recap_makes_a_fixed_number_of_statements(quick: World) -> None:
    quick.now = at("2026-11-20T20:00")
    set_up(quick, 'recap="sun 18:00" weekly="fri 21:00"')
    tick(quick, at("2026-11-20T21:00"))
    counts = []
    for more in range(2):
        for number in range(1 + 9 * more):
            with speaking(quick, f"learner {more} {number}"):
                quick.say("/done introduction")
                quick.say("/submit https://example.org/x")
        quick.now = at("2026-11-22T18:00")
        with recorded(quick.database.engine) as statements, speaking(quick, ""):
            quick.happens("/recap week=2026-11-16 project=flat-share-ledger")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_choice_that_the_content_no_longer_has_is_used_up_too(quick: World) -> None:
    quick.now = at("2026-11-20T20:00")
    set_up(quick, "daily=09:00 next=caching")
    asyncio.run(quick.database.run(lambda connection: groups.change(connection, 1, "next_topic", "punched-cards")))
    (sent,) = tick(quick, at("2026-11-21T09:00"))
    assert "administrator" not in words(sent.reply)
    assert rows(quick, select(group.c.next_topic)) == [("",)]


def test_what_was_said_of_a_topic_that_went_meanwhile_is_said_no_more(quick: World) -> None:
    quick.now = at("2026-11-20T20:00")
    set_up(quick, 'daily=09:00 weekly="sat 09:00"')
    with speaking(quick, ""):
        assert quick.happens("/daily topic=caching")
        assert quick.happens("/weekly project=flat-share-ledger")
        for line in ("/daily topic=punched-cards", "/weekly project=punched-cards", "/reminder project=punched-cards"):
            assert quick.happens(line) is None


@given(st.dictionaries(st.sampled_from(Pride), st.integers(0, 200), min_size=1))
def test_the_number_to_be_proud_of_is_worth_most(counts: dict[Pride, int]) -> None:
    best = proudest(counts)
    assert (best is None) == (not any(counts.values()))
    if best:
        assert best[1] == counts[best[0]]
        assert all(best[1] / WORTH[best[0]] >= count / WORTH[of] for of, count in counts.items())
