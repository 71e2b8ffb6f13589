"""What people write for times and weekdays, how it is written back, and what is said of the rest."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import by_name
from bot.instants import ISO, told
from bot.kinds import Unclear
from bot.learning.rhythm import DAILY, WEEKDAYS, WEEKENDS
from bot.library import Library
from bot.times import (
    AUTO,
    OFF,
    FirstDay,
    QuietHours,
    TimeOfDay,
    Weekdays,
    WeekTime,
    typed_days,
    written_day,
    written_days,
    written_quiet,
    written_time,
)
from tests.world import content

MONDAY, WEDNESDAY, FRIDAY, SATURDAY, SUNDAY = (1 << day for day in (0, 2, 4, 5, 6))

Spellings = dict[object, tuple[str, ...]]

TIMES: Spellings = {
    8 * 60: ("8", "08:00", "8:00", "8am", "8 AM", "8 a.m.", "08.00", "0800", "800", "8h", "8h00", "8 Uhr", "８：００"),
    20 * 60 + 30: ("20:30", "20.30", "20h30", "2030", "8:30 pm", "8:30pm", "8.30 p.m.", "٢٠:٣٠"),
    12 * 60: ("noon", "12", "12pm", "12:00 pm", "Midday"),
    0: ("midnight", "0", "00:00", "12am", "12:00 AM"),
    30: ("00:30", "12:30am"),
}

DAYS: Spellings = {
    DAILY: ("daily", "Daily", "every day", "everyday", "mon-sun", "all"),
    WEEKDAYS: ("weekdays", "monday-friday", "mo-fr", "Mon – Fri", "mon to fri", "mon,tue,wed,thu,fri"),
    WEEKENDS: ("weekends", "weekend", "sat,sun", "saturdays and sundays", "sat-sun"),
    MONDAY | WEDNESDAY | FRIDAY: (
        "mon,wed,fri",
        "mon wed fri",
        "Mo, We, Fr",
        "monday; wednesday; friday",
        "mon/wed/fri",
    ),
    MONDAY: ("mon", "mondays", "every monday", "on Monday", "mon,mon"),
    MONDAY | SATURDAY | SUNDAY: ("sat-mon", "weekends, mon"),
}

WEEK_TIMES: Spellings = {
    (MONDAY, 18 * 60): ("mon 18:00", "monday 6pm", "18:00 mon", "Mondays at 6 pm", "every monday at 18", "mon, 18:00"),
    (SUNDAY, 18 * 60): ("sun 18", "Sunday 18.00", "6pm sunday"),
    (FRIDAY, 12 * 60): ("fri noon",),
}

QUIET: Spellings = {
    (22 * 60, 7 * 60): ("22:00-07:00", "22-7", "10pm-7am", "10 pm to 7 am", "22:00 – 07:00", "22 until 7"),
    (0, 6 * 60 + 30): ("midnight-6:30", "0-0630"),
}

FIRST: Spellings = {0: ("monday", "Mon"), 5: ("saturday", "sat"), 6: ("sunday", "SUNDAY")}


LIBRARY = Library(content(), by_name())

Words = TimeOfDay | Weekdays | WeekTime | QuietHours | FirstDay


def table(kind: Words, words: Spellings) -> list[object]:
    return [pytest.param(kind, text, value, id=text) for value, texts in words.items() for text in texts]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        *table(TimeOfDay(), TIMES | {OFF: ("off", "OFF")}),
        *table(Weekdays(), DAYS),
        *table(WeekTime(), WEEK_TIMES | {OFF: ("off",)}),
        *table(QuietHours(), QUIET | {OFF: ("off",)}),
        *table(FirstDay(), FIRST | {AUTO: ("auto", "Auto")}),
    ],
)
def test_many_spellings_say_the_same(kind: Words, text: str, value: object) -> None:
    assert kind.read(text, LIBRARY) == value
    assert kind.exact(text, LIBRARY)


@pytest.mark.parametrize(
    ("kind", "texts", "told", "proposed"),
    [
        (
            TimeOfDay(),
            ("25:00", "24:00", "8:60", "13pm", "8:5", "soon", "", "-1", "mon", "08:00 foo"),
            "Write one such as 08:00, 8am or 20:30, or off.",
            "08:00",
        ),
        (
            Weekdays(),
            ("m", "t", "never", "", ",", "mon-", "mon-wed-fri", "8", "mon,foo", "s"),
            "Write daily, weekdays, weekends, or days such as mon,wed,fri.",
            "daily",
        ),
        (
            WeekTime(),
            ("mon", "18:00", "", "mon tue 18:00", "mon 25", "weekdays 18:00"),
            "Write both, such as mon 18:00, or off.",
            "mon 18:00",
        ),
        (
            QuietHours(),
            ("22:00", "22-22", "", "22-7-8", "night", "-", "22-25"),
            "Write when they begin and end, such as 22:00-07:00, or off.",
            "22:00-07:00",
        ),
        (FirstDay(), ("", "off", "1", "mon tue"), "Write monday, sunday or saturday, or auto", "monday"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_mend(
    kind: Words, texts: tuple[str, ...], told: str, proposed: str
) -> None:
    for text in texts:
        assert not kind.exact(text, LIBRARY), text
        with pytest.raises(Unclear) as refused:
            kind.read(text, LIBRARY)
        assert told in str(refused.value)
        assert refused.value.near[0].value == proposed
        assert all(kind.exact(choice.value, LIBRARY) for choice in refused.value.near)


def test_what_was_written_is_quoted_without_its_signs() -> None:
    with pytest.raises(Unclear, match=r"^“\\\*\\\*8\\\*\\\*” is no time of day"):
        TimeOfDay().read("**8**", LIBRARY)


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(1, DAILY))
def test_what_is_written_back_reads_the_same(minute: int, end: int, mask: int) -> None:
    assert TimeOfDay().read(written_time(minute), LIBRARY) == minute
    assert Weekdays().read(written_days(mask), LIBRARY) == mask
    assert Weekdays().read(typed_days(mask), LIBRARY) == mask
    assert " " not in typed_days(mask)
    if minute != end:
        assert QuietHours().read(written_quiet(minute, end), LIBRARY) == (minute, end)


@pytest.mark.parametrize("weekday", range(7))
def test_a_weekday_written_back_reads_the_same(weekday: int) -> None:
    assert FirstDay().read(written_day(weekday), LIBRARY) == weekday
    assert WeekTime().read(f"{typed_days(1 << weekday)} {written_time(540)}", LIBRARY) == (1 << weekday, 540)


@given(st.text(max_size=30))
def test_no_text_is_more_than_unclear(text: str) -> None:
    for kind in (TimeOfDay(), Weekdays(), WeekTime(), QuietHours(), FirstDay()):
        if kind.exact(text, LIBRARY):
            kind.read(text, LIBRARY)
        else:
            with pytest.raises(Unclear):
                kind.read(text, LIBRARY)
        kind.suggest(text, LIBRARY)


def test_words_read_as_people_write_them() -> None:
    masks = (DAILY, WEEKDAYS, WEEKENDS, MONDAY | WEDNESDAY)
    assert [written_days(mask) for mask in masks] == ["every day", "weekdays", "weekends", "Mon, Wed"]
    assert [typed_days(mask) for mask in masks] == ["daily", "weekdays", "weekends", "mon,wed"]
    assert written_time(5) == "00:05"
    assert written_day(6) == "Sunday"


def test_what_is_typed_comes_first_among_the_proposals() -> None:
    values = [choice.value for choice in TimeOfDay().suggest("2", LIBRARY)]
    assert values == ["2", "20:00", "21:00"]
    assert [choice.value for choice in Weekdays().suggest("week", LIBRARY)] == ["weekdays", "weekends"]


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Berlin", "Mon 23 Nov 2026, 09:00 (2026-11-23T09:00:00+01:00)"),
        ("America/St_Johns", "Mon 23 Nov 2026, 04:30 (2026-11-23T04:30:00-03:30)"),
        ("Pacific/Kiritimati", "Mon 23 Nov 2026, 22:00 (2026-11-23T22:00:00+14:00)"),
        ("", "Mon 23 Nov 2026, 08:00 (2026-11-23T08:00:00+00:00)"),
    ],
)
def test_an_instant_is_told_in_words_and_in_iso(zone: str, words: str) -> None:
    instant = datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert told(instant, zone) == words
    assert [datetime.fromisoformat(found) for found in ISO.findall(f"Next: {words}, then more (later).")] == [instant]
